"""Parts about listings that other houses' pages show too."""

from typing import Any

from django import template
from django.utils.timezone import get_current_timezone_name

from listings.rounds.models import TAKES_BIDS, Round, RoundState
from listings.web.cards import ListingCard
from marketplace.lib.money import EXPONENTS

register = template.Library()


@register.inclusion_tag("listings/parts/card.html")
def listing_card(card: ListingCard) -> dict[str, Any]:
    """{% listing_card card %}: a listing as lists show it."""
    return {"card": card, "listing": card.listing, "round": card.round}


@register.inclusion_tag("listings/parts/live_progress.html")
def live_progress(round: Round) -> dict[str, Any]:  # noqa: A002  the word of the field
    """{% live_progress round %}: how full a round is; moves by itself with listings/live-progress.js on the page."""
    return {
        "round": round,
        "is_live": round.state in TAKES_BIDS,
        "exponent": EXPONENTS[round.currency],
        "time_zone": get_current_timezone_name(),
        "percent": round.funded_minor * 100 // round.target_minor,
        "states": [Round(state=state) for state in RoundState],
    }
