"""Every write to rounds."""

from listings.rounds.operations.endings import cancel_listing, close_round, open_round, repair_rounds
from listings.rounds.operations.place import BatchResult, Outcome, place_bid, place_bids
from listings.rounds.operations.schedule import RoundTerms, check_terms, schedule_round

__all__ = [
    "BatchResult",
    "Outcome",
    "RoundTerms",
    "cancel_listing",
    "check_terms",
    "close_round",
    "open_round",
    "place_bid",
    "place_bids",
    "repair_rounds",
    "schedule_round",
]
