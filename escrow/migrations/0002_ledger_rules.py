"""The rules that the database itself holds: allowed pairs, balances kept by trigger, append-only rows."""

from django.db import migrations

from escrow.reference_tables import fill
from marketplace.lib.append_only import append_only_table

OPEN_BALANCE = """
CREATE FUNCTION escrow_open_balance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.kind NOT IN ('bank', 'stripe', 'costs', 'chargebacks', 'fees') THEN
        INSERT INTO escrow_balance (account_id, debits_posted_minor, credits_posted_minor, is_frozen)
        VALUES (NEW.id, 0, 0, false);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER escrow_account_opens_its_balance AFTER INSERT ON escrow_account
    FOR EACH ROW EXECUTE FUNCTION escrow_open_balance();
"""

# One statement, any number of transfers: everything is checked and counted for the whole set at once.
KEEP_BALANCES = """
CREATE FUNCTION escrow_keep_balances() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET jit = off AS $$
DECLARE
    wrong record;
BEGIN
    SELECT p.id, p.purpose, d.kind AS debit_kind, c.kind AS credit_kind, e.id AS entry_id,
           d.currency = p.currency AND c.currency = p.currency AS same_currency
      INTO wrong
      FROM posted p
      LEFT JOIN escrow_entry e ON e.id = p.entry_id
      LEFT JOIN escrow_account d ON d.id = p.debit_account_id
      LEFT JOIN escrow_account c ON c.id = p.credit_account_id
      LEFT JOIN escrow_allowedtransfer a
             ON a.purpose = p.purpose AND a.debit_kind = d.kind AND a.credit_kind = c.kind
     WHERE a.id IS NULL OR e.id IS NULL OR d.currency <> p.currency OR c.currency <> p.currency
     LIMIT 1;
    IF FOUND THEN
        IF wrong.entry_id IS NULL THEN
            RAISE EXCEPTION 'a transfer belongs to an entry' USING ERRCODE = 'foreign_key_violation';
        ELSIF wrong.same_currency IS FALSE THEN
            RAISE EXCEPTION 'a transfer keeps to one currency' USING ERRCODE = 'check_violation';
        END IF;
        RAISE EXCEPTION '% may not move from % to %', wrong.purpose, wrong.debit_kind, wrong.credit_kind
            USING ERRCODE = 'check_violation';
    END IF;

    PERFORM 1 FROM escrow_balance b
      WHERE b.account_id IN (SELECT debit_account_id FROM posted UNION SELECT credit_account_id FROM posted)
      ORDER BY b.account_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM posted p JOIN escrow_balance b ON b.account_id = p.debit_account_id WHERE b.is_frozen) THEN
        RAISE EXCEPTION 'a frozen account takes no debits' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE escrow_balance b
       SET debits_posted_minor = b.debits_posted_minor + m.debits,
           credits_posted_minor = b.credits_posted_minor + m.credits
      FROM (SELECT account_id, sum(debit)::bigint AS debits, sum(credit)::bigint AS credits
              FROM (SELECT debit_account_id AS account_id, amount_minor AS debit, 0 AS credit FROM posted
                    UNION ALL
                    SELECT credit_account_id, 0, amount_minor FROM posted) sides
             GROUP BY account_id) m
     WHERE b.account_id = m.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER escrow_transfer_keeps_balances AFTER INSERT ON escrow_transfer
    REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION escrow_keep_balances();
"""

SET_FROZEN = """
CREATE FUNCTION escrow_set_frozen() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE escrow_balance SET is_frozen = NEW.is_frozen WHERE account_id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER escrow_freeze_sets_the_flag AFTER INSERT ON escrow_freeze
    FOR EACH ROW EXECUTE FUNCTION escrow_set_frozen();
"""

# Ids are drawn inside an INSERT, which holds the table in ROW EXCLUSIVE mode; while this transaction holds SHARE nobody
# is between drawing an id and committing it, so nothing can appear at or below the id returned.
LAST_SETTLED_TRANSFER = """
CREATE FUNCTION escrow_last_settled_transfer() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    LOCK TABLE escrow_transfer IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM escrow_transfer);
END $$;
"""

# A row lock needs the right to update, which the application's role lacks; this lends it the lock alone.
LOCK_BALANCES = """
CREATE FUNCTION escrow_lock_balances(accounts bigint[])
    RETURNS TABLE (account bigint, free_minor bigint, frozen boolean)
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    SELECT account_id, credits_posted_minor - debits_posted_minor, is_frozen FROM escrow_balance
     WHERE account_id = ANY(accounts) ORDER BY account_id FOR NO KEY UPDATE;
$$;
"""

# Balance rows are updated all the time: room for in-page updates, and vacuum before dead versions pile up.
TUNE_BALANCES = """
ALTER TABLE escrow_balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
"""


class Migration(migrations.Migration):
    dependencies = [("escrow", "0001_initial")]

    operations = [
        migrations.RunSQL(OPEN_BALANCE, "DROP FUNCTION escrow_open_balance CASCADE"),
        migrations.RunSQL(KEEP_BALANCES, "DROP FUNCTION escrow_keep_balances CASCADE"),
        migrations.RunSQL(SET_FROZEN, "DROP FUNCTION escrow_set_frozen CASCADE"),
        migrations.RunSQL(LAST_SETTLED_TRANSFER, "DROP FUNCTION escrow_last_settled_transfer"),
        migrations.RunSQL(LOCK_BALANCES, "DROP FUNCTION escrow_lock_balances"),
        migrations.RunSQL(TUNE_BALANCES, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            append_only_table(f"escrow_{name}")
            for name in ("account", "entry", "transfer", "freeze", "balancesnapshot", "refusal")
        ),
    ]
