"""The ledger as a dictionary: slow, obvious, and what the real one is compared with."""

from collections import defaultdict
from dataclasses import dataclass, field

from escrow.chart import Purpose
from tests.escrow.book import BANK, Step

WALLETS = ("investor:1:cash", "investor:2:cash", "investor:3:cash")
ROUNDS = ("round:1:escrow", "round:2:escrow")
FEES = "fees:origination"
#: Which accounts each purpose may join here.
ROUTES = {
    Purpose.BANK_DEPOSIT: ((BANK,), WALLETS),
    Purpose.BANK_WITHDRAWAL: (WALLETS, (BANK,)),
    Purpose.BID_ACCEPTED: (WALLETS, ROUNDS),
    Purpose.BID_RETURNED: (ROUNDS, WALLETS),
    Purpose.ORIGINATION_FEE: (ROUNDS, (FEES,)),
}


@dataclass
class Model:
    """Balances on the normal side, frozen wallets, and what each key has come to."""

    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    frozen: set[str] = field(default_factory=set)
    posted: dict[str, list[Step]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def post(self, key: str, steps: list[Step]) -> str:
        """What becomes of an entry: posted, replayed, or the code of its refusal."""
        if key in self.posted:
            return "replayed" if sorted(self.posted[key]) == sorted(steps) else "duplicate_mismatch"
        if key in self.refused:
            return "refused_before"
        after = defaultdict(int, self.held)
        for debit, credit, minor, _purpose in steps:
            if debit in self.frozen:
                return self._refuse(key, "account_frozen")
            if debit in (*WALLETS, *ROUNDS) and after[debit] < minor:
                return self._refuse(key, "insufficient_funds")
            after[debit] += minor if debit == BANK else -minor
            after[credit] += -minor if credit == BANK else minor
        self.held, self.posted[key] = after, steps
        return "posted"

    def _refuse(self, key: str, code: str) -> str:
        self.refused.add(key)
        return code
