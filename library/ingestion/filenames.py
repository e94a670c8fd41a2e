"""What the name of a file says it is, held against what it is."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePath

from library.extractors import EXTRACTORS

# The table of Python alone: what this machine adds to it must not change what staff are told.
_TYPES = MimeTypes().types_map[True]


MAIL = frozenset(("message/rfc822", "multipart/related"))  # one suffix is called either


def misnamed(name: str, media_type: str) -> str:
    """What to say of a file whose name says another format than it has; "" where it does not.

    Kinds of plain text go by each other's names everywhere, and are read well all the same.
    """
    suffix = PurePath(name).suffix.lower()
    said = _TYPES.get(suffix, "")
    if not said or said == media_type or said not in EXTRACTORS:
        return ""
    if {said, media_type} <= MAIL:
        return ""
    if said.startswith("text/") and media_type.startswith("text/"):
        return ""
    return f"it is named {suffix} and is {EXTRACTORS[media_type].name}: it was read as that"
