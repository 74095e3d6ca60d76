"""Giving an approved listing its round."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from escrow import chart
from escrow.operations import open_account
from escrow.queries import get_account
from listings.models import Listing
from listings.operations import apply_move
from listings.rounds.models import Round, RoundKind
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import owns_transaction


@dataclass(frozen=True, kw_only=True)
class RoundTerms:
    """When and how a round takes bids; amounts in minor units."""

    opens_at: datetime
    closes_at: datetime
    is_flash: bool = False
    kind: str = RoundKind.FIRST_COME
    minimum_bid_minor: int = 100_00
    step_minor: int = 100_00
    maximum_per_investor_minor: int | None = None


@owns_transaction
def schedule_round(*, listing_id: int, terms: RoundTerms, by: Actor, at: datetime) -> Round:
    """
    Schedule the round of an approved listing and open its escrow account.

    :raises InvalidInput: if the times or amounts do not fit the listing, or we hold no money in its currency
    :raises NotFound, NotAllowed, MoveNotPossible: as `listings.operations.move_listing`
    """
    listing = apply_move(listing_id=listing_id, move="schedule", by=by, at=at)
    check_terms(terms, target_minor=listing.principal_minor, at=at)
    _check_currency(listing)
    new = Round.objects.create(
        listing=listing,
        kind=terms.kind,
        is_flash=terms.is_flash,
        currency=listing.currency,
        target_minor=listing.principal_minor,
        accepts_from_minor=listing.accepts_from_minor,
        minimum_bid_minor=terms.minimum_bid_minor,
        step_minor=terms.step_minor,
        maximum_per_investor_minor=terms.maximum_per_investor_minor,
        annual_rate_bps=listing.annual_rate_bps,
        opens_at=terms.opens_at,
        closes_at=terms.closes_at,
    )
    open_account(
        code=chart.round_escrow(new.pk),
        kind=chart.Kind.ROUND_ESCROW,
        owner_type="round",
        owner_id=new.pk,
        currency=new.currency,
    )
    record(name="round.scheduled", aggregate=f"round:{new.pk}", payload={"round_id": new.pk}, at=at)
    return new


def check_terms(terms: RoundTerms, *, target_minor: int, at: datetime) -> None:
    """
    Refuse times and amounts that could not be scheduled now for a listing that asks for `target_minor`.

    :raises InvalidInput: naming the first one that does not fit
    """
    largest = terms.maximum_per_investor_minor
    rules = (
        ("opens_at", terms.opens_at >= at, _("must not be in the past")),
        ("closes_at", terms.closes_at > terms.opens_at, _("must be after the opening")),
        ("kind", terms.kind in RoundKind.values, _("is not a kind of round")),
        (
            "minimum_bid_minor",
            0 < terms.minimum_bid_minor <= target_minor,
            _("must be above zero and within the target"),
        ),
        ("step_minor", 0 < terms.step_minor <= target_minor, _("must be above zero and within the target")),
        (
            "step_minor",
            terms.step_minor and target_minor % terms.step_minor == 0,
            _("must divide the target"),
        ),
        (
            "maximum_per_investor_minor",
            largest is None or terms.minimum_bid_minor <= largest,
            _("must not be below the smallest bid"),
        ),
    )
    for field, holds, reason in rules:
        if not holds:
            raise InvalidInput(field=field, reason=reason)


def _check_currency(listing: Listing) -> None:
    """Investors bid from wallets in the bank account's currency, and the borrower's wallet takes what they bring."""
    for code in (chart.BANK_ESCROW, chart.borrower_cash(listing.borrower_id)):
        held = get_account(code).currency
        if held != listing.currency:
            reason = _("must be %(currency)s, the currency of %(account)s") % {"currency": held, "account": code}
            raise InvalidInput(field="currency", reason=reason)
