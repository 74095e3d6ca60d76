"""
Every address: its arguments (a word stands for a thing of the world), who may open it, and for whom it is not there.

Everybody else is refused: visitors are sent to sign in, others get 403. A new page needs a row here; a word in `opens`
or `hidden` is a person of `world.PEOPLE` or a group below. Bai owns what the addresses point at, and Ann lent it.
"""

from dataclasses import dataclass

from marketplace.accounts.roles import STAFF
from tests.permissions.world import PEOPLE

GROUPS = {
    "everybody": set(PEOPLE),
    "signed_in": set(PEOPLE) - {"visitor"},
    "investors": {"ann", "zoe"},
    "borrowers": {"bai", "cheng"},
    "staff": {role.value for role in STAFF},
}

#: name | arguments | opens to | not there for
TABLE = """
home                  |                                   | everybody                                |
dashboard             |                                   | signed_in                                |
welcome               |                                   | signed_in                                |
healthz               |                                   | everybody                                |
set_language          |                                   | everybody                                |

listing_list          |                                   | everybody                                |
listing_page          | listing_id=approved               | bai staff                                | everybody
round_room            | round_id=round                    | everybody                                |

borrower_home         |                                   | borrowers                                |
borrower_open         |                                   | signed_in                                |
borrower_wallet       |                                   | borrowers                                |
borrower_new          |                                   | borrowers                                |
borrower_cost         |                                   | borrowers                                |
borrower_listing      | listing_id=draft                  | bai                                      | cheng
borrower_edit         | listing_id=draft                  | bai                                      | cheng
borrower_submit       | listing_id=draft                  | bai                                      | cheng
borrower_withdraw     | listing_id=draft                  | bai                                      | cheng
borrower_sign         | listing_id=funded                 | bai                                      | cheng

investor_home         |                                   | investors                                |
investor_open         |                                   | signed_in                                |
investor_wallet       |                                   | investors                                |
investor_holdings     |                                   | investors                                |
investor_bids         |                                   | investors                                |
investor_deposit      |                                   | investors                                |

work_queue            |                                   | staff                                    |
listing_file          | listing_id=submitted              | staff                                    |
listing_move          | listing_id=submitted move=take_in | loan_officer                             |
listing_schedule      | listing_id=approved               | operations                               |
listing_cancel        | listing_id=approved               | operations                               |
listing_pay_out       | listing_id=contracted             | finance                                  |

loan_book             |                                   | staff                                    |
loan_page             | loan_id=loan                      | bai ann staff                            | signed_in
loan_holders          | loan_id=loan                      | staff                                    |
loan_pay              | loan_id=loan                      | bai                                      | cheng
loan_settle           | loan_id=loan                      | bai                                      | cheng
loan_pay_out          | listing_id=contracted             | finance                                  |

escrow_overview       |                                   | finance auditor                          |
escrow_verify         |                                   | finance auditor                          |
escrow_trial_balance  |                                   | finance auditor                          |
escrow_journal        |                                   | finance auditor                          |
escrow_entry          | entry_id=entry                    | finance auditor                          |
escrow_accounts       |                                   | finance auditor                          |
escrow_account_options|                                   | finance auditor                          |
escrow_account        | code=account                      | finance auditor                          |
escrow_statement_csv  | code=account                      | finance auditor                          |
escrow_receipt        |                                   | finance                                  |

dead_events           |                                   | finance operations auditor               |
event_retry           | event_id=event                    | operations                               |
event_discard         | event_id=event                    | operations                               |

api:openapi-json      |                                   | everybody                                |
api:api-root          |                                   |                                          | everybody
api:round_progress    | round_id=round                    | everybody                                |
api:round_snapshot    | round_id=round                    | signed_in                                |
api:round_bids        | round_id=round                    | investors                                |
api:round_bid         | round_id=round                    | investors                                |

account_login                         |                   | everybody                                |
account_logout                        |                   | everybody                                |
account_inactive                      |                   | everybody                                |
account_signup                        |                   | everybody                                |
account_email_verification_sent       |                   | everybody                                |
account_confirm_email                 | key=x-y           | everybody                                |
account_reset_password                |                   | everybody                                |
account_reset_password_done           |                   | everybody                                |
account_reset_password_from_key       | uidb36=x key=x-y  | everybody                                |
account_reset_password_from_key_done  |                   | everybody                                |
account_confirm_login_code            |                   | signed_in                                |
account_reauthenticate                |                   | signed_in                                |
account_email                         |                   | signed_in                                |
account_change_password               |                   | signed_in                                |
account_set_password                  |                   | signed_in                                |
mfa_index                             |                   | signed_in                                |
mfa_authenticate                      |                   | signed_in                                |
mfa_reauthenticate                    |                   | signed_in                                |
mfa_activate_totp                     |                   | signed_in                                |
mfa_deactivate_totp                   |                   |                                          | signed_in
mfa_view_recovery_codes               |                   |                                          | signed_in
mfa_generate_recovery_codes           |                   | signed_in                                |
mfa_download_recovery_codes           |                   |                                          | signed_in
mfa_list_webauthn                     |                   | signed_in                                |
mfa_add_webauthn                      |                   | signed_in                                |
mfa_reauthenticate_webauthn           |                   | signed_in                                |
mfa_remove_webauthn                   | pk=0              | signed_in                                |
mfa_edit_webauthn                     | pk=0              | signed_in                                |
mfa_login_webauthn                    |                   | signed_in                                |
"""


@dataclass(frozen=True)
class Row:
    """One address."""

    name: str
    arguments: str
    opens: frozenset[str]
    hidden: frozenset[str]

    def expected(self, person: str) -> str:
        """What somebody gets: open, not found, or a refusal."""
        if person in self.opens:
            return "open"
        if person in self.hidden:
            return "not found"
        return "sign in" if person == "visitor" else "refused"


def _people(words: str) -> frozenset[str]:
    found = set[str]().union(*(GROUPS.get(word, {word}) for word in words.split()))
    assert found <= set(PEOPLE), words
    return frozenset(found)


def _row(line: str) -> Row:
    name, arguments, opens, hidden = (cell.strip() for cell in line.split("|"))
    return Row(name, arguments, _people(opens), _people(hidden))


ROWS = [_row(line) for line in TABLE.splitlines() if line]
