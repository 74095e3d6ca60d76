"""The loan book says of every loan what its own page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from investors.models import Investor
from loans.models import Loan
from loans.queries import book, book_totals, quote_settlement, standing_of
from loans.queries.book import BookTotals
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)


def unpaid_since(loan: Loan) -> date | None:
    return book().get(pk=loan.pk).unpaid_since


def test_a_new_loan_waits_for_its_first_instalment(loan: Loan) -> None:
    assert unpaid_since(loan) == DUE
    assert book().get(pk=loan.pk).outstanding_minor == 10_000_00


def test_a_paid_instalment_is_passed_over_and_a_part_is_not(loan: Loan) -> None:
    lend.pay(loan, 1_725_47, DUE)
    assert unpaid_since(loan) == DUE
    lend.pay(loan, 1, DUE)
    assert unpaid_since(loan) == date(2026, 5, 2)


def test_a_penalty_pays_no_instalment(loan: Loan) -> None:
    lend.pay(loan, 24_38, date(2026, 5, 2))
    assert unpaid_since(loan) == DUE


def test_a_settled_loan_waits_for_nothing(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    entry = book().get(pk=loan.pk)
    assert (entry.unpaid_since, entry.outstanding_minor) == (None, 0)


def test_totals(loan: Loan, now: datetime) -> None:
    lend.pay(loan, 1_725_48, DUE)
    assert book_totals(currency="CNY") == BookTotals(10_000_00, 8_374_52, 1, 0)
    assert book_totals(currency="EUR") == BookTotals(0, 0, 0, 0)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(payments=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 2_000_00)), max_size=6))
def test_days_past_due_are_those_of_the_loans_own_page(payments: list[tuple[int, int]]) -> None:
    start = datetime(2026, 3, 2, 4, tzinfo=UTC)
    ann: Investor = cast.investor("Ann", at=start, cash_minor=5_000_00)
    loan = lend.running_loan([(ann, 5_000_00)], at=start, annual_rate_bps=900)
    lend.pay_in(loan.borrower, 20_000_00, at=start)
    day = start.date()
    for days, amount_minor in payments:
        day += timedelta(days=days)
        most = standing_of(loan, day=day).most_payable_minor
        lend.pay(loan, min(amount_minor, most), day)
        since = unpaid_since(loan)
        late = max(0, (day - since).days) if since else 0
        assert late == standing_of(Loan.objects.get(pk=loan.pk), day=day).position.days_past_due
