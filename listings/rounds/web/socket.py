"""
The live room: `/ws/rounds/<id>/`, subprotocol `loanbridge.rounds.v1`.

Origin and sign-in are checked by Channels' middleware at connect; after that it is a plain ASGI loop, because
Channels' consumers close database connections through a thread after every message (this loop holds none).
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import fields
from functools import cache
from typing import Any

import orjson
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from listings.rounds.batch import RoundRow
from listings.rounds.core.allocate import Code
from listings.rounds.engine import Engine
from listings.rounds.hub import Hub
from listings.rounds.operations import Outcome
from listings.rounds.queries import Progress, bid_message, bids_of, progress, progress_of_row, snapshot
from listings.rounds.web.bidder import bidder
from listings.rounds.web.language import language_of
from listings.rounds.web.limits import Bucket, may_speak
from listings.rounds.web.messages import (
    InvalidMessage,
    answer,
    client_id_in,
    client_id_of,
    parse,
    parse_bid,
    parse_ping,
    parse_sync,
    refusal,
)
from listings.rounds.web.sign_in import SignIn
from listings.rounds.web.wire import open_wire
from marketplace.lib.errors import NotFound

logger = logging.getLogger(__name__)

SUBPROTOCOL = "loanbridge.rounds.v1"
#: Close codes of our own (RFC 6455 leaves 4000 and up to applications).
SIGNED_OUT = 4401
NO_SUCH_ROUND = 4404
WRONG_SUBPROTOCOL = 4406
TOO_FAST = 4429
#: RFC 6455's registry: the server cannot serve right now.
TRY_AGAIN_LATER = 1013
#: Asking what was missed goes to the database: this often on average from one socket.
SYNCS_PER_SECOND = 2
PROGRESS_FIELDS = [field.name for field in fields(Progress)]

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


@cache
def hub() -> Hub:
    """This process's hub."""
    return Hub()


@cache
def engine() -> Engine:
    """This process's engine; what it commits is told to the hubs."""
    return Engine(on_progress=_publish)


def _publish(row: RoundRow) -> None:
    hub().publish(progress_of_row(row).as_dict())


async def room(scope: Scope, receive: Receive, send: Send) -> None:
    """One reader's connection to one round, from handshake to close."""
    if (await receive())["type"] != "websocket.connect":
        return
    if SUBPROTOCOL not in scope["subprotocols"]:
        await send({"type": "websocket.close", "code": WRONG_SUBPROTOCOL})
        return
    round_id: int = scope["url_route"]["kwargs"]["round_id"]
    try:
        investor_id, first = await database_sync_to_async(_enter)(scope, round_id)
    except NotFound:
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await send({"type": "websocket.close", "code": NO_SUCH_ROUND})
        return
    except DatabaseError:
        logger.warning("round %s could not be entered", round_id, exc_info=True)
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
    session = Session(scope, send, round_id=round_id, investor_id=investor_id)
    session.say(first)
    hub().join(round_id, session, shown={name: first[name] for name in PROGRESS_FIELDS})
    try:
        await session.listen(receive)
    finally:
        hub().leave(round_id, session)
        session.wire.close()


def _enter(scope: Scope, round_id: int) -> tuple[int | None, dict[str, Any]]:
    """Who reads, and where the round stands. :raises NotFound: if there is no such round"""
    investor = bidder(scope["user"])
    investor_id = None if investor is None else investor.pk
    now = timezone.now().isoformat()
    return investor_id, {"type": "snapshot", "server_time": now, **snapshot(round_id, investor_id)}


class Session:
    """One connected reader; a bidder if they are an investor."""

    def __init__(self, scope: Scope, send: Send, *, round_id: int, investor_id: int | None) -> None:
        self.round_id = round_id
        self.investor_id = investor_id
        self.language = language_of(scope)
        self.wire = open_wire(scope.get("loanbridge.raw_send", send))
        self._sign_in = SignIn(scope)
        self._may_speak = may_speak(investor_id)
        self._may_look = Bucket(per_second=SYNCS_PER_SECOND, burst=5 * SYNCS_PER_SECOND)
        self._patience = Bucket(per_second=1, burst=4 * settings.MESSAGES_PER_SECOND)

    def send(self, message: bytes) -> None:
        """Write a frame the hub built for all its readers."""
        self.wire.write(message)

    def say(self, message: dict[str, Any]) -> None:
        """Write one message to this reader."""
        self.wire.write(orjson.dumps(message))

    def reply(self, outcome: Outcome) -> None:
        """Acknowledge a bid, once the engine has committed it."""
        self.say(answer(outcome, self.language))

    async def listen(self, receive: Receive) -> None:
        """Handle messages until the reader leaves."""
        while (event := await receive())["type"] == "websocket.receive":
            try:
                await self._handle(event.get("text"))
            except InvalidMessage as invalid:
                self.say(refusal(Code.INVALID_MESSAGE, self.language, client_id=invalid.client_id))

    async def _handle(self, raw: str | None) -> None:
        if not self._may_speak():
            self._slow_down(raw)
            return
        message = parse(raw)
        if message["type"] == "bid":
            await self._bid(message)
        elif message["type"] == "sync":
            await self._sync(parse_sync(message))
        else:
            parse_ping(message)
            self.say({"type": "pong", "server_time": timezone.now().isoformat()})

    def _slow_down(self, raw: str | None) -> None:
        """Tell someone who sends too fast; hang up when they do not listen."""
        if self._patience.take():
            self.say(refusal(Code.RATE_LIMITED, self.language, client_id=client_id_in(raw)))
        else:
            self.wire.drop(TOO_FAST)

    async def _bid(self, message: dict[str, Any]) -> None:
        if self._sign_in.is_due and not await self._sign_in.still_holds():
            self.investor_id = None
            self.wire.drop(SIGNED_OUT)
            return
        if self.investor_id is None:
            self.say(refusal(Code.NOT_ELIGIBLE, self.language, client_id=client_id_of(message)))
            return
        bid = parse_bid(message, investor_id=self.investor_id, received_at=timezone.now())
        engine().submit(self.round_id, bid, self.reply)

    async def _sync(self, after: int) -> None:
        """Answer from the database, which a reader may ask seldom: it is shared with the pages."""
        if not self._may_look.take():
            self.say(refusal(Code.RATE_LIMITED, self.language))
            return
        try:
            self.say(await database_sync_to_async(_missed)(self.round_id, self.investor_id, after))
        except DatabaseError:
            logger.warning("round %s could not be looked at", self.round_id, exc_info=True)
            self.say(refusal(Code.BUSY, self.language))


def _missed(round_id: int, investor_id: int | None, after: int) -> dict[str, Any]:
    """Where the round stands, and the reader's own decisions after a sequence."""
    bids = [] if investor_id is None else bids_of(round_id, investor_id, after=after)[:500]
    return {"type": "missed", **progress(round_id).as_dict(), "bids": [bid_message(bid) for bid in bids]}
