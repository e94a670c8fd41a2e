"""What runs a library elsewhere: units, a container, and what stands before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests import needs
from tests.needs import ROOT

CLUSTER = ROOT / "deploy/cluster"
UNITS = sorted([*(ROOT / "deploy").glob("library*.*"), *CLUSTER.glob("library*@.service")])
CHANGES = sorted(CLUSTER.glob("*.d/*.conf"))  # of units, where there are several machines
COMPOSED = {
    ROOT / "compose.yaml": {"LIBRARY_DOMAIN": "library.union.example"},
    CLUSTER / "compose.door.yaml": {
        "LIBRARY_DOMAIN": "library.union.example",
        "LIBRARY_MACHINES": "10.0.0.11:8000 10.0.0.12:8000",
    },
    CLUSTER / "compose.servers.yaml": {"SERVERS": "10.0.0.2", "POSTGRES_PASSWORD": "a-b"},
    CLUSTER / "compose.machine.yaml": {
        "LIBRARY_DATABASE": "postgresql+psycopg://library:a-b@10.0.0.2/library",
        "LIBRARY_ENGINE": "opensearch+http://10.0.0.3:9200/library",
        "LIBRARY_STORE": "s3+http://key:a-b@10.0.0.4:8333/library",
        "LIBRARY_BASE_URL": "https://library.union.example",
        "LISTEN": "10.0.0.11",
        "DOOR": "10.0.0.1",
    },
}
MOST_EXPOSED = 25  # of 100, as `systemd-analyze security` counts; the lower the better


def elsewhere(folder: Path) -> list[Path]:
    """The units with a program and an account that there is here."""
    made = []
    for unit in UNITS:
        _put(unit, folder / unit.name)
        made.append(folder / unit.name)
    return made


def _put(file: Path, there: Path) -> None:
    text = re.sub(r"(?m)^ExecStart=/\S+", "ExecStart=/bin/true", file.read_text("utf-8"))
    text = re.sub(r"(?m)^(User|Group)=.*\n", "", text)
    there.parent.mkdir(exist_ok=True)
    there.write_text(text, "utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("several", [False, True], ids=["a machine", "one of several"])
def test_the_units_are_understood_and_little_exposed(several: bool, tmp_path: Path) -> None:
    made = elsewhere(tmp_path)
    for change in CHANGES if several else ():
        assert (tmp_path / change.parent.stem).is_file(), change
        _put(change, tmp_path / change.parent.name / change.name)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *made], capture_output=True, text=True
    )
    ours = [line for line in verified.stderr.splitlines() if str(tmp_path) in line]
    assert ours == []
    for unit in (one for one in UNITS if one.suffix == ".service"):
        exposed = subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", unit],
            capture_output=True,
            text=True,
        )
        assert exposed.returncode == 0, exposed.stdout[-300:]


def test_a_container_is_not_root_and_can_write_little() -> None:
    steps = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    [user] = [line.split()[1] for line in steps if line.startswith("USER ")]
    assert user.isdecimal()
    assert int(user) > 0
    told = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    for name, service in told["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert told["networks"]["inside"]["internal"] is True
    assert "ports" not in told["services"]["library"]  # it is reached through Caddy alone


def test_what_is_copied_into_the_container_is_there() -> None:
    allowed = (ROOT / ".dockerignore").read_text("utf-8")
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), name
                assert f"!{name.split('/')[0]}" in allowed, name


@pytest.mark.parametrize("file", COMPOSED, ids=lambda file: file.name)
def test_containers_are_composed_as_the_format_says(file: Path, tmp_path: Path) -> None:
    """By whoever reads such files: schema, and what each wants to be told."""
    compose = needs.command("docker-compose")
    told = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    asked = [compose, "--file", file, "config", "--quiet"]
    said = subprocess.run(asked, env=told | COMPOSED[file], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    asked_for = dict(re.findall(r"\$\{(\w+)(:?[?-])", file.read_text("utf-8")))
    wanted = {name for name, how in asked_for.items() if how == ":?"}
    assert wanted == set(COMPOSED[file])  # and none has a value that somebody else has


def test_a_machine_of_several_may_do_no_more_than_one_alone() -> None:
    told = yaml.safe_load((CLUSTER / "compose.machine.yaml").read_text("utf-8"))
    alone = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["library"]
    same = ("read_only", "tmpfs", "cap_drop", "security_opt", "pids_limit", "mem_limit", "ulimits")
    for name, service in told["services"].items():
        assert {key: service[key] for key in same} == {key: alone[key] for key in same}, name


def test_the_image_for_several_machines_has_their_clients() -> None:
    """cluster.in asks for what the extras do, and what it pins is what runtime.txt pins."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    asked = (ROOT / "requirements/cluster.in").read_text("utf-8").split("\n")
    for extra in ("cluster", "postgres", "s3"):
        assert set(extras[extra]) <= set(asked), extra
    pinned = [
        {
            line
            for line in (ROOT / f"requirements/{name}.txt").read_text().split("\n")
            if "==" in line
        }
        for name in ("runtime", "cluster")
    ]
    assert pinned[0] <= pinned[1]
