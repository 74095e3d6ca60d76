"""The flash room."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from listings.rounds.queries import get_round
from listings.rounds.web.room_view import room_view
from marketplace.accounts.access import public
from marketplace.accounts.requests import PageRequest
from marketplace.lib.errors import NotFound


@public
def round_room(request: PageRequest, round_id: int) -> HttpResponse:
    """One round live: everybody may watch, investors bid."""
    try:
        found = get_round(round_id)
    except NotFound:
        raise Http404 from None
    view = room_view(found, actor=request.actor, at=timezone.now())
    return render(request, "rounds/room.html", {"view": view})
