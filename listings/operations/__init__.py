"""Every write to listings."""

from listings.operations.bring_in import BookRow, bring_in
from listings.operations.draft import ListingTerms, create_draft, edit_draft
from listings.operations.move import PLAIN_MOVES, MoveNotPossible, ReasonMissing, apply_move, check_move, move_listing

__all__ = [
    "PLAIN_MOVES",
    "BookRow",
    "ListingTerms",
    "MoveNotPossible",
    "ReasonMissing",
    "apply_move",
    "bring_in",
    "check_move",
    "create_draft",
    "edit_draft",
    "move_listing",
]
