"""The raw psycopg connection under Django's, for set-based SQL inside the same transaction."""

from collections.abc import Iterable
from typing import Any, cast

import psycopg
from django.db import connection


def raw_connection() -> psycopg.Connection[Any]:
    """The psycopg connection of this thread's Django connection, opened if it is not."""
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)


def raw_cursor() -> psycopg.Cursor[Any]:
    """A cursor with server-side binding in the current transaction; the caller closes it (use `with`)."""
    return psycopg.Cursor(raw_connection())


def int_array(values: Iterable[int]) -> str:
    """
    A PostgreSQL array literal of whole numbers, for `%s::bigint[]`.

    Many times faster than adapting element by element; safe because only digits can come out.
    """
    return "{" + ",".join(map(str, map(int, values))) + "}"
