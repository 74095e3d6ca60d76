"""
Which colour a state has: the one table of families.

A model may say it itself with a `state_family` attribute; a state that stands nowhere is neutral.
"""

FAMILIES: dict[str, frozenset[str]] = {
    "preparing": frozenset({"draft", "returned", "planned", "new"}),
    "waiting": frozenset(
        {"submitted", "investigating", "risk_review", "committee", "pending", "offered", "queued", "held", "due"}
    ),
    "ready": frozenset({"approved", "scheduled", "contracted", "allotted"}),
    "live": frozenset({"open", "running", "active", "repaying", "accepted"}),
    "done": frozenset(
        {"funded", "filled", "partly_filled", "disbursed", "paid", "settled", "closed", "posted", "delivered"}
    ),
    "late": frozenset({"overdue", "late", "part_paid", "extended", "suspended", "special_mention", "substandard"}),
    "ended": frozenset({"withdrawn", "cancelled", "voided", "expired", "released", "refunded", "discarded"}),
    "lost": frozenset({"rejected", "failed", "refused", "defaulted", "written_off", "doubtful", "loss", "dead"}),
}
_FAMILY_OF = {state: family for family, states in FAMILIES.items() for state in states}


def family_of(state: str) -> str:
    """The family of a stored state value."""
    return _FAMILY_OF.get(state.lower(), "neutral")
