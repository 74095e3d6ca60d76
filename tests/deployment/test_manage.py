"""manage.py signs in as the owner for what changes tables, as the application for all else."""

import os

import pytest

import manage

APP, OWNER = "postgresql://app@127.0.0.1/loanbridge", "postgresql://owner@127.0.0.1/loanbridge"


@pytest.fixture
def signed_in_as(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that commands would have connected to."""
    seen: list[str] = []
    monkeypatch.setenv("DATABASE_URL", APP)
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER)
    monkeypatch.setattr(manage, "execute_from_command_line", lambda _: seen.append(os.environ["DATABASE_URL"]))
    return seen


@pytest.mark.parametrize("command", ["migrate", "makemigrations", "sqlmigrate", "flush"])
def test_the_owner_changes_tables(signed_in_as: list[str], command: str) -> None:
    manage.main(["manage.py", command, "escrow"])
    assert signed_in_as == [OWNER]


@pytest.mark.parametrize("arguments", [["shell"], ["check"], ["import_listings", "migrate"], []])
def test_the_application_does_the_rest(signed_in_as: list[str], arguments: list[str]) -> None:
    manage.main(["manage.py", *arguments])
    assert signed_in_as == [APP]


def test_without_an_owner_there_is_one_role_for_everything(
    signed_in_as: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL")
    manage.main(["manage.py", "migrate"])
    assert signed_in_as == [APP]
