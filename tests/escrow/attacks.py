"""What somebody with the application's login might try on the ledger, and how the database answers."""

ANN = "(SELECT id FROM escrow_account WHERE code = 'investor:1:cash')"
BEN = "(SELECT id FROM escrow_account WHERE code = 'investor:2:cash')"
ROUND = "(SELECT id FROM escrow_account WHERE code = 'round:1:escrow')"
FEES = "(SELECT id FROM escrow_account WHERE code = 'fees:late')"
OLD = "(SELECT min(id) FROM escrow_entry)"
DENIED = "permission denied"


def transfer(
    debit: str = ANN, credit: str = ROUND, amount: str = "1", *, entry: str = OLD, purpose: str = "bid_accepted"
) -> str:
    """SQL that adds a transfer to an entry."""
    return f"""INSERT INTO escrow_transfer
        (entry_id, debit_account_id, credit_account_id, amount_minor, currency, purpose, posted_at)
        VALUES ({entry}, {debit}, {credit}, {amount}, 'CNY', '{purpose}', now())"""


def entry(*, key: str = "attack", announced: int = 1, columns: str = "", values: str = "") -> str:
    """SQL that adds an entry."""
    return f"""INSERT INTO escrow_entry
        (kind, reference, idempotency_key, transfer_count, actor_label, memo, value_date{columns})
        VALUES ('attack', 'attack:1', '{key}', {announced}, 'mallory', '', current_date{values})"""


def move(debit: str = ANN, credit: str = ROUND, amount: str = "1", purpose: str = "bid_accepted") -> str:
    """SQL of a whole posting."""
    new = "(SELECT id FROM new)"
    return f"WITH new AS ({entry()} RETURNING id) {transfer(debit, credit, amount, entry=new, purpose=purpose)}"


#: Money moved that may not move. (Ann holds 400, Ben 50 and is frozen, the round 100.)
MOVES = {
    "more than the wallet holds": (move(amount="401"), "a_client_account_is_never_below_zero"),
    "out of the round more than in it": (
        move(ROUND, ANN, "101", "bid_returned"),
        "a_client_account_is_never_below_zero",
    ),
    "so much that the counter turns over": (move(amount="9223372036854775807"), "out of range|never_below_zero"),
    "a negative amount": (move(amount="-5"), "a_transfer_moves_a_positive_amount"),
    "nothing": (move(amount="0"), "a_transfer_moves_a_positive_amount"),
    "from an account to itself": (move(ANN, ANN), "a_transfer_has_two_different_sides"),
    "income to a wallet": (move(FEES, ANN, purpose="interest"), "interest may not move from fees to investor_cash"),
    "under an invented purpose": (move(purpose="gift"), "gift may not move"),
    "out of a frozen wallet": (move(BEN, ROUND), "a frozen account takes no debits"),
    "from an account that is not there": (move("404404", ROUND), "between known accounts"),
    "in another currency": (move().replace("'CNY'", "'USD'"), "a transfer keeps to one currency"),
    "without an entry": (transfer(entry="404404"), "a transfer belongs to an entry"),
    "under no entry at all": (transfer(entry="NULL"), "not-null constraint|belongs to an entry"),
    "as an addition to an old entry": (transfer(), "an entry has exactly the transfers it announces"),
    "as less than the entry announces": (
        move().replace("'attack', 1,", "'attack', 2,"),
        "an entry has exactly the transfers it announces",
    ),
    "under a key that was used": (entry(key="bid-1"), "an_entry_key_is_used_once"),
    "for no reason": (entry().replace("'attack:1'", "''"), "an_entry_names_its_cause"),
    "as an empty entry": (entry(announced=0), "an_entry_moves_something"),
    "under a number of one's own choice": (
        transfer().replace("(entry_id", "(id, entry_id").replace("VALUES (", "VALUES (404, "),
        DENIED,
    ),
    "at an hour of one's own choice": (entry(columns=", recorded_at", values=", '2020-01-01'"), DENIED),
}

