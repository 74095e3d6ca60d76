"""Snapshots that keep the sum of an omnibus account short."""

from datetime import datetime

from django.db import connection

from marketplace.lib.transactions import owns_transaction


@owns_transaction
def snapshot_balances(*, at: datetime) -> int:
    """
    Store the counters of every omnibus account as of the last transfer; the number of rows written.

    The database adds up itself, while postings wait: a snapshot made elsewhere could be any number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT escrow_snapshot_balances(%s)", [at])
        return int(cursor.fetchone()[0])
