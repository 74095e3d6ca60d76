"""Six months of repayments, with the days handed to the verbs: nobody waits for the clock."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from loans.core.buckets import Bucket
from loans.models import Loan, Receipt
from loans.operations import repay, settle_early
from loans.queries import position_of, quote_settlement, schedule_of
from marketplace.demo.script import Habit
from marketplace.demo.wallets import BorrowersBank
from marketplace.lib.money import Money

MONTHS = 6
#: The late payer misses this instalment and comes so many days after.
LATE_INSTALMENT, DAYS_LATE = 3, 20
#: The early payer settles so many days after this instalment.
LAST_BEFORE_SETTLING, DAYS_AFTER = 4, 10


class Doing(StrEnum):
    """What a borrower does on a day."""

    PAYS = "pays what is owed"
    SETTLES = "settles"


@dataclass(frozen=True, order=True)
class Appointment:
    """One day of one borrower."""

    day: date
    loan_id: int
    doing: Doing


@dataclass
class Service:
    """What was paid on one loan in the six months, in minor units."""

    loan: Loan
    payments: int = 0
    paid_minor: int = 0
    penalty_minor: int = 0
    settlement_fee_minor: int = 0

    def count(self, receipt: Receipt) -> None:
        """Take in a receipt."""
        by_bucket = dict(receipt.allocations.values_list("bucket", "amount_minor"))
        self.payments += 1
        self.paid_minor += receipt.amount_minor
        self.penalty_minor += by_bucket.get(Bucket.PENALTIES, 0)
        self.settlement_fee_minor += by_bucket.get(Bucket.FEES, 0)


def appointments(loan: Loan, habit: Habit) -> Iterator[Appointment]:
    """The days on which the borrower of a loan pays, up to the sixth instalment."""
    for row in schedule_of(loan)[:MONTHS]:
        day = row.due_on
        if habit is Habit.EARLY and row.number > LAST_BEFORE_SETTLING:
            return
        if habit is Habit.LATE and row.number == LATE_INSTALMENT:
            day += timedelta(days=DAYS_LATE)
        yield Appointment(day, loan.pk, Doing.PAYS)
        if habit is Habit.EARLY and row.number == LAST_BEFORE_SETTLING:
            yield Appointment(day + timedelta(days=DAYS_AFTER), loan.pk, Doing.SETTLES)


def visits(loans: Sequence[tuple[Loan, Habit]]) -> list[Appointment]:
    """All days of all loans, in their order."""
    return sorted(a for loan, habit in loans for a in appointments(loan, habit))


def service(
    loans: Sequence[tuple[Loan, Habit]],
    days: Sequence[Appointment],
    *,
    bank: BorrowersBank,
    on_payment: Callable[[], None],
) -> list[Service]:
    """Let the days pass; what was paid on each loan, in the order of `loans`."""
    services = {loan.pk: Service(loan) for loan, _habit in loans}
    for appointment in days:
        mine = services[appointment.loan_id]
        mine.count(_keep(appointment, mine.loan, bank))
        on_payment()
    return list(services.values())


def _keep(appointment: Appointment, loan: Loan, bank: BorrowersBank) -> Receipt:
    """The borrower transfers what is needed and pays it the same noon."""
    day = appointment.day
    at = timezone.make_aware(datetime.combine(day, time(12)))
    key = f"demo:{loan.pk}:{appointment.doing}:{day}"
    settles = appointment.doing is Doing.SETTLES
    owed_minor = quote_settlement(loan, day=day).total_minor if settles else position_of(loan, day=day).owed_minor
    amount, by = Money(owed_minor, loan.currency), loan.borrower.user.actor
    bank.transfer(loan.borrower, amount, at=at)
    if settles:
        return settle_early(loan_id=loan.pk, agreed_total=amount, day=day, by=by, at=at, idempotency_key=key)
    return repay(loan_id=loan.pk, amount=amount, day=day, by=by, at=at, idempotency_key=key)
