"""Dead letters: events that could not be delivered, and what operations decide about them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.outbox.operations import NotDead, discard_dead, retry_dead
from marketplace.lib.outbox.queries import waiting_count
from marketplace.lib.outbox.web.dead_rows import dead_with_followers, facts_of, latest_decisions
from marketplace.lib.web.pagination import paginate
from marketplace.lib.web.posted import CONFIRMED, StrictForm, is_confirmed, posted


@allowed(Capability.SEE_EVENTS)
@require_GET
def dead_events(request: UserRequest) -> HttpResponse:
    """Every event that was given up on, and how many wait behind each."""
    return _list(request)


@allowed(Capability.RETRY_EVENT)
@require_http_methods(["GET", "POST"])
def retry_event(request: UserRequest, event_id: int) -> HttpResponse:
    """Give an event a fresh set of attempts."""
    return _decide(request, event_id, retry=True)


@allowed(Capability.RETRY_EVENT)
@require_http_methods(["GET", "POST"])
def discard_event(request: UserRequest, event_id: int) -> HttpResponse:
    """Set an event aside for good."""
    return _decide(request, event_id, retry=False)


def _decide(request: UserRequest, event_id: int, *, retry: bool) -> HttpResponse:
    """Show what will happen; when it is confirmed, do it. An event that is not dead (any more) is said aloud."""
    form = StrictForm(posted(request) if request.method == "POST" else None)
    try:
        if form.is_valid() and is_confirmed(request):
            if retry:
                retry_dead(event_id=event_id, by=request.actor, at=timezone.now())
                messages.success(request, _("It will be delivered again in a moment."))
            else:
                discard_dead(event_id=event_id, by=request.actor, at=timezone.now())
                messages.success(request, _("It is set aside; those behind it move on."))
            return redirect("dead_events")
        event = dead_with_followers().filter(pk=event_id).first()
        if event is None:
            raise NotDead
    except NotDead as refusal:
        return _list(request, refusal=refusal)
    context = {
        "facts": facts_of(event),
        "retry": retry,
        "form": form,
        "confirmed": [(CONFIRMED, "yes")],
        "action": request.path,
    }
    return render(request, "outbox/decide.html", context, status=422 if form.errors else None)


def _list(request: UserRequest, *, refusal: NotDead | None = None) -> HttpResponse:
    context = {
        "page": paginate(request, dead_with_followers()),
        "waiting": waiting_count(),
        "decisions": latest_decisions(),
        "may_decide": request.user.may(Capability.RETRY_EVENT),
        "refusal": refusal,
    }
    return render(request, "outbox/dead.html", context, status=refusal.http_status if refusal else None)
