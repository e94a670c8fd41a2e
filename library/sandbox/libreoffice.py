"""Old Word and PowerPoint files, made into OpenDocument by LibreOffice where it is installed.

LibreOffice is used as a library (LibreOfficeKit, include/LibreOfficeKit/LibreOfficeKit.h) inside
a child that has already given up network, processes, and every folder but its own and the
system's. It runs no macros. What it makes is then read like any other stranger's file.
"""

from __future__ import annotations

import codecs
import ctypes
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from library.core.cancellation import Stopping
from library.core.errors import Unsupported
from library.extractors.ole import place_of
from library.sandbox import programs
from library.sandbox.confinement import environment, give_up

MAIN = "library.sandbox.libreoffice:main"
PLACES = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/usr/lib64/libreoffice/program",
)
# What packages of LibreOffice keep outside its own folder.
SHARED = ("/var/lib/libreoffice", "/var/spool/libreoffice")
LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
MEMORY = 3 * 2**30  # of address space: LibreOffice maps a gigabyte before it begins
# Places in the tables of functions of LibreOfficeKit, which only ever grow at their end.
LOAD, SAVE = 2, 2
FROM = {"odt": ".doc", "odp": ".ppt"}
LENGTHS = (190, 198)  # bytes from the start of a Word file's first block
NOTHING = bytes(4)


def installed() -> Path | None:
    """The folder of LibreOffice's libraries."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(program).resolve().parent] if program else []
    for folder in (*folders, *map(Path, PLACES)):
        if any((folder / name).is_file() for name in LIBRARIES):
            return folder
    return None


def converted(
    path: Path, to: str, *, seconds: float, output: int, stop: Stopping | None = None
) -> bytes:
    """The file as LibreOffice writes it in another format: `odt` or `odp`.

    output: bytes it may have. Raises Unsupported where LibreOffice is not installed, Damaged,
    TooSlow, TooHungry, TooLarge, and Stopped when `stop` was set meanwhile.
    """
    folder = installed()
    if folder is None:
        raise Unsupported("libreoffice missing", file=path.name)
    task = {
        "program": "LibreOffice",
        "arguments": [str(folder), "{file}", f"{{folder}}/made.{to}", to],
        "readable": [str(folder.parent), *SHARED],
        "memory": MEMORY,
        "output": output,
        "seconds": seconds,
        "nice": programs.NICE,
    }
    return programs.confined(MAIN, task, path, result=f"made.{to}", stop=stop)


def main(*, program: str, arguments: Sequence[str], folder: str, **limits: Any) -> None:
    """The child's side: confined first, then LibreOffice, then gone without tidying up."""
    os.environ.update(environment(folder))
    libraries, given, made, to = arguments
    named = Path(folder) / f"old{FROM[to]}"  # LibreOffice believes a name before what is inside
    named.symlink_to(Path(given).resolve())
    codecs.lookup("utf-16-le")  # loaded now: our own code cannot be read any more after this
    give_up(folder=folder, **limits)
    if to == "odt":
        named = _without_comments(named, Path(folder) / "copy.doc")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    done = _convert(libraries, str(named), made, to, f"file://{folder}/profile")
    os._exit(0 if done else 1)


def _without_comments(original: Path, copy: Path) -> Path:
    """A copy of a Word file without what refers to its review comments; itself without any.

    To show one, LibreOfficeKit wants a file that only the packages with windows bring, and dies
    without it; they are no part of the text. The places are those of the File Information Block
    ([MS-DOC] 2.5.1, 2.5.6): the lengths of PlcfandRef and PlcfandTxt.
    """
    with original.open("rb") as file:
        places = [place_of(file, "worddocument", length) for length in LENGTHS]
        if None in places or not any(_at(file, place) != NOTHING for place in places):
            return original
        try:
            with copy.open("w+b") as target:
                file.seek(0)
                shutil.copyfileobj(file, target)
                for place in places:
                    target.seek(place or 0)
                    target.write(NOTHING)
        except OSError:  # larger than what may be written
            return original
    return copy


def _at(file: BinaryIO, place: int | None) -> bytes:
    file.seek(place or 0)
    return file.read(len(NOTHING))


def _convert(libraries: str, given: str, made: str, to: str, profile: str) -> bool:
    name = next(
        library_file for library_file in LIBRARIES if (Path(libraries) / library_file).is_file()
    )
    hook = ctypes.CDLL(str(Path(libraries) / name)).libreofficekit_hook_2
    hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
    office = hook(os.fsencode(libraries), os.fsencode(profile))
    if not office:
        return False
    document = _called(office, LOAD, ctypes.c_void_p, Path(given).as_uri())
    if not document:
        return False
    return bool(_called(document, SAVE, ctypes.c_int, Path(made).as_uri(), to, ""))


def _called(object_: int, place: int, result: Any, *texts: str) -> Any:
    """Call a function of an object, which begins with the address of the table of them."""
    address = ctypes.POINTER(ctypes.c_void_p)
    table = ctypes.cast(ctypes.cast(object_, address)[0] or 0, address)
    kinds = [ctypes.c_char_p] * len(texts)
    function = ctypes.CFUNCTYPE(result, ctypes.c_void_p, *kinds)(table[place] or 0)
    return function(object_, *map(os.fsencode, texts))
