"""A signed listing is paid out: money, holders, schedule and history come to be together."""

from datetime import UTC, date, datetime

import pytest

from borrowers.models import Borrower
from escrow import chart
from escrow.models import Entry
from escrow.verify import verify_ledger
from investors.models import Investor
from listings.models import Listing
from listings.rounds.queries import round_of
from listings.states import ListingState
from loans.models import Loan, LoanMove
from loans.operations import disburse
from loans.queries import schedule_of
from marketplace.lib.outbox.models import Event
from tests.loans import lend


def test_the_borrower_gets_the_principal_less_fee_and_reserve_contribution(loan: Loan) -> None:
    assert (loan.principal_minor, loan.origination_fee_minor, loan.reserve_contribution_minor) == (
        10_000_00,
        300_00,
        100_00,
    )
    assert lend.cash(loan.borrower) == loan.net_paid_out.minor == 9_600_00
    assert lend.holds(chart.FEES_ORIGINATION) == 300_00
    assert lend.holds(chart.RESERVE_FUND) == 100_00


def test_the_rounds_money_is_gone_and_the_ledger_is_right(loan: Loan) -> None:
    found = round_of(loan.listing)
    assert found is not None
    assert lend.holds(chart.round_escrow(found.pk)) == 0
    assert lend.holds(chart.loan_collections(loan.pk)) == 0
    assert verify_ledger() == []


def test_shares_are_what_was_allotted_and_sum_to_the_principal(loan: Loan, ann: Investor, ben: Investor) -> None:
    shares = dict(loan.participations.values_list("investor_id", "principal_minor"))
    assert shares == {ann.pk: 6_000_00, ben.pk: 4_000_00}


def test_several_bids_of_one_investor_are_one_share(ann: Investor, now: datetime) -> None:
    loan = lend.running_loan([(ann, 1_000_00), (ann, 2_000_00)], at=now)
    assert list(loan.participations.values_list("investor_id", "principal_minor")) == [(ann.pk, 3_000_00)]


def test_the_schedule_has_its_rows(loan: Loan) -> None:
    rows = schedule_of(loan)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[0].due_on == date(2026, 4, 2)
    assert [row.total_minor for row in rows] == [1_725_48] * 5 + [1_725_51]
    assert sum(row.principal_minor for row in rows) == 10_000_00


def test_interest_only_pays_the_principal_at_the_end(ann: Investor, now: datetime) -> None:
    loan = lend.running_loan([(ann, 6_000_00)], at=now, method="interest_only", months=3)
    assert [row.total_minor for row in schedule_of(loan)] == [60_00, 60_00, 6_060_00]


def test_a_round_closed_with_part_of_the_amount_makes_a_loan_of_that_part(
    bai: Borrower, ann: Investor, now: datetime
) -> None:
    from listings.operations import move_listing
    from listings.rounds.operations import close_round

    listing = lend.approved_listing(10_000_00, accepts_from_minor=5_000_00, at=now, borrower=bai)
    found = lend.funded_round([(ann, 6_000_00)], at=now, listing=listing)
    close_round(round_id=found.pk, at=found.closes_at)
    move_listing(listing_id=listing.pk, move="sign_contract", by=bai.user.actor, at=found.closes_at)
    loan = disburse(listing_id=listing.pk, by=lend.FINANCE, at=found.closes_at, idempotency_key=lend.key())
    assert loan.principal_minor == 6_000_00
    assert lend.cash(bai) == 5_760_00


def test_the_listing_moves_and_the_loan_remembers_who_paid_it_out(loan: Loan) -> None:
    assert Listing.objects.get(pk=loan.listing_id).state == ListingState.DISBURSED
    (move,) = LoanMove.objects.filter(loan=loan)
    assert (move.from_state, move.to_state, move.by_label, move.reason) == ("", "active", "finance", "paid out")


def test_an_event_is_written(loan: Loan) -> None:
    (event,) = Event.objects.filter(aggregate=f"loan:{loan.pk}")
    assert (event.name, event.payload) == ("loan.disbursed", {"loan_id": loan.pk})


def test_the_day_is_the_platforms_own(listing: Listing) -> None:
    late_evening_in_london = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)
    loan = disburse(listing_id=listing.pk, by=lend.FINANCE, at=late_evening_in_london, idempotency_key=lend.key())
    assert loan.disbursed_on == date(2026, 4, 1)
    assert Entry.objects.get(reference=f"loan:{loan.pk}").value_date == date(2026, 4, 1)


@pytest.mark.parametrize("months", [1, 60])
def test_the_shortest_and_the_longest_term(ann: Investor, now: datetime, months: int) -> None:
    loan = lend.running_loan([(ann, 6_000_00)], at=now, months=months)
    assert len(schedule_of(loan)) == months
