"""A process that runs for months holds no more than it needs."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that keeps it")

# As the states of an index come and go: arrays that are a little larger each time, and beside each
# something small that stays, as what is remembered does.
CHURN = """
import sys
from library.core import memory
if sys.argv[1] == "given back":
    assert memory.give_back()
kept, large = [], bytearray(24_000_000)
del large
for state in range(40):
    arrays = []
    for part in range(8):
        arrays.append(bytearray(1_100_000 + 40_000 * state))
        kept.append(bytes(2_000))
    del arrays
rows = open("/proc/self/smaps_rollup").read().splitlines()
print(next(int(row.split()[1]) for row in rows if row.startswith("Anonymous")) // 1024)
"""


def left(how: str, **environment: str) -> int:
    """MB that a process holds once all states are let go of."""
    clean = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
    done = subprocess.run(
        [sys.executable, "-c", CHURN, how],
        capture_output=True, text=True, check=True, env={**clean, **environment},
    )  # fmt: skip
    return int(done.stdout)


@glibc
def test_what_states_of_an_index_took_is_given_back() -> None:
    before, after = left("as it is"), left("given back")
    assert after < 24 < before, (before, after)


@glibc
def test_who_set_it_otherwise_is_heeded() -> None:
    tried = "from library.core import memory; print(memory.give_back())"
    done = subprocess.run(
        [sys.executable, "-c", tried],
        capture_output=True, text=True, check=True, env={**os.environ, "MALLOC_ARENA_MAX": "4"},
    )  # fmt: skip
    assert done.stdout == "False\n"
