from django.urls import URLPattern, URLResolver, path

from listings.web import staff_moves, staff_pages, staff_pay_out, staff_rounds

urlpatterns: list[URLPattern | URLResolver] = [
    path("queue/", staff_pages.work_queue, name="work_queue"),
    path("listings/<int:listing_id>/", staff_pages.listing_file, name="listing_file"),
    path("listings/<int:listing_id>/moves/<slug:move>/", staff_moves.listing_move, name="listing_move"),
    path("listings/<int:listing_id>/schedule/", staff_rounds.listing_schedule, name="listing_schedule"),
    path("listings/<int:listing_id>/cancel/", staff_moves.listing_cancel, name="listing_cancel"),
    path("listings/<int:listing_id>/pay-out/", staff_pay_out.listing_pay_out, name="listing_pay_out"),
]
