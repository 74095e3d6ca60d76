"""
Folders under `.local/`, each held by one run at a time.

The lock file lies beside the folder; the kernel keeps it locked while its holder lives, so after a killed run
nothing has to be cleaned before the next one may begin.
"""

import fcntl
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Self

from .errors import LocalServerError
from .records import stop_leftovers

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
#: How many runs of the same kind may go on side by side.
NEIGHBOURS = 9


class Home:
    """A folder that is ours until `release`: state, logs, process records, data."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock
        self.log = path / "log"
        self.records = path / "run"
        self._state = path / "state.json"

    @classmethod
    def claim(cls, wanted: Path) -> Self:
        """
        Take the folder, or `<folder>-2`, `-3` … when other runs hold it; end what a killed run left in it.

        :raises LocalServerError: if the folder is not ours to write, or all neighbours are taken
        """
        for number in range(1, NEIGHBOURS + 1):
            path = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
            if home := cls.claim_exactly(path):
                return home
        raise LocalServerError(f"{wanted} and {NEIGHBOURS - 1} folders beside it are all in use")

    @classmethod
    def claim_exactly(cls, path: Path) -> Self | None:
        """
        Take this folder and no other; None when another run holds it.

        :raises LocalServerError: if the folder is not ours to write
        """
        path = path.absolute()
        try:
            _make_parent(path.parent)
            lock = _lock(path.with_name(path.name + ".lock"))
            if lock is None:
                return None
            home = cls(path, lock)
            home._settle()
        except PermissionError as error:
            raise LocalServerError(f"{error.filename} is another user's: remove it or run as them") from error
        return home

    def _settle(self) -> None:
        try:
            # Others may pass through (the server's user has to reach its data) but not look around.
            self.path.mkdir(exist_ok=True)
            self.path.chmod(0o711)
            self.log.mkdir(mode=0o700, exist_ok=True)
            stop_leftovers(self.records)
        except BaseException:
            os.close(self._lock)
            raise

    @property
    def state(self) -> dict[str, str]:
        """What earlier runs left: ports, passwords, a data folder elsewhere. Empty if new or damaged."""
        try:
            return dict(json.loads(self._state.read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def remember(self, **values: str) -> None:
        """Add to the state; the file is readable to us alone."""
        fresh = self._state.with_suffix(".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.state | values, file, indent=1)
        fresh.replace(self._state)

    def release(self, *, remove: bool) -> None:
        """Let others have the folder; with `remove`, nothing of it stays."""
        if remove:
            if elsewhere := self.state.get("elsewhere"):
                shutil.rmtree(elsewhere, ignore_errors=True)
            shutil.rmtree(self.path, ignore_errors=True)
            self.path.with_name(self.path.name + ".lock").unlink(missing_ok=True)
        os.close(self._lock)


def sweep(parent: Path, prefix: str) -> None:
    """Remove throwaway folders `<prefix>-…` whose run was killed, and end its processes."""
    for lock in sorted(parent.glob(f"{prefix}-*.lock")):
        with suppress(LocalServerError):
            if home := Home.claim_exactly(lock.with_suffix("")):
                home.release(remove=True)


def _make_parent(parent: Path) -> None:
    if not parent.exists():
        parent.mkdir(parents=True)
        parent.chmod(0o755)


def _lock(file: Path) -> int | None:
    """A locked descriptor (closed for children), or None when another process holds the lock."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The last holder may have deleted the file between our open and our lock: it then guards nothing.
        if os.fstat(descriptor).st_ino == file.stat().st_ino:
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
