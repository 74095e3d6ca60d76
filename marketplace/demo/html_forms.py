"""The forms of a page as a browser would send them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

#: Inputs that are sent only when something was ticked.
TICKED = frozenset({"checkbox", "radio"})
#: Inputs that are sent only when pressed.
PRESSED = frozenset({"submit", "button", "image", "reset", "file"})


class NoSuchForm(LookupError):
    """The page has no form that leads there, or it lacks a field that was to be filled in."""


@dataclass
class HtmlForm:
    """One form: where its buttons lead (paths), what it would send, and the names of boxes left unticked."""

    targets: set[str]
    fields: dict[str, str] = field(default_factory=dict)
    unticked: set[str] = field(default_factory=set)
    buttons: dict[str, str] = field(default_factory=dict)

    def filled(self, values: Mapping[str, str], *, button: str | None = None) -> dict[str, str]:
        """
        What is sent after typing `values` and pressing a button (one without a name by default).

        :raises NoSuchForm: if it has no such field or button
        """
        known = self.fields.keys() | self.unticked
        if missing := values.keys() - known:
            raise NoSuchForm(f"the form has no field {', '.join(sorted(missing))}; it has {', '.join(sorted(known))}")
        if button is None:
            return {**self.fields, **values}
        if button not in self.buttons:
            raise NoSuchForm(f"the form has no button {button}")
        return {**self.fields, **values, button: self.buttons[button]}


def find_form(html: str, *, page: str, target: str, having: str | None = None) -> HtmlForm:
    """
    The first form of a page with a way to `target` (a path); with `having`, one that sends this field.

    :param page: the page's own address, where forms without an action lead
    :raises NoSuchForm: if there is none
    """
    forms = read_forms(html, page=page)
    for form in forms:
        if target in form.targets and (having is None or having in form.fields):
            return form
    ways = sorted({way for form in forms for way in form.targets})
    raise NoSuchForm(f"no form on {page} leads to {target}; there is {', '.join(ways) or 'none at all'}")


def read_forms(html: str, *, page: str) -> list[HtmlForm]:
    """All forms of a page."""
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self.forms: list[HtmlForm] = []
        self._form: HtmlForm | None = None
        self._select = self._textarea = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = HtmlForm({self._path(given.get("action", ""))})
            self.forms.append(self._form)
        elif self._form is not None:
            self._inside(self._form, tag, given)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._form is not None and self._textarea:
            self._form.fields[self._textarea] = "".join(self._text).removeprefix("\n")
            self._textarea = ""

    def _inside(self, form: HtmlForm, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "button":
            self._button(form, given)
        elif tag == "input" and name:
            _input(form, name, given)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in form.fields):
            form.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._textarea, self._text = name, []

    def _button(self, form: HtmlForm, given: dict[str, str]) -> None:
        if "formaction" in given:
            form.targets.add(self._path(given["formaction"]))
        if given.get("name"):
            form.buttons[given["name"]] = given.get("value", "")

    def _path(self, action: str) -> str:
        return urlsplit(urljoin(self._page, action)).path


def _input(form: HtmlForm, name: str, given: dict[str, str]) -> None:
    kind = given.get("type", "text")
    if kind in PRESSED:
        return
    if kind in TICKED and "checked" not in given:
        if name not in form.fields:
            form.unticked.add(name)
        return
    form.unticked.discard(name)
    form.fields[name] = given.get("value", "on" if kind in TICKED else "")
