"""What paying and settling pages share."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from loans.models import Loan


def new_key() -> UUID:
    """The key of a form that has not been sent yet."""
    return uuid4()


def nothing_owed(request: HttpRequest, loan: Loan) -> HttpResponse:
    """Back to the loan: there is nothing to pay."""
    messages.info(request, _("This loan is repaid; nothing is owed on it any more."))
    return redirect("loan_page", loan.pk)
