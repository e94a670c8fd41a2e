"""What would change, resource by resource: the values of a preview."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from library.catalogue.curation.batch import Wish
from library.catalogue.resources.collections import Placing
from library.core.resource import Resource, Standing

Values = tuple[str, ...]

Why = Literal["", "same language", "itself", "leads back", "day", "gone", "status"]
"""Why a resource cannot be changed as it is asked; "" where it can."""

STANDING = ("status", "until", "reason", "successor", "review_by", "law_year")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it is and as it would be. edition: "" for what is said of the whole work.

    confirmed: the value stays, and becomes staff's word. lifted: what staff said counts no more.
    """

    field: str
    before: Values
    after: Values
    edition: str = ""
    confirmed: bool = False
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One resource of a plan. late: it was changed after what asks for this was made."""

    resource: Resource
    differences: tuple[Difference, ...]
    why: Why = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change, what cannot, and how many are so already."""

    rows: tuple[Row, ...] = ()  # those that would change
    refused: tuple[Row, ...] = ()
    same: int = 0
    wishes: tuple[Wish, ...] = ()
    placings: tuple[Placing, ...] = ()
    told: Mapping[str, object] = field(default_factory=dict)

    @property
    def seal(self) -> str:
        """Alike for plans that show the same: whether what was looked at is what would be done."""
        shown = [
            (
                row.resource.id,
                row.why,
                row.late,
                [_told(difference) for difference in row.differences],
            )
            for row in (*self.rows, *self.refused)
        ]
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:32]


def stood(before: Standing, after: Standing) -> Iterator[Difference]:
    """The differences of two standings."""
    for name in STANDING:
        was, now = _said(before, name), _said(after, name)
        if was != now:
            yield Difference(name, was, now)


def _said(standing: Standing, name: str) -> Values:
    value = getattr(standing, name)
    return (str(value),) if value else ()


def _told(difference: Difference) -> Sequence[object]:
    return (
        difference.field,
        difference.edition,
        difference.before,
        difference.after,
        difference.confirmed,
        difference.lifted,
    )
