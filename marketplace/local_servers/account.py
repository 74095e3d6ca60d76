"""The user that embedded servers run under: ourselves, or somebody without rights when we are root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .errors import LocalServerError


class Identity(TypedDict, total=False):
    """What `subprocess` needs to start a child under another user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A user of this machine; `switch` says whether we have to become it first."""

    name: str
    uid: int
    gid: int
    switch: bool

    @classmethod
    def for_servers(cls, data: Path | None = None) -> "Account":
        """
        Ourselves; for root (which PostgreSQL refuses) the owner of existing data, otherwise `nobody`.

        :raises LocalServerError: if root finds no user `nobody`
        """
        if os.geteuid() != 0:
            return cls(str(os.geteuid()), os.geteuid(), os.getegid(), switch=False)
        if data is not None and data.exists() and (owner := data.stat()).st_uid != 0:
            return cls(str(owner.st_uid), owner.st_uid, owner.st_gid, switch=True)
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise LocalServerError("PostgreSQL refuses to run as root; there is no user 'nobody'") from None
        return cls(nobody.pw_name, nobody.pw_uid, nobody.pw_gid, switch=True)

    def identity(self) -> Identity:
        """Arguments for `subprocess.Popen`; empty when no switch is needed."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path) -> None:
        """Give the user a file or folder of ours."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def runs(self, *command: str | Path) -> bool:
        """Whether a command can be started under the user and ends with code 0."""
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, timeout=30, check=False, **self.identity())
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def reaches(self, folder: Path) -> bool:
        """Whether the user can pass through the folder, asked of the system, not computed."""
        return self.runs("/bin/sh", "-c", 'test -x "$0"', folder)
