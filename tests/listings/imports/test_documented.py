"""docs/import.md names everything that a person may meet."""

import re

from django.conf import settings

from listings.imports.load import known_mappings
from listings.imports.reasons import SENTENCES
from listings.imports.targets import TARGETS, Convert


def test_every_code_part_conversion_and_mapping_is_in_the_document() -> None:
    text = (settings.ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)`", text, flags=re.MULTILINE))
    assert named == {*SENTENCES, *TARGETS, *Convert, *known_mappings()}
