"""Operations look after members of staff in the admin."""

from datetime import datetime

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast
from tests.accounts.conftest import SignedIn

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/user/add/"


def change(person: User) -> str:
    """The address of a person's page."""
    return reverse("admin:accounts_user_change", args=[person.pk])


def test_a_member_of_staff_is_added_without_a_password(browser: SignedIn, opal: User) -> None:
    form = {"email": "Lee@Loanbridge.test", "name": "Lee", "is_active": "on", "roles": ["loan_officer"]}
    assert browser(opal).post(ADD, form).status_code == 302
    lee = User.objects.get(email="lee@loanbridge.test")
    assert (lee.roles, lee.is_staff, lee.has_usable_password()) == (frozenset({"loan_officer"}), True, False)


def test_roles_are_changed_and_the_address_is_not(browser: SignedIn, opal: User) -> None:
    lee = cast.user("Lee", role=Role.LOAN_OFFICER)
    form = {"email": "other@x.test", "name": "Lee", "is_active": "on", "roles": ["risk_officer", "committee_member"]}
    browser(opal).post(change(lee), form)
    now = User.objects.get(pk=lee.pk)
    assert (now.email, now.roles) == (lee.email, frozenset({"risk_officer", "committee_member"}))
    assert now.check_password(cast.PASSWORD)


def test_somebody_is_kept_out(browser: SignedIn, opal: User) -> None:
    lee = cast.user("Lee", role=Role.LOAN_OFFICER)
    lees = browser(lee)
    browser(opal).post(change(lee), {"name": "Lee", "roles": ["loan_officer"]})
    assert not User.objects.get(pk=lee.pk).is_active
    assert lees.get(reverse("work_queue")).status_code == 302


def test_a_client_gets_no_role_of_staff(browser: SignedIn, opal: User, now: datetime) -> None:
    ann = cast.investor("Ann", at=now).user
    page = browser(opal).post(change(ann), {"name": "Ann", "is_active": "on", "roles": ["finance"]})
    assert page.status_code == 200
    assert "Members of staff cannot invest or borrow here" in page.text
    assert User.objects.get(pk=ann.pk).roles == {"investor"}


@pytest.mark.parametrize("roles", [["investor"], ["superuser"], ["system"]])
def test_only_roles_of_staff_can_be_given(browser: SignedIn, opal: User, roles: list[str]) -> None:
    lee = cast.user("Lee", role=Role.LOAN_OFFICER)
    assert browser(opal).post(change(lee), {"name": "Lee", "is_active": "on", "roles": roles}).status_code == 200
    assert User.objects.get(pk=lee.pk).roles == {"loan_officer"}


def test_nobody_changes_their_own_rights_or_a_superusers(browser: SignedIn, opal: User) -> None:
    root = User.objects.create_superuser("root@loanbridge.test", "x")
    for person in (opal, root):
        form = {"name": "Changed", "is_active": "on", "roles": ["finance"]}
        assert browser(opal).post(change(person), form).status_code == 403
        assert User.objects.get(pk=person.pk).name != "Changed"


def test_the_auditor_sees_people_and_changes_none(browser: SignedIn, opal: User, aude: User) -> None:
    auditor = browser(aude)
    assert "Operations" in auditor.get(change(opal)).text
    assert auditor.post(change(opal), {"name": "Changed"}).status_code == 403
    assert auditor.get(ADD).status_code == 403


def test_a_superuser_makes_the_first_member_of_staff(browser: SignedIn) -> None:
    root = browser(User.objects.create_superuser("root@loanbridge.test", "x"))
    assert root.post(ADD, {"email": "o@x.test", "is_active": "on", "roles": ["operations"]}).status_code == 302
    assert User.objects.get(email="o@x.test").roles == {"operations"}
