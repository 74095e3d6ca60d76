from django.urls import URLPattern, URLResolver, path

from investors.web import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="investor_home"),
    path("open/", pages.open_account, name="investor_open"),
    path("wallet/", pages.wallet, name="investor_wallet"),
    path("loans/", pages.holdings, name="investor_holdings"),
    path("bids/", pages.bids, name="investor_bids"),
    path("deposit/", pages.deposit, name="investor_deposit"),
]
