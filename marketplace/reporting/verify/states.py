"""Where listings, rounds and loans say they stand, against each other and against their histories."""

#: The states of a listing, and where its last round may stand in them ("none": no round at all).
TOGETHER = """
    (VALUES ('draft', 'none'), ('submitted', 'none'), ('investigating', 'none'), ('risk_review', 'none'),
            ('committee', 'none'), ('approved', 'none'), ('returned', 'none'), ('rejected', 'none'),
            ('withdrawn', 'none'), ('cancelled', 'none'), ('cancelled', 'cancelled'), ('scheduled', 'scheduled'),
            ('open', 'open'), ('failed', 'failed'), ('funded', 'filled'), ('funded', 'partly_filled'),
            ('contracted', 'filled'), ('contracted', 'partly_filled'), ('disbursed', 'filled'),
            ('disbursed', 'partly_filled'))"""

RULES = {
    "a listing and its last round agree": f"""
        SELECT l.id, l.state, coalesce(r.state, 'none')
          FROM listings_listing l
          LEFT JOIN LATERAL (SELECT state FROM rounds_round WHERE listing_id = l.id ORDER BY id DESC LIMIT 1) r ON true
         WHERE (l.state, coalesce(r.state, 'none')) NOT IN (SELECT * FROM {TOGETHER} AS allowed)""",
    "a listing is paid out when there is a loan, and only then": """
        SELECT li.id, li.state, lo.id
          FROM listings_listing li LEFT JOIN loans_loan lo ON lo.listing_id = li.id
         WHERE (li.state = 'disbursed') <> (lo.id IS NOT NULL)""",
    "a listing stands where its last move left it": """
        SELECT l.id, l.state, m.to_state
          FROM listings_listing l
          LEFT JOIN LATERAL (SELECT to_state FROM listings_move WHERE listing_id = l.id
                              ORDER BY id DESC LIMIT 1) m ON true
         WHERE l.state IS DISTINCT FROM m.to_state""",
    "a round stands where its last move left it": """
        SELECT r.id, r.state, m.to_state
          FROM rounds_round r
          LEFT JOIN LATERAL (SELECT to_state FROM rounds_roundmove WHERE round_id = r.id
                              ORDER BY id DESC LIMIT 1) m ON true
         WHERE r.state <> coalesce(m.to_state, 'scheduled')""",
    "a loan stands where its last move left it": """
        SELECT l.id, l.state, m.to_state
          FROM loans_loan l
          LEFT JOIN LATERAL (SELECT to_state FROM loans_loanmove WHERE loan_id = l.id
                              ORDER BY id DESC LIMIT 1) m ON true
         WHERE l.state IS DISTINCT FROM m.to_state""",
}
