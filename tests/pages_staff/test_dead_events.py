"""Events given up on: everybody who works with them sees why, and operations decide."""

from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client

from marketplace.accounts.roles import Role
from marketplace.lib.outbox.models import Event, EventState
from marketplace.lib.outbox.operations import record
from tests.pages_staff.conftest import Desk

PAGE = "/events/"
READERS = {Role.OPERATIONS, Role.FINANCE, Role.AUDITOR}
pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(at: datetime, db: None) -> Event:
    """An event given up on, with one behind it and one of another aggregate."""
    with transaction.atomic():
        first = record(name="listing.approved", aggregate="listing:1", payload={}, at=at)
        record(name="listing.scheduled", aggregate="listing:1", payload={}, at=at)
        record(name="listing.approved", aggregate="listing:2", payload={}, at=at)
    # Eight failures need a listener that fails; what the page shows is the row they leave.
    Event.objects.filter(pk=first.pk).update(state=EventState.DEAD, attempts=8, last_error="ValueError: <no>")
    return first


def decide(client: Client, event: Event, what: str, **fields: str) -> int:
    return client.post(f"{PAGE}{event.pk}/{what}/", {"confirmed": "yes"} | fields).status_code


def state_of(event: Event) -> str:
    return str(Event.objects.values_list("state", flat=True).get(pk=event.pk))


def test_everything_was_delivered(desk: Desk) -> None:
    assert "Everything was delivered" in desk(Role.OPERATIONS).get(PAGE).text


def test_what_is_shown(desk: Desk, dead: Event) -> None:
    response = desk(Role.AUDITOR).get(PAGE)
    [event] = response.context["page"].object_list
    assert (event.pk, event.attempts, event.behind) == (dead.pk, 8, 1)
    assert "ValueError: &lt;no&gt;" in response.text
    assert "Deliver again" not in response.text


def test_the_page_before_the_button_changes_nothing(desk: Desk, dead: Event) -> None:
    for what in ("retry", "discard"):
        page = desk(Role.OPERATIONS).get(f"{PAGE}{dead.pk}/{what}/")
        assert (page.status_code, state_of(dead)) == (200, "dead")
        assert ("lb-confirm-danger" in page.text) == (what == "discard")
        assert decide(desk(Role.OPERATIONS), dead, what, confirmed="") == 200
    assert state_of(dead) == "dead"


@pytest.mark.parametrize(("what", "state"), [("retry", "pending"), ("discard", "discarded")])
def test_deciding_once(desk: Desk, dead: Event, what: str, state: str) -> None:
    operations = desk(Role.OPERATIONS)
    assert decide(operations, dead, what) == 302
    assert state_of(dead) == state
    second = operations.post(f"{PAGE}{dead.pk}/{what}/", {"confirmed": "yes"})
    assert (second.status_code, state_of(dead)) == (409, state)
    assert "Somebody may have decided already." in second.text
    latest = operations.get(PAGE).context["decisions"][0]
    assert (latest.by, latest.note) == ("operations", "ValueError: <no>")


def test_bad_input(desk: Desk, dead: Event) -> None:
    operations = desk(Role.OPERATIONS)
    assert decide(operations, dead, "discard", state="delivered") == 422
    assert operations.post(f"{PAGE}{dead.pk}/retry/", "{}", content_type="application/json").status_code == 415
    assert operations.get(f"{PAGE}999999/retry/").status_code == 409
    assert state_of(dead) == "dead"


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may(desk: Desk, dead: Event, role: Role) -> None:
    assert desk(role).get(PAGE).status_code == (200 if role in READERS else 403)
    if role != Role.OPERATIONS:
        assert decide(desk(role), dead, "discard") == 403
        assert state_of(dead) == "dead"
