"""A child that says of all documents, and of more than there are, that it has described them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from library.extractors import Limits
from library.extractors.wire import Facts
from library.ingestion.description_child import described, laid_out, prepare

__all__ = ["described", "described_each", "laid_out", "prepare"]


def described_each(
    file: BinaryIO, limits: Limits, each: Sequence[Sequence[Any]]
) -> Iterator[Facts]:
    for number in range(len(each) + 3):
        yield Facts({"document": number})
