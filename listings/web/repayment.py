"""What a loan would cost and bring, worked out before there is a loan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from listings.models import Listing
from loans.core.effective_apr import effective_apr
from loans.core.errors import CoreError
from loans.core.fees import PayOut, split_pay_out
from loans.core.schedule import Instalment, build_schedule
from loans.core.terms import Terms
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class RepaymentPreview:
    """The schedule and the figures of a loan paid out on a given day."""

    currency: str
    pay_out: PayOut
    instalments: list[Instalment]
    #: Regulation Z, fees included, in basis points; None where no rate fits the flows.
    apr_bps: Decimal | None

    @property
    def principal(self) -> Money:
        """What is lent."""
        return Money(sum(row.principal_minor for row in self.instalments), self.currency)

    @property
    def net(self) -> Money:
        """What reaches the borrower."""
        return Money(self.pay_out.net_minor, self.currency)

    @property
    def origination_fee(self) -> Money:
        """What the platform takes at pay-out."""
        return Money(self.pay_out.origination_fee_minor, self.currency)

    @property
    def reserve_contribution(self) -> Money:
        """What goes to the risk reserve at pay-out."""
        return Money(self.pay_out.reserve_contribution_minor, self.currency)

    @property
    def interest(self) -> Money:
        """All interest if everything is paid on its day."""
        return Money(sum(row.interest_minor for row in self.instalments), self.currency)

    @property
    def repaid(self) -> Money:
        """Everything the borrower pays back."""
        return Money(sum(row.total_minor for row in self.instalments), self.currency)

    @property
    def first(self) -> Money:
        """The first instalment."""
        return Money(self.instalments[0].total_minor, self.currency)

    @property
    def first_due_on(self) -> date:
        """When the first instalment falls due."""
        return self.instalments[0].due_on


def repayment_preview(
    listing: Listing, *, paid_out_on: date, principal_minor: int | None = None
) -> RepaymentPreview | None:
    """
    The schedule of a listing (saved or not) if it were paid out on a day; of another principal if given.

    None where the terms allow no schedule: figures so small that no instalment repays anything.
    """
    principal = listing.principal_minor if principal_minor is None else principal_minor
    try:
        terms = Terms(
            principal_minor=principal,
            annual_rate=Decimal(listing.annual_rate_bps).scaleb(-4),
            periods=listing.term_months,
            paid_out_on=paid_out_on,
            method=listing.method,
        )
        pay_out = split_pay_out(
            principal,
            origination_fee_bps=listing.origination_fee_bps,
            reserve_contribution_bps=listing.reserve_contribution_bps,
        )
        rows = build_schedule(terms)
    except CoreError:
        return None
    return RepaymentPreview(listing.currency, pay_out, rows, _apr_bps(terms, rows, pay_out))


def _apr_bps(terms: Terms, rows: list[Instalment], pay_out: PayOut) -> Decimal | None:
    try:
        rate = effective_apr(terms=terms, instalments=rows, fees_at_pay_out_minor=pay_out.taken_minor)
    except CoreError:
        return None
    return rate.actuarial.scaleb(4)
