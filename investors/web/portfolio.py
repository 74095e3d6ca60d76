"""Everything an investor's start page shows, gathered from the houses above."""

from dataclasses import dataclass

from escrow.models import Transfer
from investors.models import Investor
from investors.queries import free_cash, interest_received, wallet_statement
from investors.web.bids import BidLine, bid_lines, money_on_bids
from investors.web.holdings import Holding, latest_holdings, outstanding_to
from listings.rounds.queries import bids_by
from marketplace.lib.money import Money

LATEST = 5
LATEST_HOLDINGS = 10


@dataclass(frozen=True, slots=True)
class Portfolio:
    """An investor's money and what it is doing."""

    cash: Money
    on_bids: Money
    #: Principal of loans that is still to come back.
    outstanding: Money
    interest: Money
    holdings: list[Holding]
    bids: list[BidLine]
    activity: list[Transfer]


def portfolio_of(investor: Investor) -> Portfolio:
    """An investor's portfolio now."""
    return Portfolio(
        cash=free_cash(investor),
        on_bids=money_on_bids(investor),
        outstanding=outstanding_to(investor),
        interest=interest_received(investor),
        holdings=latest_holdings(investor, count=LATEST_HOLDINGS),
        bids=bid_lines(bids_by(investor.pk)[:LATEST]),
        activity=list(wallet_statement(investor)[:LATEST]),
    )
