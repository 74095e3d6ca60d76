"""Roles are groups; one table says what they may do; nobody is staff and a client."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.accounts.operations import StaffAreNotClients, give_role, set_staff_roles
from marketplace.accounts.permissions import MATRIX, Capability, may
from marketplace.accounts.roles import STAFF, Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_there_is_a_group_for_every_role_and_no_other() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_every_capability_has_its_row_and_somebody_who_has_it() -> None:
    assert set(MATRIX) == set(Capability)
    assert all(MATRIX.values())


def test_what_one_may_do_follows_from_ones_roles() -> None:
    fina = cast.user("Fina", role=Role.FINANCE)
    assert {c for c in Capability if fina.may(c)} == {c for c, roles in MATRIX.items() if Role.FINANCE in roles}
    assert not any(cast.user("Nobody").may(capability) for capability in Capability)
    assert may(frozenset({"finance", "operations"}), Capability.RETRY_EVENT)


def test_a_person_acts_with_their_roles_and_name() -> None:
    actor = cast.user("Fina", role=Role.FINANCE).actor
    assert (actor.roles, actor.label) == (frozenset({"finance"}), "Fina")
    assert actor.has("finance", "auditor")
    assert not actor.has("operations")


def test_a_role_given_counts_at_once() -> None:
    person = cast.user("Lee")
    assert not person.may(Capability.SEE_WORK_QUEUE)
    give_role(user=person, role=Role.LOAN_OFFICER)
    assert person.may(Capability.SEE_WORK_QUEUE)
    assert User.objects.get(pk=person.pk).is_staff


@pytest.mark.parametrize(("has", "gets"), [(Role.FINANCE, Role.INVESTOR), (Role.BORROWER, Role.AUDITOR)])
def test_nobody_is_staff_and_a_client(has: Role, gets: Role) -> None:
    person = cast.user("Lee", role=has)
    with pytest.raises(StaffAreNotClients):
        give_role(user=person, role=gets)
    assert User.objects.get(pk=person.pk).roles == {has}


def test_an_investor_may_borrow_too() -> None:
    person = cast.user("Lee", role=Role.INVESTOR)
    give_role(user=person, role=Role.BORROWER)
    assert person.roles == {"investor", "borrower"}


def test_roles_of_staff_are_set_as_a_whole() -> None:
    person = cast.user("Lee", role=Role.LOAN_OFFICER)
    set_staff_roles(user=person, roles=[Role.RISK_OFFICER, Role.COMMITTEE_MEMBER])
    assert (person.roles, person.is_staff) == (frozenset({"risk_officer", "committee_member"}), True)
    set_staff_roles(user=person, roles=[])
    assert (person.roles, person.is_staff) == (frozenset(), False)


def test_a_client_gets_no_roles_of_staff() -> None:
    person = cast.user("Lee", role=Role.INVESTOR)
    with pytest.raises(StaffAreNotClients):
        set_staff_roles(user=person, roles=[Role.AUDITOR])
    assert User.objects.get(pk=person.pk).roles == {"investor"}


def test_clients_do_not_get_their_role_that_way() -> None:
    with pytest.raises(AssertionError):
        set_staff_roles(user=cast.user("Lee"), roles=[Role.INVESTOR])


def test_an_address_belongs_to_one_person_whatever_its_case() -> None:
    User.objects.create_user("lee@loanbridge.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="LEE@loanbridge.test")])


def test_staff_are_everybody_but_clients() -> None:
    assert set(Role) - STAFF == {Role.INVESTOR, Role.BORROWER}
