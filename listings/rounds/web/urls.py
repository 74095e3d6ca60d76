from django.urls import URLPattern, URLResolver, path

from listings.rounds.web import pages

urlpatterns: list[URLPattern | URLResolver] = [path("<int:round_id>/", pages.round_room, name="round_room")]
