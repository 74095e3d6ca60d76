"""Every address has a name, and every page of ours says who may open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from marketplace.accounts.permissions import MATRIX
from tests.architecture.source import HOUSES


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        else:
            yield path, pattern


def ours() -> list[tuple[str, Any]]:
    """The addresses whose views are ours, with the views."""
    return [(path, p.callback) for path, p in patterns() if p.callback.__module__.split(".")[0] in HOUSES]


def test_every_page_says_who_may_open_it() -> None:
    assert ours()
    marks = {path: getattr(view, "access", "none") for path, view in ours()}
    assert {path: mark for path, mark in marks.items() if mark not in ("public", "signed_in", "allowed")} == {}


def test_pages_for_some_name_capabilities_of_the_one_table() -> None:
    for path, view in ours():
        if view.access == "allowed":
            assert view.capabilities, path
            assert set(view.capabilities) <= set(MATRIX), path


def test_every_page_has_a_name_of_its_own() -> None:
    names = [p.name or "" for path, p in patterns() if not path.startswith(("admin/", "api/"))]
    assert all(names)
    assert sorted(names) == sorted(set(names))
