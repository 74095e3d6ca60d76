"""How a borrower's page gets its borrower."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect

from borrowers.models import Borrower
from borrowers.queries import borrower_of_user
from marketplace.accounts.requests import UserRequest

P = ParamSpec("P")


def with_borrower(
    view: Callable[Concatenate[UserRequest, Borrower, P], HttpResponse],
) -> Callable[Concatenate[UserRequest, P], HttpResponse]:
    """Hand a page the reader's own borrower; who has the role but no account yet is asked to open one."""

    @wraps(view)
    def page(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        borrower = borrower_of_user(request.user.pk)
        if borrower is None:
            return redirect("welcome")
        return view(request, borrower, *args, **kwargs)

    return page
