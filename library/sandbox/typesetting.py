"""Pages of HTML set on paper by WeasyPrint, in a process that is confined as programs are.

The words on them are strangers': what sets them may read the system's folders, with its fonts, and
the code it is made of; it may write one file in a folder of its own, and reaches no network.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from pathlib import Path

from library.core.cancellation import Stopping
from library.sandbox import children
from library.sandbox.programs import MAIN, NICE, confined

PROGRAM = Path(__file__).with_name("paper.py")
SECONDS = 300.0
MEMORY = 2_000_000_000  # bytes of address space
OUTPUT = 200_000_000  # bytes of a PDF
MADE = "made.pdf"


def typeset(
    text: str,
    sheet: str,
    *,
    identifier: str,
    tagged: bool = True,
    seconds: float = SECONDS,
    nice: int = NICE,
    stop: Stopping | None = None,
) -> bytes:
    """A PDF of a page of HTML in a style sheet. The same page gives the same bytes.

    Raises InputError where it cannot be set, or would take too long or too much, and Stopped.
    """
    page = {"text": text, "sheet": sheet, "identifier": identifier, "tagged": tagged}
    interpreter = os.path.realpath(sys.executable)
    folders = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    packages = [path for path in sys.path if Path(path).name in children.PACKAGES]
    task = {
        "program": interpreter,
        "arguments": [
            *("-I", "-S", "-X", "utf8", str(PROGRAM)),
            json.dumps(packages),
            "{file}",
            f"{{folder}}/{MADE}",
        ],
        "readable": [*children.code(), *folders, str(Path(interpreter).parent.parent / "lib")],
        "seconds": seconds,
        "memory": MEMORY,
        "output": OUTPUT,
        "nice": nice,
    }
    given = json.dumps(page, ensure_ascii=False).encode()
    return confined(MAIN, task, given, result=MADE, stop=stop)
