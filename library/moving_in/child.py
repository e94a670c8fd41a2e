"""`python -m library.moving_in.child FORMAT PATH PARENT`: an archive of another system, read where
it can harm nothing. It confines itself before it looks at a byte, and says a line a record."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from library.core.errors import InputError
from library.moving_in import formats
from library.sandbox.confinement import confine

MEMORY, SECONDS = 3 * 2**30, 600.0  # bytes of address space, seconds of processor time


def main(name: str, path: str, parent: int) -> None:
    for format in formats.FORMATS.values():  # what is loaded late is loaded now
        if not name or formats.FORMATS[name] is format:
            import_module(f"library.moving_in.readers.{format.reader}")
    root = Path(path)
    code = [entry for entry in sys.path if entry]
    confine(readable=[*code, path], memory=MEMORY, seconds=SECONDS, nice=5, parent=parent)
    try:
        if name:
            index = formats.index_of(root, name)
        else:
            name, index = formats.told(root)
        _say({"format": name, "folder": _below(index if index.is_dir() else index.parent, root)})
        reader = import_module(f"library.moving_in.readers.{formats.FORMATS[name].reader}")
        for record in reader.read(root, index):
            _say({"record": record.json()})
        _say({"end": True})
    except InputError as problem:
        _say({"reason": problem.reason, "message": problem.message.json()})
    except MemoryError:
        os._exit(3)
    sys.stdout.buffer.flush()
    os._exit(0)


def _below(folder: Path, root: Path) -> str:
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else "."


def _say(said: object) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
