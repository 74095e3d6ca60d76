"""People of every kind, and one thing for each address to point at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from escrow import chart
from escrow.models import Entry
from listings.models import Listing
from listings.operations import move_listing
from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.outbox.models import Event, EventState
from tests import cast
from tests.pages import scene

#: Who knocks: a visitor, somebody without roles, clients with and without a part in it, every role of staff.
PEOPLE = ("visitor", "newcomer", "ann", "zoe", "bai", "cheng", *(role.value for role in Role if role in STAFF))


@dataclass(frozen=True)
class World:
    """Browsers by person, and the arguments of addresses by name."""

    browsers: dict[str, Client]
    arguments: Callable[[str], dict[str, object]]


def make() -> World:
    """Bai has a listing in every state that a page needs, and a loan that Ann has lent; Zoe and Cheng have no part."""
    now = timezone.now() - timedelta(days=1)
    bai, cheng = cast.borrower("Bai", at=now), cast.borrower("Cheng", at=now)
    ann, zoe = (cast.investor(name, at=now, cash_minor=200_000_00) for name in ("Ann", "Zoe"))
    loan = scene.paid_out(scene.funded(bai, ann, at=now), at=now)
    users = {"newcomer": cast.user("Nell"), "ann": ann.user, "zoe": zoe.user, "bai": bai.user, "cheng": cheng.user}
    users |= {role.value: cast.user(role.value.title(), role=role) for role in STAFF}
    signed = scene.funded(bai, ann, at=now).listing
    move_listing(listing_id=signed.pk, move="sign_contract", by=bai.user.actor, at=now)
    things: dict[str, object] = {
        "draft": scene.draft(bai, at=now).pk,
        "submitted": _submitted(scene.draft(bai, at=now), bai.user, at=now),
        "approved": scene.approved(bai, at=now).pk,
        "round": scene.opened(bai, at=now).pk,
        "funded": scene.funded(bai, ann, at=now).listing_id,
        "contracted": signed.pk,
        "loan": loan.pk,
        "entry": Entry.objects.latest("pk").pk,
        "account": chart.investor_cash(ann.pk),
        "event": _dead_event(now),
    }
    return World({name: _browser(users.get(name)) for name in PEOPLE}, lambda name: _arguments(name, things))


def _submitted(listing: Listing, owner: User, *, at: datetime) -> int:
    move_listing(listing_id=listing.pk, move="submit", by=owner.actor, at=at)
    return listing.pk


def _dead_event(at: datetime) -> int:
    event = Event.objects.create(name="test.failed", aggregate="x:1", state=EventState.DEAD, occurred_at=at)
    return event.pk


def _browser(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _arguments(wanted: str, things: dict[str, object]) -> dict[str, object]:
    """`listing_id=draft move=take_in` as keyword arguments; a word that names no thing stands for itself."""
    pairs = (pair.split("=") for pair in wanted.split())
    return {key: things.get(word, word) for key, word in pairs}
