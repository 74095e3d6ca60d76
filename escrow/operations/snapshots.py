"""Snapshots that keep the sum of an omnibus account short."""

from datetime import datetime

from django.db import connection

from escrow.chart import OMNIBUS
from escrow.models import Account, BalanceSnapshot
from escrow.queries import totals
from marketplace.lib.transactions import owns_transaction


@owns_transaction
def snapshot_balances(*, at: datetime) -> int:
    """Store the counters of every omnibus account as of the last transfer; the number of rows written."""
    last = _last_settled_transfer()
    codes = list(Account.objects.filter(kind__in=OMNIBUS).values_list("code", flat=True))
    rows = [
        BalanceSnapshot(
            account_id=account_id,
            through_transfer_id=last,
            debits_posted_minor=debits,
            credits_posted_minor=credits,
            taken_at=at,
        )
        for account_id, debits, credits in totals(codes, through_transfer_id=last)
    ]
    BalanceSnapshot.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _last_settled_transfer() -> int:
    """The last transfer id below which nothing can appear any more; writers wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT escrow_last_settled_transfer()")
        return int(cursor.fetchone()[0])
