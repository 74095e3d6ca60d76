"""`python -m marketplace.local_servers run -- COMMAND…`: a command with PostgreSQL and Redis at its side."""

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from . import LOCAL, LocalServerError, LocalServers


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the servers, run the command with their addresses, stop them; the command's exit code."""
    parser = argparse.ArgumentParser(prog="python -m marketplace.local_servers", description=__doc__)
    run = parser.add_subparsers(required=True, metavar="run").add_parser("run", help="run a command")
    run.add_argument("--home", default="dev", help="folder under .local/ that keeps the data (default: dev)")
    run.add_argument("--throwaway", action="store_true", help="new, fast servers that disappear at the end")
    run.add_argument("command", nargs="+", metavar="COMMAND", help="after --, with its arguments")
    options = parser.parse_args(arguments)
    servers = LocalServers.for_one_run("run") if options.throwaway else LocalServers(LOCAL / options.home)
    try:
        with servers:
            return run_in_foreground(options.command, servers.environment())
    except LocalServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def run_in_foreground(command: Sequence[str], environment: dict[str, str]) -> int:
    """
    Run a command at our terminal: Ctrl-C is for it to answer, SIGTERM is passed on.

    :returns: its exit code, 128 + n if signal n ended it, 127 if it cannot be started
    """
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return 127

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
        signal.SIGINT: signal.signal(signal.SIGINT, _stay),
    }
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _stay(_number: int, _frame: FrameType | None) -> None:
    """The child got the same Ctrl-C from the terminal; we wait for it to end."""


if __name__ == "__main__":
    sys.exit(main())
