"""Whether loans were paid out, repaid and ended as the script has it."""

from collections.abc import Iterator

from escrow import chart
from escrow.queries import balance
from loans.models import LoanState
from loans.queries import participations_in, position_of, schedule_of
from marketplace.demo.checks.check import Check
from marketplace.demo.script import Habit
from marketplace.demo.servicing import MONTHS, Service
from marketplace.demo.story import Outcome, Story


def loan_checks(outcome: Outcome) -> Iterator[Check]:
    """All checks of loans."""
    funded = outcome.funded
    yield Check.equal("every funded listing became a loan", sum(bool(s.loan_id) for s in funded), len(funded))
    loans = [story for story in funded if story.loan_id]
    yield Check.nothing_wrong(
        "shares sum to each loan", (s.loan.reference for s in loans if _shares(s) != s.loan.principal_minor)
    )
    kept = [f"{s.loan} keeps {m}" for s in loans if (m := balance(chart.loan_collections(s.loan_id)))]
    yield Check.nothing_wrong("repayments only pass through", kept)
    yield Check.nothing_wrong("after six months nobody is behind", (w for s in loans for w in _behind(s)))
    yield from _habits(outcome, loans)


def _shares(story: Story) -> int:
    return sum(share.principal_minor for share in participations_in(story.loan))


def _behind(story: Story) -> Iterator[str]:
    loan = story.loan
    rows = schedule_of(loan)
    last = rows[min(MONTHS, len(rows)) - 1]
    owed_minor = position_of(loan, day=last.due_on).owed_minor
    if owed_minor:
        yield f"{loan} owes {owed_minor} on {last.due_on}"
    if len(rows) <= MONTHS and loan.state != LoanState.SETTLED:
        yield f"{loan} ran {len(rows)} months and is not settled"


def _habits(outcome: Outcome, loans: list[Story]) -> Iterator[Check]:
    service_of = {service.loan.pk: service for service in outcome.services}
    for story in loans:
        mine = service_of.get(story.loan_id, Service(story.loan))
        if story.case.habit is Habit.LATE:
            yield Check("who paid late paid a penalty", mine.penalty_minor > 0, f"{mine.penalty_minor} fen")
        elif mine.penalty_minor:
            yield Check("who paid on time paid no penalty", False, f"{story.loan}: {mine.penalty_minor} fen")
        if story.case.habit is Habit.EARLY:
            ended = story.loan.state == LoanState.SETTLED and mine.settlement_fee_minor > 0
            yield Check("who settled early owes nothing any more", ended, f"{story.loan} {story.loan.settled_on}")
