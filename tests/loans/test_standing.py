"""Where a loan stands: the schedule row by row, what a payment would go to, who may see it."""

from datetime import date

import pytest

from investors.models import Investor
from loans.core.errors import GraceTooLong
from loans.models import Loan
from loans.operations import NotComputable
from loans.queries import LineState, get_loan, quote_settlement, share_of_user, standing_of, visible_to
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)


def states(loan: Loan, day: date) -> list[str]:
    return [line.state.value for line in standing_of(loan, day=day).lines]


def test_before_anything_is_due(loan: Loan) -> None:
    assert states(loan, date(2026, 4, 1)) == ["upcoming"] * 6


def test_due_on_its_day_and_overdue_the_day_after(loan: Loan) -> None:
    assert states(loan, DUE)[:2] == ["due", "upcoming"]
    assert states(loan, date(2026, 4, 3))[:2] == ["overdue", "upcoming"]


def test_paid_and_partly_paid(loan: Loan) -> None:
    lend.pay(loan, 1_725_48 + 100_00, DUE)
    first, second, *_later = standing_of(loan, day=DUE).lines
    assert (first.state, first.paid_minor, first.left_minor) == (LineState.PAID, 1_725_48, 0)
    assert (second.state, second.paid_minor, second.left_minor) == (LineState.UPCOMING, 100_00, 1_625_48)


def test_a_late_row_asks_for_its_penalty_too(loan: Loan) -> None:
    first = standing_of(loan, day=date(2026, 5, 2)).lines[0]
    assert first.left_minor == 1_725_48 + 24_38


def test_after_a_settlement_the_rest_has_ended(loan: Loan) -> None:
    lend.pay(loan, 1_725_48, DUE)
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    assert states(Loan.objects.get(pk=loan.pk), DUE) == ["paid", *["ended"] * 5]


def test_a_plan_is_what_the_repayment_does(loan: Loan) -> None:
    planned = standing_of(loan, day=date(2026, 5, 2)).plan(2_500_00)
    receipt = lend.pay(loan, 2_500_00, date(2026, 5, 2))
    done = receipt.allocations.order_by("pk").values_list("number", "bucket", "amount_minor")
    assert [(a.number, a.bucket, a.amount_minor) for a in planned] == list(done)


def test_a_plan_of_too_much_leaves_some_over(loan: Loan) -> None:
    planned = standing_of(loan, day=DUE).plan(9_999_00)
    assert sum(a.amount_minor for a in planned) == standing_of(loan, day=DUE).most_payable_minor == 3_450_96


def test_a_quote_before_the_pay_out_is_refused_in_words(loan: Loan) -> None:
    with pytest.raises(NotComputable) as refusal:
        quote_settlement(loan, day=date(2026, 3, 1))
    assert refusal.value.text == "The loan was paid out on 2026-03-02; it cannot be settled before that day."


def test_books_that_do_not_agree_are_logged_and_refused(loan: Loan, caplog: pytest.LogCaptureFixture) -> None:
    receipt = lend.pay(loan, 1_725_48, DUE)
    receipt.allocations.create(number=1, bucket="due_principal", amount_minor=1)
    with pytest.raises(NotComputable) as refusal:
        standing_of(loan, day=DUE)
    assert refusal.value.params["rule"] == "over_allocated"
    assert "do not agree" in refusal.value.text
    assert "over_allocated" in caplog.text


def test_every_rule_of_the_arithmetic_can_be_told() -> None:
    told = NotComputable(GraceTooLong(grace=9, periods=6))
    assert told.params == {"grace": 9, "periods": 6, "rule": "grace_too_long"}
    assert told.text == "The figures of this loan cannot be worked out (grace_too_long); nothing was done."


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_see_every_loan(loan: Loan, role: Role) -> None:
    assert get_loan(loan.pk, actor=lend.staff(role)) == loan


def test_its_borrower_and_its_holders_see_it(loan: Loan, ann: Investor) -> None:
    for someone in (loan.borrower.user, ann.user):
        assert list(visible_to(someone.actor)) == [loan]


def test_others_cannot_tell_whether_it_exists(loan: Loan) -> None:
    zoe = cast.investor("Zoe", at=lend.noon(DUE))
    for nobody in (zoe.user.actor, Actor(None, frozenset(), "anonymous")):
        with pytest.raises(NotFound):
            get_loan(loan.pk, actor=nobody)


def test_a_share_with_what_it_has_brought(loan: Loan, ann: Investor) -> None:
    lend.pay(loan, 1_725_48, DUE)
    share = share_of_user(loan, user_id=ann.user_id)
    assert share is not None
    assert (share.returned_minor, share.interest_minor, share.service_fee_minor) == (975_29, 60_00, 3_00)
    assert share.outstanding_minor == 6_000_00 - 975_29
    assert share_of_user(loan, user_id=loan.borrower.user_id) is None
