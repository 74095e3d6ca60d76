"""What will happen, in figures, before a borrower's move."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from listings.models import Listing
from listings.rounds.queries import round_of
from listings.states import ListingState
from listings.web.repayment import repayment_preview
from marketplace.lib.formats import format_rate

Facts = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One of the borrower's moves: its words, its figures, where it leads."""

    move: str
    target: ListingState
    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    facts: Callable[[Listing, date], Facts]
    danger: bool = False
    needs_signature: bool = False


def submission_facts(listing: Listing, day: date) -> Facts:
    """What is asked for and what it would cost."""
    return [
        (_("Annual rate"), format_rate(listing.annual_rate_bps)),
        (_("Term in months"), listing.term_months),
        *_costs(listing, day, listing.principal_minor),
    ]


def contract_facts(listing: Listing, day: date) -> Facts:
    """What was brought together, what is taken from it, and what is paid back."""
    round_ = round_of(listing)
    principal_minor = round_.funded_minor if round_ else listing.principal_minor
    return _costs(listing, day, principal_minor)


def withdrawal_facts(listing: Listing, _day: date) -> Facts:
    """What is given up."""
    return [(_("Listing"), listing.title), (_("Amount"), listing.principal)]


def _costs(listing: Listing, day: date, principal_minor: int) -> Facts:
    preview = repayment_preview(listing, paid_out_on=day, principal_minor=principal_minor)
    if preview is None:
        return []
    return [
        (_("Principal"), preview.principal),
        (_("Origination fee"), -preview.origination_fee),
        (_("Reserve contribution"), -preview.reserve_contribution),
        (_("Paid out to your wallet"), preview.net),
        (_("Number of instalments"), len(preview.instalments)),
        (_("First instalment"), preview.first),
        (_("First instalment due, if paid out today"), preview.first_due_on),
        (_("Interest in all"), preview.interest),
        (_("You pay back in all"), preview.repaid),
        (_("Cost a year, fees included (APR)"), format_rate(preview.apr_bps)),
    ]


CONFIRMATIONS = {
    "submit": Confirmation(
        move="submit",
        target=ListingState.SUBMITTED,
        title=gettext_lazy("Send to review"),
        text=gettext_lazy("Staff will look at it. You cannot change it while they do, but you may withdraw it."),
        button=gettext_lazy("Send to review"),
        done=gettext_lazy("Sent to review."),
        facts=submission_facts,
    ),
    "withdraw": Confirmation(
        move="withdraw",
        target=ListingState.WITHDRAWN,
        title=gettext_lazy("Withdraw the listing"),
        text=gettext_lazy("It ends here for good; you may write a new one."),
        button=gettext_lazy("Withdraw"),
        done=gettext_lazy("The listing is withdrawn."),
        facts=withdrawal_facts,
        danger=True,
    ),
    "sign": Confirmation(
        move="sign_contract",
        target=ListingState.CONTRACTED,
        title=gettext_lazy("Sign the loan contract"),
        text=gettext_lazy("By signing you take the loan on these terms. Finance then pays it out."),
        button=gettext_lazy("Sign the contract"),
        done=gettext_lazy("Signed. Finance pays out next."),
        facts=contract_facts,
        needs_signature=True,
    ),
}
