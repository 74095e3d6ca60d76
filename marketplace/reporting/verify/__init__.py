"""
The proof across houses: rounds, loans and listings say the same as the ledger and as each other.

`escrow.verify` proves the ledger from its own transfers; this proves that what the other houses say of money is what
the ledger moved. Every rule is one statement that returns what breaks it.
"""

from collections.abc import Iterator

from django.db import connection

from escrow.verify import Finding
from marketplace.reporting.verify import loans, receipts, rounds, states

__all__ = ["RULES", "Finding", "verify_books"]

RULES = rounds.RULES | loans.RULES | receipts.RULES | states.RULES
#: Examples shown of a broken rule.
SHOWN = 5


def verify_books() -> list[Finding]:
    """Hold all houses against each other; an empty list means that they agree."""
    return list(_broken_rules())


def _broken_rules() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for rule, query in RULES.items():
            cursor.execute(query)
            for row in cursor.fetchmany(SHOWN):
                yield Finding(rule, ", ".join(map(str, row)))
