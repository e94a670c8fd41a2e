"""What a file is, told in the child that looks at it (library/sandbox/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits, load
from library.extractors.media_types import media_type_of
from library.extractors.wire import Facts


def told(file: BinaryIO, limits: Limits, name: str) -> Iterator[Facts]:
    """The media type of a file that is called `name`. Raises InputError."""
    yield Facts({"media_type": media_type_of(file, name)})


def told_and_read(
    file: BinaryIO, limits: Limits, name: str, readers: Mapping[str, str]
) -> Iterator[Facts | Said | Page]:
    """The media type, then what its reader yields, where it has one here. Raises InputError.

    readers: media type → `module:function`.
    """
    for fact in told(file, limits, name):
        yield fact
        if reader := readers.get(fact.values["media_type"]):
            file.seek(0)
            yield from load(reader)(file, limits)
