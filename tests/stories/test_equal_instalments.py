"""
A loan in equal instalments: on time, a month late, in two parts, ahead of time, to the last fen.

10,000.00 at 12 % a year over six months, so 1 % a month: five instalments of 1,725.48 and a last one of 1,725.51.
Origination fee 3 %, reserve 1 %, service fee 5 % of interest, late at 18 % over 360.
"""

from datetime import date

from borrowers.models import Borrower
from investors.models import Investor
from tests.stories.ledger import Story, lent, proved


def test_paid_back_in_the_end(bai: Borrower, ann: Investor, ben: Investor) -> None:
    with proved():
        story = lent(bai, ann, ben, on=date(2026, 3, 2))
        paid_out(story)
        on_time(story)
        a_month_late(story)
        in_two_parts(story)
        ahead_of_time(story)
        to_the_end(story)


def paid_out(story: Story) -> None:
    """300.00 of fee and 100.00 for the reserve; the rest is Bai's."""
    story.opens(bank="10,000.00", bai="9,600.00", reserve="100.00", origination="300.00")
    story.owes(date(2026, 4, 1), now="0.00", principal="10,000.00")


def on_time(story: Story) -> None:
    """100.00 of interest (60.00 and 40.00, less 5 %) and 1,625.48 of principal (975.29 and 650.19)."""
    story.owes(date(2026, 4, 2), now="1,725.48", principal="10,000.00")
    story.pays("1,725.48", on=date(2026, 4, 2))
    story.books(bai="7,874.52", ann="1,032.29", ben="688.19", service="5.00")
    story.owes(date(2026, 4, 2), now="0.00", principal="8,374.52")


def a_month_late(story: Story) -> None:
    """
    The second instalment, due on 2 May, is paid on 1 June.

    83.75 of interest, 1,641.73 of principal, and 1,641.73 for 30 days at 18 % over 360: 24.63 of penalty, which is
    the platform's. Ann gets 985.04 and 50.25 - 2.51, Ben 656.69 and 33.50 - 1.67.
    """
    story.owes(date(2026, 5, 2), now="1,725.48", principal="8,374.52")
    story.owes(date(2026, 5, 3), now="1,726.30", principal="8,374.52", days_past_due=1)
    story.owes(date(2026, 6, 1), now="1,750.11", principal="8,374.52", days_past_due=30)
    story.pays("1,750.11", on=date(2026, 6, 1))
    story.books(bai="6,124.41", ann="2,065.07", ben="1,376.71", service="9.18", late="24.63")
    story.owes(date(2026, 6, 1), now="0.00", principal="6,732.79")


def in_two_parts(story: Story) -> None:
    """
    Of the third, 1,000.00 on its day: all its interest, 67.33, and 932.67 of principal. The rest ten days later.

    725.48 for ten days: 3.63 of penalty.
    """
    story.owes(date(2026, 6, 2), now="1,725.48", principal="6,732.79")
    story.pays("1,000.00", on=date(2026, 6, 2))
    story.books(bai="5,124.41", ann="2,663.05", ben="1,775.37", service="12.54")
    story.owes(date(2026, 6, 12), now="729.11", principal="5,800.12", days_past_due=10)
    story.pays("729.11", on=date(2026, 6, 12))
    story.books(bai="4,395.30", ann="3,098.34", ben="2,065.56", late="28.26")
    story.owes(date(2026, 6, 12), now="0.00", principal="5,074.64")


def ahead_of_time(story: Story) -> None:
    """The fourth twelve days before its day: nothing is owed then, and nothing is late on 2 July."""
    story.owes(date(2026, 6, 20), now="0.00", principal="5,074.64")
    story.pays("1,725.48", on=date(2026, 6, 20))
    story.books(bai="2,669.82", ann="4,132.11", ben="2,754.74", service="15.07")
    story.owes(date(2026, 7, 2), now="0.00", principal="3,399.91")


def to_the_end(story: Story) -> None:
    """Bai brings 2,000.00 in and pays the last two. Ann has earned 201.17 and Ben 134.12."""
    story.pays_in("2,000.00", on=date(2026, 7, 20))
    story.books(bank="12,000.00", bai="4,669.82")
    story.pays("1,725.48", on=date(2026, 8, 2))
    story.books(bai="2,944.34", ann="5,166.38", ben="3,444.25", service="16.77")
    assert story.state == "active"
    story.pays("1,725.51", on=date(2026, 9, 2))
    story.books(bai="1,218.83", ann="6,201.17", ben="4,134.12", service="17.62")
    story.owes(date(2026, 9, 2), now="0.00", principal="0.00")
    assert story.state == "settled"
