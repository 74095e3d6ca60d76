"""The journal, and the statement of one account."""

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, Value, When, Window

from escrow.chart import DEBIT_NORMAL
from escrow.models import Entry, Transfer
from escrow.queries.balances import get_account


def statement(code: str) -> QuerySet[Transfer]:
    """
    An account's transfers, latest first, each with `change_minor` (+ in, - out) and `balance_after_minor`.

    The running balance follows the order of posting (transfer id); it adds up the rows of the query, so slice the
    result for a page, but do not filter it.

    :raises UnknownAccount: if the code names no account
    """
    account = get_account(code)
    sign = -1 if account.kind in DEBIT_NORMAL else 1
    change = Case(
        When(credit_account=account, then=F("amount_minor") * Value(sign)),
        default=F("amount_minor") * Value(-sign),
        output_field=BigIntegerField(),
    )
    running = Window(Sum("change_minor", output_field=BigIntegerField()), order_by=F("id").asc())
    return (
        Transfer.objects.filter(Q(debit_account=account) | Q(credit_account=account))
        .annotate(change_minor=change)
        .annotate(balance_after_minor=running)
        .select_related("entry", "debit_account", "credit_account")
        .order_by("-id")
    )


def journal(*, reference: str = "", account: str = "", kind: str = "") -> QuerySet[Entry]:
    """Entries, latest first, narrowed by cause (its beginning), account code or kind."""
    entries = Entry.objects.prefetch_related("transfers__debit_account", "transfers__credit_account")
    if reference:
        entries = entries.filter(reference__startswith=reference)
    if kind:
        entries = entries.filter(kind=kind)
    if account:
        touched = Transfer.objects.filter(Q(debit_account__code=account) | Q(credit_account__code=account))
        entries = entries.filter(pk__in=touched.values("entry_id"))
    return entries.order_by("-id")
