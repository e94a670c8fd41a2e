"""Children that do not come to an end, or not to a good one, by the name of the document."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits, detection
from library.extractors.wire import Facts
from library.ingestion import description_child
from library.ingestion.description_child import laid_out, prepare

__all__ = ["described", "described_each", "laid_out", "prepare", "told_and_read"]


def for_ever() -> None:
    """Hold the interpreter in C, and hear no signal that can be ignored."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    re.match(r"(a+)+$", "a" * 60 + "b")


def described(
    file: BinaryIO, limits: Limits, what: str, filename: str, language: str | None, otherwise: str
) -> Iterator[Page | Facts]:
    given = file.read()
    file.seek(0)
    pages = b'{"page"' in given
    if filename == "always-slow.md" or (filename == "slow.md" and pages):
        for_ever()
    if filename == "hungry.md" and pages:
        held = []
        while True:
            held.append(bytearray(2**24))
    if filename == "dying.md" and pages:
        os.abort()
    if filename == "babbling.md" and pages:
        yield Facts({"statements": "of a reader that was taken over"})
    if filename == "late.md":
        for item in description_child.described(file, limits, what, filename, language, otherwise):
            yield item
            if isinstance(item, Facts) and "statements" in item.values:
                for_ever()
    yield from description_child.described(file, limits, what, filename, language, otherwise)


def described_each(
    file: BinaryIO, limits: Limits, each: Sequence[Sequence[Any]]
) -> Iterator[Page | Facts]:
    yield from description_child.in_turn(file, limits, each, described)


def told_and_read(
    file: BinaryIO, limits: Limits, name: str, readers: Mapping[str, str]
) -> Iterator[Facts | Said | Page]:
    if name.endswith("untold.md"):
        for_ever()
    yield from detection.told_and_read(file, limits, name, readers)
