"""What the name of a file says it is, held against what it is."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePath

from library.core.messages import Message
from library.extractors import EXTRACTORS

# The table of Python alone: what this machine adds to it must not change what staff are told.
_TYPES = MimeTypes().types_map[True]


MAIL = frozenset(("message/rfc822", "multipart/related"))  # one suffix is called either


def misnamed(name: str, media_type: str) -> Message | None:
    """What to say of a file whose name says another format than it has; None where it does not.

    Kinds of plain text go by each other's names everywhere, and are read well all the same.
    """
    suffix = PurePath(name).suffix.lower()
    named_type = _TYPES.get(suffix, "")
    if not named_type or named_type == media_type or named_type not in EXTRACTORS:
        return None
    if {named_type, media_type} <= MAIL:
        return None
    if named_type.startswith("text/") and media_type.startswith("text/"):
        return None
    values = {"file": name, "suffix": suffix, "format": EXTRACTORS[media_type].name}
    return Message("arrival misnamed", values)
