"""A refusal has a code for machines and a sentence in the reader's language."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.lib.errors import InvalidInput, NotAllowed, NotFound, Refused


class TooLate(Refused):
    """A rule of this test."""

    code = "too_late"
    message = _("%(field)s: %(reason)s")


def test_a_refusal_says_what_and_with_which_figures() -> None:
    refusal = TooLate(field="x", reason="y")
    assert (refusal.code, refusal.params, refusal.http_status) == ("too_late", {"field": "x", "reason": "y"}, 409)
    assert (refusal.text, str(refusal)) == ("x: y", "too_late: {'field': 'x', 'reason': 'y'}")


def test_its_sentence_is_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert NotAllowed().text != "Your role does not allow this."
    assert NotAllowed().text == "Your role does not allow this."


@pytest.mark.parametrize(("refusal", "status"), [(NotAllowed, 403), (NotFound, 404), (InvalidInput, 422)])
def test_each_kind_has_its_status(refusal: type[Refused], status: int) -> None:
    assert refusal.http_status == status


def test_codes_of_all_refusals_are_distinct_words() -> None:
    codes = [kind.code for kind in _all(Refused) if kind.__module__.split(".")[0] != "tests"]
    assert sorted(codes) == sorted(set(codes))
    assert all(code.isidentifier() and code.islower() for code in codes)


def _all(kind: type[Refused]) -> list[type[Refused]]:
    return [kind, *(found for child in kind.__subclasses__() for found in _all(child))]
