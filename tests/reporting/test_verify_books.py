"""Planted damage of every kind is found, by the rule that names it."""

import pytest
from django.core.management import CommandError, call_command

from marketplace.reporting.verify import RULES, verify_books
from tests.reporting.conftest import World, damage

#: (table, statement with the world's numbers, the rule that finds it).
DAMAGE = [
    (
        "rounds_round",
        "UPDATE {0} SET funded_minor = funded_minor + 1 WHERE id = {open_round}",
        "a round is funded with its accepted bids",
    ),
    (
        "rounds_round",
        "UPDATE {0} SET bid_count = bid_count + 1 WHERE id = {open_round}",
        "a round is funded with its accepted bids",
    ),
    (
        "rounds_bid",
        "UPDATE {0} SET accepted_minor = accepted_minor - 1 WHERE round_id = {open_round}",
        "an accepted bid moved its money",
    ),
    (
        "escrow_balance",
        (
            "UPDATE {0} SET credits_posted_minor = credits_posted_minor + 1 WHERE account_id ="
            " (SELECT id FROM escrow_account WHERE code = 'round:{open_round}:escrow')"
        ),
        "a round's account took in what it is funded with",
    ),
    (
        "escrow_balance",
        (
            "UPDATE {0} SET debits_posted_minor = debits_posted_minor - 1 WHERE account_id ="
            " (SELECT id FROM escrow_account WHERE code = 'round:{failed_round}:escrow')"
        ),
        "a round holds its money until it is lent or returned, and nothing afterwards",
    ),
    (
        "loans_loan",
        "UPDATE {0} SET annual_rate_bps = 1300 WHERE id = {running}",
        "a loan is the money of its round, at the round's rate",
    ),
    (
        "loans_participation",
        "UPDATE {0} SET principal_minor = principal_minor + 1 WHERE loan_id = {running}",
        "shares sum to the loan",
    ),
    (
        "loans_participation",
        "UPDATE {0} SET principal_minor = 1000000 - principal_minor WHERE loan_id = {running}",
        "a share is what its investor was allotted",
    ),
    (
        "loans_loan",
        "UPDATE {0} SET origination_fee_minor = origination_fee_minor + 1 WHERE id = {running}",
        "a loan was paid out as it says",
    ),
    (
        "loans_scheduledinstalment",
        "UPDATE {0} SET principal_minor = principal_minor + 1 WHERE number = 1",
        "a schedule repays the loan",
    ),
    (
        "loans_distributionshare",
        "UPDATE {0} SET principal_minor = 700000 WHERE receipt_id = {receipt}",
        "nobody got more principal than they lent",
    ),
    (
        "loans_distributionshare",
        "UPDATE {0} SET principal_minor = principal_minor - 1 WHERE receipt_id <> {receipt}",
        "a settled loan has nothing outstanding",
    ),
    (
        "escrow_balance",
        (
            "UPDATE {0} SET credits_posted_minor = credits_posted_minor + 1 WHERE account_id ="
            " (SELECT id FROM escrow_account WHERE code = 'loan:{running}:collections')"
        ),
        "collections only pass through",
    ),
    (
        "loans_receipt",
        "UPDATE {0} SET amount_minor = amount_minor + 1 WHERE id = {receipt}",
        "a receipt is the sum of its allocations",
    ),
    (
        "loans_receiptallocation",
        "UPDATE {0} SET bucket = 'due_interest' WHERE receipt_id = {receipt}",
        "principal and interest allocated are shared out",
    ),
    (
        "loans_distributionshare",
        "UPDATE {0} SET service_fee_minor = service_fee_minor + 1 WHERE receipt_id = {receipt}",
        "a service fee is the agreed share of interest, rounded down",
    ),
    (
        "loans_distributionshare",
        "UPDATE {0} SET receipt_id = (SELECT max(id) FROM loans_receipt) WHERE receipt_id = {receipt}",
        "a share belongs to a holder of the loan",
    ),
    (
        "escrow_transfer",
        "UPDATE {0} SET purpose = 'interest' WHERE purpose = 'principal'",
        "the ledger moved what a receipt says",
    ),
    (
        "listings_listing",
        "UPDATE {0} SET state = 'scheduled' WHERE state = 'open'",
        "a listing and its last round agree",
    ),
    (
        "listings_listing",
        "UPDATE {0} SET state = 'contracted' WHERE state = 'disbursed'",
        "a listing is paid out when there is a loan, and only then",
    ),
    (
        "listings_move",
        "UPDATE {0} SET to_state = 'funded' WHERE to_state = 'disbursed'",
        "a listing stands where its last move left it",
    ),
    (
        "rounds_roundmove",
        "UPDATE {0} SET to_state = 'filled' WHERE to_state = 'failed'",
        "a round stands where its last move left it",
    ),
    (
        "loans_loanmove",
        "UPDATE {0} SET to_state = 'active' WHERE to_state = 'settled'",
        "a loan stands where its last move left it",
    ),
]


def test_a_world_made_by_the_verbs_is_right(world: World) -> None:
    assert verify_books() == []


def test_no_books_at_all_are_right(db: None) -> None:
    assert verify_books() == []


@pytest.mark.parametrize(("table", "statement", "rule"), DAMAGE)
def test_damage_is_found(world: World, table: str, statement: str, rule: str) -> None:
    numbers = {
        name: getattr(world, name).pk for name in ("running", "settled", "receipt", "open_round", "failed_round")
    }
    damage(statement.format(table, **numbers), table)
    assert rule in {finding.rule for finding in verify_books()}


def test_every_rule_has_its_damage() -> None:
    assert {rule for _table, _statement, rule in DAMAGE} == set(RULES)


def test_a_finding_shows_the_numbers(world: World) -> None:
    damage(f"UPDATE loans_receipt SET amount_minor = 172549 WHERE id = {world.receipt.pk}", "loans_receipt")
    found = {finding.rule: finding.detail for finding in verify_books()}
    assert found["a receipt is the sum of its allocations"] == f"{world.receipt.pk}, 172549, 172548"


def test_the_command_says_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_books")
    assert capsys.readouterr().out == "verify_books: OK\n"
    damage(f"UPDATE loans_loan SET currency = 'EUR' WHERE id = {world.running.pk}", "loans_loan")
    with pytest.raises(CommandError, match="verify_books: BROKEN"):
        call_command("verify_books")
    assert f"a loan is the money of its round, at the round's rate: {world.running.pk}" in capsys.readouterr().err
