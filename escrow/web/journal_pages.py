"""The journal explorer: entries, one entry, one account."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from escrow.models import Entry, Transfer
from escrow.queries import statement
from escrow.web.accounts import account_view
from escrow.web.forms import JournalFilter
from escrow.web.journal_rows import found_entries, rows_of
from escrow.web.kinds import kind_label
from escrow.web.pages import moment_asked
from escrow.web.statement_csv import csv_response
from escrow.web.statement_rows import statement_rows
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.pagination import paginate

TRANSFERS_PER_PAGE = 50


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_journal(request: UserRequest) -> HttpResponse:
    """Entries with their transfers, latest first, narrowed by the address."""
    search = JournalFilter(request.GET)
    page = paginate(request, found_entries(search))
    context = {"search": search, "page": page, "rows": rows_of(page.object_list), "is_narrowed": bool(search.usable())}
    return render(request, "escrow/journal.html", context)


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_entry(request: UserRequest, entry_id: int) -> HttpResponse:
    """One entry with all its transfers."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    transfers = Transfer.objects.filter(entry=entry).select_related("debit_account", "credit_account").order_by("pk")
    page = paginate(request, transfers, per_page=TRANSFERS_PER_PAGE)
    row = rows_of([entry])[0]
    return render(request, "escrow/entry.html", {"row": row, "kind": kind_label(entry.kind), "page": page})


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_account(request: UserRequest, code: str) -> HttpResponse:
    """One account: what it holds, what it held, and its statement with the running balance."""
    form, at = moment_asked(request)
    view = account_view(code, at=at)
    page = paginate(request, statement(code))
    context = {
        "view": view,
        "form": form,
        "at": at,
        "page": page,
        "rows": statement_rows(view.account, page.object_list),
        "may_record": view.takes_receipts and request.user.may(Capability.RECORD_BANK_RECEIPT),
    }
    return render(request, "escrow/account.html", context)


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_statement_csv(request: UserRequest, code: str) -> HttpResponseBase:
    """An account's whole statement as a file, oldest first."""
    return csv_response(request, code)
