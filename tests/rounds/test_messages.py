"""What a client may say: everything else is not understood, and says which bid it was if that can be read."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.rounds.batch import BidRequest
from listings.rounds.core.allocate import Code
from listings.rounds.operations import Outcome
from listings.rounds.web.messages import (
    LARGEST_AMOUNT_MINOR,
    TEXTS,
    InvalidMessage,
    answer,
    client_id_in,
    parse,
    parse_bid,
    parse_ping,
    parse_sync,
    text,
)

ID = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"
AT = datetime(2026, 3, 2, tzinfo=UTC)
BID = {"type": "bid", "client_id": ID, "amount_minor": 100_00}


def read(**change: Any) -> BidRequest:
    return parse_bid({**BID, **change}, investor_id=7, received_at=AT)


def test_a_bid_is_read() -> None:
    assert read() == BidRequest(7, ID, 100_00, True, AT)
    assert read(allow_partial=False, amount_minor=LARGEST_AMOUNT_MINOR).allow_partial is False


def test_a_client_id_becomes_canonical() -> None:
    assert read(client_id=ID.upper()).client_id == ID


@pytest.mark.parametrize(
    "change",
    [
        {"amount_minor": value}
        for value in (0, -100, 100.0, 0.5, "10000", None, True, [100], LARGEST_AMOUNT_MINOR + 1, 2**70)
    ]
    + [{"allow_partial": value} for value in (1, 0, "yes", None)]
    + [{"investor_id": 8}, {"annual_rate_bps": 500}],
    ids=str,
)
def test_a_wrong_field_is_not_understood(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as invalid:
        read(**change)
    assert invalid.value.client_id == ID


@pytest.mark.parametrize("value", ["", "1", ID.replace("-", ""), f"{{{ID[1:-1]}}}", ID[:-1] + "g", 5, None, [ID]])
def test_a_wrong_client_id_is_not_understood(value: object) -> None:
    with pytest.raises(InvalidMessage) as invalid:
        read(client_id=value)
    assert invalid.value.client_id is None


@pytest.mark.parametrize(
    "raw",
    [None, "", "{", "[]", "null", "1", '"bid"', "{}", '{"type":"BID"}', '{"type":["bid"]}', '{"type":null}', "NaN"],
)
def test_anything_but_a_known_message_is_not_understood(raw: str | None) -> None:
    with pytest.raises(InvalidMessage):
        parse(raw)


def test_a_long_message_is_not_read() -> None:
    with pytest.raises(InvalidMessage):
        parse(orjson.dumps({**BID, "note": "x" * 2_048}).decode())


@pytest.mark.parametrize("after", [-1, 1.0, "1", None, True, LARGEST_AMOUNT_MINOR + 1])
def test_a_wrong_sequence_is_not_understood(after: object) -> None:
    with pytest.raises(InvalidMessage):
        parse_sync({"type": "sync", "after": after})


def test_unknown_fields_are_not_understood() -> None:
    with pytest.raises(InvalidMessage):
        parse_sync({"type": "sync", "after": 0, "round": 1})
    with pytest.raises(InvalidMessage):
        parse_ping({"type": "ping", "at": 1})


def test_the_id_of_a_message_that_is_not_handled() -> None:
    assert client_id_in(orjson.dumps(BID).decode()) == ID
    assert client_id_in(orjson.dumps({**BID, "type": "buy"}).decode()) == ID
    assert client_id_in("{") is None


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin1")))
def test_no_text_breaks_the_reader(raw: str) -> None:
    client_id_in(raw)


def test_every_code_has_a_sentence_in_both_languages() -> None:
    assert set(TEXTS) == set(Code)
    for code in Code:
        assert text(code, "en").endswith(".")
        assert text(code, "zh-hans") != text(code, "en"), code


def test_an_accepted_bid_says_what_it_got() -> None:
    outcome = Outcome(ID, None, 12, 34, 56_00, 78_00)
    assert answer(outcome, "en") == {
        "type": "accepted",
        "client_id": ID,
        "bid": 12,
        "accepted_minor": 56_00,
        "sequence": 34,
        "cash_minor": 78_00,
    }
