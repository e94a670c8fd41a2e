"""Whether the packages of others that add formats and engines can be used."""

from __future__ import annotations

from index import engines
from library.core import formats
from library.core.messages import LONGEST, Message


def faults() -> tuple[Message, ...]:
    """What is wrong with them, each named with its package; they are imported once a process."""
    of_engines = (
        Message("engine of others", {"name": name, "package": package, "detail": why[:LONGEST]})
        for name, package, why in engines.broken()
    )
    return *formats.broken(), *of_engines
