"""Reading our own pages: headings, tables, links."""

import re
from pathlib import Path

from tests.architecture.source import ROOT

DOCS = ROOT / "docs"


def page(name: str) -> str:
    """The text of a page under docs/."""
    return (DOCS / name).read_text()


def headings(name: str, level: int = 2) -> list[str]:
    """The headings of a page, in their order."""
    return re.findall(rf"(?m)^{'#' * level} (.+)$", page(name))


def section(name: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    found = re.search(rf"(?ms)^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page(name))
    assert found, f"docs/{name} has no heading {heading}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads, as cells."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [i for i, cells in enumerate(table) if set("".join(cells)) <= set("-: ")]
    return [cells for i, cells in enumerate(table) if i not in rules and i + 1 not in rules]


def code(text: str) -> list[str]:
    """What is set in code quotes in a text."""
    return re.findall(r"`([^`]+)`", text)


def broken_links(path: Path) -> list[str]:
    """Links of a page to files that are not there."""
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text())
    return [target for target in targets if "://" not in target and not (path.parent / target).exists()]
