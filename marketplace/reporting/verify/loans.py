"""Loans against the rounds they came from, their holders and their pay-out. Each row begins with the loan's number."""

RULES = {
    "a loan is the money of its round, at the round's rate": """
        SELECT l.id, l.principal_minor, r.funded_minor, l.annual_rate_bps, r.annual_rate_bps
          FROM loans_loan l
          LEFT JOIN rounds_round r ON r.listing_id = l.listing_id AND r.state IN ('filled', 'partly_filled')
         WHERE (l.principal_minor, l.annual_rate_bps, l.currency) IS DISTINCT FROM
               (r.funded_minor, r.annual_rate_bps, r.currency)""",
    "shares sum to the loan": """
        SELECT l.id, l.principal_minor, coalesce(sum(p.principal_minor), 0)
          FROM loans_loan l LEFT JOIN loans_participation p ON p.loan_id = l.id
         GROUP BY l.id HAVING l.principal_minor <> coalesce(sum(p.principal_minor), 0)""",
    "a share is what its investor was allotted": """
        SELECT coalesce(p.loan_id, b.loan_id), coalesce(p.investor_id, b.investor_id), p.principal_minor, b.allotted
          FROM loans_participation p
          FULL JOIN (SELECT l.id AS loan_id, b.investor_id, sum(b.accepted_minor) AS allotted
                       FROM loans_loan l
                       JOIN rounds_round r ON r.listing_id = l.listing_id AND r.state IN ('filled', 'partly_filled')
                       JOIN rounds_bid b ON b.round_id = r.id AND b.accepted_minor > 0
                      GROUP BY l.id, b.investor_id) b
            ON b.loan_id = p.loan_id AND b.investor_id = p.investor_id
         WHERE p.principal_minor IS DISTINCT FROM b.allotted""",
    "a loan was paid out as it says": """
        SELECT l.id, l.principal_minor, coalesce(t.net, 0), coalesce(t.fee, 0), coalesce(t.reserve, 0)
          FROM loans_loan l
          LEFT JOIN (SELECT e.reference,
                            sum(t.amount_minor) FILTER (WHERE t.purpose = 'pay_out') AS net,
                            sum(t.amount_minor) FILTER (WHERE t.purpose = 'origination_fee') AS fee,
                            sum(t.amount_minor) FILTER (WHERE t.purpose = 'reserve_contribution') AS reserve
                       FROM escrow_entry e JOIN escrow_transfer t ON t.entry_id = e.id
                      WHERE e.kind = 'loan_paid_out' GROUP BY e.reference) t ON t.reference = 'loan:' || l.id
         WHERE (l.principal_minor - l.origination_fee_minor - l.reserve_contribution_minor,
                l.origination_fee_minor, l.reserve_contribution_minor)
               <> (coalesce(t.net, 0), coalesce(t.fee, 0), coalesce(t.reserve, 0))""",
    "a schedule repays the loan": """
        SELECT l.id, v.number, l.principal_minor, coalesce(sum(i.principal_minor), 0)
          FROM loans_loan l
          LEFT JOIN loans_scheduleversion v ON v.loan_id = l.id
          LEFT JOIN loans_scheduledinstalment i ON i.version_id = v.id
         GROUP BY l.id, v.id HAVING l.principal_minor <> coalesce(sum(i.principal_minor), 0)""",
    "nobody got more principal than they lent": """
        SELECT p.loan_id, p.id, p.principal_minor, sum(s.principal_minor)
          FROM loans_participation p JOIN loans_distributionshare s ON s.participation_id = p.id
         GROUP BY p.id HAVING sum(s.principal_minor) > p.principal_minor""",
    "a settled loan has nothing outstanding": """
        SELECT l.id, l.principal_minor, coalesce(sum(s.principal_minor), 0)
          FROM loans_loan l
          LEFT JOIN loans_receipt r ON r.loan_id = l.id
          LEFT JOIN loans_distributionshare s ON s.receipt_id = r.id
         WHERE l.state = 'settled'
         GROUP BY l.id HAVING l.principal_minor <> coalesce(sum(s.principal_minor), 0)""",
    "collections only pass through": """
        SELECT l.id, h.credits_posted_minor - h.debits_posted_minor
          FROM loans_loan l
          LEFT JOIN escrow_account a ON a.code = 'loan:' || l.id || ':collections'
          LEFT JOIN escrow_balance h ON h.account_id = a.id
         WHERE h.credits_posted_minor IS DISTINCT FROM h.debits_posted_minor OR h.account_id IS NULL""",
}
