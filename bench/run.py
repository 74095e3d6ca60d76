"""The order of the benchmark, and the proof at its end."""

import subprocess
import sys
from collections.abc import Callable

import psycopg
from django.conf import settings
from rich.console import Console
from rich.markdown import Markdown

from bench import engine_speed, socket_speed
from bench.figures import Figure, write
from bench.peers import copy
from escrow.verify import verify_ledger
from marketplace.local_servers import LocalServers


def measure(servers: LocalServers, *, runs: int, quick: bool, only: str) -> int:
    """Run every figure whose name contains `only`; 1 if the ledger does not verify."""
    console = Console(stderr=True)
    _migrate(servers)
    steps: dict[str, Callable[[], list[Figure]]] = {
        "engine": lambda: engine_speed.measure(runs=runs, quick=quick),
        "sockets": lambda: socket_speed.measure(servers, runs=runs, quick=quick),
        "growth": lambda: engine_speed.measure_growth(quick=quick),
    }
    figures: list[Figure] = []
    for name, step in steps.items():
        if only in name:
            with console.status(f"measuring: {name}"):
                figures += step()
    findings = verify_ledger()
    for finding in findings:
        console.print(f"[red]{finding.rule}: {finding.detail}")
    table = write(figures) if not quick and not only else ""
    console.print(Markdown(table) if table else figures)
    console.print("verify_ledger: BROKEN" if findings else "verify_ledger: OK")
    return 1 if findings else 0


def _migrate(servers: LocalServers) -> None:
    """Make the tables as their owner; what is measured signs in as the application."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=servers.environment(), cwd=settings.ROOT, check=True)
    with psycopg.connect(servers.owner_database_url) as owner:
        copy.make_tables(owner)
        # The ORM names every column of a row, also those that the application otherwise may not give.
        owner.execute(f"GRANT INSERT ON escrow_entry TO {settings.DATABASE_APPLICATION_ROLE}")
