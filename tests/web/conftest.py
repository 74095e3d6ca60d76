"""Pages are looked at in English unless a test says otherwise."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    # A request in another language leaves it active in the thread, for whichever test comes next.
    with translation.override("en"):
        yield
