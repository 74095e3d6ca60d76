"""The same round and investor as in tests/rounds."""

from tests.rounds.conftest import open_round, rich, today

__all__ = ["open_round", "rich", "today"]
