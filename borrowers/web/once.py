"""A form that was sent twice does its work once."""

from uuid import UUID, uuid4

from django.core.cache import cache

#: Long enough for a forgotten tab.
REMEMBERED_SECONDS = 86_400
AT_WORK = 0


class SentForm:
    """One filled-in form of one user, known by the random key it carries."""

    def __init__(self, *, user_id: int, key: str) -> None:
        self.cache_key = f"form:{user_id}:{_uuid(key)}"

    def claim(self) -> bool:
        """Say whether this is the first time the form comes in; False while and after the first is worked on."""
        return cache.add(self.cache_key, AT_WORK, REMEMBERED_SECONDS)

    def done(self, result_id: int) -> None:
        """Remember what the form made."""
        cache.set(self.cache_key, result_id, REMEMBERED_SECONDS)

    def forget(self) -> None:
        """Let it come in again: it made nothing."""
        cache.delete(self.cache_key)

    @property
    def result_id(self) -> int:
        """What the form made; 0 while it is worked on."""
        return int(cache.get(self.cache_key, AT_WORK))


def _uuid(key: str) -> str:
    """The key if it is one of ours; a form without one is new every time."""
    try:
        return str(UUID(key))
    except ValueError:
        return str(uuid4())
