"""What holds for any book, any wallets and any offers."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from listings.rounds.core.allocate import Book, Code, Offer, Verdict, allocate

PEOPLE = range(1, 5)
amounts = st.integers(1, 60).map(lambda n: n * 50)
offers = st.lists(st.builds(Offer, st.sampled_from(PEOPLE), amounts, st.booleans()), max_size=30)
money = st.fixed_dictionaries({i: st.integers(0, 3_000) for i in PEOPLE})
bars = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from([Code.NOT_ELIGIBLE, Code.OWN_LISTING]), max_size=2)
books = st.builds(
    Book,
    is_open=st.booleans() | st.just(True),
    remaining_minor=st.integers(0, 50).map(lambda n: n * 100),
    minimum_bid_minor=st.sampled_from([100, 200]),
    step_minor=st.just(100),
    maximum_per_investor_minor=st.none() | st.integers(2, 30).map(lambda n: n * 100),
)


class World(NamedTuple):
    """Everything a decision depends on."""

    book: Book
    wallets: dict[int, int]
    held: dict[int, int]
    barred: dict[int, Code]

    def decide(self, some: list[Offer]) -> list[Verdict]:
        return allocate(self.book, some, wallets=self.wallets, held=self.held, barred=self.barred)

    def after(self, some: list[Offer], verdicts: list[Verdict]) -> "World":
        """The world once these verdicts are committed."""
        taken = {i: _sum(i, some, verdicts) for i in PEOPLE}
        return self._replace(
            book=self.book._replace(remaining_minor=self.book.remaining_minor - sum(taken.values())),
            wallets={i: self.wallets[i] - taken[i] for i in PEOPLE},
            held={i: self.held.get(i, 0) + taken[i] for i in PEOPLE},
        )


def _sum(investor_id: int, some: list[Offer], verdicts: list[Verdict]) -> int:
    return sum(v.accepted_minor for o, v in zip(some, verdicts, strict=True) if o.investor_id == investor_id)


worlds = st.builds(World, books, money, st.just({}), bars)


@given(worlds, offers)
def test_never_more_than_is_left_nor_than_a_wallet_nor_than_a_limit(world: World, some: list[Offer]) -> None:
    after = world.after(some, world.decide(some))
    assert after.book.remaining_minor >= 0
    assert min(after.wallets.values()) >= 0
    limit = world.book.maximum_per_investor_minor
    assert limit is None or max(after.held.values()) <= limit


@given(worlds, offers)
def test_a_verdict_is_an_amount_or_a_reason(world: World, some: list[Offer]) -> None:
    for offer, verdict in zip(some, world.decide(some), strict=True):
        assert (verdict.accepted_minor > 0) == (verdict.code is None)
        assert verdict.accepted_minor <= offer.amount_minor
        assert verdict.accepted_minor in (0, offer.amount_minor) or offer.allow_partial


@given(worlds, offers, st.integers(0, 30))
def test_any_cut_into_batches_decides_the_same(world: World, some: list[Offer], cut: int) -> None:
    first, rest = some[:cut], some[cut:]
    decided = world.decide(first)
    assert world.decide(some) == decided + world.after(first, decided).decide(rest)


@given(worlds, offers)
def test_nobody_is_cut_while_something_is_left(world: World, some: list[Offer]) -> None:
    verdicts = world.decide(some)
    if any(0 < v.accepted_minor < o.amount_minor for o, v in zip(some, verdicts, strict=True)):
        assert world.after(some, verdicts).book.remaining_minor == 0


@given(worlds, offers)
def test_nothing_handed_in_is_changed(world: World, some: list[Offer]) -> None:
    wallets, held = dict(world.wallets), dict(world.held)
    world.decide(some)
    assert (world.wallets, world.held) == (wallets, held)
