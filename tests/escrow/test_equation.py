"""Client money held = client money owed, now and at any past moment."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from escrow.chart import CLIENT_LIABILITIES, CLIENT_MONEY_HELD, COSTS, INCOME, Kind, Purpose
from escrow.models import Balance
from escrow.operations import snapshot_balances
from escrow.queries import equation
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, opened, pay, round_account, wallet

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def _a_round_paid_out(now: datetime) -> None:
    """500 deposited, 100 bid, of which 3 are income and 1 goes to the reserve."""
    ann, round_one = wallet(1, 500, at=now), round_account(1)
    bai = opened("borrower:1:cash", Kind.BORROWER_CASH, 1)
    pay(draft((ann, round_one, 100, Purpose.BID_ACCEPTED)), at=now + HOUR)
    pay(
        draft(
            (round_one, bai, 96, Purpose.PAY_OUT),
            (round_one, "fees:origination", 3, Purpose.ORIGINATION_FEE),
            (round_one, "reserve:fund", 1, Purpose.RESERVE_CONTRIBUTION),
        ),
        at=now + 2 * HOUR,
    )
    pay(draft((bai, BANK, 96, Purpose.BANK_WITHDRAWAL)), at=now + 3 * HOUR)


@pytest.mark.usefixtures("_a_round_paid_out")
@pytest.mark.parametrize("with_snapshot", [False, True])
def test_both_sides_agree_and_say_where_the_money_is(now: datetime, with_snapshot: bool) -> None:
    if with_snapshot:
        snapshot_balances(at=now)
    sides = equation()
    assert sides.holds
    assert sides.held_total == sides.owed_total == Money(404)
    assert {line.kind: line.total.minor for line in sides.held} == {Kind.BANK: 404, Kind.STRIPE: 0}
    owed = {line.kind: line.total.minor for line in [*sides.liabilities, *sides.income] if line.total}
    assert owed == {Kind.INVESTOR_CASH: 400, Kind.RESERVE_FUND: 1, Kind.FEES: 3}


@pytest.mark.usefixtures("_a_round_paid_out")
def test_it_held_at_every_past_moment(now: datetime) -> None:
    past = [equation(at=now + step * HOUR) for step in (-1, 0, 1, 2, 3)]
    assert all(sides.holds for sides in past)
    assert [sides.held_total.minor for sides in past] == [0, 500, 500, 500, 404]


@pytest.mark.usefixtures("_a_round_paid_out")
def test_now_and_the_latest_moment_agree(now: datetime) -> None:
    assert equation() == equation(at=now + 9 * HOUR)


@pytest.mark.usefixtures("_a_round_paid_out")
def test_a_counter_that_is_wrong_by_one_breaks_it() -> None:
    counter = Balance.objects.get(account__code="investor:1:cash")
    Balance.objects.filter(pk=counter.pk).update(credits_posted_minor=counter.credits_posted_minor + 1)
    assert not equation().holds


@pytest.mark.usefixtures("_a_round_paid_out")
def test_currencies_are_kept_apart(now: datetime) -> None:
    dollar_bank = opened("bank:usd", Kind.BANK, 0, currency="USD")
    dollars = opened("investor:2:cash", Kind.INVESTOR_CASH, 2, currency="USD")
    pay(draft((dollar_bank, dollars, 7, Purpose.BANK_DEPOSIT))._replace(currency="USD"), at=now)
    assert (equation().held_total, equation(currency="USD").held_total) == (Money(404), Money(7, "USD"))
    assert equation(currency="USD", at=now).holds
    assert not equation(currency="EUR").held_total


@pytest.mark.usefixtures("_a_round_paid_out")
def test_it_is_read_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        equation()


def test_every_kind_stands_on_exactly_one_side() -> None:
    sides = [*CLIENT_MONEY_HELD, *CLIENT_LIABILITIES, *INCOME, *COSTS]
    assert sorted(sides) == sorted(Kind)
