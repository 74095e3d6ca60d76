"""docker-compose.yml as Compose would read it: variables filled in, defaults applied, missing ones refused."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<text>[^}]*))?\})")
#: What somebody has to provide before the first start.
SECRETS = {
    name: f"secret{number}"
    for number, name in enumerate(
        (
            "POSTGRES_PASSWORD",
            "LOANBRIDGE_OWNER_PASSWORD",
            "LOANBRIDGE_APP_PASSWORD",
            "REDIS_PASSWORD",
            "LOANBRIDGE_SECRET_KEY",
        )
    )
}
SITE = {"LOANBRIDGE_ALLOWED_HOSTS": "loans.example.org", "LOANBRIDGE_ORIGINS": "https://loans.example.org"}


class MissingVariable(Exception):
    """Compose would stop here, with this variable's message."""


def interpolate(text: str, values: Mapping[str, str]) -> str:
    """
    Fill in `${NAME:-default}`, `${NAME:?message}` and `$$`.

    :raises MissingVariable: if a needed variable is missing or empty
    """

    def fill(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        value = values.get(found["name"], "")
        if not value and found["kind"] == ":?":
            raise MissingVariable(found["name"])
        return value or (found["text"] or "")

    return VARIABLE.sub(fill, text)


def filled(node: Any, values: Mapping[str, str]) -> Any:
    """The same tree with every text interpolated."""
    if isinstance(node, dict):
        return {key: filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, values) for value in node]
    return interpolate(node, values) if isinstance(node, str) else node


def services(values: Mapping[str, str] = SECRETS | SITE) -> dict[str, dict[str, Any]]:
    """
    Every service, merged and filled in.

    :raises MissingVariable: if a needed variable is missing or empty
    """
    found: dict[str, dict[str, Any]] = filled(yaml.safe_load(FILE.read_text()), values)["services"]
    return found


def variables() -> set[str]:
    """Names of all variables the file asks for."""
    return {found["name"] for found in VARIABLE.finditer(FILE.read_text()) if found["name"]}
