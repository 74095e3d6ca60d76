"""docs/protocol.md says what the code does."""

from dataclasses import fields
from datetime import datetime

from investors.models import Investor
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round
from listings.rounds.operations import Outcome, place_bid
from listings.rounds.queries import Progress, bid_message, snapshot
from listings.rounds.web import socket, wire
from listings.rounds.web.messages import KINDS, answer, refusal
from tests.architecture.documents import code, rows, section
from tests.rounds.stage import bid


def told(heading: str) -> dict[str, list[str]]:
    """The first column of a section's table, with what is in code quotes in its last one."""
    return {code(row[0])[0] if code(row[0]) else row[0]: code(row[-1]) for row in rows(section("protocol.md", heading))}


def test_every_code_is_explained() -> None:
    assert list(told("Codes")) == [code.value for code in Code]


def test_every_message_of_clients_is_explained() -> None:
    assert list(told("What a client sends")) == list(KINDS)


def test_close_codes_are_explained() -> None:
    ours = {socket.SIGNED_OUT, socket.NO_SUCH_ROUND, wire.TOO_SLOW, socket.TOO_FAST}
    assert {int(number) for number in told("Close codes")} == ours


def test_answers_have_the_fields_they_are_said_to_have() -> None:
    sent = told("What the server sends")
    accepted = answer(Outcome("", None, 1, 1, 1, 1), "en")
    assert set(sent["accepted"]) == accepted.keys() - {"type"}
    assert set(sent["refused"]) == refusal(Code.BUSY, "en").keys() - {"type"}


def test_progress_and_bids_have_the_fields_they_are_said_to_have(round_: Round, ann: Investor, now: datetime) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    text = section("protocol.md", "What the server sends")
    progress, bids = text.split("**Progress**")[1].split("**A bid**")
    names = {field.name for field in fields(Progress)}
    assert set(code(progress)) == names | {"server_ms", "seq"}
    assert set(code(bids)) == set(bid_message(Bid.objects.get()))
    first = snapshot(round_.pk, ann.pk)
    mentioned = {*told("What the server sends")["snapshot"], *names}
    assert first.keys() | first["my"].keys() | {"server_time"} == mentioned
