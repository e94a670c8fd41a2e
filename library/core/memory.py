"""How a process that runs for months asks the system for memory, and gives it back.

What the library holds is bounded; what glibc keeps for it is not, by default: each thread may be
given a heap of its own, eight for each processor, and with every large array that is let go of,
larger ones are taken from those heaps (the threshold is raised, up to 32 MB). Such arrays come with
each new state of the index, of other sizes, and in any thread: holes are left that fit nothing.
At 10,000 works a third of what a process held was such holes, and they grew. So there are two
heaps, and what is large is taken from the system and given back to it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress

TRIM, MAPPED, HEAPS = -1, -3, -8  # of malloc.h: M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX
LARGE = 2**20  # bytes from which memory is mapped, and beyond which the end of a heap is given back
MOST_HEAPS = 2
OTHERS = ("MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES")


def give_back() -> bool:
    """Have this process keep no more than it holds, from now on; before its threads begin.

    Whether that could be: only with glibc, and where nobody set it otherwise by the environment.
    """
    if not sys.platform.startswith("linux") or any(os.environ.get(name) for name in OTHERS):
        return False
    with suppress(OSError, AttributeError):
        set_to = ctypes.CDLL(None).mallopt
        values = ((HEAPS, MOST_HEAPS), (MAPPED, LARGE), (TRIM, LARGE))
        return all(set_to(name, value) for name, value in values)
    return False


__all__ = ["give_back"]
