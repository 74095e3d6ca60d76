"""What a column mapping says, once read (`listings.imports.load` reads it)."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from listings.core.templates import Template
from listings.imports.targets import TARGETS, Convert
from marketplace.lib.errors import Refused


class BadMapping(Refused):
    """A mapping that cannot be used, with the place in it."""

    code = "bad_mapping"
    message = _("The mapping %(mapping)s cannot be used: %(place)s %(reason)s.")


class UnknownMapping(Refused):
    """No mapping has this name and no file is there."""

    code = "unknown_mapping"
    message = _("There is no mapping %(mapping)s; there are %(known)s, or give the path of a .toml file.")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where one part of a row comes from: exactly one of column, template and value."""

    column: str = ""
    template: Template | None = None
    value: str | None = None
    convert: Convert
    factor: Decimal = Decimal(1)
    table: MappingType[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        if self.template is not None:
            return self.template.columns
        return frozenset({self.column} if self.column else ())


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What each column of a source becomes."""

    about: str
    #: What the amounts of the source are, and at which scale they are taken.
    amounts: str
    delimiter: str
    refuses_extra_columns: bool
    sources: MappingType[str, Source]

    @property
    def columns(self) -> frozenset[str]:
        """Every column it reads."""
        return frozenset().union(*(source.columns for source in self.sources.values()))

    @property
    def needed_columns(self) -> frozenset[str]:
        """The columns a file cannot do without: a part with a default may lack its column."""
        return frozenset().union(
            *(
                source.columns
                for target, source in self.sources.items()
                if source.template is not None or TARGETS[target].default is None
            )
        )
