"""Which strings the houses show to people: Python and templates, read by Babel."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

Keywords = dict[str, tuple[int | tuple[int, str], ...] | None]

_PLAIN: Keywords = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS: Keywords = {
    **_PLAIN,
    **{f"{name}_lazy": spec for name, spec in _PLAIN.items() if name != "_"},
    "gettext_noop": None,
}
#: Folders at the top that show nothing to people.
NOT_HOUSES = {"bench", "deploy", "docs", "node_modules", "static_root", "tests"}
TEMPLATES = {".html", ".txt"}


def used_messages(root: Path) -> Catalog:
    """Every string that some house under `root` shows, each with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for house in sorted(root.iterdir()):
        if house.is_dir() and house.name not in NOT_HOUSES and not house.name.startswith("."):
            _collect(catalogue, house, root)
    return catalogue


def _collect(catalogue: Catalog, folder: Path, root: Path) -> None:
    for path in sorted(folder.rglob("*")):
        for message, context in _messages_in(path):
            # No line numbers: they would change with every edit above the string.
            catalogue.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        source = _as_python(path)
    else:
        return
    for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message:
            yield message, context


def _as_python(path: Path) -> bytes:
    # Django writes the calls in place and blanks out the rest; the indentation of the HTML would be
    # an error to Python's tokenizer.
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()
