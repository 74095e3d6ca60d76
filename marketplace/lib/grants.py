"""What the application's own database role may do; asserted after every migration."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql

#: Tables that only triggers or migrations write.
READ_ONLY_TABLES = ("escrow_balance", "escrow_allowedtransfer", "django_migrations")


def append_only_tables() -> list[str]:
    """The tables of every model that is written once."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def grant_application_role(*, using: str = "default", **_signal: Any) -> None:
    """
    Give the application's role what it needs and no more: no UPDATE or DELETE on append-only tables, no DDL.

    Does nothing where the role does not exist (one role for everything: the triggers still hold).
    """
    role = settings.DATABASE_APPLICATION_ROLE
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return
        name = sql.Identifier(role)
        run = [
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ]
        for statement in run:
            cursor.execute(sql.SQL(statement).format(role=name))  # type: ignore[arg-type]
        for tables, rights in (
            (append_only_tables(), "UPDATE, DELETE"),
            (READ_ONLY_TABLES, "INSERT, UPDATE, DELETE"),
        ):
            for table in tables:
                statement = f"REVOKE {rights}, TRUNCATE ON {{table}} FROM {{role}}"
                cursor.execute(sql.SQL(statement).format(table=sql.Identifier(table), role=name))  # type: ignore[arg-type]
