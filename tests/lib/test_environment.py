"""Settings from the environment fail loudly, with the variable's name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.lib.environment import env_bool, env_int, env_list, env_str, postgres


@pytest.fixture(autouse=True)
def _trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOANBRIDGE_TRIAL", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, value: str) -> str:
    """Set the variable; its name."""
    monkeypatch.setenv("LOANBRIDGE_TRIAL", value)
    return "LOANBRIDGE_TRIAL"


def test_a_variable_that_must_be_set_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="LOANBRIDGE_TRIAL must be set"):
        env_str("LOANBRIDGE_TRIAL")
    assert env_str("LOANBRIDGE_TRIAL", default="x") == "x"


def test_an_empty_variable_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured):
        env_str(given(monkeypatch, ""))
    assert env_bool("LOANBRIDGE_TRIAL", default=True) is True
    assert env_list("LOANBRIDGE_TRIAL", default=["a"]) == ["a"]


@pytest.mark.parametrize(("value", "meaning"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)])
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    assert env_bool(given(monkeypatch, value), default=not meaning) is meaning


@pytest.mark.parametrize("value", ["2", "yep", "wahr"])
def test_what_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LOANBRIDGE_TRIAL must be 1 or 0"):
        env_bool(given(monkeypatch, value), default=False)


def test_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_int("LOANBRIDGE_TRIAL", default=7) == 7
    assert env_int(given(monkeypatch, "12"), default=7) == 12
    with pytest.raises(ImproperlyConfigured, match="LOANBRIDGE_TRIAL"):
        env_int(given(monkeypatch, "twelve"), default=7)


def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env_list(given(monkeypatch, "a, b ,,c"), default=[]) == ["a", "b", "c"]


def test_an_address_of_postgresql_is_taken_apart() -> None:
    found = postgres("postgresql://us%40er:p%2Fw@db.example:5433/loan%20bridge")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("us@er", "p/w", "db.example", "5433")
    assert (found["NAME"], found["ENGINE"]) == ("loan bridge", "django.db.backends.postgresql")


@pytest.mark.parametrize("url", ["", "mysql://u@h/db", "sqlite:///x.db", "postgresql://u@h", "postgresql://u@h/"])
def test_only_postgresql_with_a_database_will_do(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be"):
        postgres(url)
