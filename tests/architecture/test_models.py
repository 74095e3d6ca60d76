"""Tables: which way they point, what their rules are called, what is written once."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.fields.related import ForeignKey

from tests.architecture.source import HOUSES

#: A table points at its own level or below; siblings never at each other.
LEVELS = {
    "contenttypes": 0,
    "auth": 0,
    "outbox": 0,
    "web": 0,
    "accounts": 1,
    "escrow": 2,
    "borrowers": 3,
    "investors": 3,
    "risk_reserve": 3,
    "listings": 4,
    "rounds": 4,
    "loans": 5,
    "reporting": 6,
}
SIBLINGS = {"borrowers", "investors", "risk_reserve"}
#: What may go with its event: that it was delivered.
MAY_CASCADE = {"outbox.Delivery.event"}


def ours() -> list[type[models.Model]]:
    """Every model of ours."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in HOUSES]


def foreign_keys() -> Iterator[tuple[str, "ForeignKey[models.Model, models.Model]"]]:
    """Every foreign key of ours, with its full name."""
    for model in ours():
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey):
                yield f"{model._meta.label}.{field.name}", field


APPEND_ONLY = [model._meta.db_table for model in ours() if getattr(model, "append_only", False)]


def test_no_table_points_up() -> None:
    up = []
    for name, key in foreign_keys():
        here, there = key.model._meta.app_label, key.related_model._meta.app_label
        if LEVELS[there] > LEVELS[here] or (here != there and {here, there} <= SIBLINGS):
            up.append(name)
    assert up == []


def test_nothing_is_deleted_along_with_something_else() -> None:
    cascades = {name for name, key in foreign_keys() if key.remote_field.on_delete is models.CASCADE}
    assert cascades == MAY_CASCADE


def test_names_of_rules_are_sentences() -> None:
    named = [c.name for model in ours() for c in model._meta.constraints]
    assert named
    assert [name for name in named if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+){2,}", name)] == []
    assert len(named) == len(set(named))


def test_money_is_whole_minor_units() -> None:
    fields = [field for model in ours() for field in model._meta.local_fields]
    assert [str(f) for f in fields if isinstance(f, models.FloatField)] == []
    assert [str(f) for f in fields if f.name.endswith("_minor") and not isinstance(f, models.BigIntegerField)] == []
    money = [str(f) for f in fields if isinstance(f, models.IntegerField) and re.search("amount|price|cash$", f.name)]
    assert [name for name in money if not name.endswith("_minor")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_written_once_is_not_even_changed_by_its_owner(table: str, change: str) -> None:
    refused = f"{table} is append-only|is append-only: TRUNCATE refused"
    with pytest.raises(IntegrityError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_history_is_written_once() -> None:
    """Whatever is called a move, a freeze or a decision is a record of what happened."""
    words = "Move|Freeze|Decision|Entry|(?<!Allowed)Transfer|Receipt|Snapshot"
    history = [model for model in ours() if re.search(f"({words})$", model.__name__)]
    assert len(history) >= 6
    assert [m._meta.label for m in history if not getattr(m, "append_only", False)] == []
