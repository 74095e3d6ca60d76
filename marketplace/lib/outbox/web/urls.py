from django.urls import URLPattern, URLResolver, path

from marketplace.lib.outbox.web import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.dead_events, name="dead_events"),
    path("<int:event_id>/retry/", pages.retry_event, name="event_retry"),
    path("<int:event_id>/discard/", pages.discard_event, name="event_discard"),
]
