"""Rounds against their bids and their escrow accounts. Each row begins with the round's number."""

RULES = {
    "a round is funded with its accepted bids": """
        SELECT r.id, r.funded_minor, coalesce(sum(b.accepted_minor), 0), r.bid_count, count(b.id)
          FROM rounds_round r LEFT JOIN rounds_bid b ON b.round_id = r.id AND b.accepted_minor > 0
         GROUP BY r.id
        HAVING r.funded_minor <> coalesce(sum(b.accepted_minor), 0) OR r.bid_count <> count(b.id)""",
    "an accepted bid moved its money": """
        SELECT b.round_id, b.id, b.accepted_minor, coalesce(sum(t.amount_minor), 0)
          FROM rounds_bid b
          LEFT JOIN escrow_entry e ON e.reference = 'bid:' || b.id
          LEFT JOIN escrow_transfer t ON t.entry_id = e.id AND t.purpose = 'bid_accepted'
         GROUP BY b.id HAVING b.accepted_minor <> coalesce(sum(t.amount_minor), 0)""",
    "a round's account took in what it is funded with": """
        SELECT r.id, r.funded_minor, h.credits_posted_minor
          FROM rounds_round r
          LEFT JOIN escrow_account a ON a.code = 'round:' || r.id || ':escrow'
          LEFT JOIN escrow_balance h ON h.account_id = a.id
         WHERE h.credits_posted_minor IS DISTINCT FROM r.funded_minor""",
    "a round holds its money until it is lent or returned, and nothing afterwards": """
        SELECT r.id, r.state, r.funded_minor, h.credits_posted_minor - h.debits_posted_minor
          FROM rounds_round r
          JOIN escrow_account a ON a.code = 'round:' || r.id || ':escrow'
          JOIN escrow_balance h ON h.account_id = a.id
          LEFT JOIN loans_loan l ON l.listing_id = r.listing_id
         WHERE h.credits_posted_minor - h.debits_posted_minor <>
               CASE WHEN l.id IS NOT NULL OR r.state IN ('failed', 'cancelled') THEN 0 ELSE r.funded_minor END""",
}
