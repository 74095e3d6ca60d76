"""What a payment would do, in figures, before the button."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loans.core.buckets import Allocation, Component
from loans.core.settlement import SettlementQuote
from loans.queries import Standing
from loans.web.words import BUCKETS
from marketplace.lib.money import Money

Facts = list[tuple[str | Promise, object]]
AHEAD = {
    Component.FEE: _("Ahead on the next instalment: fee"),
    Component.INTEREST: _("Ahead on the next instalment: interest"),
    Component.PRINCIPAL: _("Ahead on the next instalment: principal"),
}


def payment_facts(standing: Standing, amount: Money, *, cash: Money) -> Facts:
    """Where each part of an amount goes, and what is left in the wallet and owed afterwards."""
    allocations = standing.plan(amount.minor)
    owed = Money(standing.position.owed_minor, amount.currency)
    left = owed - amount if owed > amount else Money(0, amount.currency)
    return [
        *_by_words(standing, allocations),
        (_("In all"), amount),
        (_("In your wallet now"), cash),
        (_("Left in your wallet"), cash - amount),
        (_("Still owed today afterwards"), left),
    ]


def settlement_facts(standing: Standing, quote: SettlementQuote, *, cash: Money) -> Facts:
    """The parts of a settlement, its total, and what is saved against paying by the schedule."""
    currency = standing.loan.currency
    position = standing.position
    by_schedule = sum(line.amount_minor for line in (*position.owed, *position.upcoming))
    total = Money(quote.total_minor, currency)
    return [
        (_("Owed today"), Money(quote.arrears_minor, currency)),
        (_("Principal not due yet"), Money(quote.principal_minor, currency)),
        (_("Interest up to today"), Money(quote.interest_minor, currency)),
        (_("Fee for settling early"), Money(quote.fee_minor, currency)),
        (_("In all"), total),
        (_("By the schedule it would be"), Money(by_schedule, currency)),
        (_("In your wallet now"), cash),
        (_("Quote good for"), quote.day),
    ]


def _by_words(standing: Standing, allocations: list[Allocation]) -> Facts:
    """Amounts by what they go to, in the order of the waterfall; what goes ahead stands apart."""
    owed_now = {(line.number, line.bucket) for line in standing.position.owed}
    sums: dict[str | Promise, int] = {}
    for part in allocations:
        is_due = (part.number, part.bucket) in owed_now
        words = BUCKETS[part.bucket] if is_due else AHEAD[part.bucket.component]
        sums[words] = sums.get(words, 0) + part.amount_minor
    return [(words, Money(amount, standing.loan.currency)) for words, amount in sums.items()]
