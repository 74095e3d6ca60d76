"""An event is written with what it tells of, or not at all."""

import logging

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from marketplace.lib.outbox import tasks
from marketplace.lib.outbox.models import Event, EventState
from marketplace.lib.outbox.queries import waiting_count
from marketplace.lib.transactions import TransactionRequired, owns_transaction
from tests.outbox.witness import AT, happened


@owns_transaction
def verb(*, fails: bool) -> None:
    """Something that records an event, and perhaps fails afterwards."""
    happened(n=1)
    if fails:
        raise ZeroDivisionError


@pytest.fixture
def nudges(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The nudges that reach the broker."""
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.relay, "apply_async", lambda **options: sent.append(options))
    return sent


@pytest.mark.django_db
def test_an_event_keeps_what_happened_to_what_and_when() -> None:
    event = Event.objects.get(pk=happened("thing:7", n=3).pk)
    assert (event.name, event.aggregate, event.payload) == ("test.happened", "thing:7", {"n": 3})
    assert (event.state, event.attempts, event.occurred_at) == (EventState.PENDING, 0, AT)
    assert waiting_count() == 1


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(TransactionRequired, match="record"):
        happened()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_fails_takes_its_event_with_it(nudges: list[dict[str, object]]) -> None:
    with pytest.raises(ZeroDivisionError):
        verb(fails=True)
    assert not Event.objects.exists()
    assert nudges == []


@pytest.mark.django_db(transaction=True)
def test_the_relay_is_nudged_once_the_event_is_committed(nudges: list[dict[str, object]]) -> None:
    with transaction.atomic():
        happened()
        assert nudges == []
    assert nudges == [{"expires": 30, "retry": False}]


@pytest.mark.django_db
def test_a_broker_that_is_down_is_only_a_warning(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def down(**_options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.relay, "apply_async", down)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        verb(fails=False)
    assert Event.objects.count() == 1
    assert "no broker to nudge the relay" in caplog.text
