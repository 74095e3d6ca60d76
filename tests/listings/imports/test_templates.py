"""Text made from cells."""

import pytest

from listings.core.cells import BadCell
from listings.core.templates import BadTemplate, Template

CELLS = {"purpose": "credit_card", "no": " 17 ", "blank": " ", "odd name": "x", "evil": "{no}"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{purpose:words}, no. {no}", "Credit card, no. 17"),
        ("book-{no}", "book-17"),
        ("{odd name}", "x"),
        ("{evil}", "{no}"),
        ("{{{no}}}", "{17}"),
        ("fixed", "fixed"),
    ],
)
def test_columns_are_put_into_the_text(template: str, text: str) -> None:
    assert Template.parse(template).fill(CELLS) == text


def test_it_knows_its_columns() -> None:
    assert Template.parse("{a} and {b:words}").columns == {"a", "b"}


def test_an_empty_cell_is_refused_by_its_column() -> None:
    with pytest.raises(BadCell) as refused:
        Template.parse("book-{blank}").fill(CELLS)
    assert (refused.value.code, refused.value.params) == ("empty", {"column": "blank"})


@pytest.mark.parametrize("template", ["{", "}", "{}", "{no!r}", "{no:>8}", "{no:{no}}"])
def test_nothing_but_columns_in_braces(template: str) -> None:
    with pytest.raises(BadTemplate):
        Template.parse(template)
