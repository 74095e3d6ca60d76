"""Random lives of a ledger, step by step beside a dictionary."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escrow.chart import Purpose
from escrow.operations import freeze_account, release_account, snapshot_balances
from escrow.queries import balance_at, balances, equation
from escrow.verify import verify_ledger
from marketplace.lib.actor import SYSTEM
from marketplace.lib.errors import Refused
from tests.escrow.book import BANK, Step, draft, pay, round_account, wallet
from tests.escrow.model import FEES, ROUNDS, ROUTES, WALLETS, Model

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CODES = [BANK, FEES, *WALLETS, *ROUNDS]


def _steps(purpose: Purpose) -> st.SearchStrategy[Step]:
    debits, credited = ROUTES[purpose]
    return st.tuples(st.sampled_from(debits), st.sampled_from(credited), st.integers(1, 60), st.just(purpose))


steps = st.lists(st.sampled_from(list(ROUTES)).flatmap(_steps), min_size=1, max_size=4)
postings = st.tuples(st.just("post"), st.sampled_from("abcdefghijkl"), steps)
freezes = st.tuples(st.sampled_from(["freeze", "release"]), st.sampled_from(WALLETS), st.none())
snapshots = st.tuples(st.just("snapshot"), st.none(), st.none())
lives = st.lists(st.one_of(postings, postings, postings, freezes, snapshots), max_size=16)


def _live(model: Model, action: str, name: str, entry: list[Step], at: datetime) -> None:
    """Do one thing to both."""
    if action == "post":
        assert _outcome(name, entry, at) == model.post(name, entry)
    elif action == "freeze":
        freeze_account(code=name, reason="test", by=SYSTEM, at=at)
        model.frozen.add(name)
    elif action == "release":
        release_account(code=name, reason="test", by=SYSTEM, at=at)
        model.frozen.discard(name)
    else:
        snapshot_balances(at=at)


def _outcome(key: str, entry: list[Step], at: datetime) -> str:
    try:
        return "replayed" if pay(draft(*entry, key=key), at=at).is_replay else "posted"
    except Refused as refusal:
        return refusal.code


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(lives)
def test_the_ledger_does_what_a_dictionary_would(life: list[tuple[str, str, list[Step]]]) -> None:
    with _forgotten():
        for number in (1, 2, 3):
            wallet(number, at=START)
        round_account(1), round_account(2)
        model = Model()
        past = []
        for minute, (action, name, entry) in enumerate(life):
            at = START + timedelta(minutes=minute)
            _live(model, action, name, entry, at)
            assert {code: held.minor for code, held in balances(CODES).items()} == {c: model.held[c] for c in CODES}
            past.append((at, dict(model.held)))
        assert all(balance_at(c, at).minor == held.get(c, 0) for at, held in past for c in (BANK, *WALLETS))
        assert equation().holds
        assert verify_ledger() == []


@contextmanager
def _forgotten() -> Iterator[None]:
    """Roll back to here afterwards; unlike `atomic` it lets verbs own what they take for their transaction."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)
