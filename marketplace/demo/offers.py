"""What investors mean to offer, and what they were answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

#: Refusals that decide nothing: the same bid may be sent again and be answered otherwise.
PASSING = frozenset({"busy", "rate_limited", "invalid_message"})
MISMATCH = "duplicate_mismatch"


class Offer(NamedTuple):
    """One bid under its id, in minor units."""

    investor_id: int
    client_id: str
    amount_minor: int
    allow_partial: bool = True

    @property
    def body(self) -> dict[str, object]:
        """The bid's fields as the protocol has them."""
        return {
            "client_id": self.client_id,
            "amount_minor": self.amount_minor,
            "allow_partial": self.allow_partial,
        }


class Answer(NamedTuple):
    """What was answered to an offer, and after how many seconds; `accepted_minor` is 0 for a refusal."""

    offer: Offer
    code: str
    accepted_minor: int
    bid: int
    seconds: float

    @classmethod
    def of(cls, offer: Offer, message: dict[str, Any], seconds: float) -> "Answer":
        """Read an `accepted` or `refused` message."""
        accepted = message["type"] == "accepted"
        return cls(
            offer,
            "accepted" if accepted else message["code"],
            message["accepted_minor"] if accepted else 0,
            message["bid"] if accepted else 0,
            seconds,
        )

    @property
    def decides(self) -> bool:
        """Say whether it is the answer to this bid for ever."""
        return self.code not in PASSING and self.code != MISMATCH


@dataclass
class Answers:
    """Everything that was answered in one or more rounds."""

    all: list[Answer] = field(default_factory=list)
    malformed_sent: int = 0
    malformed_refused: int = 0
    reconnects: int = 0
    duplicates: int = 0
    mismatches: int = 0
    #: From the first bid that was sent to the last answer.
    seconds: float = 0.0

    def add(self, other: "Answers") -> None:
        """Take in what was answered elsewhere; the times add up."""
        self.all += other.all
        self.malformed_sent += other.malformed_sent
        self.malformed_refused += other.malformed_refused
        self.reconnects += other.reconnects
        self.duplicates += other.duplicates
        self.mismatches += other.mismatches
        self.seconds += other.seconds

    @property
    def by_bid(self) -> dict[tuple[int, str], list[Answer]]:
        """Deciding answers by investor and client id."""
        found: dict[tuple[int, str], list[Answer]] = defaultdict(list)
        for answer in self.all:
            if answer.decides:
                found[answer.offer.investor_id, answer.offer.client_id].append(answer)
        return dict(found)

    @property
    def decided(self) -> list[Answer]:
        """The first deciding answer to each bid."""
        return [answers[0] for answers in self.by_bid.values()]

    @property
    def contradictions(self) -> list[str]:
        """Client ids that got two different answers."""
        return [
            client_id
            for (_investor, client_id), answers in self.by_bid.items()
            if len({(a.code, a.accepted_minor, a.bid) for a in answers}) > 1
        ]

    @property
    def codes(self) -> Counter[str]:
        """How often each code was answered, "accepted" among them; replays are not counted again."""
        others = Counter(a.code for a in self.all if not a.decides)
        return Counter(a.code for a in self.decided) + others + Counter(invalid_message=self.malformed_refused)

    @property
    def offered_minor(self) -> int:
        """What all bids offered together."""
        return sum(a.offer.amount_minor for a in self.decided)

    @property
    def accepted_minor(self) -> int:
        """What was accepted of it."""
        return sum(a.accepted_minor for a in self.decided)

    @property
    def bids_per_second(self) -> float:
        """Decided bids a second."""
        return len(self.decided) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        """The milliseconds within which `share` of the answers came."""
        return percentile([a.seconds for a in self.all], share) * 1_000


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank); 0 of none."""
    ranked = sorted(values)
    return ranked[max(ceil(len(ranked) * share), 1) - 1] if ranked else 0.0
