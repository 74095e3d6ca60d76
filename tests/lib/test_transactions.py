"""Who commits: owned transactions are durable, needed ones must be there."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from marketplace.lib.errors import NotAllowed, Refused
from marketplace.lib.transactions import TransactionRequired, needs_transaction, owns_transaction

pytestmark = pytest.mark.django_db(transaction=True)


@owns_transaction
def add_and(*, failure: Exception | None = None) -> str:
    """Write a row, then fail or not."""
    Group.objects.create(name="trial")
    if failure is not None:
        raise failure
    return "done"


@needs_transaction
def add_inside() -> str:
    """Write a row in the caller's transaction."""
    Group.objects.create(name="trial")
    return "done"


@pytest.fixture(autouse=True)
def _no_trace() -> object:
    yield
    Group.objects.filter(name="trial").delete()


def written() -> bool:
    """Whether the row is there."""
    return Group.objects.filter(name="trial").exists()


def test_what_a_verb_owns_is_committed_when_it_returns() -> None:
    assert add_and() == "done"
    assert not transaction.get_connection().in_atomic_block
    assert written()


@pytest.mark.parametrize("failure", [NotAllowed(), ZeroDivisionError()])
def test_nothing_of_it_remains_when_it_raises(failure: Exception) -> None:
    with pytest.raises(type(failure)):
        add_and(failure=failure)
    assert not written()


def test_a_verb_that_owns_its_transaction_is_no_part_of_another() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        add_and()
    assert not written()


def test_a_refusal_may_leave_a_note_once_the_work_is_rolled_back() -> None:
    refusal = Refused(why="test")
    seen = []
    refusal.after_rollback = lambda: seen.append((written(), transaction.get_connection().in_atomic_block))
    with pytest.raises(Refused):
        add_and(failure=refusal)
    assert seen == [(False, False)]


def test_a_verb_that_needs_a_transaction_says_so() -> None:
    with pytest.raises(TransactionRequired, match="add_inside writes inside its caller's transaction"):
        add_inside()
    assert not written()


def test_inside_one_it_shares_its_fate() -> None:
    with transaction.atomic():
        assert add_inside() == "done"
        transaction.set_rollback(True)
    assert not written()
    with transaction.atomic():
        add_inside()
    assert written()
