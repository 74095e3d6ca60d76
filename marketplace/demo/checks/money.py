"""Whether the money is all there: the ledger, the books, every wallet, and the outbox."""

from collections import Counter
from collections.abc import Iterator
from time import monotonic, sleep

from django.db.models import Sum

from escrow import chart
from escrow.models import Balance, Transfer
from escrow.queries import equation
from escrow.verify import verify_ledger
from listings.rounds.models import Bid, RoundState
from loans.models import DistributionShare
from marketplace.demo.checks.check import Check
from marketplace.demo.story import Outcome
from marketplace.lib.outbox.queries import dead_letters, waiting_count
from marketplace.reporting.verify import verify_books

#: Seconds that the worker may take to deliver what was recorded last.
PATIENCE = 60.0
RETURNED = (RoundState.FAILED, RoundState.CANCELLED)


def money_checks(_outcome: Outcome) -> Iterator[Check]:
    """All checks of money, on everything there is: this run, the runs before and the book."""
    yield Check.nothing_wrong("every wallet is deposits − invested + returned", _wrong_wallets())
    yield _outbox()
    sides = equation()
    yield Check("client money held = client money owed", sides.holds, f"{sides.held_total} = {sides.owed_total}")
    yield Check.nothing_wrong("verify_ledger", (f"{f.rule}: {f.detail}" for f in verify_ledger()), detail="OK")
    yield Check.nothing_wrong("verify_books", (f"{f.rule}: {f.detail}" for f in verify_books()), detail="OK")


def expected_cash() -> Counter[int]:
    """What every investor should have, in minor units, told from bids and repayments instead of the wallet."""
    cash: Counter[int] = Counter()
    deposits = Transfer.objects.filter(
        purpose=chart.Purpose.BANK_DEPOSIT, credit_account__kind=chart.Kind.INVESTOR_CASH
    )
    cash.update(dict(deposits.values_list("credit_account__owner_id").annotate(total=Sum("amount_minor"))))
    invested = Bid.objects.exclude(round__state__in=RETURNED).filter(accepted_minor__gt=0)
    cash.subtract(dict(invested.values_list("investor_id").annotate(total=Sum("accepted_minor"))))
    shares = DistributionShare.objects.values_list("participation__investor_id").annotate(
        principal=Sum("principal_minor"), interest=Sum("interest_minor"), fee=Sum("service_fee_minor")
    )
    for investor_id, principal, interest, fee in shares:
        cash[investor_id] += principal + interest - fee
    return cash


def _wrong_wallets() -> Iterator[str]:
    expected = expected_cash()
    wallets = Balance.objects.filter(account__kind=chart.Kind.INVESTOR_CASH)
    for owner_id, debited, credited in wallets.values_list(
        "account__owner_id", "debits_posted_minor", "credits_posted_minor"
    ):
        assert owner_id is not None, "wallets have owners"
        if credited - debited != expected[owner_id]:
            yield f"investor {owner_id} has {credited - debited} instead of {expected[owner_id]}"


def _outbox() -> Check:
    """The worker delivers everything that was recorded; what failed for good is a dead letter."""
    deadline = monotonic() + PATIENCE
    while (waiting := waiting_count()) and monotonic() < deadline:
        sleep(0.2)
    dead = dead_letters().count()
    return Check("every event was delivered", not waiting and not dead, f"{waiting} waiting, {dead} dead")
