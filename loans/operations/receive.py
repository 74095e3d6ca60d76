"""What every payment on a loan has in common: one receipt, its allocations, its shares, one ledger entry."""

from collections.abc import Sequence
from datetime import date, datetime

from escrow import chart
from escrow.chart import Purpose
from escrow.operations import EntryDraft, TransferDraft, post
from escrow.queries import account_ids, balance
from loans.core.buckets import Allocation
from loans.core.distribution import Collected, Distribution, distribute
from loans.models import (
    DistributionShare,
    Loan,
    LoanMove,
    LoanState,
    Participation,
    Receipt,
    ReceiptAllocation,
    ReceiptKind,
)
from loans.queries.holdings import holdings
from marketplace.lib.actor import Actor
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import needs_transaction


@needs_transaction
def receive(
    *,
    loan: Loan,
    kind: ReceiptKind,
    allocations: Sequence[Allocation],
    day: date,
    by: Actor,
    at: datetime,
    idempotency_key: str,
) -> Receipt:
    """
    Take the allocated money from the borrower's wallet and share it out, to the minor unit.

    :raises NotEnoughMoney: if the borrower's wallet does not hold it
    """
    amount_minor = sum(allocation.amount_minor for allocation in allocations)
    receipt = Receipt.objects.create(
        loan=loan,
        kind=kind,
        amount_minor=amount_minor,
        received_on=day,
        idempotency_key=idempotency_key,
        by_label=by.label,
        at=at,
    )
    ReceiptAllocation.objects.bulk_create(
        ReceiptAllocation(receipt=receipt, number=a.number, bucket=a.bucket, amount_minor=a.amount_minor)
        for a in allocations
    )
    shared = distribute(Collected.of(allocations), holdings=holdings(loan.pk), service_fee_bps=loan.service_fee_bps)
    DistributionShare.objects.bulk_create(
        DistributionShare(
            receipt=receipt,
            participation_id=share.participation_id,
            principal_minor=share.principal_minor,
            interest_minor=share.interest_minor,
            service_fee_minor=share.service_fee_minor,
        )
        for share in shared.shares
    )
    _post(receipt, shared, by=by, at=at)
    assert not balance(chart.loan_collections(loan.pk)), "collections only pass through"
    record(
        name="loan.repaid", aggregate=f"loan:{loan.pk}", payload={"loan_id": loan.pk, "receipt_id": receipt.pk}, at=at
    )
    return receipt


@needs_transaction
def mark_settled(*, loan: Loan, day: date, by: Actor, at: datetime, reason: str) -> None:
    """End a loan on which nothing is owed any more."""
    loan.settle()
    loan.settled_on = day
    loan.save(update_fields=["state", "settled_on"])
    LoanMove.objects.create(
        loan=loan,
        from_state=LoanState.ACTIVE,
        to_state=LoanState.SETTLED,
        by_id=by.user_id,
        by_label=by.label,
        reason=reason,
        at=at,
    )
    record(name="loan.settled", aggregate=f"loan:{loan.pk}", payload={"loan_id": loan.pk}, at=at)


def _post(receipt: Receipt, shared: Distribution, *, by: Actor, at: datetime) -> None:
    """Wallet → collections → holders and fees, as one entry: collections hold nothing afterwards."""
    loan = receipt.loan
    wallet, collections = chart.borrower_cash(loan.borrower_id), chart.loan_collections(loan.pk)
    out = list(_outgoing(shared, loan_id=loan.pk))
    accounts = account_ids([wallet, collections, *(code for code, _amount, _purpose in out)])
    transfers = (
        TransferDraft(accounts[wallet], accounts[collections], receipt.amount_minor, Purpose.REPAYMENT),
        *(
            TransferDraft(accounts[collections], accounts[code], amount, purpose)
            for code, amount, purpose in out
            if amount
        ),
    )
    cause = f"receipt:{receipt.pk}"
    # The caller's key, so that the ledger remembers a refusal under it: a retry cannot succeed later by surprise.
    key = f"receipt-of:{receipt.idempotency_key}"
    post(EntryDraft(receipt.kind, cause, key, by, receipt.received_on, transfers, loan.currency), at=at)


def _outgoing(shared: Distribution, *, loan_id: int) -> list[tuple[str, int, Purpose]]:
    investor_of = dict(Participation.objects.filter(loan_id=loan_id).values_list("pk", "investor_id"))
    out = []
    for share in shared.shares:
        wallet = chart.investor_cash(investor_of[share.participation_id])
        out.append((wallet, share.principal_minor, Purpose.PRINCIPAL))
        out.append((wallet, share.interest_minor - share.service_fee_minor, Purpose.INTEREST))
    out.append((chart.FEES_SERVICE, shared.service_fee_minor, Purpose.SERVICE_FEE))
    out.append((chart.FEES_LATE, shared.penalty_minor, Purpose.LATE_FEE))
    out.append((chart.FEES_SETTLEMENT, shared.fee_minor, Purpose.SETTLEMENT_FEE))
    return out
