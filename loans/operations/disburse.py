"""Paying out a contracted listing: the loan, its schedule and its holders come to be in one commit."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from escrow import chart
from escrow.chart import Purpose
from escrow.operations import EntryDraft, IdempotencyMismatch, TransferDraft, open_account, post
from escrow.queries import account_ids
from listings.models import Listing
from listings.operations import apply_move
from listings.rounds.models import Round, RoundState
from listings.rounds.queries import allotments
from loans.core.fees import PayOut, split_pay_out
from loans.core.schedule import build_schedule
from loans.models import Loan, LoanMove, LoanState, Participation, ScheduledInstalment, ScheduleVersion
from marketplace.lib.actor import Actor
from marketplace.lib.errors import Refused
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import needs_transaction, owns_transaction


class NothingToPayOut(Refused):
    """No round has brought money together for this listing."""

    code = "nothing_to_pay_out"
    message = _("No money has been brought together for this listing.")


@owns_transaction
def disburse(*, listing_id: int, by: Actor, at: datetime, idempotency_key: str) -> Loan:
    """
    Pay the round's money out: net to the borrower, the fee and the reserve contribution to their accounts.

    :raises NothingToPayOut: if no round of the listing was funded
    :raises IdempotencyMismatch: if the key paid out another listing
    :raises NotFound, NotAllowed, MoveNotPossible: as `listings.operations.move_listing`
    """
    # The round's lock comes before the listing's, as everywhere; it also holds back a second click.
    funded = _lock_funded_round(listing_id)
    if (before := Loan.objects.filter(idempotency_key=idempotency_key).first()) is not None:
        if before.listing_id != listing_id:
            raise IdempotencyMismatch(field="listing", key=idempotency_key)
        return before
    listing = apply_move(listing_id=listing_id, move="disburse", by=by, at=at)
    parts = split_pay_out(
        funded.funded_minor,
        origination_fee_bps=listing.origination_fee_bps,
        reserve_contribution_bps=listing.reserve_contribution_bps,
    )
    loan = _create(listing, funded, parts, at=at, idempotency_key=idempotency_key)
    _pay_out(loan, funded, parts, by=by, at=at)
    LoanMove.objects.create(
        loan=loan, to_state=LoanState.ACTIVE, by_id=by.user_id, by_label=by.label, reason="paid out", at=at
    )
    record(name="loan.disbursed", aggregate=f"loan:{loan.pk}", payload={"loan_id": loan.pk}, at=at)
    return loan


def _lock_funded_round(listing_id: int) -> Round:
    """The round whose money is paid out. :raises NothingToPayOut: if there is none"""
    ended = Round.objects.select_for_update(no_key=True).filter(
        listing_id=listing_id, state__in=[RoundState.FILLED, RoundState.PARTLY_FILLED]
    )
    funded = ended.order_by("pk").last()
    if funded is None:
        raise NothingToPayOut
    return funded


def _create(listing: Listing, funded: Round, parts: PayOut, *, at: datetime, idempotency_key: str) -> Loan:
    loan = Loan.objects.create(
        listing=listing,
        borrower=listing.borrower,
        currency=listing.currency,
        principal_minor=funded.funded_minor,
        origination_fee_minor=parts.origination_fee_minor,
        reserve_contribution_minor=parts.reserve_contribution_minor,
        annual_rate_bps=funded.annual_rate_bps,
        term_months=listing.term_months,
        method=listing.method,
        service_fee_bps=listing.service_fee_bps,
        disbursed_on=at.date(),
        idempotency_key=idempotency_key,
    )
    Participation.objects.bulk_create(
        Participation(loan=loan, investor_id=investor_id, principal_minor=total)
        for investor_id, total in allotments(funded.pk)
    )
    add_schedule(loan=loan, reason="paid out", at=at)
    open_account(
        code=chart.loan_collections(loan.pk),
        kind=chart.Kind.LOAN_COLLECTIONS,
        owner_type="loan",
        owner_id=loan.pk,
        currency=loan.currency,
    )
    return loan


@needs_transaction
def add_schedule(*, loan: Loan, reason: str, at: datetime) -> ScheduleVersion:
    """Write the next version of a loan's schedule, computed from its terms."""
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
        for row in build_schedule(loan.terms)
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
    post(EntryDraft("loan_paid_out", cause, f"{cause}:paid-out", by, at.date(), transfers, loan.currency), at=at)
