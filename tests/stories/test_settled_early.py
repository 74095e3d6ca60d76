"""Two loans repaid before their time: one in arrears on the day, one not."""

from datetime import date

from borrowers.models import Borrower
from investors.models import Investor
from tests.stories.ledger import lent, proved


def test_equal_instalments_with_one_overdue(bai: Borrower, ann: Investor, ben: Investor) -> None:
    """
    On 20 May: the overdue 1,725.48 and 14.78 of penalty, 6,732.79 of principal, 18 days of interest on it, 40.40,
    and 1 % of it as the fee, 67.33. The platform keeps penalty and fee.
    """
    with proved():
        story = lent(bai, ann, ben, on=date(2026, 3, 2))
        story.opens(bank="10,000.00", bai="9,600.00", reserve="100.00", origination="300.00")
        story.pays("1,725.48", on=date(2026, 4, 2))
        story.books(bai="7,874.52", ann="1,032.29", ben="688.19", service="5.00")
        story.pays_in("1,000.00", on=date(2026, 5, 19))
        story.books(bank="11,000.00", bai="8,874.52")
        story.owes(date(2026, 5, 20), now="1,740.26", principal="8,374.52", days_past_due=18)
        story.settles("8,580.78", on=date(2026, 5, 20))
        story.books(bai="293.74", ann="6,127.77", ben="4,085.18", service="11.20", late="14.78", settlement="67.33")
        story.owes(date(2026, 5, 20), now="0.00", principal="0.00")
        assert story.state == "settled"


def test_interest_only_ten_days_after_a_due_date(bai: Borrower, ann: Investor, ben: Investor) -> None:
    """10,000.00 for ten days at 12 % over 360 is 33.33, shared as 20.00 and 13.33; the fee is 100.00."""
    with proved():
        story = lent(bai, ann, ben, on=date(2026, 3, 2), method="interest_only")
        story.opens(bank="10,000.00", bai="9,600.00", reserve="100.00", origination="300.00")
        story.pays("100.00", on=date(2026, 4, 2))
        story.books(bai="9,500.00", ann="57.00", ben="38.00", service="5.00")
        story.pays_in("1,000.00", on=date(2026, 4, 12))
        story.books(bank="11,000.00", bai="10,500.00")
        story.settles("10,133.33", on=date(2026, 4, 12))
        story.books(bai="366.67", ann="6,076.00", ben="4,050.67", service="6.66", settlement="100.00")
        assert story.state == "settled"
