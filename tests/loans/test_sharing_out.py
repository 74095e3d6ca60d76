"""Where every fen of a repayment goes: shares, the service fee, the platform, and nothing stays behind."""

from datetime import date, datetime

import pytest

from escrow import chart
from escrow.models import Transfer
from escrow.verify import verify_ledger
from investors.models import Investor
from loans.models import DistributionShare, Loan, Receipt
from loans.queries import quote_settlement
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)
pytestmark = pytest.mark.django_db


def shares(receipt: Receipt) -> list[tuple[int, int, int]]:
    """(principal, interest, service fee) of each holder, in order of participation."""
    rows = DistributionShare.objects.filter(receipt=receipt).order_by("participation_id")
    return list(rows.values_list("principal_minor", "interest_minor", "service_fee_minor"))


def test_principal_and_interest_go_by_what_each_has_outstanding(loan: Loan) -> None:
    """1,625.48 as 975.288 and 650.192: the fen left over goes to the larger remainder, which is Ann's."""
    assert shares(lend.pay(loan, 1_725_48, DUE)) == [(975_29, 60_00, 3_00), (650_19, 40_00, 2_00)]


def test_wallets_and_fees_hold_it_and_collections_nothing(loan: Loan, ann: Investor, ben: Investor) -> None:
    lend.pay(loan, 1_725_48, DUE)
    assert lend.cash(ann) == 975_29 + 57_00
    assert lend.cash(ben) == 650_19 + 38_00
    assert lend.holds(chart.FEES_SERVICE) == 5_00
    assert lend.holds(chart.loan_collections(loan.pk)) == 0
    assert verify_ledger() == []


def test_the_service_fee_is_rounded_down_for_each_investor(loan: Loan) -> None:
    """0.20 of interest is 0.12 and 0.08: 5 % of either is less than a fen."""
    assert shares(lend.pay(loan, 20, DUE)) == [(0, 12, 0), (0, 8, 0)]


def test_penalties_go_to_the_platform(loan: Loan) -> None:
    receipt = lend.pay(loan, 24_38, date(2026, 5, 2))
    assert shares(receipt) == [(0, 0, 0), (0, 0, 0)]
    assert lend.holds(chart.FEES_LATE) == 24_38


def test_one_fen_goes_to_one_investor(loan: Loan) -> None:
    assert shares(lend.pay(loan, 1, DUE)) == [(0, 1, 0), (0, 0, 0)]


def test_equal_remainders_go_to_the_earlier_share(now: datetime) -> None:
    three = [cast.investor(name, at=now, cash_minor=1_000_00) for name in ("Ann", "Ben", "Dora")]
    loan = lend.running_loan([(someone, 1_000_00) for someone in three], at=now)
    assert [interest for _p, interest, _f in shares(lend.pay(loan, 2, DUE))] == [1, 1, 0]


def test_a_settlement_is_shared_out_whole(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 5_000_00, at=lend.noon(DUE))
    total_minor = quote_settlement(loan, day=DUE).total_minor
    receipt = lend.settle(loan, total_minor, DUE)
    assert [principal for principal, _i, _f in shares(receipt)] == [6_000_00, 4_000_00]
    assert sum(p + i for p, i, _f in shares(receipt)) + lend.holds(chart.FEES_SETTLEMENT) == total_minor


def test_one_entry_carries_it_and_names_the_receipt(loan: Loan) -> None:
    receipt = lend.pay(loan, 1_725_48, DUE)
    transfers = Transfer.objects.filter(entry__reference=f"receipt:{receipt.pk}").order_by("pk")
    assert list(transfers.values_list("purpose", "amount_minor")) == [
        ("repayment", 1_725_48),
        ("principal", 975_29),
        ("interest", 57_00),
        ("principal", 650_19),
        ("interest", 38_00),
        ("service_fee", 5_00),
    ]
    assert {transfer.entry_id for transfer in transfers} == {transfers[0].entry_id}


def test_a_hundred_holders_of_odd_shares(now: datetime) -> None:
    many = [(cast.investor(f"I{n}", at=now, cash_minor=100_00 + n), 100_00 + n) for n in range(100)]
    loan = lend.running_loan(many, at=now)
    receipt = lend.pay(loan, 1_234_57, DUE)
    got = shares(receipt)
    assert sum(principal + interest for principal, interest, _fee in got) == 1_234_57
    for (principal, interest, _fee), (_investor, held) in zip(got, many, strict=True):
        # Principal and interest are each less than a fen from the exact share.
        assert abs((principal + interest) * loan.principal_minor - 1_234_57 * held) < 2 * loan.principal_minor
    assert verify_ledger() == []
