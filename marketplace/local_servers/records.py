"""A file for every process we started, so that the next run can end what a killed one left behind."""

import json
import os
import signal
from contextlib import suppress
from pathlib import Path

import psutil

#: Start times are compared with this tolerance in seconds: the system clock may have been set since.
SAME_START = 2.0


def write_record(record: Path, pid: int, stop_signal: signal.Signals) -> None:
    """Note a process of ours: its id, when it started and the signal that stops it."""
    with suppress(psutil.NoSuchProcess):
        started = psutil.Process(pid).create_time()
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps({"pid": pid, "started": started, "stop_signal": int(stop_signal)}))


def recorded_process(record: Path) -> tuple[psutil.Process, signal.Signals] | None:
    """The process of a record, if it still runs and is not another one that was given the same id."""
    try:
        noted = json.loads(record.read_text())
        process = psutil.Process(noted["pid"])
        same = abs(process.create_time() - noted["started"]) < SAME_START
        return (process, signal.Signals(noted["stop_signal"])) if same else None
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None


def stop_leftovers(folder: Path, *, patience: float = 10.0) -> list[str]:
    """
    End every process recorded in a folder and delete the records; only for the holder of the home's lock.

    :returns: names of the processes that were still running
    """
    stopped = []
    for record in sorted(folder.glob("*.json")):
        if found := recorded_process(record):
            _stop(*found, patience)
            stopped.append(record.stem)
        record.unlink(missing_ok=True)
    return stopped


def _stop(process: psutil.Process, stop_signal: signal.Signals, patience: float) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(stop_signal)
        with suppress(psutil.TimeoutExpired):
            process.wait(patience)
    kill_group(process.pid)


def kill_group(leader: int) -> None:
    """Kill what is left of a process group that we made; its leader may be gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
