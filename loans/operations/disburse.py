"""Paying out a contracted listing: the loan, its schedule and its holders come to be in one commit."""

from collections.abc import Sequence
from datetime import datetime

from escrow import chart
from escrow.chart import Purpose
from escrow.operations import EntryDraft, IdempotencyMismatch, TransferDraft, open_account, post
from escrow.queries import account_ids, balance
from listings.operations import apply_move
from listings.rounds.models import Round
from loans.core.fees import PayOut
from loans.core.schedule import Instalment
from loans.models import Loan, LoanMove, LoanState, Participation, ScheduledInstalment, ScheduleVersion
from loans.operations.keys import hold_key
from loans.queries.pay_out import NothingToPayOut, PayOutPlan, funded_rounds, plan_pay_out
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor
from marketplace.lib.business_day import business_day
from marketplace.lib.errors import NotAllowed
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import needs_transaction, owns_transaction


@owns_transaction
def disburse(*, listing_id: int, by: Actor, at: datetime, idempotency_key: str) -> Loan:
    """
    Pay the round's money out: net to the borrower, the fee and the reserve contribution to their accounts.

    :raises NothingToPayOut: if no round of the listing was funded
    :raises NotComputable: if its terms allow no schedule, or fees would take everything
    :raises IdempotencyMismatch: if the key paid out another listing
    :raises InvalidInput: if the key cannot be used
    :raises NotFound, NotAllowed, MoveNotPossible: as `listings.operations.move_listing`
    """
    if not by.has(Role.FINANCE):
        raise NotAllowed(move="disburse")
    hold_key(idempotency_key)
    if (before := Loan.objects.filter(idempotency_key=idempotency_key).first()) is not None:
        if before.listing_id != listing_id:
            raise IdempotencyMismatch(field="listing", key=idempotency_key)
        return before
    # The round's lock comes before the listing's, as everywhere.
    funded = _lock_funded_round(listing_id)
    listing = apply_move(listing_id=listing_id, move="disburse", by=by, at=at)
    plan = plan_pay_out(listing, funded, day=business_day(at))
    loan = _create(plan, at=at, idempotency_key=idempotency_key)
    _pay_out(loan, funded, plan.parts, by=by, at=at)
    LoanMove.objects.create(
        loan=loan, to_state=LoanState.ACTIVE, by_id=by.user_id, by_label=by.label, reason="paid out", at=at
    )
    record(name="loan.disbursed", aggregate=f"loan:{loan.pk}", payload={"loan_id": loan.pk}, at=at)
    return loan


def _lock_funded_round(listing_id: int) -> Round:
    """The round whose money is paid out. :raises NothingToPayOut: if there is none"""
    funded = funded_rounds(listing_id).select_for_update(no_key=True).last()
    if funded is None:
        raise NothingToPayOut
    return funded


def _create(plan: PayOutPlan, *, at: datetime, idempotency_key: str) -> Loan:
    loan = plan.loan
    loan.idempotency_key = idempotency_key
    loan.save(force_insert=True)
    Participation.objects.bulk_create(
        Participation(loan=loan, investor_id=investor_id, principal_minor=total) for investor_id, total in plan.holders
    )
    assert sum(total for _investor, total in plan.holders) == loan.principal_minor, "shares must sum to the loan"
    add_schedule(loan=loan, instalments=plan.instalments, reason="paid out", at=at)
    open_account(
        code=chart.loan_collections(loan.pk),
        kind=chart.Kind.LOAN_COLLECTIONS,
        owner_type="loan",
        owner_id=loan.pk,
        currency=loan.currency,
    )
    return loan


@needs_transaction
def add_schedule(*, loan: Loan, instalments: Sequence[Instalment], reason: str, at: datetime) -> ScheduleVersion:
    """Write the next version of a loan's schedule."""
    version = ScheduleVersion.objects.create(loan=loan, number=loan.schedules.count() + 1, reason=reason, made_at=at)
    ScheduledInstalment.objects.bulk_create(
        ScheduledInstalment(
            version=version,
            number=row.number,
            due_on=row.due_on,
            days=row.days,
            opening_minor=row.opening_minor,
            principal_minor=row.principal_minor,
            interest_minor=row.interest_minor,
            fee_minor=row.fee_minor,
            closing_minor=row.closing_minor,
        )
        for row in instalments
    )
    return version


def _pay_out(loan: Loan, funded: Round, parts: PayOut, *, by: Actor, at: datetime) -> None:
    source = chart.round_escrow(funded.pk)
    targets = (
        (chart.borrower_cash(loan.borrower_id), parts.net_minor, Purpose.PAY_OUT),
        (chart.FEES_ORIGINATION, parts.origination_fee_minor, Purpose.ORIGINATION_FEE),
        (chart.RESERVE_FUND, parts.reserve_contribution_minor, Purpose.RESERVE_CONTRIBUTION),
    )
    accounts = account_ids([source, *(code for code, _amount, _purpose in targets)])
    transfers = tuple(
        TransferDraft(accounts[source], accounts[code], amount, purpose) for code, amount, purpose in targets if amount
    )
    cause = f"loan:{loan.pk}"
    day = loan.disbursed_on
    post(EntryDraft("loan_paid_out", cause, f"{cause}:paid-out", by, day, transfers, loan.currency), at=at)
    assert not balance(source), "a round that is lent keeps nothing"
