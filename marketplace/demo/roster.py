"""Who is who in the demo: the named people, and the names of the many."""

from typing import NamedTuple

from borrowers.models import BorrowerKind
from marketplace.accounts.roles import Role

DOMAIN = "demo.loanbridge.test"
#: One for all, printed at the end: there is nothing to protect in a demo on this machine.
PASSWORD = "over-the-bridge-2026"


class Colleague(NamedTuple):
    """A member of staff."""

    role: Role
    address: str
    name: str


class Client(NamedTuple):
    """A borrower."""

    address: str
    name: str
    legal_name: str
    kind: BorrowerKind


COLLEAGUES = (
    Colleague(Role.LOAN_OFFICER, "officer", "Lin Fang 林芳"),
    Colleague(Role.RISK_OFFICER, "risk", "Robert Hale"),
    Colleague(Role.COMMITTEE_MEMBER, "committee", "Chen Guo 陈果"),
    Colleague(Role.FINANCE, "finance", "Nadia Weber"),
    Colleague(Role.OPERATIONS, "operations", "Tang Wei 唐伟"),
    Colleague(Role.AUDITOR, "auditor", "Ingrid Berg"),
)
CLIENTS = (
    Client("bakery", "Mei Zhao 赵梅", "Golden Wheat Bakery Ltd 金麦面包有限公司", BorrowerKind.COMPANY),
    Client("workshop", "Jonas Keller", "Keller Precision Parts Ltd", BorrowerKind.COMPANY),
    Client("teacher", "Sun Lihua 孙丽华", "Sun Lihua 孙丽华", BorrowerKind.PERSON),
)
GIVEN = ("Ann", "Ben", "Carla", "David", "Elena", "伟", "芳", "敏", "静", "磊", "Grace", "Hugo", "娜", "强", "洋")
FAMILY = ("Adler", "Brown", "Costa", "王", "李", "张", "刘", "陈", "Dubois", "Eriksen", "杨", "黄", "Fischer")


def email(address: str) -> str:
    """The whole e-mail address."""
    return f"{address}@{DOMAIN}"


def name_of_investor(number: int) -> str:
    """A name for the investor with this number, from one."""
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} {number}"
