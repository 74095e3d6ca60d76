"""Client money that arrives at the custodian bank."""

from datetime import datetime

from escrow.chart import BANK_ESCROW, Purpose
from escrow.operations.post import EntryDraft, Posted, TransferDraft, post
from escrow.queries import account_ids
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import Money
from marketplace.lib.transactions import owns_transaction


@owns_transaction
def record_bank_receipt(
    *, account_code: str, amount: Money, bank_reference: str, by: Actor, at: datetime, idempotency_key: str
) -> Posted:
    """
    Credit a wallet (or suspense) with money seen on the bank's statement.

    :raises InvalidInput: if the amount is not positive or the bank's reference is missing
    :raises IdempotencyMismatch: if the key was used for another receipt
    """
    if amount.minor <= 0:
        raise InvalidInput(field="amount", reason="must be above zero")
    if not bank_reference.strip():
        raise InvalidInput(field="bank_reference", reason="must not be empty")
    accounts = account_ids([BANK_ESCROW, account_code])
    entry = EntryDraft(
        kind="bank_receipt",
        reference=f"bank:{bank_reference.strip()}"[:64],
        idempotency_key=idempotency_key,
        actor=by,
        value_date=at.date(),
        transfers=(
            TransferDraft(accounts[BANK_ESCROW], accounts[account_code], amount.minor, Purpose.BANK_DEPOSIT),
        ),
        currency=amount.currency,
    )
    return post(entry, at=at)
