from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from listings.diagram import mermaid, svg

BEGIN, END = "<!-- drawn by manage.py draw_states -->\n```mermaid\n", "\n```\n<!-- end of drawing -->"


class Command(BaseCommand):
    help = "Draw the listing's state machine into docs/states.md and docs/listing-states.svg."

    def handle(self, *_args: Any, **_options: Any) -> None:
        docs = Path(settings.ROOT) / "docs"
        page = docs / "states.md"
        text = page.read_text()
        if BEGIN not in text or END not in text:
            raise CommandError("docs/states.md has no place for the drawing")
        page.write_text(drawn_into(text))
        (docs / "listing-states.svg").write_text(svg())
        self.stdout.write("docs/states.md and docs/listing-states.svg are drawn")


def drawn_into(text: str) -> str:
    """The page with the diagram in its place."""
    before, rest = text.split(BEGIN, 1)
    return before + BEGIN + mermaid() + END + rest.split(END, 1)[1]
