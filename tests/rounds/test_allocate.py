"""Who gets what, rule by rule: the exact code, and which rule comes first."""

from typing import Any

import pytest

from listings.rounds.core.allocate import Book, Code, Offer, Verdict, allocate

ANN, BEN = 1, 2
BOOK = Book(is_open=True, remaining_minor=1_000, minimum_bid_minor=200, step_minor=100, maximum_per_investor_minor=800)
RICH = {ANN: 10_000, BEN: 10_000}


def decide(
    *offers: Offer, book: Book = BOOK, wallets: dict[int, int] = RICH, barred: dict[int, Code] | None = None
) -> list[Verdict]:
    return allocate(book, offers, wallets=wallets, held={}, barred=barred or {})


def test_a_bid_is_accepted_whole() -> None:
    assert decide(Offer(ANN, 500, False)) == [Verdict(500, None)]


def test_the_last_bid_is_cut_to_what_is_left() -> None:
    assert decide(Offer(ANN, 700, True), Offer(BEN, 700, True)) == [Verdict(700, None), Verdict(300, None)]


def test_a_bid_that_may_not_be_cut_is_refused_and_leaves_room_for_the_next() -> None:
    verdicts = decide(Offer(ANN, 700, True), Offer(BEN, 700, False), Offer(BEN, 300, False))
    assert verdicts == [Verdict(700, None), Verdict(0, Code.SOLD_OUT), Verdict(300, None)]


def test_a_remainder_below_the_minimum_can_still_be_had() -> None:
    book = BOOK._replace(remaining_minor=100)
    assert decide(Offer(ANN, 200, True), book=book) == [Verdict(100, None)]


def test_a_full_round_is_sold_out() -> None:
    assert decide(Offer(ANN, 200, True), book=BOOK._replace(remaining_minor=0)) == [Verdict(0, Code.SOLD_OUT)]


@pytest.mark.parametrize(
    ("amount", "code"),
    [(100, Code.BELOW_MINIMUM), (250, Code.NOT_A_MULTIPLE), (900, Code.ABOVE_LIMIT)],
)
def test_an_amount_outside_the_terms_is_refused(amount: int, code: Code) -> None:
    assert decide(Offer(ANN, amount, True)) == [Verdict(0, code)]


def test_a_bid_above_the_wallet_is_refused_even_if_a_part_would_do() -> None:
    wallets = {ANN: 300}
    book = BOOK._replace(remaining_minor=300)
    assert decide(Offer(ANN, 400, True), wallets=wallets, book=book) == [Verdict(0, Code.INSUFFICIENT_FUNDS)]


def test_nobody_spends_the_same_money_twice() -> None:
    verdicts = decide(Offer(ANN, 300, True), Offer(ANN, 300, True), wallets={ANN: 500})
    assert verdicts == [Verdict(300, None), Verdict(0, Code.INSUFFICIENT_FUNDS)]


def test_an_investor_without_a_known_wallet_has_no_money() -> None:
    assert decide(Offer(3, 200, True)) == [Verdict(0, Code.INSUFFICIENT_FUNDS)]


def test_the_limit_counts_what_was_accepted_before_and_in_this_batch() -> None:
    offers = [Offer(ANN, 300, True), Offer(ANN, 300, True)]
    verdicts = allocate(BOOK, offers, wallets=RICH, held={ANN: 400}, barred={})
    assert verdicts == [Verdict(300, None), Verdict(0, Code.ABOVE_LIMIT)]


def test_a_refused_bid_uses_up_nothing() -> None:
    verdicts = decide(Offer(ANN, 250, True), Offer(ANN, 800, True))
    assert verdicts == [Verdict(0, Code.NOT_A_MULTIPLE), Verdict(800, None)]


@pytest.mark.parametrize("code", [Code.NOT_ELIGIBLE, Code.OWN_LISTING])
def test_whoever_is_barred_hears_why_and_nobody_else_is_touched(code: Code) -> None:
    verdicts = decide(Offer(ANN, 200, True), Offer(BEN, 200, True), barred={ANN: code})
    assert verdicts == [Verdict(0, code), Verdict(200, None)]


#: An offer that breaks every rule at once; each step heals the rule that was named.
HEALING: tuple[tuple[Code, dict[str, Any], int, Code | None], ...] = (
    (Code.NOT_OPEN, {"is_open": False}, 150, Code.OWN_LISTING),
    (Code.OWN_LISTING, {}, 150, Code.OWN_LISTING),
    (Code.BELOW_MINIMUM, {}, 150, None),
    (Code.NOT_A_MULTIPLE, {}, 850, None),
    (Code.ABOVE_LIMIT, {}, 900, None),
    (Code.SOLD_OUT, {"maximum_per_investor_minor": None}, 900, None),
    (Code.INSUFFICIENT_FUNDS, {"maximum_per_investor_minor": None, "remaining_minor": 900}, 900, None),
)


@pytest.mark.parametrize(("code", "change", "amount", "bar"), HEALING)
def test_the_first_broken_rule_is_named(code: Code, change: dict[str, Any], amount: int, bar: Code | None) -> None:
    book = BOOK._replace(remaining_minor=500)._replace(**change)
    barred = {ANN: bar} if bar else {}
    assert decide(Offer(ANN, amount, False), book=book, wallets={ANN: 0}, barred=barred) == [Verdict(0, code)]
