"""Six months of repayments by three habits."""

from datetime import timedelta

import pytest

from loans.models import Loan, LoanState
from loans.queries import schedule_of
from marketplace.demo.checks.loans import loan_checks
from marketplace.demo.script import Habit
from marketplace.demo.servicing import (
    DAYS_AFTER,
    DAYS_LATE,
    LAST_BEFORE_SETTLING,
    LATE_INSTALMENT,
    Doing,
    Service,
    appointments,
    service,
    visits,
)
from marketplace.demo.story import Outcome
from marketplace.demo.wallets import BorrowersBank
from tests.demo.conftest import funded_story


def six_months(loan: Loan, habit: Habit) -> tuple[Service, Outcome]:
    """What was paid, and the outcome of it."""
    payments: list[None] = []
    loans = [(loan, habit)]
    (mine,) = service(loans, visits(loans), bank=BorrowersBank("test"), on_payment=lambda: payments.append(None))
    assert len(payments) == mine.payments
    return mine, Outcome([funded_story(loan, habit=habit)], [mine])


@pytest.mark.parametrize("habit", list(Habit))
def test_every_habit_leads_to_a_settled_loan_and_held_promises(loan: Loan, habit: Habit) -> None:
    mine, outcome = six_months(loan, habit)
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED
    assert [check.promise for check in loan_checks(outcome) if not check.held] == []
    assert bool(mine.penalty_minor) == (habit is Habit.LATE)
    assert bool(mine.settlement_fee_minor) == (habit is Habit.EARLY)
    assert mine.paid_minor > loan.principal_minor


def test_who_pays_late_pays_the_missed_instalment_later(loan: Loan) -> None:
    due = [row.due_on for row in schedule_of(loan)]
    days = [a.day for a in appointments(loan, Habit.LATE)]
    due[LATE_INSTALMENT - 1] += timedelta(days=DAYS_LATE)
    assert days == due


def test_who_settles_early_comes_between_two_instalments(loan: Loan) -> None:
    rows = schedule_of(loan)
    kept = list(appointments(loan, Habit.EARLY))
    assert [a.doing for a in kept] == [Doing.PAYS] * LAST_BEFORE_SETTLING + [Doing.SETTLES]
    assert kept[-1].day == rows[LAST_BEFORE_SETTLING - 1].due_on + timedelta(days=DAYS_AFTER)


def test_a_punctual_payer_with_a_penalty_would_be_seen(loan: Loan) -> None:
    mine, outcome = six_months(loan, Habit.ON_TIME)
    mine.penalty_minor = 1
    assert [c.promise for c in loan_checks(outcome) if not c.held] == ["who paid on time paid no penalty"]


def test_a_late_payer_without_a_penalty_would_be_seen(loan: Loan) -> None:
    mine, outcome = six_months(loan, Habit.LATE)
    mine.penalty_minor = 0
    assert [c.promise for c in loan_checks(outcome) if not c.held] == ["who paid late paid a penalty"]
