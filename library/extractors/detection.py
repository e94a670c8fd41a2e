"""What a file is, told in the child that looks at it (library/sandbox/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from library.extractors import Limits
from library.extractors.media_types import media_type_of
from library.extractors.wire import Facts


def told(file: BinaryIO, limits: Limits, name: str) -> Iterator[Facts]:
    """The media type of a file that is called `name`. Raises InputError."""
    yield Facts({"media_type": media_type_of(file, name)})
