"""How a broken rule of the arithmetic is told to people: a refusal with the rule's code and its figures."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import gettext_lazy as _

from loans.core.errors import CoreError
from marketplace.lib.errors import Refused

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

#: Rules that only break when what was booked is wrong: nobody who asks can help it, so it is logged as an error.
BOOKS_DISAGREE = frozenset(
    {"over_allocated", "unknown_instalment", "nothing_outstanding", "principal_above_outstanding"}
)

#: The rules that people can run into, in their words; the others get the general sentence.
SENTENCES = {
    "fees_leave_nothing": _("The fees would take the whole loan: nothing would be left to pay out."),
    "instalment_never_repays": _("On these terms no instalment would repay anything of the loan."),
    "settled_before_pay_out": _("The loan was paid out on %(paid_out_on)s; it cannot be settled before that day."),
    **dict.fromkeys(
        BOOKS_DISAGREE, _("The books of this loan do not agree, so nothing was booked. Staff look into it.")
    ),
}


class NotComputable(Refused):
    """The arithmetic refused; `params["rule"]` is the code of the broken rule, its figures stand beside it."""

    code = "not_computable"
    message = _("The figures of this loan cannot be worked out (%(rule)s); nothing was done.")
    http_status = 422

    def __init__(self, error: CoreError) -> None:
        figures = {name: value if isinstance(value, int) else str(value) for name, value in error.params.items()}
        super().__init__(**figures, rule=error.code)

    @property
    def text(self) -> str:
        """The rule's own sentence where it has one."""
        return str(SENTENCES.get(self.params["rule"], self.message)) % self.params


def refuses_core_errors(function: Callable[P, R]) -> Callable[P, R]:
    """
    Mark a verb or a query that computes: it raises refusals only.

    :raises NotComputable: if a rule of the arithmetic is broken
    """

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CoreError as error:
            if error.code in BOOKS_DISAGREE:
                logger.exception("the books of a loan do not agree: %s", error.code)
            raise NotComputable(error) from error

    return told
