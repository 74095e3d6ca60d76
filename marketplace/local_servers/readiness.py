"""Ports and pages on loopback: which are free, which answer."""

import http.client
import socket
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


def free_port(preferred: int = 0) -> int:
    """A TCP port on loopback that nobody listens on: the preferred one if it is free."""
    for port in (preferred, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")


def accepts_connections(port: int) -> bool:
    """Whether something on loopback listens on the port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def answers(url: str, *, timeout: float = 5.0) -> bool:
    """Whether an http:// address answers a GET with a 2xx or 3xx status."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or LOOPBACK, parts.port, timeout=timeout)
    try:
        connection.request("GET", parts.path or "/")
        return 200 <= connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
