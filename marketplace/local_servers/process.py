"""A child process with a log file that is waited for and stopped together with everything it started."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from .account import Account
from .errors import NotReady, ProcessFailed
from .records import kill_group, write_record


class Process:
    """
    One server or worker, in a session of its own: Ctrl-C at the terminal reaches only us, and we stop it.

    Its output goes to `<home>/log/<name>.log`, begun anew at every start.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        home: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        standard_input: str = "",
    ) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.log = home / "log" / f"{name}.log"
        self._record = home / "run" / f"{name}.json"
        self._env = dict(os.environ if env is None else env)
        self._cwd = cwd
        self._identity = account.identity() if account else {}
        self._stop_signal = stop_signal
        self._standard_input = standard_input
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the running process, or None."""
        return self._child.pid if self._child and self._child.poll() is None else None

    @property
    def exit_code(self) -> int | None:
        """How it ended (negative: killed by that signal); None while it runs or before it is started."""
        return self._child.poll() if self._child else None

    def start(self) -> None:
        """
        Start the process; it is not ready yet.

        :raises OSError: if the program is missing or may not be run
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._env,
                cwd=self._cwd,
                start_new_session=True,
                **self._identity,
            )
        write_record(self._record, self._child.pid, self._stop_signal)
        self._feed(self._child)

    def _feed(self, child: subprocess.Popen[bytes]) -> None:
        if child.stdin:
            with suppress(BrokenPipeError), child.stdin as stream:
                stream.write(self._standard_input.encode())

    def wait_until(self, ready: Callable[[], bool], *, timeout: float = 60.0) -> None:
        """
        Wait for the process to say that it works.

        :param timeout: seconds
        :raises ProcessFailed: if it ends first
        :raises NotReady: if the time is over
        """
        deadline = time.monotonic() + timeout
        while not ready():
            if self.exit_code is not None:
                raise ProcessFailed(self.name, self.exit_code, self.log)
            if time.monotonic() > deadline:
                raise NotReady(self.name, timeout, self.log)
            time.sleep(0.05)

    def stop(self, *, patience: float = 15.0) -> int | None:
        """
        Ask the process to stop, kill it and its children when it does not; harmless when it is not running.

        :param patience: seconds between asking and killing
        :returns: its exit code, None if it was never started
        """
        if self._child is None:
            return None
        if self._child.poll() is None:
            self._child.send_signal(self._stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(patience)
        kill_group(self._child.pid)
        code = self._child.wait()
        self._record.unlink(missing_ok=True)
        return code
