"""The platform's books as an accountant reads them: who holds what, in plain figures, after every move."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from borrowers.models import Borrower
from escrow import chart
from escrow.queries import balances, equation
from escrow.verify import verify_ledger
from investors.models import Investor
from loans.models import Loan, Receipt
from loans.queries import position_of, quote_settlement
from marketplace.lib.money import Money
from marketplace.reporting.verify import verify_books
from tests.loans import lend


@dataclass
class Story:
    """One loan and the wallets around it. Amounts are written as on paper: "1,725.48"."""

    bai: Borrower
    ann: Investor
    ben: Investor
    loan: Loan
    expected: dict[str, str] = field(default_factory=dict)

    def books(self, **amounts: str) -> None:
        """
        Assert what every account of the story holds; what is not named is as it was the last time.

        Names: bank, bai, ann, ben, collections, reserve, origination, service, late, settlement.
        """
        self.expected |= amounts
        held = balances(self._codes.values())
        assert {name: written(held[code]) for name, code in self._codes.items()} == self.expected
        assert equation().holds

    def opens(self, **amounts: str) -> None:
        """Assert the books just after the pay-out; what is not named holds nothing."""
        self.books(**dict.fromkeys(self._codes, "0.00") | amounts)

    def owes(self, day: date, *, now: str, principal: str, days_past_due: int = 0) -> None:
        """Assert what is owed on a day, the principal outstanding, and how late the loan is."""
        position = position_of(Loan.objects.get(pk=self.loan.pk), day=day)
        assert written(Money(position.owed_minor)) == now
        assert written(Money(position.outstanding_principal_minor)) == principal
        assert position.days_past_due == days_past_due

    def pays(self, amount: str, on: date) -> Receipt:
        """Bai pays an amount on a day."""
        return lend.pay(self.loan, Money.parse(amount).minor, on)

    def settles(self, amount: str, on: date) -> Receipt:
        """Bai settles for the day's quote."""
        assert written(Money(quote_settlement(self.loan, day=on).total_minor)) == amount
        return lend.settle(self.loan, Money.parse(amount).minor, on)

    def pays_in(self, amount: str, on: date) -> None:
        """Money of Bai's arrives at the bank."""
        lend.pay_in(self.bai, Money.parse(amount).minor, at=lend.noon(on))

    @property
    def state(self) -> str:
        """Where the loan stands."""
        return str(Loan.objects.get(pk=self.loan.pk).state)

    @property
    def _codes(self) -> dict[str, str]:
        return {
            "bank": chart.BANK_ESCROW,
            "bai": chart.borrower_cash(self.bai.pk),
            "ann": chart.investor_cash(self.ann.pk),
            "ben": chart.investor_cash(self.ben.pk),
            "collections": chart.loan_collections(self.loan.pk),
            "reserve": chart.RESERVE_FUND,
            "origination": chart.FEES_ORIGINATION,
            "service": chart.FEES_SERVICE,
            "late": chart.FEES_LATE,
            "settlement": chart.FEES_SETTLEMENT,
        }


def lent(bai: Borrower, ann: Investor, ben: Investor, *, on: date, **terms: int | str) -> Story:
    """Ann's 6,000.00 and Ben's 4,000.00 are brought together and paid out to Bai."""
    loan = lend.running_loan([(ann, 6_000_00), (ben, 4_000_00)], at=lend.noon(on), borrower=bai, **terms)
    return Story(bai, ann, ben, loan)


@contextmanager
def proved() -> Iterator[None]:
    """Prove the ledger, its equation and the books of all houses at the end of a story."""
    yield
    assert verify_ledger() == []
    assert verify_books() == []


def written(money: Money) -> str:
    """As on paper, without the currency."""
    return f"{money.decimal:,.2f}"
