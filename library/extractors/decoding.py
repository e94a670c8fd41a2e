"""Bytes of a text file as characters, when nobody says how they were written."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HIGH = re.compile(rb"[\x80-\xff]")
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # no characters in Windows-1252


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; `declared` is the encoding that the file itself names, if any.

    A byte order mark is believed first, then UTF-8 if it fits, then the file's own word, and at
    last Windows-1252, in which every byte but five is a character.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return data.decode("utf-8", "ignore")
    if _known(declared) and declared.lower().replace("_", "-") not in ("utf-8", "utf8"):
        return data.decode(declared, "replace")
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < len(HIGH.findall(data)):
        return text
    return data.decode("latin-1" if UNDEFINED.search(data) else "cp1252")


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are characters of some encoding."""
    if head.startswith(tuple(mark for mark, _ in BOMS)) or _wide(head):
        return True
    return len(CONTROL.findall(head)) * 100 <= len(head) and b"\x00" not in head


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of a mostly Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or (len(sample) % 2 and len(data) <= 4096):
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _known(encoding: str) -> bool:
    try:
        return bool(encoding) and isinstance(b"a".decode(encoding), str)
    except (LookupError, ValueError):
        return False
