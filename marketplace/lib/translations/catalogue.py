"""The catalogue's file: read, brought up to date, written always the same way, compiled."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from marketplace.lib.translations.extraction import used_messages

LOCALE = "zh_Hans"
PATH = Path("marketplace/locale") / LOCALE / "LC_MESSAGES" / "django.po"
#: Fixed, without dates or names, so that two people who add a string change only that string's lines.
HEADER = """\
# Loanbridge in Simplified Chinese. One entry per string, sorted; `extract` keeps the file up to date.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def read(root: Path) -> Catalog:
    """The catalogue as it is in the repository at `root`; empty if there is none."""
    path = root / PATH
    if not path.exists():
        return _empty()
    return read_po(BytesIO(path.read_bytes()), locale=LOCALE, charset="utf-8")


def extract(root: Path) -> int:
    """
    Bring the file up to date with the houses: translations kept, new strings empty, unused ones gone.

    Returns how many strings wait for a translation.
    """
    known, fresh = read(root), _empty()
    for message in used_messages(root):
        if message.id:
            theirs = find(known, message)
            string = theirs.string if theirs else None
            fresh.add(message.id, string, locations=message.locations, context=message.context)
    _write(fresh, root / PATH)
    return sum(1 for message in fresh if message.id and not is_translated(message))


def compile_catalogue(root: Path) -> Path:
    """Write the binary file that Django reads; it is not kept in the repository. Returns its path."""
    target = (root / PATH).with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(root))
    return target


def find(catalogue: Catalog, message: Message) -> Message | None:
    """The entry of another catalogue for the same string, plural and context."""
    entry = catalogue.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
    return entry if entry is not None and entry.id == message.id else None


def is_translated(message: Message) -> bool:
    """Say whether every form has its words and nobody doubts them."""
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(forms) and not message.fuzzy


def _empty() -> Catalog:
    return Catalog(locale=LOCALE, charset="utf-8")


def _write(catalogue: Catalog, path: Path) -> None:
    entries = BytesIO()
    write_po(entries, catalogue, width=110, sort_output=True, omit_header=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.encode() + entries.getvalue().lstrip())
