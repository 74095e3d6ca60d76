"""Making a PostgreSQL cluster: initdb, then the roles and the database of production."""

import secrets
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psutil

from .account import Account
from .errors import LocalServerError
from .homes import ROOT, Home
from .programs import Programs, psql

ROLES = ROOT / "deploy" / "postgres" / "roles.sql"
#: No PG… variable of the caller may lead a server program astray.
CLEAN = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
#: The built-in locale sorts alike on every machine, whatever its C library.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def create_cluster(home: Home, data: Path, account: Account, programs: Programs) -> None:
    """
    Make an empty cluster with new passwords, in place of whatever a broken first start left.

    :raises LocalServerError: if initdb fails
    """
    home.remember(**{f"{role}_password": secrets.token_hex(16) for role in ("postgres", "owner", "app")})
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    account.own(data)
    password = data.with_name("password")
    try:
        password.touch(mode=0o600)
        password.write_text(home.state["postgres_password"])
        account.own(password)
        _initdb(programs.initdb, data, password, account)
    finally:
        password.unlink(missing_ok=True)


def _initdb(program: Path, data: Path, password: Path, account: Account) -> None:
    where = [f"--pgdata={data}", "--username=postgres", f"--pwfile={password}", "--auth=scram-sha-256"]
    done = subprocess.run(
        [program, *where, *LOCALE, "--no-sync", "--no-instructions"],
        **account.identity(),
        cwd="/",
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise LocalServerError(f"initdb failed:\n{done.stdout}{done.stderr}")


def create_roles(home: Home, *, host: str, port: int) -> None:
    """
    Run the same SQL that a production server runs once.

    :raises LocalServerError: if psql reports an error
    """
    state = home.state
    variables = {
        "PGHOST": host,
        "PGPORT": str(port),
        "PGUSER": "postgres",
        "PGPASSWORD": state["postgres_password"],
        "LOANBRIDGE_OWNER_PASSWORD": state["owner_password"],
        "LOANBRIDGE_APP_PASSWORD": state["app_password"],
    }
    done = subprocess.run(
        [psql(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={ROLES}", "--dbname=postgres"],
        env=CLEAN | variables,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise LocalServerError(f"{ROLES.name} failed:\n{done.stderr}")


def clear_foreign_pid(data: Path) -> None:
    """
    Remove a `postmaster.pid` left by a killed server whose id now belongs to a stranger.

    PostgreSQL sees through other leftovers itself, but takes a stranger of the same user for its twin.
    """
    pid_file = data / "postmaster.pid"
    with suppress(OSError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        if Path(psutil.Process(int(pid_file.read_text().split()[0])).cwd()) != data:
            pid_file.unlink()
