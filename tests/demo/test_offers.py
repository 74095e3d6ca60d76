"""The figures of the report."""

import pytest

from marketplace.demo.offers import Answer, Answers, Offer, percentile

ONE, TWO = Offer(7, "one", 500_00), Offer(7, "two", 300_00)


def accepted(offer: Offer, minor: int, *, bid: int = 1, seconds: float = 0.1) -> Answer:
    return Answer(offer, "accepted", minor, bid, seconds)


def refused(offer: Offer, code: str) -> Answer:
    return Answer(offer, code, 0, 0, 0.1)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.5, 50.0), (0.501, 51.0), (0.99, 99.0), (0.991, 100.0), (1.0, 100.0)]
)
def test_a_percentile_is_the_smallest_value_that_covers_its_share(share: float, expected: float) -> None:
    assert percentile(map(float, range(100, 0, -1)), share) == expected


def test_percentiles_of_few_and_of_none() -> None:
    assert percentile([3.0], 0.99) == 3.0
    assert percentile([], 0.5) == 0.0


def test_an_answer_is_read_from_the_protocol() -> None:
    message = {"type": "accepted", "client_id": "one", "bid": 9, "accepted_minor": 200_00, "sequence": 4}
    assert Answer.of(ONE, message, 0.25) == Answer(ONE, "accepted", 200_00, 9, 0.25)
    assert Answer.of(ONE, {"type": "refused", "code": "sold_out"}, 0.25) == Answer(ONE, "sold_out", 0, 0, 0.25)


def test_a_replay_counts_once_and_other_answers_count_too() -> None:
    answers = Answers(
        [
            accepted(ONE, 500_00),
            accepted(ONE, 500_00),
            refused(ONE, "duplicate_mismatch"),
            refused(TWO, "busy"),
            refused(TWO, "sold_out"),
        ],
        malformed_refused=2,
        seconds=0.5,
    )
    assert answers.codes == {
        "accepted": 1,
        "sold_out": 1,
        "busy": 1,
        "duplicate_mismatch": 1,
        "invalid_message": 2,
    }
    assert answers.offered_minor == 800_00
    assert answers.accepted_minor == 500_00
    assert answers.bids_per_second == 4.0
    assert answers.contradictions == []


@pytest.mark.parametrize("other", [accepted(ONE, 400_00), accepted(ONE, 500_00, bid=2), refused(ONE, "sold_out")])
def test_two_different_answers_to_one_bid_are_a_contradiction(other: Answer) -> None:
    assert Answers([accepted(ONE, 500_00), other]).contradictions == ["one"]


def test_the_same_client_id_of_two_investors_is_two_bids() -> None:
    theirs = ONE._replace(investor_id=8)
    answers = Answers([accepted(ONE, 500_00), refused(theirs, "sold_out")])
    assert answers.contradictions == []
    assert len(answers.decided) == 2


def test_being_busy_once_is_no_contradiction() -> None:
    assert Answers([refused(ONE, "busy"), accepted(ONE, 500_00)]).contradictions == []


def test_answers_add_up() -> None:
    together = Answers(seconds=1.0)
    together.add(Answers([accepted(ONE, 1)], malformed_sent=2, malformed_refused=1, reconnects=3, seconds=2.0))
    together.add(Answers([refused(TWO, "sold_out")], duplicates=4, mismatches=5))
    assert (len(together.all), together.malformed_sent, together.malformed_refused) == (2, 2, 1)
    assert (together.reconnects, together.duplicates, together.mismatches, together.seconds) == (3, 4, 5, 3.0)


def test_nothing_answered_is_no_division_by_zero() -> None:
    assert Answers().bids_per_second == 0.0
    assert Answers().percentile_ms(0.99) == 0.0
