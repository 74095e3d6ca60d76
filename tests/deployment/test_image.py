"""The Dockerfile, as far as it can be judged without building it."""

import fnmatch
import re

from .compose import ROOT, services

DOCKERFILE = (ROOT / "Dockerfile").read_text()
IGNORED = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]


def is_ignored(path: str) -> bool:
    parts = path.split("/")
    prefixes = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    patterns = [pattern.removeprefix("**/") for pattern in IGNORED]
    return any(fnmatch.fnmatch(prefix, pattern) for prefix in prefixes for pattern in patterns)


def test_the_container_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)[-1] != "0"


def test_everything_copied_exists_and_is_not_ignored() -> None:
    copied = [line.split()[1:-1] for line in re.findall(r"^COPY (?!--from).*", DOCKERFILE, re.MULTILINE)]
    names = [name for names in copied for name in names if name != "."]
    assert names
    assert all((ROOT / name).exists() and not is_ignored(name) for name in names)


def test_what_the_application_needs_gets_into_the_image() -> None:
    needed = ["manage.py", "asgi.py", "marketplace/settings.py", "marketplace/lib/translations/__main__.py"]
    assert [name for name in needed if is_ignored(name)] == []


def test_secrets_data_and_tools_stay_out() -> None:
    unwanted = [".env", ".local/demo/state.json", ".git/config", "deploy/tls/privkey.pem", "tests/conftest.py"]
    assert [name for name in unwanted if not is_ignored(name)] == []


def test_packages_are_installed_by_hash() -> None:
    assert "pip install --no-cache-dir --require-hashes -r requirements.txt" in DOCKERFILE
    assert "npm ci --ignore-scripts" in DOCKERFILE


def test_the_image_starts_web_by_default() -> None:
    command = re.findall(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)[0]
    assert [part.strip(' "') for part in command.split(", ")] == services()["web"]["command"]
