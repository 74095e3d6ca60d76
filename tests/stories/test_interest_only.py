"""
Interest each month, the principal at the end: on time, late, in parts, ahead of time.

10,000.00 at 12 % a year over six months: 100.00 of interest a month, 60.00 of it Ann's and 40.00 Ben's, less 5 %.
A late instalment of interest alone costs no penalty, late principal does.
"""

from datetime import date

from borrowers.models import Borrower
from investors.models import Investor
from tests.stories.ledger import Story, lent, proved


def test_paid_back_in_the_end(bai: Borrower, ann: Investor, ben: Investor) -> None:
    with proved():
        story = lent(bai, ann, ben, on=date(2026, 3, 2), method="interest_only")
        story.opens(bank="10,000.00", bai="9,600.00", reserve="100.00", origination="300.00")
        on_time(story)
        late(story)
        in_two_parts(story)
        ahead_of_time(story)
        the_principal_in_two_parts(story)


def on_time(story: Story) -> None:
    story.owes(date(2026, 4, 2), now="100.00", principal="10,000.00")
    story.pays("100.00", on=date(2026, 4, 2))
    story.books(bai="9,500.00", ann="57.00", ben="38.00", service="5.00")


def late(story: Story) -> None:
    """Eighteen days late, but no principal was due."""
    story.owes(date(2026, 5, 20), now="100.00", principal="10,000.00", days_past_due=18)
    story.pays("100.00", on=date(2026, 5, 20))
    story.books(bai="9,400.00", ann="114.00", ben="76.00", service="10.00")


def in_two_parts(story: Story) -> None:
    story.pays("40.00", on=date(2026, 6, 2))
    story.books(bai="9,360.00", ann="136.80", ben="91.20", service="12.00")
    story.owes(date(2026, 6, 10), now="60.00", principal="10,000.00", days_past_due=8)
    story.pays("60.00", on=date(2026, 6, 10))
    story.books(bai="9,300.00", ann="171.00", ben="114.00", service="15.00")


def ahead_of_time(story: Story) -> None:
    """The interest of 2 July, a week before."""
    story.owes(date(2026, 6, 25), now="0.00", principal="10,000.00")
    story.pays("100.00", on=date(2026, 6, 25))
    story.books(bai="9,200.00", ann="228.00", ben="152.00", service="20.00")
    story.owes(date(2026, 7, 2), now="0.00", principal="10,000.00")


def the_principal_in_two_parts(story: Story) -> None:
    """Half on its day; 5,000.00 for ten days at 18 % over 360 costs 25.00. Ann earned 342.00, Ben 228.00."""
    story.pays_in("2,000.00", on=date(2026, 7, 20))
    story.books(bank="12,000.00", bai="11,200.00")
    story.pays("100.00", on=date(2026, 8, 2))
    story.books(bai="11,100.00", ann="285.00", ben="190.00", service="25.00")
    story.owes(date(2026, 9, 2), now="10,100.00", principal="10,000.00")
    story.pays("5,100.00", on=date(2026, 9, 2))
    story.books(bai="6,000.00", ann="3,342.00", ben="2,228.00", service="30.00")
    story.owes(date(2026, 9, 12), now="5,025.00", principal="5,000.00", days_past_due=10)
    story.pays("5,025.00", on=date(2026, 9, 12))
    story.books(bai="975.00", ann="6,342.00", ben="4,228.00", late="25.00")
    assert story.state == "settled"
