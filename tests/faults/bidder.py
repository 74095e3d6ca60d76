"""A client that does not give up: it reconnects, and sends again under the same id what was not answered."""

import time
from threading import Event, Thread
from typing import Any

from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.live_socket import Room
from tests.rounds.stage import client_id

PATIENCE_SECONDS = 30


class Bidder(Thread):
    """Bids `amount_minor` again and again until it is stopped; `answers` holds what each client id was told."""

    def __init__(self, url: str, round_id: int, *, cookies: dict[str, str], amount_minor: int) -> None:
        super().__init__(daemon=True)
        self._url, self._round_id, self._cookies, self._amount_minor = url, round_id, cookies, amount_minor
        self._stop_now = Event()
        self.answers: dict[str, dict[str, Any]] = {}
        #: Bids that had to be sent again.
        self.sent_again = 0
        self.gave_up = False

    def stop(self) -> None:
        """Finish the bid in hand, then stop."""
        self._stop_now.set()

    def run(self) -> None:
        """Bid until stopped."""
        pending: str | None = None
        deadline = time.monotonic() + PATIENCE_SECONDS
        while pending or not self._stop_now.is_set():
            if time.monotonic() > deadline:
                self.gave_up = True
                return
            try:
                with Room(self._url, self._round_id, cookies=self._cookies) as room:
                    self.sent_again += pending is not None
                    while pending or not self._stop_now.is_set():
                        pending = pending or client_id()
                        room.bid(pending, self._amount_minor)
                        self.answers[pending] = room.answer(pending)
                        pending = None
            except (OSError, EOFError, TimeoutError, WebSocketException, InvalidHandshake):
                time.sleep(0.05)
