"""Labels that are stored for machines, as people read them."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.lib.actor import SYSTEM

#: What bids are signed with: rounds decide them by the thousand and know numbers only.
NUMBERED_INVESTOR = re.compile(r"investor (\d+)")
#: The first words of entries' references; the bank's own reference is shown as the bank writes it.
CAUSES: dict[str, str | Promise] = {
    "bank": "%s",
    "bid": _("Bid %s"),
    "round": _("Round %s"),
    "loan": _("Loan %s"),
    "receipt": _("Payment %s"),
}


def author(label: str) -> str:
    """{{ entry.by|author }}: who did something; labels that are no person's name, in the reader's language."""
    if label == SYSTEM.label:
        return gettext("automatic")
    if found := NUMBERED_INVESTOR.fullmatch(label):
        return gettext("Investor %s") % found[1]
    return label


def cause(reference: str) -> str:
    """{{ entry.reference|cause }}: what moved the money, for clients: "Bid 4" rather than "bid:4"."""
    kind, _colon, number = reference.partition(":")
    return str(CAUSES[kind]) % number if kind in CAUSES else reference
