"""Signed-in sessions for the many: rows as the sign-in form writes them, without its page for each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import get_random_string

from investors.models import Investor

VALID_FOR = timedelta(hours=6)
KEY_LENGTH = 32
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def sign_in_all(investors: Sequence[Investor], *, at: datetime) -> dict[int, str]:
    """Open a session for each; session keys by investor id."""
    store = SessionStore()
    keys = {investor.pk: get_random_string(KEY_LENGTH, LETTERS) for investor in investors}
    Session.objects.bulk_create(
        Session(
            session_key=keys[investor.pk],
            session_data=store.encode(
                {
                    SESSION_KEY: str(investor.user_id),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: investor.user.get_session_auth_hash(),
                }
            ),
            expire_date=at + VALID_FOR,
        )
        for investor in investors
    )
    return keys
