"""What the room's page needs to know before its first message arrives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

from investors.models import Investor, InvestorStatus
from investors.queries import free_cash, investor_of_user
from listings.models import Listing
from listings.rounds.models import TAKES_BIDS, Round, RoundState
from listings.rounds.queries import accepted_minor
from listings.rounds.web.messages import TEXTS
from marketplace.accounts.roles import STAFF
from marketplace.lib.actor import Actor
from marketplace.lib.money import EXPONENTS, Money

#: What the buttons offer, in smallest bids.
ONE_TAP = (1, 2, 5, 10, 20, 50)


class Reader(StrEnum):
    """Who looks at the room, and so what they are told."""

    BIDDER = "bidder"
    SUSPENDED = "suspended"
    OWNER = "owner"
    STAFF = "staff"
    NEWCOMER = "newcomer"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class RoomView:
    """A round as one reader sees it."""

    round: Round
    reader: Reader
    cash: Money | None
    #: What the reader has in the round.
    mine: Money
    amounts: list[Money]
    now: datetime

    @property
    def listing(self) -> Listing:
        """What the round funds."""
        return self.round.listing

    @property
    def is_live(self) -> bool:
        """Say whether something may still happen."""
        return self.round.state in TAKES_BIDS

    @property
    def percent(self) -> int:
        """Whole per cent of the target, rounded down: 100 only when it is full."""
        return self.round.funded_minor * 100 // self.round.target_minor

    @property
    def exponent(self) -> int:
        """Decimal places of the round's currency."""
        return EXPONENTS[self.round.currency]

    @property
    def states(self) -> list[Round]:
        """One round per state, for the words of each."""
        return [Round(state=state) for state in RoundState]

    @property
    def ends(self) -> list[str]:
        """The states that are an end."""
        return [state for state in RoundState if state not in TAKES_BIDS]

    @property
    def reasons(self) -> list[tuple[str, str | Promise]]:
        """The sentence of every refusal."""
        return [(code.value, sentence) for code, sentence in TEXTS.items()]


def room_view(found: Round, *, actor: Actor, at: datetime) -> RoomView:
    """The room of a round, for an actor."""
    investor = investor_of_user(actor.user_id) if actor.user_id is not None else None
    mine = accepted_minor(found.pk, investor.pk) if investor else 0
    return RoomView(
        round=found,
        reader=_reader(found, actor, investor),
        cash=free_cash(investor) if investor else None,
        mine=Money(mine, found.currency),
        amounts=one_tap_amounts(found),
        now=at,
    )


def one_tap_amounts(found: Round) -> list[Money]:
    """Multiples of the smallest bid that the round's terms allow, at most four."""
    step = found.step_minor
    smallest = -(-found.minimum_bid_minor // step) * step
    most = min(found.target_minor, found.maximum_per_investor_minor or found.target_minor)
    amounts = [Money(smallest * times, found.currency) for times in ONE_TAP if smallest * times <= most]
    return amounts[:4]


def _reader(found: Round, actor: Actor, investor: Investor | None) -> Reader:
    if actor.user_id is None:
        return Reader.VISITOR
    if found.listing.borrower.user_id == actor.user_id:
        return Reader.OWNER
    if investor is None:
        return Reader.STAFF if actor.has(*STAFF) else Reader.NEWCOMER
    return Reader.BIDDER if investor.status == InvestorStatus.ACTIVE else Reader.SUSPENDED
