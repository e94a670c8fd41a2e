"""What documents come to, before a pack of them is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from library.core.formats import PICTURED
from library.core.resource import Edition


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the documents of a language come to."""

    works: int = 0
    pages: int = 0
    text: int = 0
    drawn: int = 0  # pages that have pictures
    originals: int = 0

    def with_(self, edition: Edition) -> Sizes:
        return Sizes(
            self.works + 1,
            self.pages + edition.pages,
            self.text + edition.text_bytes,
            self.drawn + (edition.pages if edition.media_type in PICTURED else 0),
            self.originals + edition.bytes,
        )


def sum_of(sizes: Iterable[Sizes]) -> Sizes:
    held = list(sizes)
    return Sizes(
        *(
            sum(getattr(of, name) for of in held)
            for name in ("works", "pages", "text", "drawn", "originals")
        )
    )
