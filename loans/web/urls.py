from django.urls import URLPattern, URLResolver, path

from loans.web import pages, payments, settling

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.loan_book, name="loan_book"),
    path("<int:loan_id>/", pages.loan_page, name="loan_page"),
    path("<int:loan_id>/holders/", pages.loan_holders, name="loan_holders"),
    path("<int:loan_id>/pay/", payments.loan_pay, name="loan_pay"),
    path("<int:loan_id>/settle/", settling.loan_settle, name="loan_settle"),
    path("pay-out/<int:listing_id>/", pages.loan_pay_out, name="loan_pay_out"),
]
