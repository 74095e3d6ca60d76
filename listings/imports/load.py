"""Reading a column mapping from TOML; every complaint names its place."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from listings.core.cells import BadCell, number
from listings.core.templates import BadTemplate, Template
from listings.imports.convert import value_of
from listings.imports.mapping import BadMapping, Mapping, Source, UnknownMapping
from listings.imports.targets import REQUIRED, TARGETS, Convert
from marketplace.lib.money import DEFAULT_CURRENCY

FOLDER = Path(__file__).resolve().parent.parent / "mappings"
MOST_FACTOR_DECIMALS = 10


def known_mappings() -> list[str]:
    """The names of the mappings that come with the platform."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_mapping(name_or_path: str) -> Mapping:
    """
    Read a mapping by name, or from a file whose name ends with .toml.

    :raises UnknownMapping: if there is none
    :raises BadMapping: if it says something that cannot be followed
    """
    is_path = name_or_path.endswith(".toml")
    if not is_path and name_or_path not in known_mappings():
        raise UnknownMapping(mapping=name_or_path, known=", ".join(known_mappings()))
    path = Path(name_or_path) if is_path else FOLDER / f"{name_or_path}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise UnknownMapping(mapping=name_or_path, known=", ".join(known_mappings())) from None
    except UnicodeDecodeError:
        raise BadMapping(mapping=name_or_path, place=_("the file"), reason=_("is not UTF-8 text")) from None
    return _Parser(name_or_path).mapping(text)


class _Parser:
    """Reads one mapping; `name` is for the complaints."""

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, text: str) -> Mapping:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self.bad("TOML", str(error)) from None
        self.known_keys("the file", data, {"about", "amounts", "delimiter", "extra_columns", "fields"})
        fields = self.table_at("fields", data)
        self.known_keys("[fields]", fields, set(TARGETS))
        if missing := sorted(REQUIRED - fields.keys()):
            raise self.bad("[fields]", f"lacks {', '.join(missing)}")
        return Mapping(
            about=self.text_at("about", data, default=""),
            amounts=self.text_at("amounts", data, default=""),
            delimiter=self.matching("delimiter", data, r"[^\"\s\w]|\t", default=","),
            refuses_extra_columns=self.matching("extra_columns", data, "ignore|refuse", default="refuse") == "refuse",
            sources={target: self.source(target, self.table_at(target, fields)) for target in fields},
        )

    def source(self, target: str, data: dict[str, Any]) -> Source:
        place = f"[fields.{target}]"
        self.known_keys(place, data, {"column", "template", "value", "convert", "factor", "table"})
        if len(data.keys() & {"column", "template", "value"}) != 1:
            raise self.bad(place, "needs exactly one of column, template and value")
        if not str(data.get("column", "x")).strip():
            raise self.bad(place, "names no column")
        allowed = TARGETS[target].converts
        convert = self.text_at("convert", data, default=allowed[0])
        if convert not in allowed:
            raise self.bad(place, f"convert must be {' or '.join(allowed)}, not {convert}")
        source = Source(
            column=self.text_at("column", data, default=""),
            template=self.template(place, data),
            value=self.text_at("value", data, default="") if "value" in data else None,
            convert=Convert(convert),
            factor=self.factor(place, data, convert),
            table=self.translation(place, target, data, convert),
        )
        self.try_value(place, target, source)
        return source

    def try_value(self, place: str, target: str, source: Source) -> None:
        """A fixed value that cannot be taken would refuse every row."""
        if source.value is None:
            return
        try:
            value_of(TARGETS[target], source, {}, currency=DEFAULT_CURRENCY)
        except BadCell as bad:
            raise self.bad(place, f"has a value that cannot be taken ({bad.code})") from None

    def template(self, place: str, data: dict[str, Any]) -> Template | None:
        if "template" not in data:
            return None
        try:
            return Template.parse(self.text_at("template", data, default=""))
        except BadTemplate as error:
            raise self.bad(place, str(error)) from None

    def factor(self, place: str, data: dict[str, Any], convert: str) -> Decimal:
        """A text, because TOML's own numbers with a point are binary fractions."""
        if "factor" not in data:
            return Decimal(1)
        try:
            factor = number(self.text_at("factor", data, default=""), decimals=MOST_FACTOR_DECIMALS)
        except BadCell:
            factor = Decimal(0)
        if convert != Convert.AMOUNT or factor <= 0:
            raise self.bad(place, 'factor belongs to an amount and must be a text such as "7.25" above zero')
        return factor

    def translation(self, place: str, target: str, data: dict[str, Any], convert: str) -> dict[str, str]:
        if ("table" in data) != (convert == Convert.TABLE):
            raise self.bad(place, 'convert = "table" and a table go together')
        table = self.table_at("table", data) if "table" in data else {}
        if wrong := sorted(str(word) for word in table.values() if not TARGETS[target].knows(word)):
            raise self.bad(place, f"does not know {', '.join(wrong)}")
        return table

    def table_at(self, key: str, data: dict[str, Any]) -> dict[str, Any]:
        value = data.get(key)
        if not isinstance(value, dict):
            raise self.bad(key, "must be a table")
        return value

    def text_at(self, key: str, data: dict[str, Any], *, default: str) -> str:
        value = data.get(key, default)
        if not isinstance(value, str):
            raise self.bad(key, "must be a text in quotes")
        return value

    def matching(self, key: str, data: dict[str, Any], pattern: str, *, default: str) -> str:
        value = self.text_at(key, data, default=default)
        if re.fullmatch(pattern, value) is None:
            raise self.bad(key, f"cannot be {value!r}")
        return value

    def known_keys(self, place: str, data: dict[str, Any], known: set[str]) -> None:
        if strange := sorted(data.keys() - known):
            raise self.bad(place, f"has the unknown key {strange[0]}")

    def bad(self, place: str, reason: str) -> BadMapping:
        return BadMapping(mapping=self.name, place=place, reason=reason)
