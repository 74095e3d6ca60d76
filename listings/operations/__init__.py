"""Every write to listings."""

from listings.operations.draft import ListingTerms, create_draft, edit_draft
from listings.operations.move import PLAIN_MOVES, MoveNotPossible, ReasonMissing, apply_move, move_listing

__all__ = [
    "PLAIN_MOVES",
    "ListingTerms",
    "MoveNotPossible",
    "ReasonMissing",
    "apply_move",
    "create_draft",
    "edit_draft",
    "move_listing",
]
