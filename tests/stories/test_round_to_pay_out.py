"""From two wallets into a round, and from the round to the borrower: 10,000.00, of which the platform takes 400.00."""

from datetime import date

from borrowers.models import Borrower
from escrow import chart
from escrow.queries import balances, equation
from investors.models import Investor
from listings.operations import move_listing
from listings.rounds.queries import round_of
from loans.operations import disburse
from tests.loans import lend
from tests.stories.ledger import proved, written

DAY = date(2026, 3, 2)
AT = lend.noon(DAY)


def test_every_fen_on_its_way_to_the_borrower(bai: Borrower, ann: Investor, ben: Investor) -> None:
    with proved():
        listing = lend.approved_listing(10_000_00, at=AT, borrower=bai)
        assert wallets(bai, ann, ben) == ["0.00", "6,000.00", "4,000.00"]

        found = lend.funded_round([(ann, 6_000_00), (ben, 4_000_00)], at=AT, listing=listing)
        assert wallets(bai, ann, ben) == ["0.00", "0.00", "0.00"]
        assert held(chart.round_escrow(found.pk)) == "10,000.00"

        move_listing(listing_id=listing.pk, move="sign_contract", by=bai.user.actor, at=AT)
        assert held(chart.round_escrow(found.pk)) == "10,000.00"

        disburse(listing_id=listing.pk, by=lend.FINANCE, at=AT, idempotency_key=lend.key())
        assert wallets(bai, ann, ben) == ["9,600.00", "0.00", "0.00"]
        assert held(chart.round_escrow(found.pk)) == "0.00"
        assert held(chart.FEES_ORIGINATION) == "300.00"
        assert held(chart.RESERVE_FUND) == "100.00"
        assert held(chart.BANK_ESCROW) == "10,000.00"
        assert equation().holds
        assert round_of(listing) == found


def wallets(bai: Borrower, ann: Investor, ben: Investor) -> list[str]:
    """What the three have, in this order."""
    codes = [chart.borrower_cash(bai.pk), chart.investor_cash(ann.pk), chart.investor_cash(ben.pk)]
    found = balances(codes)
    return [written(found[code]) for code in codes]


def held(code: str) -> str:
    """What one account holds."""
    return written(balances([code])[code])
