"""The words for kinds of entries. Upper houses name their own kinds; one without words here is shown as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENTRY_KINDS: dict[str, str | Promise] = {
    "bank_receipt": _("Bank receipt"),
    "bid": _("Bid accepted"),
    "bids_returned": _("Bids returned"),
    "loan_paid_out": _("Loan paid out"),
    "repayment": _("Repayment"),
    "settlement": _("Early settlement"),
}


def kind_label(kind: str) -> str | Promise:
    """An entry's kind for the reader."""
    return ENTRY_KINDS.get(kind) or kind.replace("_", " ").capitalize()
