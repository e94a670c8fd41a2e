"""What runs a library elsewhere: units, a container, and what stands before it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.needs import ROOT

UNITS = sorted((ROOT / "deploy").glob("library*"))
MOST_EXPOSED = 25  # of 100, as `systemd-analyze security` counts; the lower the better


def elsewhere(folder: Path) -> list[Path]:
    """The units with a program and an account that there is here."""
    made = []
    for unit in UNITS:
        text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"))
        text = re.sub(r"(?m)^(User|Group)=.*\n", "", text)
        (folder / unit.name).write_text(text, "utf-8")
        made.append(folder / unit.name)
    return made


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_the_units_are_understood_and_little_exposed(tmp_path: Path) -> None:
    made = elsewhere(tmp_path)
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
