"""What went wrong, in a reader's language: made here of an error's code and parameters."""

from __future__ import annotations

from library.core.errors import LibraryError
from library.core.messages import MESSAGES
from library.web.i18n import Interface


def told(error: LibraryError, interface: Interface) -> str:
    """What happened and what to do. An error whose code has no message is told in general."""
    found = MESSAGES.get(error.code)
    if found is None:
        return interface.say("This was not done. Go back, look at it again, and try once more.")
    values = {
        name: interface.number(int(value)) if value.isdecimal() and len(value) < 16 else value
        for name, value in error.parameters.items()
    }
    parts = (interface.say(text, **values) for text in found if text)
    return " ".join(parts)
