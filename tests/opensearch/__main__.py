"""A cluster to try things on: addresses are printed when it is ready; it ends with Ctrl-C."""

from __future__ import annotations

import signal
import sys

from tests.opensearch import HEAP, begun

count, heap = (sys.argv[1:] or ["1"])[0], (sys.argv[2:] or [HEAP])[0]
for one in begun(int(count), heap):
    sys.stdout.write(f"{one.address}\n")
    sys.stdout.flush()
signal.sigwait({signal.SIGINT, signal.SIGTERM})
