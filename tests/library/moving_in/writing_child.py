"""A child confined as those are that read archives, and that tries to write a file nevertheless."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from library.moving_in.unpacking_child import MEMORY, SECONDS
from library.sandbox.confinement import confine

folder, parent = sys.argv[1], int(sys.argv[2])
code = [entry for entry in sys.path if entry]
confine(readable=[*code, folder], memory=MEMORY, seconds=SECONDS, nice=5, parent=parent)
try:
    Path(folder, "made").write_bytes(b"made")
except OSError:
    sys.stdout.write("refused")
sys.stdout.flush()
os._exit(0)
