from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from escrow.web import journal_pages, pages, receipt_pages


class AccountCode(StringConverter):
    """An account's code, such as investor:42:cash."""

    regex = "[a-z0-9_:-]{1,64}"


register_converter(AccountCode, "account_code")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.escrow_overview, name="escrow_overview"),
    path("verify/", pages.escrow_verify, name="escrow_verify"),
    path("trial-balance/", pages.escrow_trial_balance, name="escrow_trial_balance"),
    path("journal/", journal_pages.escrow_journal, name="escrow_journal"),
    path("journal/<int:entry_id>/", journal_pages.escrow_entry, name="escrow_entry"),
    path("accounts/", pages.escrow_accounts, name="escrow_accounts"),
    path("accounts/options/", pages.escrow_account_options, name="escrow_account_options"),
    path("accounts/<account_code:code>/", journal_pages.escrow_account, name="escrow_account"),
    path("accounts/<account_code:code>/statement.csv", journal_pages.escrow_statement_csv, name="escrow_statement_csv"),
    path("receipts/new/", receipt_pages.escrow_receipt, name="escrow_receipt"),
]
