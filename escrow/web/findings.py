"""The rules that the proof of the ledger goes through, in the reader's words, each with what breaks it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from escrow.verify import verify_ledger

#: By the names that `escrow.verify` gives them; a test holds the two together.
RULES: dict[str, str | Promise] = {
    "counters equal the transfers": _("Every balance equals the sum of its transfers"),
    "every client account has its counters": _("Every client account has its balance"),
    "no client account is below zero": _("No client account is below zero"),
    "no client account was ever below zero": _("No client account was ever below zero"),
    "every transfer belongs to an entry": _("Every transfer belongs to an entry"),
    "every entry has all its transfers": _("Every entry has all its transfers"),
    "every entry names its cause": _("Every entry names its cause"),
    "every transfer is between known accounts of its currency": _(
        "Every transfer is between known accounts of its currency"
    ),
    "every transfer is an allowed one": _("Every transfer is an allowed one"),
    "every snapshot equals the transfers": _("Every snapshot equals its transfers"),
    "a frozen flag follows the last freeze or release": _("An account is frozen or not as was last decided"),
    "client money held equals client money owed": _("Client money held equals client money owed"),
}


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A rule and examples of what breaks it; none when it holds."""

    label: str | Promise
    findings: list[str]


def checked_rules() -> list[CheckedRule]:
    """Prove the whole ledger; every rule, kept or broken."""
    broken: dict[str, list[str]] = {}
    for finding in verify_ledger():
        broken.setdefault(finding.rule, []).append(finding.detail)
    unnamed = [CheckedRule(rule, details) for rule, details in broken.items() if rule not in RULES]
    return [*(CheckedRule(label, broken.get(rule, [])) for rule, label in RULES.items()), *unnamed]
