"""Who sees which listings, and what waits for whom."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from listings.models import Listing
from listings.queries import get_listing, history, of_borrower, published, visible_to, work_queue
from listings.states import PUBLISHED, ListingState
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.errors import NotFound
from tests import cast
from tests.listings.machine import add_role_by_hand, everybody, listing_in

pytestmark = pytest.mark.django_db
ALL = set(ListingState.values)


@pytest.fixture
def one_in_each_state(bai: Borrower, now: datetime) -> dict[str, Listing]:
    """Bai's listings, one in each state."""
    return {state: listing_in(state, bai, at=now) for state in ListingState.values}


def states(listings: object) -> set[str]:
    """The states of the listings in a query."""
    return {listing.state for listing in listings}  # type: ignore[attr-defined]


def test_who_sees_what(one_in_each_state: dict[str, Listing], bai: Borrower, cheng: Borrower) -> None:
    seen = {name: states(visible_to(actor)) for name, actor in everybody(bai, cheng).items()}
    staff = {role.value: ALL - {"draft"} for role in STAFF}
    others = {name: set(PUBLISHED) for name in ("investor", "another borrower", "system", "visitor")}
    assert seen == {**staff, **others, "owner": ALL}
    assert states(published()) == PUBLISHED


def test_staff_who_borrow_see_their_own_drafts(one_in_each_state: dict[str, Listing], bai: Borrower) -> None:
    add_role_by_hand(bai, Role.FINANCE)
    assert states(visible_to(bai.user.actor)) == ALL


def test_what_one_may_not_see_is_not_there(one_in_each_state: dict[str, Listing], cheng: Borrower) -> None:
    with pytest.raises(NotFound):
        get_listing(one_in_each_state["submitted"].pk, actor=cheng.user.actor)
    shown = get_listing(one_in_each_state["open"].pk, actor=cheng.user.actor)
    assert shown == one_in_each_state["open"]


def test_each_role_has_its_queue_oldest_first(one_in_each_state: dict[str, Listing]) -> None:
    queues = {role: [x.state for x in work_queue(cast.staff(role))] for role in STAFF}
    assert queues == {
        Role.LOAN_OFFICER: ["submitted", "investigating"],
        Role.RISK_OFFICER: ["risk_review"],
        Role.COMMITTEE_MEMBER: ["committee"],
        Role.OPERATIONS: ["approved"],
        Role.FINANCE: ["contracted"],
        Role.AUDITOR: [],
    }


def test_a_borrower_has_their_own_list(one_in_each_state: dict[str, Listing], bai: Borrower, cheng: Borrower) -> None:
    assert states(of_borrower(bai.user_id)) == ALL
    assert not of_borrower(cheng.user_id).exists()


def test_a_listing_tells_its_history(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    assert [row.name for row in history(listing)] == ["create"]
