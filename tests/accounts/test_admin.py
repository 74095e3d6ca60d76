"""The admin: opened by role, read by role, written hardly at all."""

from datetime import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from escrow.models import Entry
from listings.models import Listing, Move
from marketplace.accounts.models import User
from marketplace.accounts.permissions import MATRIX, Capability
from marketplace.accounts.roles import Role
from marketplace.lib.outbox.models import Event, EventDecision, EventState
from tests import cast
from tests.accounts.conftest import SignedIn
from tests.listings.machine import listing_in

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def table(model: type) -> str:
    """The address of a table in the admin."""
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")  # type: ignore[attr-defined]


@pytest.fixture
def dead() -> Event:
    """An event that was given up on."""
    return Event.objects.create(
        name="test.happened", aggregate="thing:1", state=EventState.DEAD, attempts=8, occurred_at="2026-03-02T02:00Z"
    )


@pytest.mark.parametrize("role", Role)
def test_the_admin_opens_by_role(browser: SignedIn, role: Role) -> None:
    response = browser(cast.user("Lee", role=role)).get(INDEX)
    assert (response.status_code == 200) == (role in MATRIX[Capability.SEE_ADMIN])


def test_being_called_staff_is_not_enough(browser: SignedIn) -> None:
    person = cast.user("Lee")
    User.objects.filter(pk=person.pk).update(is_staff=True)
    assert browser(person).get(INDEX).status_code != 200


def test_tables_follow_the_capabilities_of_their_pages(browser: SignedIn, opal: User, aude: User) -> None:
    assert browser(opal).get(table(Entry)).status_code == 403
    assert browser(aude).get(table(Entry)).status_code == 200
    for person in (opal, aude):
        assert browser(person).get(table(Event)).status_code == 200
        assert browser(person).get(table(Listing)).status_code == 200


def test_every_table_opens_with_a_row_in_it_and_says_nothing_of_secrets(
    browser: SignedIn, aude: User, dead: Event, now: datetime
) -> None:
    cast.investor("Ann", at=now, cash_minor=5_00)
    listing_in("open", cast.borrower("Bai", at=now), at=now)
    auditor = browser(aude)
    for model in admin.site._registry:
        assert auditor.get(table(model)).status_code == 200, model
        row = model._default_manager.first()
        if row is not None:
            change = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
            page = auditor.get(change)
            assert page.status_code == 200, model
            assert "pbkdf2" not in page.text


@pytest.mark.parametrize("person", ["aude", "root"])
def test_nothing_can_be_added_changed_or_deleted(request: pytest.FixtureRequest, person: str, rf: object) -> None:
    user = request.getfixturevalue("aude") if person == "aude" else User.objects.create_superuser("root@x.test", "x")
    request_ = rf.get("/")  # type: ignore[attr-defined]
    request_.user = user
    for model, its_admin in admin.site._registry.items():
        if model is User and person == "root":
            continue
        assert not its_admin.has_add_permission(request_), model
        assert not its_admin.has_change_permission(request_), model
        assert not its_admin.has_delete_permission(request_), model


def test_append_only_tables_are_never_open_to_change() -> None:
    for model in apps.get_models():
        if getattr(model, "append_only", False) and model in admin.site._registry:
            its_admin = admin.site._registry[model]
            assert type(its_admin).has_change_permission.__qualname__.startswith("SeenByRole"), model


def test_a_draft_is_its_borrowers_own_there_too(browser: SignedIn, opal: User, now: datetime) -> None:
    listing = listing_in("draft", cast.borrower("Bai", at=now), at=now)
    page = browser(opal).get(reverse("admin:listings_listing_change", args=[listing.pk]))
    assert page.status_code == 302
    assert Move.objects.count() == 1


@pytest.mark.parametrize(("action", "state"), [("retry", EventState.PENDING), ("discard", EventState.DISCARDED)])
def test_operations_decide_about_dead_events(
    browser: SignedIn, opal: User, dead: Event, action: str, state: EventState
) -> None:
    browser(opal).post(table(Event), {"action": action, "_selected_action": [dead.pk]})
    dead.refresh_from_db()
    assert dead.state == state
    assert EventDecision.objects.get().actor_label == "Opal"


def test_the_auditor_decides_nothing(browser: SignedIn, aude: User, dead: Event) -> None:
    page = browser(aude).get(table(Event)).text
    assert "Deliver again" not in page
    browser(aude).post(table(Event), {"action": "discard", "_selected_action": [dead.pk]})
    dead.refresh_from_db()
    assert dead.state == EventState.DEAD


def test_an_event_that_is_not_dead_is_said_aloud(browser: SignedIn, opal: User, dead: Event) -> None:
    Event.objects.update(state=EventState.DELIVERED)
    page = browser(opal).post(table(Event), {"action": "retry", "_selected_action": [dead.pk]}, follow=True)
    assert "This event is not waiting for a decision." in page.text
    assert not EventDecision.objects.exists()


def test_visitors_are_sent_to_the_one_sign_in_page(client: Client) -> None:
    page = client.get(INDEX, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
