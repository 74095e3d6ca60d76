"""Whether rounds kept their promises: full and not more, one answer per bid, every fen back."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum

from escrow import chart
from escrow.models import Transfer
from escrow.queries import balance
from listings.rounds.models import Bid, Round, RoundState
from listings.rounds.queries import allotments
from marketplace.demo.checks.check import Check
from marketplace.demo.offers import MISMATCH
from marketplace.demo.script import Ending
from marketplace.demo.story import Outcome, Story

#: How late a round may close: the schedule's repair comes every two seconds, and the machine may be busy.
CLOSES_WITHIN = timedelta(seconds=30)


def round_checks(outcome: Outcome) -> Iterator[Check]:
    """All checks of rounds."""
    funded, failed = outcome.funded, outcome.ending(Ending.FAILS)
    yield Check.nothing_wrong(
        "accepted bids sum to each target, no round is oversold",
        [f"round {s.round_id}: {_accepted(s)} of {s.round.target_minor}" for s in funded if not _is_exactly_full(s)],
        detail=f"{len(funded)} rounds",
    )
    with_round = [*funded, *failed]
    held = [f"round {s.round_id} holds {m}" for s in with_round if (m := balance(chart.round_escrow(s.round_id)))]
    yield Check.nothing_wrong("no round's escrow keeps anything", held)
    yield Check.nothing_wrong("no bid got two different answers", outcome.answers.contradictions)
    yield Check.nothing_wrong(
        "the books say what the investors were answered",
        (wrong for story in with_round for wrong in _other_than_answered(story)),
        detail=f"{len(outcome.answers.by_bid)} bids",
    )
    yield from _misuse(outcome)
    for story in failed:
        yield from _failed(story)


def _accepted(story: Story) -> int:
    return sum(minor for _investor, minor in allotments(story.round_id))


def _is_exactly_full(story: Story) -> bool:
    found = story.round
    return found.state == RoundState.FILLED and _accepted(story) == found.funded_minor == found.target_minor


def _other_than_answered(story: Story) -> Iterator[str]:
    """Bids in the books that are not what was answered, on either side."""
    stored = {(b.investor_id, str(b.client_id)): b for b in Bid.objects.filter(round_id=story.round_id)}
    answered = story.answers.by_bid
    for key, answers in answered.items():
        bid, answer = stored.get(key), answers[0]
        if bid is None or (bid.code or "accepted", bid.accepted_minor) != (answer.code, answer.accepted_minor):
            yield f"bid {key[1]} was answered {answer.code}"
    yield from (f"bid {client_id} is there but was never answered" for _i, client_id in stored.keys() - answered.keys())


def _misuse(outcome: Outcome) -> Iterator[Check]:
    answers = outcome.answers
    yield Check.equal(
        "every malformed message was refused as that",
        f"{answers.malformed_refused} refused",
        f"{answers.malformed_sent} refused",
    )
    codes = answers.codes
    yield Check.equal(
        "the same id with another amount is an error",
        f"{codes[MISMATCH]} refused",
        f"{answers.mismatches} refused",
    )


def _failed(story: Story) -> Iterator[Check]:
    found = story.round
    yield Check.equal("the short round failed", found.state, RoundState.FAILED.value)
    yield _closed_on_time(found)
    back = dict(
        Transfer.objects.filter(debit_account__code=chart.round_escrow(found.pk), purpose=chart.Purpose.BID_RETURNED)
        .values_list("credit_account__owner_id")
        .annotate(total=Sum("amount_minor"))
    )
    given = dict(allotments(found.pk))
    wrong = [
        f"investor {i}: {back.get(i, 0)} of {given.get(i, 0)}" for i in given | back if back.get(i) != given.get(i)
    ]
    yield Check.nothing_wrong(
        "everybody in it got their money back",
        wrong or ([] if given else ["nobody bid"]),
        detail=f"{len(given)} people",
    )


def _closed_on_time(found: Round) -> Check:
    promise = "the worker closed it on time"
    if found.closed_at is None:
        return Check(promise, False, "it never did")
    late = found.closed_at - found.closes_at
    return Check(promise, timedelta(0) <= late < CLOSES_WITHIN, f"{late.total_seconds():.1f} s after its end")
