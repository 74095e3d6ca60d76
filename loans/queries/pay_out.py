"""What paying a listing out does, in figures: the same for the page before it and for the verb."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from listings.rounds.models import Round, RoundState
from listings.rounds.queries import allotments
from loans.core.fees import PayOut, split_pay_out
from loans.core.schedule import Instalment, build_schedule
from loans.models import Loan
from loans.refusals import refuses_core_errors
from marketplace.lib.errors import Refused


class NothingToPayOut(Refused):
    """No round has brought money together for this listing."""

    code = "nothing_to_pay_out"
    message = _("No money has been brought together for this listing.")


@dataclass(frozen=True, slots=True)
class PayOutPlan:
    """The loan as it would be (not stored), its schedule, and what each investor holds, in minor units."""

    loan: Loan
    parts: PayOut
    instalments: list[Instalment]
    #: (investor id, principal), in order of investor id.
    holders: list[tuple[int, int]]


def funded_rounds(listing_id: int) -> QuerySet[Round]:
    """Rounds of a listing that brought money together; the last one is what a pay-out takes."""
    states = [RoundState.FILLED, RoundState.PARTLY_FILLED]
    return Round.objects.filter(listing_id=listing_id, state__in=states).order_by("pk")


def preview_pay_out(listing: Listing, *, day: date) -> PayOutPlan:
    """
    What paying a listing out on a day would do.

    :raises NothingToPayOut: if no round of the listing was funded
    :raises NotComputable: if its terms allow no schedule, or fees would take everything
    """
    funded = funded_rounds(listing.pk).last()
    if funded is None:
        raise NothingToPayOut
    return plan_pay_out(listing, funded, day=day)


@refuses_core_errors
def plan_pay_out(listing: Listing, funded: Round, *, day: date) -> PayOutPlan:
    """
    What paying out the money of a funded round on a day would do.

    :raises NotComputable: if its terms allow no schedule, or fees would take everything
    """
    parts = split_pay_out(
        funded.funded_minor,
        origination_fee_bps=listing.origination_fee_bps,
        reserve_contribution_bps=listing.reserve_contribution_bps,
    )
    loan = Loan(
        listing=listing,
        borrower_id=listing.borrower_id,
        currency=listing.currency,
        principal_minor=funded.funded_minor,
        origination_fee_minor=parts.origination_fee_minor,
        reserve_contribution_minor=parts.reserve_contribution_minor,
        annual_rate_bps=funded.annual_rate_bps,
        term_months=listing.term_months,
        method=listing.method,
        service_fee_bps=listing.service_fee_bps,
        disbursed_on=day,
    )
    return PayOutPlan(loan, parts, build_schedule(loan.terms), allotments(funded.pk))
