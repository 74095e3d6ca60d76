"""Mappings: the two that come along, and complaints that name the place."""

from decimal import Decimal
from pathlib import Path

import pytest

from listings.imports.load import known_mappings, load_mapping
from listings.imports.mapping import BadMapping, Mapping, UnknownMapping

FIELDS = {
    "external_reference": 'column = "no"',
    "borrower_reference": 'column = "who"',
    "legal_name": 'column = "name"',
    "title": 'template = "Loan {no}"',
    "purpose": 'value = "business"',
    "principal_minor": 'column = "sum"\nfactor = "7.25"',
    "annual_rate_bps": 'column = "rate"\nconvert = "basis_points"',
    "term_months": 'column = "term"',
}


def load(folder: Path, *, top: str = "", **changes: str) -> Mapping:
    fields = {name: text for name, text in (FIELDS | changes).items() if text}
    path = folder / "mine.toml"
    path.write_text(top + "".join(f"\n[fields.{name}]\n{text}\n" for name, text in fields.items()), encoding="utf-8")
    return load_mapping(str(path))


def test_the_mappings_that_come_along_can_be_read() -> None:
    assert known_mappings() == ["lendingclub", "loanbridge"]
    for name in known_mappings():
        mapping = load_mapping(name)
        assert mapping.about
        assert mapping.amounts


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    mapping = load(tmp_path, top='delimiter = ";"')
    assert mapping.columns == mapping.needed_columns == {"no", "who", "name", "sum", "rate", "term"}
    assert (mapping.delimiter, mapping.refuses_extra_columns) == (";", True)
    assert mapping.sources["principal_minor"].factor == Decimal("7.25")


def test_a_column_with_a_default_is_not_needed(tmp_path: Path) -> None:
    mapping = load(tmp_path, grade='column = "grade"')
    assert mapping.columns - mapping.needed_columns == {"grade"}


@pytest.mark.parametrize("name", ["nowhere", "../mappings/lendingclub", "nowhere.toml", ".toml"])
def test_an_unknown_mapping_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownMapping, match="unknown_mapping") as refused:
        load_mapping(name)
    assert "lendingclub, loanbridge" in refused.value.text


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("lacks title", {"title": ""}),
        ("unknown key colour", {"colour": 'column = "c"'}),
        ("[fields.title] has the unknown key colum", {"title": 'colum = "c"'}),
        ("[fields.title] needs exactly one of", {"title": 'column = "c"\nvalue = "v"'}),
        ("[fields.title] names no column", {"title": 'column = " "'}),
        ("[fields.title] only {column}", {"title": 'template = "{0.real!r}"'}),
        ("column must be a text", {"title": "column = 7"}),
        ("convert must be amount, not percent", {"principal_minor": 'column = "c"\nconvert = "percent"'}),
        ("[fields.principal_minor] factor", {"principal_minor": 'column = "c"\nfactor = "-1"'}),
        ("factor must be a text", {"principal_minor": 'column = "c"\nfactor = 7.25'}),
        ("[fields.term_months] factor", {"term_months": 'column = "c"\nfactor = "2"'}),
        ("a table go together", {"purpose": 'column = "c"\nconvert = "table"'}),
        ("does not know yacht", {"purpose": 'column = "c"\nconvert = "table"\ntable = {boat = "yacht"}'}),
        ("does not know AAA", {"grade": 'column = "c"\nconvert = "table"\ntable = {best = "AAA"}'}),
        ("cannot be taken (unknown_value)", {"purpose": 'value = "yacht"'}),
        ("delimiter cannot be 'x'", {"top": 'delimiter = "x"'}),
        ("TOML", {"top": "this is not TOML"}),
    ],
)
def test_a_mapping_that_cannot_be_followed_names_the_place(tmp_path: Path, place: str, changes: dict[str, str]) -> None:
    with pytest.raises(BadMapping) as refused:
        load(tmp_path, **changes)
    assert place in refused.value.text


def test_a_mapping_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"about = '\xff'")
    with pytest.raises(BadMapping):
        load_mapping(str(tmp_path / "mine.toml"))
