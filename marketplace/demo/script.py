"""The ten listings of the scenario: what is asked for, and how each ends."""

from dataclasses import dataclass
from enum import StrEnum

from listings.models import LoanPurpose, RepaymentMethod


class Ending(StrEnum):
    """What becomes of a listing."""

    ORDINARY = "ordinary round"
    FLASH = "flash round"
    FAILS = "ends short"
    REJECTED = "rejected"


class Habit(StrEnum):
    """How the borrower of a loan repays."""

    ON_TIME = "on time"
    LATE = "once late"
    EARLY = "settles early"


@dataclass(frozen=True)
class Case:
    """One listing of the script. `borrower` is a place in the cast; amounts in yuan, the rate in per cent a year."""

    borrower: int
    title: str
    purpose: LoanPurpose
    story: str
    yuan: int
    rate: str
    months: int
    ending: Ending = Ending.ORDINARY
    habit: Habit = Habit.ON_TIME
    method: RepaymentMethod = RepaymentMethod.EQUAL_INSTALMENT

    @property
    def principal_minor(self) -> int:
        """What is asked for."""
        return self.yuan * 100

    @property
    def is_funded(self) -> bool:
        """Say whether a loan comes of it."""
        return self.ending in (Ending.ORDINARY, Ending.FLASH)


BAKERY, WORKSHOP, TEACHER = range(3)
CASES = (
    Case(
        BAKERY,
        "Working capital before the Mid-Autumn mooncakes 中秋月饼备货",
        LoanPurpose.WORKING_CAPITAL,
        "Flour, lotus seed and boxes for 60,000 mooncakes; orders from 14 shops are signed.",
        15_000,
        "9.60",
        12,
        Ending.FAILS,
    ),
    Case(
        TEACHER,
        "Shares on credit",
        LoanPurpose.OTHER,
        "I would like to buy shares with it.",
        80_000,
        "18.00",
        24,
        Ending.REJECTED,
    ),
    Case(
        BAKERY,
        "Two deck ovens for the second shop 新店烤箱",
        LoanPurpose.BUSINESS,
        "The second shop opens in spring. The ovens are ordered; the supplier gives three years' guarantee.",
        36_000,
        "10.80",
        6,
    ),
    Case(
        BAKERY,
        "A refrigerated van 冷藏车",
        LoanPurpose.CAR,
        "We deliver to 22 cafés and rent a van today; owning one saves 1,900 a month.",
        48_000,
        "9.90",
        24,
        habit=Habit.LATE,
    ),
    Case(
        WORKSHOP,
        "A used five-axis milling machine",
        LoanPurpose.BUSINESS,
        "Inspected and under contract. It pays for itself with the orders of two customers we have had for years.",
        60_000,
        "8.80",
        36,
    ),
    Case(
        WORKSHOP,
        "Steel for a confirmed order 订单备料",
        LoanPurpose.WORKING_CAPITAL,
        "Order of 190,000, delivery in ten weeks, paid 30 days after. The loan bridges the steel.",
        24_000,
        "11.50",
        6,
        method=RepaymentMethod.INTEREST_ONLY,
    ),
    Case(
        WORKSHOP,
        "Solar roof on the workshop",
        LoanPurpose.BUSINESS,
        "40 kW, quote attached; about 31,000 a year of electricity no longer bought.",
        42_000,
        "8.20",
        18,
        habit=Habit.EARLY,
    ),
    Case(
        TEACHER,
        "A master's degree at evening school 在职硕士学费",
        LoanPurpose.EDUCATION,
        "Two years beside my job as a teacher; the school district raises my pay afterwards.",
        20_000,
        "7.90",
        12,
    ),
    Case(
        TEACHER,
        "New windows and insulation 房屋节能改造",
        LoanPurpose.HOME,
        "The house is from 1987. Heating costs fall by a third.",
        30_000,
        "8.60",
        24,
    ),
    Case(
        WORKSHOP,
        "Flash: a second production line 秒杀标·第二条生产线",
        LoanPurpose.BUSINESS,
        "Three customers wait for capacity. Machines, foundations and training, quoted and due this quarter.",
        300_000,
        "12.00",
        12,
        Ending.FLASH,
    ),
)
