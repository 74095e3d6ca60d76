"""Token buckets: how often one client may speak."""

from collections.abc import Callable
from functools import cache, partial
from time import monotonic

from django.conf import settings

#: Buckets kept before the full ones are thrown away.
MANY = 10_000


class Bucket:
    """Lets `per_second` messages through on average and `burst` at once."""

    __slots__ = ("_at", "_burst", "_left", "_per_second")

    def __init__(self, *, per_second: float, burst: float) -> None:
        self._per_second = per_second
        self._burst = self._left = burst
        self._at = monotonic()

    def take(self) -> bool:
        """Use up one message; False when there is none left."""
        self._refill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def is_full(self) -> bool:
        """Say whether it is as good as a new one."""
        self._refill()
        return self._left >= self._burst

    def _refill(self) -> None:
        now = monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now


class Buckets:
    """A bucket for each investor, whatever number of sockets and requests they use in this process."""

    def __init__(self, *, per_second: float, burst: float, many: int = MANY) -> None:
        self._new = partial(Bucket, per_second=per_second, burst=burst)
        self._many = many
        self._of: dict[int, Bucket] = {}

    def __len__(self) -> int:
        return len(self._of)

    def take(self, investor_id: int) -> bool:
        """Use up one message of an investor; False when they have none left."""
        bucket = self._of.get(investor_id)
        if bucket is None:
            if len(self._of) >= self._many:
                self._of = {key: kept for key, kept in self._of.items() if not kept.is_full}
            bucket = self._of[investor_id] = self._new()
        return bucket.take()


@cache
def investors() -> Buckets:
    """This process's buckets of investors."""
    return Buckets(per_second=settings.MESSAGES_PER_SECOND, burst=2 * settings.MESSAGES_PER_SECOND)


def may_speak(investor_id: int | None) -> Callable[[], bool]:
    """What a new reader asks before each message: investors share a bucket, everybody else has one per connection."""
    if investor_id is not None:
        return partial(investors().take, investor_id)
    return Bucket(per_second=settings.MESSAGES_PER_SECOND, burst=2 * settings.MESSAGES_PER_SECOND).take
