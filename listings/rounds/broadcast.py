"""Telling every process how a round stands. A hint over Redis: the database can always be asked."""

import logging
from urllib.parse import urlsplit

import orjson
import redis
from django.conf import settings

from listings.rounds.queries import progress

logger = logging.getLogger(__name__)

#: Redis does not keep the channels of its numbered databases apart, so the number is part of the name.
PREFIX = f"loanbridge:{urlsplit(settings.REDIS_URL).path.strip('/') or 0}:rounds:"
_client: redis.Redis | None = None


def channel(round_id: int) -> str:
    """The Redis channel of a round."""
    return f"{PREFIX}{round_id}"


def announce(round_id: int) -> None:
    """Publish where a round stands; a lost broker is logged, and made up for by the hubs' own look."""
    global _client
    if _client is None:
        _client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    try:
        _client.publish(channel(round_id), orjson.dumps(progress(round_id).as_dict()))
    except redis.RedisError:
        logger.warning("round %s could not be announced", round_id)
