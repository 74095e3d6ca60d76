from django.urls import URLPattern, URLResolver, path

from borrowers.web import applications, listing_pages, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="borrower_home"),
    path("open/", pages.open_account, name="borrower_open"),
    path("wallet/", pages.wallet, name="borrower_wallet"),
    path("new/", applications.new, name="borrower_new"),
    path("cost/", applications.cost, name="borrower_cost"),
    path("<int:listing_id>/", listing_pages.own_listing, name="borrower_listing"),
    path("<int:listing_id>/edit/", applications.edit, name="borrower_edit"),
    path("<int:listing_id>/submit/", listing_pages.move, {"step": "submit"}, name="borrower_submit"),
    path("<int:listing_id>/withdraw/", listing_pages.move, {"step": "withdraw"}, name="borrower_withdraw"),
    path("<int:listing_id>/sign/", listing_pages.move, {"step": "sign"}, name="borrower_sign"),
]
