"""A few kills, of each work one: what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import killing


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killed_at_any_moment_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(killing, "USUAL", 0.3)
    monkeypatch.setattr(killing, "WINDOW", dict.fromkeys(killing.WINDOW, 0.3))
    monkeypatch.setattr(killing, "FIRST", 6)
    run = killing.run_of(tmp_path, len(killing.WORKS), seed=7)
    assert run.faults == []
    assert run.kills.total() == len(killing.WORKS)
