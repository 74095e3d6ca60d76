"""
PostgreSQL and Redis from wheels for demo, tests and benchmark: real servers on loopback, data in `.local/`.

    with LocalServers(LOCAL / "demo") as servers:
        servers.run("web", [sys.executable, "-m", "daphne", ...], ready=lambda: answers(url))

`DATABASE_URL` and `REDIS_URL` in the environment replace them. Nothing here imports Django.
"""

from .errors import LocalServerError, NoPlaceToRun, NotReady, ProcessFailed
from .homes import LOCAL
from .process import Process
from .readiness import accepts_connections, answers, free_port
from .servers import LocalServers

__all__ = [
    "LOCAL",
    "LocalServerError",
    "LocalServers",
    "NoPlaceToRun",
    "NotReady",
    "Process",
    "ProcessFailed",
    "accepts_connections",
    "answers",
    "free_port",
]
