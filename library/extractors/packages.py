"""Files that an office program put into another as an object: a wrapper around the file itself.

It is a Compound File with the file in one stream, an `Ole10Native` ([MS-OLEDS] 2.3.6) with the
name the file had, or, in RTF, an object of the first OLE ([MS-OLEDS] 2.2.5) around these.
"""

from __future__ import annotations

import struct
from io import BytesIO

from library.extractors import ole

LARGEST = 64 << 20  # bytes of a file within a file
NAME = 1_000  # bytes of a name
NATIVE = "\x01ole10native"
# Streams that hold a whole file, and how that begins.
WHOLE = (("package", b"PK\x03\x04"), ("contents", b"%PDF-"))
PROGRAMS = (("worddocument", "doc"), ("powerpoint document", "ppt"), ("workbook", "xls"))


def unwrapped(data: bytes, name: str) -> tuple[bytes, str]:
    """The file in a wrapper and its own name; what is no wrapper, or is damaged, as it came."""
    if not data.startswith(ole.MAGIC):
        return data, name
    streams = ole.streams(BytesIO(data))
    for stream, start in WHOLE:
        if stream in streams:
            inner = ole.content(BytesIO(data), stream, LARGEST)
            if inner.startswith(start):
                return inner, name
    if NATIVE in streams:
        native = ole.content(BytesIO(data), NATIVE, LARGEST)
        return named_native(native[4:]) or (data, name)
    suffix = next((suffix for stream, suffix in PROGRAMS if stream in streams), "")
    return data, f"{name.rpartition('.')[0] or name}.{suffix}" if suffix else name


def named_native(native: bytes) -> tuple[bytes, str] | None:
    """The file and its name in the data of a "Package"; None where they are not there."""
    try:
        (kind,) = struct.unpack_from("<H", native)
        label, end = _text(native, 2)
        _, end = _text(native, end)  # where the file was
        (length,) = struct.unpack_from("<L", native, end + 4)  # of where it was copied to
        (size,) = struct.unpack_from("<L", native, end + 8 + length)
        data = native[end + 12 + length :][:size]
    except (struct.error, ValueError):
        return None
    if kind != 2 or not label or len(data) < size:
        return None
    return data, label.replace("\\", "/").rpartition("/")[2]


def of_rtf(data: bytes) -> tuple[bytes, str]:
    """The file in the data of an RTF object, and what it is called; b"" where there is none."""
    try:
        version, kind, length = struct.unpack_from("<LLL", data)
        program = data[12 : 12 + length].rstrip(b"\0")
        place = 12 + length
        for _ in range(2):
            (length,) = struct.unpack_from("<L", data, place)
            place += 4 + length
        (size,) = struct.unpack_from("<L", data, place)
    except struct.error:
        return b"", ""
    called = program[:100].decode("latin-1")
    inner = data[place + 4 :][:size]
    if kind != 2 or not version:
        return b"", ""  # a link
    if program.lower() == b"package":
        return named_native(inner) or (b"", called)
    return unwrapped(inner, called)


def _text(data: bytes, start: int) -> tuple[str, int]:
    end = data.index(b"\0", start, start + NAME)
    return data[start:end].decode("cp1252", "replace"), end + 1
