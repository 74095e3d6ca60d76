"""How an investor's page gets its investor."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect

from investors.models import Investor
from investors.queries import investor_of_user
from marketplace.accounts.requests import UserRequest

P = ParamSpec("P")


def with_investor(
    view: Callable[Concatenate[UserRequest, Investor, P], HttpResponse],
) -> Callable[Concatenate[UserRequest, P], HttpResponse]:
    """Hand a page the reader's own investor; who has the role but no account yet is asked to open one."""

    @wraps(view)
    def page(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        investor = investor_of_user(request.user.pk)
        if investor is None:
            return redirect("welcome")
        return view(request, investor, *args, **kwargs)

    return page
