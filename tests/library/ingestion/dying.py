"""Children that describe and die over it, whatever the document is called."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from library.core.resource import Page
from library.extractors import Limits
from library.ingestion.description_child import prepare

__all__ = ["described", "described_each", "laid_out", "prepare"]


def described(file: BinaryIO, limits: Limits, *arguments: object) -> Iterator[Page]:
    os.abort()
    yield Page(1, "")


laid_out = described_each = described
