"""Every address, asked for by everybody, compared with the one table."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, cast

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from marketplace.accounts.permissions import MATRIX, Capability
from marketplace.accounts.roles import Role
from tests.permissions.table import ROWS, Row
from tests.permissions.world import PEOPLE, World, make

pytestmark = pytest.mark.django_db


def outcome(response: Any) -> str:
    """An answer in the table's words."""
    if response.status_code == 302 and "/login/" in response["Location"].split("?")[0]:
        return "sign in"
    return {401: "sign in", 403: "refused", 404: "not found"}.get(response.status_code, "open")


def sent(browser: Client, url: str) -> str:
    """What becomes of a form, or for the API of a bid, sent to an address."""
    if url.startswith("/api/"):
        bid = {"client_id": "00000000-0000-4000-8000-000000000001", "amount_minor": 100_00}
        response = browser.post(url, bid, content_type="application/json")
    else:
        response = browser.post(url, {"confirmed": "1"})
    return "takes none" if response.status_code == 405 else outcome(response)


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def in_admin(name: str) -> bool:
    """Whether an address belongs to the admin."""
    return name.startswith("admin:")


@pytest.fixture
def world() -> World:
    """People and things."""
    return make()


def test_every_address_has_its_row() -> None:
    assert sorted({name for name in names() if not in_admin(name)}) == sorted(row.name for row in ROWS)


def test_everybody_gets_what_the_table_says(world: World, subtests: pytest.Subtests) -> None:
    """Opening for all; for those who may not, sending a form is refused in the same way."""
    for row in ROWS:
        with subtests.test(msg=row.name):
            expected = {person: row.expected(person) for person in PEOPLE}
            url = reverse(row.name, kwargs=world.arguments(row.arguments))
            assert {person: outcome(world.browsers[person].get(url)) for person in PEOPLE} == expected


def test_a_form_sent_by_somebody_else_changes_nothing(world: World, subtests: pytest.Subtests) -> None:
    before = _rows()
    for row in ROWS:
        with subtests.test(msg=row.name):
            url = reverse(row.name, kwargs=world.arguments(row.arguments))
            answers = {person: sent(world.browsers[person], url) for person in _outsiders(row)}
            assert {p: a for p, a in answers.items() if a not in (row.expected(p), "takes none")} == {}
    assert _rows() == before


def _outsiders(row: Row) -> list[str]:
    """Those whom the address is shut or hidden to; not for allauth's pages, which are its own to test."""
    if row.name.startswith(("account_", "mfa_")):
        return []
    return [person for person in PEOPLE if person not in row.opens]


def _rows() -> dict[str, list[tuple[object, ...]]]:
    """All rows of the houses."""
    houses = ("escrow", "borrowers", "investors", "listings", "rounds", "loans", "outbox", "accounts")
    models = chain.from_iterable(apps.get_app_config(house).get_models() for house in houses)
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


ADMIN_ARGUMENTS = {"object_id": "1", "app_label": "escrow", "content_type_id": "1"}
#: Sends to the sign-in page of everybody, or signs out.
OPEN_IN_ADMIN = {"admin:login", "admin:logout"}


def test_the_admin_is_shut_to_all_but_those_who_may_see_it(world: World) -> None:
    may = {role.value for role in MATRIX[Capability.SEE_ADMIN]}
    asked = 0
    for pattern in _admin_patterns():
        for person in set(PEOPLE) - may:
            asked += 1
            assert outcome(world.browsers[person].get(pattern)) in {"sign in", "refused"}, f"{pattern} by {person}"
    assert asked > 100


def _admin_patterns() -> list[str]:
    admin = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "admin")
    resolver = cast(URLResolver, admin)
    found = []
    for name, (possibilities, *_rest) in ((n, resolver.reverse_dict.getlist(n)[0]) for n in resolver.reverse_dict):
        if isinstance(name, str) and f"admin:{name}" not in OPEN_IN_ADMIN:
            wanted = possibilities[0][1]
            found.append(reverse(f"admin:{name}", kwargs={key: ADMIN_ARGUMENTS.get(key, "1") for key in wanted}))
    return found


def test_the_cast_has_somebody_for_every_role(client: Client) -> None:
    assert {role.value for role in Role} - {"investor", "borrower"} <= set(PEOPLE)
    assert client.get("/").status_code == 200
