"""The real application with its peers beside it, so that all run on the same server process."""

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path
from django.utils import timezone

import asgi
from bench.peers.orm import place_bid
from investors.queries import investor_of_user
from listings.rounds.batch import BidRequest
from listings.rounds.wallets import account_of_round, accounts_of_investors


async def echo(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Raw ASGI: says back what it hears."""
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": event["text"]})


class PlainConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """What a Channels tutorial would write: a JSON consumer with an ORM transaction per bid."""

    async def connect(self) -> None:
        """Find the investor of the signed-in user."""
        investor = await database_sync_to_async(investor_of_user)(self.scope["user"].pk)
        assert investor is not None, "the benchmark's people are investors"
        self.investor_id = investor.pk
        self.round_id = self.scope["url_route"]["kwargs"]["round_id"]
        await self.accept()

    async def receive_json(self, content: dict[str, Any]) -> None:
        """Place one bid and answer it."""
        placed = await database_sync_to_async(self._place)(content)
        answer = {"type": "accepted", "client_id": content["client_id"], "accepted_minor": placed}
        await self.send_json(answer)

    def _place(self, content: dict[str, Any]) -> int:
        now = timezone.now()
        bid = BidRequest(self.investor_id, content["client_id"], content["amount_minor"], True, now)
        wallet = accounts_of_investors([self.investor_id])[self.investor_id]
        escrow = account_of_round(self.round_id)
        return place_bid(round_id=self.round_id, bid=bid, wallet=wallet, escrow=escrow, at=now).accepted_minor


peers = URLRouter(
    [
        path("bench/echo/", echo),  # type: ignore[arg-type]
        path("bench/plain/<int:round_id>/", AuthMiddlewareStack(PlainConsumer.as_asgi())),
    ]
)


async def websocket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Peers by their paths, everything else to the application."""
    chosen = peers if scope["path"].startswith("/bench/") else asgi.application
    await chosen(scope, receive, send)


application = ProtocolTypeRouter({"http": asgi.http, "websocket": websocket})
