"""Early settlement: everything at once, by the quote of the day."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from loans.core.waterfall import allocate
from loans.models import Receipt, ReceiptKind
from loans.operations.admit import check_open, lock_loan, receipt_before
from loans.operations.receive import mark_settled, receive
from loans.queries.standing import quote_settlement
from loans.refusals import refuses_core_errors
from marketplace.lib.actor import Actor
from marketplace.lib.errors import Refused
from marketplace.lib.money import Money
from marketplace.lib.transactions import owns_transaction


class QuoteChanged(Refused):
    """The total agreed to is not (or no longer) what settles the loan on this day."""

    code = "quote_changed"
    message = _("Settling today takes %(total)s; please look at the new quote.")


@owns_transaction
@refuses_core_errors
def settle_early(
    *, loan_id: int, agreed_total: Money, day: date, by: Actor, at: datetime, idempotency_key: str
) -> Receipt:
    """
    Repay a loan in full before its time.

    :raises QuoteChanged: if `agreed_total` is not the day's quote
    :raises LoanIsSettled: if nothing is owed on it any more
    :raises DayOutOfOrder: if something was paid on a later day, or the loan was paid out later
    :raises NotEnoughMoney: if the borrower's wallet does not hold it
    :raises IdempotencyMismatch: if the key was used for another payment
    :raises InvalidInput: if the key cannot be used
    :raises NotFound: if there is no such loan, or it is not the actor's to pay
    """
    loan = lock_loan(loan_id=loan_id, by=by)
    before = receipt_before(
        loan=loan, kind=ReceiptKind.SETTLEMENT, amount_minor=agreed_total.minor, idempotency_key=idempotency_key
    )
    if before is not None:
        return before
    check_open(loan, day=day)
    quote = quote_settlement(loan, day=day)
    total = Money(quote.total_minor, loan.currency)
    if agreed_total != total:
        raise QuoteChanged(total=str(total))
    receipt = receive(
        loan=loan,
        kind=ReceiptKind.SETTLEMENT,
        allocations=allocate(quote.total_minor, owed=quote.lines, on=day).allocations,
        day=day,
        by=by,
        at=at,
        idempotency_key=idempotency_key,
    )
    mark_settled(loan=loan, day=day, by=by, at=at, reason="settled early")
    return receipt
