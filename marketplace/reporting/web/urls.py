from django.urls import URLPattern, URLResolver, path

from marketplace.reporting.web import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("welcome/", pages.welcome, name="welcome"),
]
