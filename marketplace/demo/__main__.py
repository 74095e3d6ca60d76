"""`python -m marketplace.demo`: the marketplace on real servers, with the life of ten listings played in it."""

import argparse
import logging
import os
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import django
from rich.console import Console

from marketplace.demo.site import Site
from marketplace.local_servers import LOCAL, LocalServerError, LocalServers

#: So many take part in the flash round.
FEWEST_INVESTORS = 300
MOST_INVESTORS = 5_000
#: More than the most investors; servers that inherit a far larger limit take long to walk through it.
OPEN_FILES = 8_192
INTERRUPTED = 130
WIDTH_IN_A_FILE = 160


class ScenarioBroken(LocalServerError):
    """Something on the way did not answer as it should."""

    def __init__(self, error: Exception, *, logs: Path) -> None:
        super().__init__(f"The scenario stopped: {type(error).__name__}: {error}\nThe servers' logs: {logs}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; 0 if every check held, 1 if not or nothing could be started, 130 after Ctrl-C on the way."""
    options = _options(arguments)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_IN_A_FILE)
    _allow_many_sockets()
    # A shell that starts us in the background has us ignore Ctrl-C, and then nothing would stop the servers.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with LocalServers(LOCAL / "demo") as servers:
            return _run(servers, options, console)
    except LocalServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        console.print("Stopped.")
        return INTERRUPTED


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m marketplace.demo", description=__doc__)
    parser.add_argument("--port", type=_port, help="port on 127.0.0.1 (default: 8000, or a free one if that is taken)")
    parser.add_argument("--once", action="store_true", help="end after the scenario, without serving on")
    parser.add_argument("--investors", type=_investors, default=500, metavar="N", help="people with money")
    parser.add_argument("--seed", type=int, default=2026, help="another seed makes other people bid other amounts")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def _investors(text: str) -> int:
    if not text.isdecimal() or not FEWEST_INVESTORS <= int(text) <= MOST_INVESTORS:
        raise argparse.ArgumentTypeError(f"give a number from {FEWEST_INVESTORS} to {MOST_INVESTORS}")
    return int(text)


def _run(servers: LocalServers, options: argparse.Namespace, console: Console) -> int:
    """The steps in their order; the modules that need settings are imported once there are addresses."""
    with console.status("Making tables and collecting static files"):
        site = Site(servers, port=options.port)
        site.prepare()
    os.environ.update(servers.environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    # Below the progress bars only what matters; the servers have logs of their own.
    logging.getLogger().setLevel(logging.WARNING)
    from marketplace.demo.scenario import BROKEN, load, play

    site.start()
    stage = load(console, investors=options.investors, seed=options.seed)
    with console.status("Waiting for the web server, the worker and the scheduler"):
        site.wait()
    try:
        held = play(console, stage, site=site)
    except BROKEN as error:
        raise ScenarioBroken(error, logs=servers.home / "log") from error
    if not options.once:
        console.print(f"Serving at [bold]{site.url}[/] until Ctrl-C. Logs: {servers.home / 'log'}")
        with suppress(KeyboardInterrupt):
            site.serve()
        console.print("Stopping.")
    return 0 if held else 1


def _allow_many_sockets() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


if __name__ == "__main__":
    sys.exit(main())
