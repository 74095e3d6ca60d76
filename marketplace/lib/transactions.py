"""Who commits: the words a verb says about its transaction."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from marketplace.lib.errors import Refused

P = ParamSpec("P")
R = TypeVar("R")


class TransactionRequired(RuntimeError):
    """A verb that must run inside its caller's transaction was called outside one."""


def owns_transaction(verb: Callable[P, R]) -> Callable[P, R]:
    """
    Mark a verb called from doors: everything it writes is committed when it returns, nothing when it raises.

    :raises RuntimeError: if it is called inside another transaction
    """

    @wraps(verb)
    def committed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(durable=True):
                return verb(*args, **kwargs)
        except Refused as refusal:
            if refusal.after_rollback is not None:
                refusal.after_rollback()
            raise

    return committed


def needs_transaction(verb: Callable[P, R]) -> Callable[P, R]:
    """
    Mark a verb called by verbs: it writes inside its caller's transaction.

    :raises TransactionRequired: if there is none
    """

    @wraps(verb)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        if not transaction.get_connection().in_atomic_block:
            raise TransactionRequired(f"{verb.__qualname__} writes inside its caller's transaction")
        return verb(*args, **kwargs)

    return inside
