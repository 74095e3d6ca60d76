from django.urls import URLPattern, URLResolver, path

from listings.web import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.listing_list, name="listing_list"),
    path("<int:listing_id>/", pages.listing_page, name="listing_page"),
]
