"""The ledger's trigger functions run with their owner's rights: nobody hangs them on a table of their own."""

from datetime import datetime

import psycopg
import pytest

from escrow.verify import verify_ledger
from tests.escrow.book import everything, wallet

BORROWED = {
    "mint money": """
        CREATE TEMP TABLE mine AS SELECT * FROM escrow_transfer;
        CREATE TRIGGER mine AFTER INSERT ON mine REFERENCING NEW TABLE AS posted
            FOR EACH STATEMENT EXECUTE FUNCTION escrow_keep_balances();
        INSERT INTO mine SELECT * FROM escrow_transfer""",
    "thaw a wallet": """
        CREATE TEMP TABLE mine AS SELECT * FROM escrow_freeze;
        CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION escrow_set_frozen();
        INSERT INTO mine (account_id, is_frozen) SELECT id, true FROM escrow_account WHERE code = 'investor:1:cash'""",
    "open a balance for nobody": """
        CREATE TEMP TABLE mine AS SELECT * FROM escrow_account;
        CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION escrow_open_balance();
        INSERT INTO mine (id, kind) VALUES (404404, 'investor_cash')""",
}


@pytest.mark.parametrize("attack", BORROWED.values(), ids=list(BORROWED))
def test_a_trigger_of_the_ledger_cannot_be_borrowed(intruder: psycopg.Connection, attack: str, now: datetime) -> None:
    wallet(1, 500, at=now)
    before = everything()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for function"):
        intruder.execute(attack)
    assert everything() == before
    assert verify_ledger() == []
