"""Idempotency keys of callers: one at a time, and short enough to store."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from marketplace.lib.errors import InvalidInput
from marketplace.lib.transactions import needs_transaction

#: The ledger stores it with a word in front, in 100 characters.
LONGEST = 80


@needs_transaction
def hold_key(key: str) -> None:
    """
    Wait until nobody else works under this key: whoever comes second then finds what the first has written.

    The row locks of a verb do not do that when one key comes in for two loans at once.

    :raises InvalidInput: if there is no key, or one too long to store
    """
    if not 0 < len(key) <= LONGEST:
        raise InvalidInput(field=_("idempotency key"), reason=_("must have 1 to %d characters") % LONGEST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"loans:{key}"])
