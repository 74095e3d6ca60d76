"""Client money that arrives at the custodian bank."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from escrow.chart import BANK_ESCROW, Purpose
from escrow.operations.drafts import EntryDraft, Posted, TransferDraft
from escrow.operations.post import post
from escrow.queries import get_account
from marketplace.lib.actor import Actor
from marketplace.lib.business_day import business_day
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import Money
from marketplace.lib.transactions import owns_transaction


@owns_transaction
def record_bank_receipt(
    *, account_code: str, amount: Money, bank_reference: str, by: Actor, at: datetime, idempotency_key: str
) -> Posted:
    """
    Credit a wallet (or suspense) with money seen on the bank's statement.

    :raises UnknownAccount: if there is no such account
    :raises InvalidInput: if the amount is not positive or in another currency, or the bank's reference is missing
    :raises IdempotencyMismatch: if the key was used for another receipt
    """
    if amount.minor <= 0:
        raise InvalidInput(field="amount", reason=_("must be above zero"))
    if not bank_reference.strip():
        raise InvalidInput(field="bank_reference", reason=_("must not be empty"))
    bank, wallet = get_account(BANK_ESCROW), get_account(account_code)
    if not bank.currency == wallet.currency == amount.currency:
        raise InvalidInput(field="amount", reason=_("must be in the currency of the account"))
    entry = EntryDraft(
        kind="bank_receipt",
        reference=f"bank:{bank_reference.strip()}"[:64],
        idempotency_key=idempotency_key,
        actor=by,
        value_date=business_day(at),
        transfers=(TransferDraft(bank.pk, wallet.pk, amount.minor, Purpose.BANK_DEPOSIT),),
        currency=amount.currency,
    )
    return post(entry, at=at)
