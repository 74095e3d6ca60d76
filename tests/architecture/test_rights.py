"""What the application's login may do with each table, compared with what its model says."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from marketplace.lib.grants import columns_to_insert

pytestmark = pytest.mark.django_db
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


@pytest.fixture(autouse=True)
def _role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APPLICATION_ROLE])
        if cursor.fetchone() is None:
            pytest.skip("the server has one login for everything")


def held(table: str) -> set[str]:
    """The rights of the application's role on a table."""
    role = settings.DATABASE_APPLICATION_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, unnest(%s::text[]))", [role, table, list(RIGHTS)])
        return {right for right, (yes,) in zip(RIGHTS, cursor.fetchall(), strict=True) if yes}


def expected(model: type[models.Model]) -> set[str]:
    """The rights that the model leaves to the application."""
    if getattr(model, "written_by_database", False):
        return {"SELECT"}
    rights = {"SELECT", "UPDATE", "DELETE"}
    if getattr(model, "append_only", False):
        rights = {"SELECT"}
    return rights if getattr(model, "columns_filled_by_database", ()) else rights | {"INSERT"}


def test_each_table_is_open_as_far_as_its_model_says() -> None:
    tables = {model._meta.db_table: expected(model) for model in apps.get_models()}
    assert {table: held(table) for table in tables} == tables


def test_where_the_database_fills_columns_the_others_can_be_given() -> None:
    for model in apps.get_models():
        if filled := getattr(model, "columns_filled_by_database", ()):
            for column, given in [(c, True) for c in columns_to_insert(model)] + [(c, False) for c in filled]:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT has_column_privilege(%s, %s, %s, 'INSERT')",
                        [settings.DATABASE_APPLICATION_ROLE, model._meta.db_table, column],
                    )
                    assert cursor.fetchone() == (given,), f"{model._meta.db_table}.{column}"


def test_migrations_are_not_the_applications_to_record() -> None:
    assert held("django_migrations") == {"SELECT"}


def test_the_application_makes_nothing_new() -> None:
    with connection.cursor() as cursor:
        role = settings.DATABASE_APPLICATION_ROLE
        cursor.execute(
            "SELECT has_schema_privilege(%s, 'public', 'CREATE'), pg_has_role(%s, current_user, 'MEMBER')", [role, role]
        )
        assert cursor.fetchone() == (False, False)


def test_functions_with_their_owners_rights_look_in_temporary_tables_last() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        powerful = dict(cursor.fetchall())
    assert powerful
    assert [name for name, config in powerful.items() if "search_path=public, pg_temp" not in (config or [])] == []
