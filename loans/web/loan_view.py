"""Everything the page of one loan shows, for whoever looks at it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from borrowers import queries as borrowers
from loans.core.classify import LoanClass, classify
from loans.core.effective_apr import effective_apr
from loans.core.errors import CoreError
from loans.models import LOAN_SENTENCES, Loan, LoanState
from loans.queries import ScheduleLine, Standing, share_of_user, standing_of
from loans.web.words import BUCKETS, CLASSES, LINES, REASONS
from marketplace.accounts.roles import STAFF
from marketplace.lib.actor import Actor
from marketplace.lib.money import Money
from marketplace.lib.web.deposit import deposit_instructions
from marketplace.lib.web.parts import TimelineEntry
from marketplace.lib.web.states import family_of

Fact = tuple[str | Promise, object]


@dataclass(frozen=True, slots=True)
class Row:
    """An instalment in words and colours."""

    line: ScheduleLine
    words: str | Promise
    family: str


@dataclass(frozen=True, slots=True)
class Wallet:
    """The borrower's money with us, and how to bring in more."""

    cash: Money
    deposit: list[tuple[str | Promise, str]]


@dataclass(frozen=True)
class LoanView:
    """A loan on a day, as the reader may see it."""

    loan: Loan
    standing: Standing
    is_borrower: bool
    is_staff: bool
    #: The reader's own participation with its figures, if they hold one.
    share: Any

    @property
    def sentence(self) -> str | Promise:
        """What the loan's state means."""
        return LOAN_SENTENCES[LoanState(self.loan.state)]

    @property
    def owed(self) -> Money:
        """What is owed today."""
        return Money(self.standing.position.owed_minor, self.loan.currency)

    @property
    def next_due(self) -> Money:
        """What falls due next, after today."""
        return Money(self.standing.position.next_due_minor, self.loan.currency)

    @property
    def outstanding(self) -> Money:
        """Principal not repaid yet."""
        return Money(self.standing.position.outstanding_principal_minor, self.loan.currency)

    @property
    def parts(self) -> list[Fact]:
        """What is owed today, part by part."""
        position = self.standing.position
        owed = [(words, position.in_bucket(bucket)) for bucket, words in BUCKETS.items()]
        return [(words, Money(amount, self.loan.currency)) for words, amount in owed if amount]

    @property
    def rows(self) -> list[Row]:
        """The schedule."""
        return [Row(line, *LINES[line.state]) for line in self.standing.lines]

    @property
    def loan_class(self) -> tuple[str | Promise, str]:
        """The loan's class in words, and its colours."""
        return class_words(self.standing.position.days_past_due)

    @property
    def terms(self) -> list[Fact]:
        """What was agreed; the rate and the cost stand on tiles of their own."""
        loan = self.loan
        return [
            (_("Lent"), loan.principal),
            (_("Origination fee"), Money(loan.origination_fee_minor, loan.currency)),
            (_("To the risk reserve"), Money(loan.reserve_contribution_minor, loan.currency)),
            (_("Paid out to the borrower"), loan.net_paid_out),
            (_("Paid out on"), loan.disbursed_on),
            (_("Term in months"), loan.term_months),
            (_("Repayment"), loan.get_method_display()),
        ]

    @property
    def apr_bps(self) -> Decimal | None:
        """What the loan costs a year if everything is paid on its day, fees included, in basis points."""
        taken = self.loan.origination_fee_minor + self.loan.reserve_contribution_minor
        rows = self.standing.instalments
        try:
            rate = effective_apr(terms=self.loan.terms, instalments=rows, fees_at_pay_out_minor=taken)
        except CoreError:
            return None
        return rate.actuarial * 10_000

    @property
    def timeline(self) -> list[TimelineEntry]:
        """The loan's moves, newest first; who did them is for staff."""
        return [
            TimelineEntry(
                title=LoanState(move.to_state).label,
                at=move.at,
                by=move.by_label if self.is_staff else "",
                note=str(REASONS.get(move.reason, move.reason)),
                family=family_of(move.to_state),
            )
            for move in self.loan.moves.order_by("-pk")
        ]

    @property
    def wallet(self) -> Wallet:
        """The borrower's wallet."""
        return wallet_of(self.loan)


def loan_view(loan: Loan, *, actor: Actor, day: date) -> LoanView:
    """A loan on a day for a reader who may see it."""
    return LoanView(
        loan=loan,
        standing=standing_of(loan, day=day),
        is_borrower=loan.borrower.user_id == actor.user_id,
        is_staff=actor.has(*STAFF),
        share=share_of_user(loan, user_id=actor.user_id) if actor.user_id else None,
    )


def wallet_of(loan: Loan) -> Wallet:
    """The wallet a loan is repaid from."""
    reference = borrowers.deposit_reference(loan.borrower)
    return Wallet(borrowers.wallet(loan.borrower), deposit_instructions(reference))


def class_words(days_past_due: int) -> tuple[str | Promise, str]:
    """The class of a loan so many days past due in words, and its colours."""
    loan_class: LoanClass = classify(days_past_due)
    return CLASSES[loan_class]
