"""Finance sees whose money it is, now and then, and can have the ledger proved."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from borrowers.models import Borrower
from escrow.verify import CHECKS, Finding
from escrow.web import findings
from escrow.web.sides import sides_of_every_currency
from investors.models import Investor
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests import cast
from tests.pages import scene
from tests.pages_staff.conftest import Desk

OVERVIEW, VERIFY = "/escrow/", "/escrow/verify/"
READERS = {Role.FINANCE, Role.AUDITOR}
pytestmark = pytest.mark.django_db


def test_two_equal_sides(desk: Desk, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    response = desk(Role.AUDITOR).get(OVERVIEW)
    [sides] = response.context["currencies"]
    assert (sides.holds, sides.held.total, sides.owed.total) == (True, Money(100_000_00), Money(100_000_00))
    assert [(s.kind, s.x, s.width) for s in sides.owed.segments] == [
        ("investor_cash", 0, 800),
        ("round_escrow", 800, 200),
    ]
    assert "Both sides agree" in response.text
    assert "CN¥80,000.00" in response.text


def test_nothing_held_yet(desk: Desk) -> None:
    [sides] = desk(Role.FINANCE).get(OVERVIEW).context["currencies"]
    assert (sides.holds, sides.held.segments, sides.owed.segments) == (True, [], [])


def test_a_past_moment(desk: Desk, at: datetime) -> None:
    ann = cast.investor("Ann", at=at)
    cast.deposit(ann, 700_00, at=at - timedelta(days=30))
    cast.deposit(ann, 300_00, at=at)
    then = timezone.localtime(at - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")
    response = desk(Role.FINANCE).get(OVERVIEW, {"at": then})
    assert response.context["currencies"][0].held.total == Money(700_00)
    assert "CNY as it was on" in response.text


@pytest.mark.parametrize("moment", ["yesterday", "0001-01-01T00:00", "9999-12-31T23:59:59.9", "2026-02-30T10:00"])
def test_a_moment_that_makes_no_sense(desk: Desk, moment: str) -> None:
    for page in (OVERVIEW, "/escrow/trial-balance/", "/escrow/accounts/bank:escrow/"):
        assert desk(Role.FINANCE).get(page, {"at": moment}).status_code == 200, page
    if not moment.startswith("9999"):
        assert "is-invalid" in desk(Role.FINANCE).get(OVERVIEW, {"at": moment}).text


def test_the_proof(desk: Desk, ann: Investor) -> None:
    response = desk(Role.AUDITOR).post(VERIFY)
    assert "The ledger is right" in response.text
    assert response.text.count("Kept") == len(findings.RULES)


def test_every_rule_has_its_words() -> None:
    assert set(findings.RULES) == {*CHECKS, "client money held equals client money owed"}


def test_a_broken_rule_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [Finding("no client account is below zero", "investor:1:cash"), Finding("a new rule", "7")]
    monkeypatch.setattr(findings, "verify_ledger", lambda: broken)
    response = desk(Role.FINANCE).post(VERIFY)
    assert response.context["broken"] == 2
    assert all(words in response.text for words in ("The ledger breaks its rules", "investor:1:cash", "a new rule"))


def test_the_proof_is_only_posted(desk: Desk) -> None:
    assert desk(Role.FINANCE).get(VERIFY).status_code == 405


def test_both_bars_have_one_scale(ann: Investor) -> None:
    [sides] = sides_of_every_currency(at=None)
    for side in (sides.held, sides.owed):
        assert sum(segment.width for segment in side.segments) == 1000


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_look(desk: Desk, ann: Investor, role: Role) -> None:
    status = 200 if role in READERS else 403
    pages = ("", "journal/", "accounts/", "accounts/options/", "trial-balance/", "accounts/bank:escrow/")
    for page in pages:
        assert desk(role).get(OVERVIEW + page).status_code == status, page
    assert desk(role).post(VERIFY).status_code == status
    assert ("Record a bank receipt" in desk(role).get(OVERVIEW).text) == (role == Role.FINANCE)
