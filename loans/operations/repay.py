"""A repayment: what is owed first, then ahead on the next instalment."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from loans.models import Receipt, ReceiptKind
from loans.operations.admit import check_open, lock_loan, receipt_before
from loans.operations.receive import mark_settled, receive
from loans.queries.standing import position_of, standing_of
from loans.refusals import refuses_core_errors
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput, Refused
from marketplace.lib.money import Money
from marketplace.lib.transactions import owns_transaction


class AmountAboveOwed(Refused):
    """More than what is owed and the next instalment: an early settlement is asked for instead."""

    code = "amount_above_owed"
    message = _("At most %(most)s can be paid today; to repay everything, ask for an early settlement.")


@owns_transaction
@refuses_core_errors
def repay(*, loan_id: int, amount: Money, day: date, by: Actor, at: datetime, idempotency_key: str) -> Receipt:
    """
    Pay an amount from the borrower's wallet by the waterfall and share it out.

    :raises InvalidInput: if the amount is not positive or in another currency, or the key cannot be used
    :raises AmountAboveOwed: if it is more than what is owed and the next instalment
    :raises LoanIsSettled: if nothing is owed on it any more
    :raises DayOutOfOrder: if something was paid on a later day, or the loan was paid out later
    :raises NotEnoughMoney: if the borrower's wallet does not hold it
    :raises IdempotencyMismatch: if the key was used for another payment
    :raises NotFound: if there is no such loan, or it is not the actor's to pay
    """
    if amount.minor <= 0:
        raise InvalidInput(field=_("amount"), reason=_("must be above zero"))
    loan = lock_loan(loan_id=loan_id, by=by)
    if amount.currency != loan.currency:
        raise InvalidInput(field=_("amount"), reason=_("must be in the loan's currency"))
    before = receipt_before(
        loan=loan, kind=ReceiptKind.REPAYMENT, amount_minor=amount.minor, idempotency_key=idempotency_key
    )
    if before is not None:
        return before
    check_open(loan, day=day)
    standing = standing_of(loan, day=day)
    if amount.minor > standing.most_payable_minor:
        raise AmountAboveOwed(most=str(Money(standing.most_payable_minor, loan.currency)))
    receipt = receive(
        loan=loan,
        kind=ReceiptKind.REPAYMENT,
        allocations=standing.plan(amount.minor),
        day=day,
        by=by,
        at=at,
        idempotency_key=idempotency_key,
    )
    after = position_of(loan, day=day)
    if not after.owed and not after.upcoming:
        mark_settled(loan=loan, day=day, by=by, at=at, reason="last instalment paid")
    return receipt
