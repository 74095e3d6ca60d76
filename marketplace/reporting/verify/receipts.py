"""Receipts against their allocations, their shares and the ledger. Each row begins with the receipt's number."""

#: What a receipt was put to, by component.
ALLOCATED = """
    SELECT receipt_id, sum(amount_minor) AS total,
           sum(amount_minor) FILTER (WHERE bucket IN ('overdue_principal', 'due_principal')) AS principal,
           sum(amount_minor) FILTER (WHERE bucket IN ('overdue_interest', 'due_interest')) AS interest,
           sum(amount_minor) FILTER (WHERE bucket = 'penalties') AS penalty,
           sum(amount_minor) FILTER (WHERE bucket IN ('fees', 'costs')) AS fee
      FROM loans_receiptallocation GROUP BY receipt_id"""
#: What the holders got of it.
SHARED = """
    SELECT receipt_id, sum(principal_minor) AS principal, sum(interest_minor) AS interest,
           sum(service_fee_minor) AS service
      FROM loans_distributionshare GROUP BY receipt_id"""
#: What the ledger moved for it.
MOVED = """
    SELECT e.reference,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'repayment') AS taken,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'principal') AS principal,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'interest') AS interest,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'service_fee') AS service,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'late_fee') AS late,
           sum(t.amount_minor) FILTER (WHERE t.purpose = 'settlement_fee') AS fee
      FROM escrow_entry e JOIN escrow_transfer t ON t.entry_id = e.id
     WHERE e.reference LIKE 'receipt:%' GROUP BY e.reference"""

RULES = {
    "a receipt is the sum of its allocations": f"""
        SELECT r.id, r.amount_minor, coalesce(a.total, 0)
          FROM loans_receipt r LEFT JOIN ({ALLOCATED}) a ON a.receipt_id = r.id
         WHERE r.amount_minor <> coalesce(a.total, 0)""",
    "principal and interest allocated are shared out": f"""
        SELECT r.id, a.principal, s.principal, a.interest, s.interest
          FROM loans_receipt r
          LEFT JOIN ({ALLOCATED}) a ON a.receipt_id = r.id
          LEFT JOIN ({SHARED}) s ON s.receipt_id = r.id
         WHERE (coalesce(a.principal, 0), coalesce(a.interest, 0)) <>
               (coalesce(s.principal, 0), coalesce(s.interest, 0))""",
    "a service fee is the agreed share of interest, rounded down": """
        SELECT s.receipt_id, s.participation_id, s.interest_minor, s.service_fee_minor
          FROM loans_distributionshare s
          JOIN loans_receipt r ON r.id = s.receipt_id JOIN loans_loan l ON l.id = r.loan_id
         WHERE s.service_fee_minor <> s.interest_minor * l.service_fee_bps / 10000""",
    "a share belongs to a holder of the loan": """
        SELECT s.receipt_id, s.participation_id
          FROM loans_distributionshare s
          JOIN loans_receipt r ON r.id = s.receipt_id
          JOIN loans_participation p ON p.id = s.participation_id
         WHERE p.loan_id <> r.loan_id""",
    "the ledger moved what a receipt says": f"""
        SELECT r.id, r.amount_minor, m.taken, m.principal, m.interest, m.service, m.late, m.fee
          FROM loans_receipt r
          LEFT JOIN ({ALLOCATED}) a ON a.receipt_id = r.id
          LEFT JOIN ({SHARED}) s ON s.receipt_id = r.id
          LEFT JOIN ({MOVED}) m ON m.reference = 'receipt:' || r.id
         WHERE (r.amount_minor, coalesce(s.principal, 0), coalesce(s.interest - s.service, 0),
                coalesce(s.service, 0), coalesce(a.penalty, 0), coalesce(a.fee, 0))
               <> (coalesce(m.taken, 0), coalesce(m.principal, 0), coalesce(m.interest, 0),
                   coalesce(m.service, 0), coalesce(m.late, 0), coalesce(m.fee, 0))""",
}
