"""The raw psycopg connection under Django's, for set-based SQL inside the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, cast

import psycopg
from django.db import connection


def raw_connection() -> psycopg.Connection[Any]:
    """The psycopg connection of this thread's Django connection, opened if it is not."""
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)


@contextmanager
def raw_cursor() -> Iterator[psycopg.Cursor[Any]]:
    """
    A cursor with server-side binding in the current transaction.

    Errors come out as Django's own, so that doors know one kind and Django notices a broken connection.
    """
    with connection.wrap_database_errors, psycopg.Cursor(raw_connection()) as cursor:
        yield cursor


def int_array(values: Iterable[int]) -> str:
    """
    A PostgreSQL array literal of whole numbers, for `%s::bigint[]`.

    Many times faster than adapting element by element; safe because only digits can come out.
    """
    return "{" + ",".join(map(str, map(int, values))) + "}"


def text_array(values: Sequence[str]) -> str:
    """A PostgreSQL array literal of texts, for `%s::text[]`; quotes and backslashes are escaped."""
    escaped = (value.replace("\\", r"\\").replace('"', r"\"") for value in values)
    return '{"' + '","'.join(escaped) + '"}' if values else "{}"


def copy_lines(cursor: psycopg.Cursor[Any], command: LiteralString, lines: Iterable[str]) -> None:
    """
    Run a `COPY … FROM STDIN` with ready lines in PostgreSQL's text format, two fifths faster than `unnest`.

    The caller's values must need no escaping there: numbers, UUIDs, times, words of our own.
    """
    with cursor.copy(command) as copy:
        copy.write("".join(lines))
