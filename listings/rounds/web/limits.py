"""A token bucket: how often one client may speak."""

from time import monotonic


class Bucket:
    """Lets `per_second` messages through on average and `burst` at once."""

    __slots__ = ("_at", "_burst", "_left", "_per_second")

    def __init__(self, *, per_second: float, burst: float) -> None:
        self._per_second = per_second
        self._burst = self._left = burst
        self._at = monotonic()

    def take(self) -> bool:
        """Use up one message; False when there is none left."""
        now = monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
