"""
What the application's own database role may do; asserted after every migration.

Models say what differs from "read and write all": `append_only`, `written_by_database` (only triggers, functions
and migrations write the table) and `columns_filled_by_database`.
"""

from typing import Any, LiteralString

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

READ_AND_WRITE: tuple[LiteralString, ...] = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)
APPEND_ONLY: tuple[LiteralString, ...] = ("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}",)
READ_ONLY: tuple[LiteralString, ...] = ("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {role}",)
SOME_COLUMNS: tuple[LiteralString, ...] = (
    "REVOKE INSERT ON {table} FROM {role}",
    "GRANT INSERT ({columns}) ON {table} TO {role}",
)


def grant_application_role(*, using: str = "default", **_signal: Any) -> None:
    """
    Give the application's role what it needs and no more: no DDL, no writes but those its models allow.

    Does nothing where the role does not exist (one role for everything: the triggers still hold).
    """
    role = settings.DATABASE_APPLICATION_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return
        _run(cursor, READ_AND_WRITE, role=sql.Identifier(role))
        _run(cursor, READ_ONLY, role=sql.Identifier(role), table=sql.Identifier("django_migrations"))
        tables = set(connections[using].introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table not in tables:
                continue  # only some apps have been migrated
            for statements in _rights_withheld(model):
                _run(
                    cursor,
                    statements,
                    role=sql.Identifier(role),
                    table=sql.Identifier(model._meta.db_table),
                    columns=sql.SQL(", ").join(map(sql.Identifier, columns_to_insert(model))),
                )


def columns_to_insert(model: type[models.Model]) -> list[str]:
    """The columns that the application gives when it adds a row."""
    filled: tuple[str, ...] = getattr(model, "columns_filled_by_database", ())
    columns = (str(field.column) for field in model._meta.local_concrete_fields)
    return [column for column in columns if column not in filled]


def _rights_withheld(model: type[models.Model]) -> list[tuple[LiteralString, ...]]:
    if getattr(model, "written_by_database", False):
        return [READ_ONLY]
    rights = []
    if getattr(model, "append_only", False):
        rights.append(APPEND_ONLY)
    if getattr(model, "columns_filled_by_database", ()):
        rights.append(SOME_COLUMNS)
    return rights


def _run(cursor: CursorWrapper, statements: tuple[LiteralString, ...], **names: sql.Identifier | sql.Composed) -> None:
    for statement in statements:
        cursor.execute(sql.SQL(statement).format(**names))
