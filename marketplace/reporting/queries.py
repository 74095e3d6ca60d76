"""Figures about the whole platform, read from every house."""

from dataclasses import dataclass

from django.db.models import Sum

from escrow import chart
from escrow.queries import balance
from investors.models import Investor
from listings.models import Listing
from listings.rounds.models import Round, RoundState
from listings.states import ListingState
from loans.queries import book_totals
from marketplace.lib.money import DEFAULT_CURRENCY, Money

#: Rounds whose money went, or will go, to a borrower.
BROUGHT_TOGETHER = (RoundState.FILLED, RoundState.PARTLY_FILLED)


@dataclass(frozen=True, slots=True)
class PlatformFigures:
    """What the home page says about the platform, in its own currency."""

    #: Brought together by rounds that succeeded, ever.
    funded: Money
    #: Principal that borrowers still owe.
    outstanding: Money
    reserve: Money
    open_listings: int
    investors: int


def platform_figures() -> PlatformFigures:
    """The platform's figures now."""
    return PlatformFigures(
        funded=_funded(),
        outstanding=Money(book_totals(currency=DEFAULT_CURRENCY).outstanding_minor, DEFAULT_CURRENCY),
        reserve=balance(chart.RESERVE_FUND),
        open_listings=Listing.objects.filter(state=ListingState.OPEN).count(),
        investors=Investor.objects.count(),
    )


def _funded() -> Money:
    succeeded = Round.objects.filter(state__in=BROUGHT_TOGETHER, currency=DEFAULT_CURRENCY)
    return Money(succeeded.aggregate(total=Sum("funded_minor", default=0))["total"], DEFAULT_CURRENCY)
