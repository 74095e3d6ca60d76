"""Arrays and raw cursors: exact, safe, and with Django's own errors."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.lib.db import copy_lines, int_array, raw_connection, raw_cursor, text_array

pytestmark = pytest.mark.django_db
TEXTS = st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), max_size=8)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(TEXTS)
def test_texts_arrive_as_they_were(texts: list[str]) -> None:
    with raw_cursor() as cursor:
        assert cursor.execute("SELECT %s::text[]", [text_array(texts)]).fetchone() == (texts,)


@pytest.mark.parametrize("text", ['"', "\\", '{"a"}', "NULL", "a,b", "'; DROP TABLE escrow_entry --", "中文", "\n\t"])
def test_awkward_texts_arrive_as_they_were(text: str) -> None:
    with raw_cursor() as cursor:
        assert cursor.execute("SELECT %s::text[]", [text_array([text, text])]).fetchone() == ([text, text],)


@QUICK
@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=8))
def test_whole_numbers_arrive_as_they_were(numbers: list[int]) -> None:
    with raw_cursor() as cursor:
        assert cursor.execute("SELECT %s::bigint[]", [int_array(numbers)]).fetchone() == (numbers,)


@pytest.mark.parametrize("value", ["1,2", "x", None])
def test_only_whole_numbers_get_into_an_array_of_them(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        int_array([value])  # type: ignore[list-item]


def test_a_raw_cursor_works_in_the_current_transaction() -> None:
    with raw_cursor() as raw, connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        assert raw.execute("SELECT pg_current_xact_id()::text").fetchone() == cursor.fetchone()
    assert raw_connection() is connection.connection


def test_errors_come_out_as_djangos() -> None:
    with pytest.raises(DataError), transaction.atomic(), raw_cursor() as cursor:
        cursor.execute("SELECT 1/0")
    with pytest.raises(IntegrityError), transaction.atomic(), raw_cursor() as cursor:
        cursor.execute("INSERT INTO auth_group (name) VALUES ('finance')")


def test_lines_are_copied() -> None:
    with raw_cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE trial (a int, b text) ON COMMIT DROP")
        copy_lines(cursor, "COPY trial (a, b) FROM STDIN", ["1\tone\n", "2\ttwo\n"])
        assert cursor.execute("SELECT * FROM trial ORDER BY a").fetchall() == [(1, "one"), (2, "two")]
