"""A disk that is full, that fails, or is only read, at some of the calls that write to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import failing_disk
from tests import needs


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("gcc"), reason="needs gcc and Linux"
)
def test_what_was_there_stays_and_what_was_said_is_so(tmp_path: Path) -> None:
    shim = failing_disk.compiled(tmp_path)
    works = ("edit", "upload", "backup")
    command = [sys.executable, "-m", "benchmarks.failing_disk", "--only", ",".join(works)]
    tried = subprocess.run(
        [*command, "--first", "9", "--most", "1"],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        cwd=needs.ROOT,
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr
    faults = len(works) * len(failing_disk.FAULTS)
    assert tried.stdout.count(" 1 faults, 0 wrong") == faults, tried.stdout
