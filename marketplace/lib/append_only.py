"""Rows that are written once: the triggers that hold it and the mark that lists such tables."""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class AppendOnlyModel(models.Model):
    """A table whose rows are never changed or deleted; a correction is another row."""

    append_only = True

    class Meta:
        abstract = True


def append_only_table(table: str) -> migrations.RunSQL:
    """Migration step: refuse UPDATE, DELETE and TRUNCATE on `table` for everybody."""
    return migrations.RunSQL(
        sql=f"""{FUNCTION}
        CREATE TRIGGER {table}_rows_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();""",
        reverse_sql=f"DROP TRIGGER {table}_rows_never_change ON {table};",
    )