TABLES = ("account", "entry", "transfer", "freeze", "refusal", "balancesnapshot", "balance", "allowedtransfer")
WRITE_ONCE = {
    **{f"empty {table}": (f"TRUNCATE escrow_{table} CASCADE", DENIED) for table in TABLES},
    **{f"delete from {table}": (f"DELETE FROM escrow_{table}", DENIED) for table in TABLES},
    "change an amount": ("UPDATE escrow_transfer SET amount_minor = 1", DENIED),
    "change who did it": ("UPDATE escrow_entry SET actor_label = 'somebody else'", DENIED),
    "change an account": ("UPDATE escrow_account SET kind = 'fees'", DENIED),
    "change a freeze": ("UPDATE escrow_freeze SET is_frozen = false", DENIED),
    "change a refusal": ("UPDATE escrow_refusal SET idempotency_key = 'x'", DENIED),
    "overwrite through a conflict": (
        f"{entry(key='bid-1')} ON CONFLICT (idempotency_key) DO UPDATE SET memo = 'x'",
        DENIED,
    ),
    "write a balance": ("UPDATE escrow_balance SET credits_posted_minor = 10 ^ 9", DENIED),
    "thaw a wallet by hand": ("UPDATE escrow_balance SET is_frozen = false", DENIED),
    "add a balance": ("INSERT INTO escrow_balance VALUES (404, 0, 10, false)", DENIED),
    "forge a snapshot": (f"INSERT INTO escrow_balancesnapshot VALUES (404, 99, 0, 10, now(), {FEES})", DENIED),
    "allow another pair": (
        "INSERT INTO escrow_allowedtransfer VALUES (404, 'interest', 'fees', 'investor_cash')",
        DENIED,
    ),
    "change an allowed pair": ("UPDATE escrow_allowedtransfer SET debit_kind = 'fees'", DENIED),
}

OWNER = "must be owner"
POWERS = {
    "disable the triggers": ("ALTER TABLE escrow_transfer DISABLE TRIGGER ALL", OWNER),
    "pose as a replica": ("SET session_replication_role = replica", DENIED),
    "drop a trigger": ("DROP TRIGGER escrow_transfer_keeps_balances ON escrow_transfer", OWNER),
    "add a trigger": (
        "CREATE TRIGGER mine AFTER INSERT ON escrow_transfer EXECUTE FUNCTION refuse_change()",
        DENIED,
    ),
    "drop a rule": ("ALTER TABLE escrow_balance DROP CONSTRAINT a_client_account_is_never_below_zero", OWNER),
    "drop a table": ("DROP TABLE escrow_transfer CASCADE", OWNER),
    "rename a table": ("ALTER TABLE escrow_transfer RENAME TO gone", OWNER),
    "rewrite a function": (
        "CREATE OR REPLACE FUNCTION escrow_set_frozen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        f"{OWNER}|{DENIED}",
    ),
    "drop a function": ("DROP FUNCTION escrow_keep_balances CASCADE", OWNER),
    "call a trigger function": ("SELECT escrow_set_frozen()", DENIED),
    "put something in the schema": ("CREATE TABLE public.escrow_extra (x int)", DENIED),
    "make a schema": ("CREATE SCHEMA mine", DENIED),
    "become the owner": (
        """DO $$ BEGIN
            EXECUTE format('SET ROLE %I', (SELECT tableowner FROM pg_tables WHERE tablename = 'escrow_entry'));
        END $$""",
        DENIED,
    ),
    "become a superuser": ("ALTER ROLE CURRENT_USER SUPERUSER", f"{DENIED}|must be superuser"),
    "give oneself rights and use them": (
        "GRANT ALL ON escrow_balance TO CURRENT_USER; UPDATE escrow_balance SET is_frozen = false",
        DENIED,
    ),
    "turn a counter of ids back": ("SELECT setval('escrow_transfer_id_seq', 1)", DENIED),
    "forget a migration": ("DELETE FROM django_migrations", DENIED),
}
