"""docker-compose.yml is read the way an administrator relies on it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .compose import FILE, ROOT, SECRETS, SITE, MissingVariable, services, variables

OURS = ("migrate", "static", "web", "worker", "beat")
JOBS = ("migrate", "static")


def test_the_file_keeps_the_compose_specification() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", FILE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_docker_compose_accepts_the_file() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")
    subprocess.run([docker, "compose", "-f", FILE, "config", "--quiet"], env=SECRETS | SITE, check=True)


@pytest.mark.parametrize("name", [*SECRETS, *SITE])
def test_nothing_starts_without_a_needed_variable(name: str) -> None:
    with pytest.raises(MissingVariable, match=name):
        services((SECRETS | SITE) | {name: ""})


def test_the_example_names_every_variable_and_fills_in_no_secret() -> None:
    example = (ROOT / "deploy/env.example").read_text()
    named = set(re.findall(r"^#?(\w+)=", example, re.MULTILINE))
    assert named == variables() - {"LOANBRIDGE_VERSION"}
    assert all(f"\n{name}=\n" in example for name in SECRETS)


def test_the_application_signs_in_without_the_owners_rights() -> None:
    for name in OURS:
        environment = services()[name]["environment"]
        assert environment["DATABASE_URL"] == "postgresql://loanbridge_app:secret2@postgres:5432/loanbridge"
        assert ("DATABASE_OWNER_URL" in environment) == (name == "migrate")


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_rights_to_spare(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "user" not in service  # the image's own, which is not root


def test_web_can_be_scaled_and_only_nginx_is_reached_from_outside() -> None:
    assert "container_name" not in services()["web"]
    assert [name for name, service in services().items() if "ports" in service] == ["nginx"]
    assert services()["nginx"]["ports"] == ["80:8080", "443:8443"]


def test_whatever_others_wait_for_can_be_waited_for() -> None:
    every = services()
    for service in every.values():
        for name, wait in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if name in JOBS else "service_healthy"
            assert wait["condition"] == wanted
    assert [name for name, service in every.items() if "healthcheck" not in service] == list(JOBS)


def test_what_is_mounted_from_the_checkout_is_there() -> None:
    mounts = [mount for service in services().values() for mount in service.get("volumes", [])]
    sources = {ROOT / mount.split(":")[0] for mount in mounts if mount.startswith("./")}
    assert len(sources) == 4
    assert all(source.exists() for source in sources)
