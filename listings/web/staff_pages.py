"""What staff see of listings: the work queue and a listing's file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from listings.web.lookup import listing_or_404
from listings.web.staff_file import listing_file_of
from listings.web.staff_forms import OpinionForm
from listings.web.staff_queue import ALL, MINE, QueueSearch, queue, shown_first
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.errors import Refused
from marketplace.lib.web.pagination import paginate


@allowed(Capability.SEE_WORK_QUEUE)
@require_GET
def work_queue(request: UserRequest) -> HttpResponse:
    """What waits for the reader, or everything they may see."""
    asked = request.GET.get("show")
    show = asked if asked in (MINE, ALL) else shown_first(request.actor)
    search = QueueSearch(request.GET)
    page = paginate(request, queue(request.actor, show=show, search=search))
    return render(request, "listings/staff/queue.html", {"show": show, "search": search, "page": page})


@allowed(Capability.SEE_WORK_QUEUE)
@require_GET
def listing_file(request: UserRequest, listing_id: int) -> HttpResponse:
    """Everything about one listing, and what the reader may do next."""
    return file_page(request, listing_id)


def file_page(request: UserRequest, listing_id: int, *, refusal: Refused | None = None) -> HttpResponse:
    """The file as it is now; after a refusal it says so and answers with the refusal's status."""
    listing = listing_or_404(listing_id, actor=request.actor)
    file = listing_file_of(listing, actor=request.actor, day=timezone.localdate())
    form = OpinionForm(initial={"seen": file.last_move_id}) if file.opinions else None
    context = {"file": file, "form": form, "refusal": refusal}
    return render(request, "listings/staff/file.html", context, status=refusal.http_status if refusal else None)
