"""What every payment on a loan goes through first: the lock, the key, and whether the loan takes it."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from escrow.operations import IdempotencyMismatch
from loans.models import Loan, Receipt, ReceiptKind
from loans.operations.keys import hold_key
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound, Refused
from marketplace.lib.transactions import needs_transaction


class LoanIsSettled(Refused):
    """Nothing is owed on the loan any more."""

    code = "loan_is_settled"
    message = _("This loan was repaid in full on %(settled_on)s; nothing is owed on it any more.")


class DayOutOfOrder(Refused):
    """Payments are booked in the order of their days: what was owed on a day is settled by what came before it."""

    code = "day_out_of_order"
    message = _("A payment cannot be dated before %(earliest)s.")
    http_status = 422


@needs_transaction
def lock_loan(*, loan_id: int, by: Actor) -> Loan:
    """
    Lock a loan for a payment by its borrower, by finance, or by the system.

    :raises NotFound: if there is no such loan, or it is not theirs to pay
    """
    loan = (
        Loan.objects.select_for_update(no_key=True, of=("self",)).select_related("borrower").filter(pk=loan_id).first()
    )
    if loan is None or not (by.has(Role.FINANCE, "system") or loan.borrower.user_id == by.user_id):
        raise NotFound
    return loan


@needs_transaction
def receipt_before(*, loan: Loan, kind: ReceiptKind, amount_minor: int, idempotency_key: str) -> Receipt | None:
    """
    The receipt already written under a key, which is then held until the transaction ends.

    :raises IdempotencyMismatch: if it was for another loan, kind or amount
    :raises InvalidInput: if the key cannot be used
    """
    hold_key(idempotency_key)
    before = Receipt.objects.filter(idempotency_key=idempotency_key).first()
    if before is not None:
        for field, new, old in (
            ("loan", loan.pk, before.loan_id),
            ("kind", kind, before.kind),
            ("amount", amount_minor, before.amount_minor),
        ):
            if new != old:
                raise IdempotencyMismatch(field=field, key=idempotency_key)
    return before


def check_open(loan: Loan, *, day: date) -> None:
    """
    Refuse a payment on a loan that ended, or on a day before what was booked last.

    :raises LoanIsSettled: if nothing is owed on it any more
    :raises DayOutOfOrder: if something was paid on a later day, or the loan was paid out later
    """
    if not loan.is_running:
        raise LoanIsSettled(settled_on=str(loan.settled_on))
    last = loan.receipts.aggregate(day=Max("received_on"))["day"]
    earliest = max(loan.disbursed_on, last or loan.disbursed_on)
    if day < earliest:
        raise DayOutOfOrder(earliest=str(earliest))
