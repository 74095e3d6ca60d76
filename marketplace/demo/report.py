"""What happened, in tables."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from escrow.queries import equation
from marketplace.demo.checks import Check
from marketplace.demo.doors import addresses, sign_ins
from marketplace.demo.offers import Answers
from marketplace.demo.script import Ending
from marketplace.demo.story import Outcome
from marketplace.demo.tables import table_of
from marketplace.lib.money import Money


def show(console: Console, outcome: Outcome, checks: Sequence[Check], *, site: str, seconds: float) -> None:
    """Print everything there is to say about a run."""
    happened = (listings(outcome), bids(outcome), loans(outcome), promises(checks), client_money())
    for table in (*happened, addresses(site), sign_ins()):
        console.print(table)
    failed = [check for check in checks if not check.held]
    found = f"[bold red]{len(failed)} of {len(checks)} checks failed[/]" if failed else "every check held"
    console.print(f"The scenario took {seconds:.0f} s; {found}.")
    for name in ("verify_ledger", "verify_books"):
        console.print(f"{name}: {'OK' if all(c.held for c in checks if c.promise == name) else 'FAILED'}")


def listings(outcome: Outcome) -> Table:
    """What became of each listing."""
    table = table_of("Listings", "Listing", "Title", "Way", "State", ">Amount", ">Brought together")
    for story in outcome.stories:
        listing = story.listing
        funded = str(story.round.funded) if story.round_id else "-"
        if story.case.ending is Ending.FAILS:
            funded += ", returned"
        state = str(listing.get_state_display())
        table.add_row(listing.reference, listing.title, story.case.ending, state, str(listing.principal), funded)
    return table


def bids(outcome: Outcome) -> Table:
    """Offers and answers: ordinary rounds together, the flash round, all."""
    ordinary, flash = Answers(), Answers()
    for story in outcome.stories:
        (flash if story.case.ending is Ending.FLASH else ordinary).add(story.answers)
    parts = (ordinary, flash, outcome.answers)
    table = table_of("Bids", "", ">Ordinary rounds", ">Flash round", ">All")
    for name, values in _figures(parts):
        table.add_row(name, *values)
    codes = sorted({code for part in parts for code in part.codes} - {"accepted"})
    for code in codes:
        table.add_row(f"refused: {code}", *(f"{part.codes[code]:,}" for part in parts))
    return table


def _figures(parts: Sequence[Answers]) -> Iterable[tuple[str, list[str]]]:
    yield "bids offered", [f"{len(part.decided):,}" for part in parts]
    yield "offered", [str(Money(part.offered_minor)) for part in parts]
    yield "bids accepted", [f"{part.codes['accepted']:,}" for part in parts]
    yield "accepted", [str(Money(part.accepted_minor)) for part in parts]
    yield "sent twice", [f"{part.duplicates:,}" for part in parts]
    yield "connections lost in the middle", [f"{part.reconnects:,}" for part in parts]
    yield "bids a second", [f"{part.bids_per_second:,.0f}" for part in parts]
    yield "acknowledged within, p50", [f"{part.percentile_ms(0.50):,.0f} ms" for part in parts]
    yield "acknowledged within, p99", [f"{part.percentile_ms(0.99):,.0f} ms" for part in parts]


def loans(outcome: Outcome) -> Table:
    """What was paid out and repaid."""
    names = ("Loan", "Borrower", "Habit", ">Paid out", ">Payments", ">Repaid", ">Penalty", ">Fee", "State")
    table = table_of("Loans after six months", *names)
    habit_of = {story.loan_id: story.case.habit for story in outcome.funded}
    for service in outcome.services:
        loan = service.loan
        loan.refresh_from_db(fields=["settled_on"])
        table.add_row(
            loan.reference,
            str(loan.borrower),
            habit_of[loan.pk],
            str(loan.net_paid_out),
            str(service.payments),
            str(Money(service.paid_minor)),
            str(Money(service.penalty_minor)),
            str(Money(service.settlement_fee_minor)),
            f"repaid {loan.settled_on}" if loan.settled_on else "running",
        )
    return table


def client_money() -> Table:
    """The equation: what is held and what is owed."""
    sides = equation()
    table = table_of("Client money: held = owed", "", ">Held", ">Owed")
    for line in sides.held:
        table.add_row(str(line.kind.label), str(line.total), "")
    for line in (*sides.liabilities, *sides.income):
        table.add_row(str(line.kind.label), "", str(line.total))
    for line in sides.costs:
        table.add_row(str(line.kind.label), "", str(-line.total))
    table.add_section()
    table.add_row("Together", str(sides.held_total), str(sides.owed_total))
    return table


def promises(checks: Sequence[Check]) -> Table:
    """Every check and what it found."""
    table = table_of("Checks", "", "Promise", "Found")
    for check in checks:
        table.add_row("[green]✓[/]" if check.held else "[bold red]✗[/]", check.promise, check.detail)
    return table
