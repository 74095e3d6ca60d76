"""
The rules that the database itself holds: allowed pairs, balances kept by trigger, append-only rows.

Functions run with their owner's rights and look in `pg_temp` last: otherwise a caller's temporary table of the same
name would be read in place of ours.
"""

from django.db import migrations

from escrow.reference_tables import fill
from marketplace.lib.append_only import append_only_table

OPEN_BALANCE = """
CREATE FUNCTION escrow_open_balance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

# One statement, any number of transfers: everything is checked and counted for the whole set at once. Plans live as long
# as the session: made for a large set, they would scan every account for each small one (1.3 ms became 3.7 with 10,000
# accounts). So only index look-ups are allowed, which cost a large set nothing that was seen.
KEEP_BALANCES = """
CREATE FUNCTION escrow_keep_balances() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET jit = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    wrong record;
    is_refused boolean;
BEGIN
    SELECT p.purpose, d.kind AS debit_kind, c.kind AS credit_kind, e.id AS entry_id,
           d.id IS NOT NULL AND c.id IS NOT NULL AS accounts_known,
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
        ELSIF NOT wrong.accounts_known THEN
            RAISE EXCEPTION 'a transfer is between known accounts' USING ERRCODE = 'foreign_key_violation';
        ELSIF NOT wrong.same_currency THEN
            RAISE EXCEPTION 'a transfer keeps to one currency' USING ERRCODE = 'check_violation';
        END IF;
        RAISE EXCEPTION '% may not move from % to %', wrong.purpose, wrong.debit_kind, wrong.credit_kind
            USING ERRCODE = 'check_violation';
    END IF;

    -- All transfers of an entry come in one statement, and nothing joins them later.
    IF EXISTS (SELECT FROM (SELECT DISTINCT entry_id FROM posted) p
                 JOIN escrow_entry e ON e.id = p.entry_id
                 CROSS JOIN LATERAL (SELECT count(*) AS stored FROM escrow_transfer t WHERE t.entry_id = e.id) n
                WHERE n.stored <> e.transfer_count) THEN
        RAISE EXCEPTION 'an entry has exactly the transfers it announces' USING ERRCODE = 'check_violation';
    END IF;

    SELECT bool_or(held.is_frozen AND held.account_id IN (SELECT debit_account_id FROM posted)) INTO is_refused
      FROM (SELECT b.account_id, b.is_frozen FROM escrow_balance b
             WHERE b.account_id IN (SELECT debit_account_id FROM posted
                                     UNION SELECT credit_account_id FROM posted)
             ORDER BY b.account_id FOR NO KEY UPDATE) held;
    IF is_refused THEN
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
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE escrow_balance SET is_frozen = NEW.is_frozen WHERE account_id = NEW.account_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a client account can be frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER escrow_freeze_sets_the_flag AFTER INSERT ON escrow_freeze
    FOR EACH ROW EXECUTE FUNCTION escrow_set_frozen();
"""

# What an omnibus account's counters are: its last snapshot and the transfers after it.
OMNIBUS_TOTALS = """
CREATE VIEW escrow_omnibus_total AS
SELECT a.id AS account_id, a.kind, a.currency,
       coalesce(s.debits_posted_minor, 0) + d.total AS debits_posted_minor,
       coalesce(s.credits_posted_minor, 0) + c.total AS credits_posted_minor
  FROM escrow_account a
  LEFT JOIN LATERAL (SELECT * FROM escrow_balancesnapshot s WHERE s.account_id = a.id
                      ORDER BY s.through_transfer_id DESC LIMIT 1) s ON true
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0)::bigint AS total FROM escrow_transfer t
                       WHERE t.debit_account_id = a.id AND t.id > coalesce(s.through_transfer_id, 0)) d
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0)::bigint AS total FROM escrow_transfer t
                       WHERE t.credit_account_id = a.id AND t.id > coalesce(s.through_transfer_id, 0)) c
 WHERE a.kind IN ('bank', 'stripe', 'costs', 'chargebacks', 'fees');
"""

# Transfer ids are drawn inside an INSERT, which holds the table in ROW EXCLUSIVE mode; while this transaction holds SHARE
# nobody is between drawing an id and committing it, so nothing can appear at or below the last id any more. The
# application may call this, but not write snapshots of its own making.
SNAPSHOT_BALANCES = """
CREATE FUNCTION escrow_snapshot_balances(taken_at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    written integer;
BEGIN
    LOCK TABLE escrow_transfer IN SHARE MODE;
    INSERT INTO escrow_balancesnapshot
           (account_id, through_transfer_id, debits_posted_minor, credits_posted_minor, taken_at)
    SELECT o.account_id, last.id, o.debits_posted_minor, o.credits_posted_minor, $1
      FROM escrow_omnibus_total o, (SELECT coalesce(max(id), 0) AS id FROM escrow_transfer) last
        ON CONFLICT (account_id, through_transfer_id) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;
"""

# A row lock needs the right to update, which the application's role lacks; this lends it the lock alone.
LOCK_BALANCES = """
CREATE FUNCTION escrow_lock_balances(accounts bigint[])
    RETURNS TABLE (account bigint, free_minor bigint, frozen boolean)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
        migrations.RunSQL(OMNIBUS_TOTALS, "DROP VIEW escrow_omnibus_total"),
        migrations.RunSQL(SNAPSHOT_BALANCES, "DROP FUNCTION escrow_snapshot_balances"),
        migrations.RunSQL(LOCK_BALANCES, "DROP FUNCTION escrow_lock_balances"),
        migrations.RunSQL(TUNE_BALANCES, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(
            append_only_table(f"escrow_{name}")
            for name in ("account", "entry", "transfer", "freeze", "balancesnapshot", "refusal")
        ),
    ]
