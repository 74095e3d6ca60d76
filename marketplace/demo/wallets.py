"""Money that the demo's people bring in from the bank."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from django.db import transaction

from borrowers.models import Borrower
from escrow import chart
from escrow.operations import EntryDraft, TransferDraft, post_many, record_bank_receipt
from escrow.queries import account_ids, balances
from investors.models import Investor
from marketplace.lib.actor import SYSTEM
from marketplace.lib.business_day import business_day
from marketplace.lib.money import Money

LEAST_CASH_MINOR, CASH_STEP_MINOR = 20_000_00, 3_000_00
#: Every so many investors have next to nothing, so that some bids find no money.
POOR_EVERY, POOR_CASH_MINOR = 25, 300_00


def is_poor(number: int) -> bool:
    """Say whether the investor with this place in the cast has next to nothing."""
    return number % POOR_EVERY == POOR_EVERY - 1


def fill_wallets(investors: Sequence[Investor], *, run: str, at: datetime) -> int:
    """
    Bring every investor's free money up to what they usually have; the number of deposits.

    One entry each, as `record_bank_receipt` writes it, all in one commit.
    """
    held = balances(chart.investor_cash(investor.pk) for investor in investors)
    accounts = account_ids([chart.BANK_ESCROW, *held])
    entries = []
    for number, investor in enumerate(investors):
        code = chart.investor_cash(investor.pk)
        missing_minor = _usual_cash_minor(number) - held[code].minor
        if missing_minor > 0:
            cause = f"bank:DEMO-{run}-{number + 1}"
            transfer = TransferDraft(
                accounts[chart.BANK_ESCROW], accounts[code], missing_minor, chart.Purpose.BANK_DEPOSIT
            )
            entries.append(EntryDraft("bank_receipt", cause, cause, SYSTEM, business_day(at), (transfer,)))
    with transaction.atomic():
        post_many(entries, at=at)
    return len(entries)


class BorrowersBank:
    """The bank of the borrowers: what they transfer to us during one run."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._numbers = count(1)

    def transfer(self, borrower: Borrower, amount: Money, *, at: datetime) -> None:
        """Money arrives in the borrower's wallet."""
        reference = f"DEMO-{self._run}-B{next(self._numbers)}"
        record_bank_receipt(
            account_code=chart.borrower_cash(borrower.pk),
            amount=amount,
            bank_reference=reference,
            by=SYSTEM,
            at=at,
            idempotency_key=f"bank:{reference}",
        )


def _usual_cash_minor(number: int) -> int:
    return POOR_CASH_MINOR if is_poor(number) else LEAST_CASH_MINOR + number % 20 * CASH_STEP_MINOR
