"""What a borrower can owe, and what a receipt can be put to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Component(StrEnum):
    """What an amount is, whatever its age."""

    COST = "cost"
    PENALTY = "penalty"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Bucket(StrEnum):
    """A component and its age: what the order of a waterfall is made of."""

    COSTS = "costs"
    PENALTIES = "penalties"
    FEES = "fees"
    OVERDUE_INTEREST = "overdue_interest"
    OVERDUE_PRINCIPAL = "overdue_principal"
    DUE_INTEREST = "due_interest"
    DUE_PRINCIPAL = "due_principal"

    @property
    def component(self) -> Component:
        """The component in this bucket."""
        return COMPONENTS[self]


COMPONENTS = {
    Bucket.COSTS: Component.COST,
    Bucket.PENALTIES: Component.PENALTY,
    Bucket.FEES: Component.FEE,
    Bucket.OVERDUE_INTEREST: Component.INTEREST,
    Bucket.OVERDUE_PRINCIPAL: Component.PRINCIPAL,
    Bucket.DUE_INTEREST: Component.INTEREST,
    Bucket.DUE_PRINCIPAL: Component.PRINCIPAL,
}


def bucket_of(component: Component, *, overdue: bool) -> Bucket:
    """The bucket a component lies in, due or overdue."""
    match component:
        case Component.INTEREST:
            return Bucket.OVERDUE_INTEREST if overdue else Bucket.DUE_INTEREST
        case Component.PRINCIPAL:
            return Bucket.OVERDUE_PRINCIPAL if overdue else Bucket.DUE_PRINCIPAL
        case Component.FEE:
            return Bucket.FEES
        case Component.PENALTY:
            return Bucket.PENALTIES
        case Component.COST:
            return Bucket.COSTS


@dataclass(frozen=True, slots=True)
class Owed:
    """An amount above zero owed on one instalment."""

    number: int
    due_on: date
    bucket: Bucket
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a receipt put to one instalment on a day."""

    number: int
    bucket: Bucket
    amount_minor: int
    on: date


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of collection charged to an instalment on a day."""

    number: int
    amount_minor: int
    on: date
