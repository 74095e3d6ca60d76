"""What staff do with a listing at their browsers, role by role."""

from datetime import datetime, timedelta

from django.utils import timezone

from listings.rounds.models import Round
from listings.rounds.operations import repair_rounds
from marketplace.accounts.roles import Role
from marketplace.lib.outbox.operations import relay
from tests.browser.company import Company
from tests.browser.lending import TITLE
from tests.browser.person import Person

#: Role by role: the button, the opinion, the sentence of the state it leads to.
REVIEW = (
    (Role.LOAN_OFFICER, "Take in", "", "A loan officer checks the borrower and the documents."),
    (
        Role.LOAN_OFFICER,
        "Pass to risk review",
        "Visited the shop: two ovens run at full load.",
        "A risk officer weighs score, income and collateral.",
    ),
    (
        Role.RISK_OFFICER,
        "Pass to the committee",
        "Takings cover the instalment three times.",
        "The loan committee decides.",
    ),
    (Role.COMMITTEE_MEMBER, "Approve", "Approved as asked.", "It may be offered; operations set the time."),
)


def review(company: Company) -> None:
    """Take the listing from the queue through every desk: each sees what will happen, then confirms."""
    for role, move, opinion, sentence in REVIEW:
        desk = open_file(company.staff(role))
        if opinion:
            desk.fill("Opinion", opinion)
        desk.press(move).sees("This will happen", "State afterwards", sentence)
        desk.press(move).is_told("Done: it is in the history below.").sees(sentence)
        desk.misses("risk_review", "loan_officer")


def open_file(desk: Person) -> Person:
    """From the work queue to the listing's file."""
    desk.follow("Work queue").is_at("Work queue")
    desk.page.get_by_role("row").filter(has_text=TITLE).get_by_role("link").click()
    return desk.sees("Your next step")


def schedule(desk: Person, *, opens_at: datetime, kind: str = "Flash round, live for minutes") -> None:
    """Give the approved listing a round, having seen it in figures."""
    open_file(desk).follow("Schedule a round").is_at("Schedule a round")
    desk.tick(kind)
    desk.fill("Opens", local(opens_at)).fill("Closes", local(opens_at + timedelta(minutes=30)))
    desk.fill("Smallest bid", "100").fill("Step", "100").fill("Most per investor", "50,000")
    desk.press("See what will happen").sees("This round will take bids", "CN¥60,000.00", "CN¥50,000.00")
    desk.press("Schedule it").is_told("The round has its time.")


def local(moment: datetime) -> str:
    """A moment as the browser's box takes it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def let_the_time_come(found: Round) -> None:
    """Move the opening to this second, and do what beat and a worker would do then."""
    now = timezone.now()
    Round.objects.filter(pk=found.pk).update(opens_at=now)
    relay(at=now)
    assert repair_rounds(at=now) == 1


def pay_out(finance: Person) -> None:
    """Read where the money goes, and let it go."""
    open_file(finance).follow("Pay out").sees("This will happen")
    names = ("Brought together", "Origination fee", "To the risk reserve", "To the borrower", "Instalments")
    assert [finance.figure(name) for name in names] == [
        "CN¥60,000.00",
        "CN¥1,800.00",
        "CN¥600.00",
        "CN¥57,600.00",
        "6",
    ]
    finance.press("Pay out").is_told("CN¥57,600.00 went to Bai Ltd; the loan runs.")


def record_receipt(finance: Person, *, account: str, amount: str, reference: str) -> None:
    """Write down money seen at the bank, having seen it in figures."""
    finance.follow("Escrow").follow("Record a bank receipt").is_at("Record a bank receipt")
    finance.fill("Account or payment reference", account).fill("Amount", amount)
    finance.fill("The bank's reference", reference)
    finance.press("See what will be recorded").sees("This will be recorded", "Holds afterwards")
    finance.press("Record it").is_told("The receipt is recorded.")
