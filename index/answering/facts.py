"""The facts of all works of a state, as columns by number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.fields import FIELDS

Ints = npt.NDArray[np.int64]

NO_YEAR = int(np.iinfo(np.int32).min)


@dataclass(frozen=True)
class Facts:
    """Works are numbered from 0 without gaps.

    years: NO_YEAR where a work has none. lengths: words, (works, fields) in the order of FIELDS.
    labels: (facet, value) of each label; a work has those that `label_of` numbers from
    `label_first` of it on. marks: what tells what works say from what others say. titles and told
    are asked for one work at a time: its title folded, and the words it says most as "word:count
    word:count …".
    """

    ids: Sequence[str]
    years: Ints
    added: Ints
    quality: npt.NDArray[np.float64]
    lengths: npt.NDArray[np.int32]
    labels: Sequence[tuple[str, str]]
    label_first: Ints
    label_of: npt.NDArray[np.int32]
    marks: npt.NDArray[np.uint32]
    title: Callable[[int], str]
    told: Callable[[int], str]

    def __len__(self) -> int:
        return len(self.ids)

    def length(self, field: str) -> npt.NDArray[np.int32]:
        """For each work, how many words a field has."""
        return self.lengths[:, _COLUMN[field]]

    def labels_of(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """What a work is filed under: facet → values."""
        held: dict[str, tuple[str, ...]] = {}
        own = self.label_of[int(self.label_first[number]) : int(self.label_first[number + 1])]
        for facet, value in (self.labels[label] for label in own.tolist()):
            held[facet] = (*held.get(facet, ()), value)
        return held

    def under(self) -> dict[tuple[str, str], npt.NDArray[np.int32]]:
        """(facet, value) → the numbers of the works under it, ascending."""
        works = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.label_first))
        order = np.argsort(self.label_of, kind="stable")
        ends = np.searchsorted(self.label_of[order], np.arange(len(self.labels) + 1)).tolist()
        return {
            label: works[order[ends[number] : ends[number + 1]]]
            for number, label in enumerate(self.labels)
            if ends[number] < ends[number + 1]
        }

    @cached_property
    def by_newest(self) -> Ints:
        """For each work its place when the newest come first: without a year last; then the last
        added, then by id."""
        dated = np.where(self.years == NO_YEAR, 1 << 62, -self.years)
        return _ranks(np.lexsort((self.by_id, -self.added, dated)))

    @cached_property
    def by_title(self) -> Ints:
        """For each work its place in the order of titles, then of ids."""
        order = sorted(range(len(self)), key=lambda number: (self.title(number), self.ids[number]))
        return _ranks(np.array(order, np.int64))

    @cached_property
    def by_id(self) -> Ints:
        """For each work its place in the order of ids."""
        order = sorted(range(len(self)), key=self.ids.__getitem__)
        return _ranks(np.array(order, np.int64))


_COLUMN = {field.name: number for number, field in enumerate(FIELDS)}


def _ranks(order: Ints) -> Ints:
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks
