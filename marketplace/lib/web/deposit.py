"""What a client needs for a bank transfer to the escrow account."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.lib.payment_reference import PaymentReference


def deposit_instructions(reference: PaymentReference) -> list[tuple[str | Promise, str]]:
    """Names and values as they stand on a transfer form, the reference first: without it nobody is credited."""
    bank = settings.ESCROW_BANK
    return [
        (_("Reference (write it exactly so)"), str(reference)),
        (_("Account holder"), bank["holder"]),
        (_("Account number"), bank["account"]),
        (_("Bank"), bank["name"]),
    ]
