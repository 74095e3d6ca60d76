"""What every test may use: the cast, the clock, and a database that forgets committed rows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

pytest_plugins = ["tests.live"]

#: Filled by migrations and the same for every test.
REFERENCE_TABLES = frozenset(
    {
        "auth_group",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "escrow_allowedtransfer",
    }
)


@pytest.fixture
def now() -> datetime:
    """The moment a test happens at."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def _forget_committed_rows(_self: TransactionTestCase) -> None:
    """In place of Django's flush, which append-only tables refuse: set their triggers aside, as only an owner can."""
    from escrow.reference_tables import fill

    wanted = sorted(set(connection.introspection.table_names()) - REFERENCE_TABLES)
    with connection.cursor() as cursor:
        for table in wanted:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        # Numbers go on: a process that serves several tests may remember what it has read by number.
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in wanted))
        for table in wanted:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    fill(apps, connection.schema_editor())


@pytest.fixture(autouse=True, scope="session")
def _committed_tests_clean_up() -> Iterator[None]:
    with patch.object(TransactionTestCase, "_fixture_teardown", _forget_committed_rows):
        yield
