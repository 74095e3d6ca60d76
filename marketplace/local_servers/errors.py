"""What can go wrong with a local server, in words for the person at the terminal."""

from pathlib import Path


class LocalServerError(RuntimeError):
    """A local server could not be started; the message says what to do about it."""


class ProcessFailed(LocalServerError):
    """The process ended before it was ready."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} ended with code {code}; the end of {log}:\n{tail(log)}")


class NotReady(LocalServerError):
    """The process runs but did not become ready in time."""

    def __init__(self, name: str, seconds: float, log: Path) -> None:
        super().__init__(f"{name} was not ready after {seconds:.0f} s; the end of {log}:\n{tail(log)}")


class NoPlaceToRun(LocalServerError):
    """PostgreSQL may not run as root, and the user it would run under reaches neither checkout nor copy."""


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log file, or an empty string when there is none."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
