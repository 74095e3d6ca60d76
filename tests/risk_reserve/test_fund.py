"""What the reserve holds, and how far it would go."""

from datetime import datetime

from marketplace.lib.money import Money
from risk_reserve.queries import coverage_bps, fund
from tests import cast
from tests.loans import lend


def test_it_holds_what_loans_contributed(db: None, now: datetime) -> None:
    assert fund() == Money(0)
    ann = cast.investor("Ann", at=now, cash_minor=10_000_00)
    lend.running_loan([(ann, 6_000_00)], at=now)
    lend.running_loan([(ann, 4_000_00)], at=now)
    assert fund() == Money(100_00)


def test_how_much_of_what_is_outstanding_it_covers(db: None, now: datetime) -> None:
    ann = cast.investor("Ann", at=now, cash_minor=10_000_00)
    lend.running_loan([(ann, 10_000_00)], at=now)
    assert coverage_bps(Money(10_000_00)) == 100
    assert coverage_bps(Money(3_333_00)) == 300
    assert coverage_bps(Money(0)) is None
