"""One state of an index, opened for reading: works by number, their facts, and postings.

Works are numbered from 0 without gaps, so that a set of works is a bit set: a Python int.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.fields import FIELDS
from index.meaning import Learned
from index.text.spelling import Words

_CACHED_POSTINGS = 2_000_000

Array = npt.NDArray[np.floating[Any]]  # one number for each work, by its number
Numbers = npt.NDArray[np.int32]
Postings = tuple[Numbers, Array]
"""The works that hold a term, and how often each does; in no order, none twice."""


@dataclass(frozen=True, slots=True)
class Work:
    """The facts of one work."""

    id: str
    title: str  # folded
    year: int | None
    added: int
    labels: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, int]
    quality: float
    told: str  # the words it says most, as "word:count word:count …"

    @staticmethod
    def of(facts: Mapping[str, Any]) -> Work:
        """From what `index.inversion` says of a document."""
        return Work(
            facts["id"],
            facts["title"],
            facts["year"],
            facts["added"],
            {facet: tuple(values) for facet, values in facts["labels"].items()},
            facts["lengths"],
            facts["quality"],
            facts["told"],
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pieces of a work's text are; `pages` has a row for each piece."""

    starts: Sequence[int]
    pages: Sequence[tuple[str, str, int]]  # edition, language, page

    @staticmethod
    def of(table: Mapping[str, Any]) -> Layout:
        """From the table that `index.inversion` made."""
        pages = [
            (edition, language, page)
            for edition, language, page, pieces in table["passages"]
            for _ in range(pieces)
        ]
        return Layout(table["starts"], pages)


@dataclass(frozen=True, slots=True)
class Held:
    """Which works hold something: their numbers, ascending, with field-weighted frequencies, and
    as bits."""

    numbers: Numbers
    frequency: Array
    bits: int

    @staticmethod
    def of(frequency: Array) -> Held:
        """From one frequency for each work."""
        numbers = np.flatnonzero(frequency).astype(np.int32)
        return Held(numbers, frequency[numbers], bits_of(numbers, len(frequency)))

    @staticmethod
    def spread(held: Held, size: int) -> Array:
        """One frequency for each of `size` works."""
        frequencies = np.zeros(size, np.float32)
        frequencies[held.numbers] = held.frequency
        return frequencies

    def among(self, numbers: Iterable[int]) -> list[int]:
        """Those of these works that hold it."""
        return [number for number in numbers if self.bits >> number & 1]


class State(ABC):
    """What answering asks of an open index. Not safe for several threads at once."""

    def __init__(self, name: str, works: Sequence[Work]) -> None:
        self.name = name  # changes with every change that a search can see
        self.works = works
        self.learned: Learned | None = None  # given by whoever keeps it
        self.sense: Any = None  # what sense.py laid beside the works
        self.everything = (1 << len(works)) - 1
        self.labels, self.years = self._bit_sets()
        self.words: Sequence[Words] | None = None  # listed when a word is first not known
        self._numbers: dict[str, int] | None = None  # by id, made when first asked for
        self.names: dict[frozenset[tuple[str, str]], Any] = {}  # what naming.py found, as asked for
        self._norms = {field.name: self._norm(field.name) for field in FIELDS}
        self._cache: OrderedDict[object, Held] = OrderedDict()
        self._cached = 0

    @abstractmethod
    def postings(self, field: str, term: str) -> Postings:
        """The works that hold a term in a field."""

    @abstractmethod
    def positions(self, field: str, term: str, wanted: Iterable[int]) -> dict[int, list[int]]:
        """Where a term stands in a field of each of the wanted works that holds it, ascending."""

    @abstractmethod
    def holders(self, field: str, term: str) -> int:
        """About how many works hold a term: removed ones may still be counted."""

    @abstractmethod
    def lexicon(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """(term, about how many works hold it) for each term of a field that begins so, sorted."""

    @abstractmethod
    def layout(self, number: int) -> Layout:
        """The table of pages and pieces of one work."""

    @abstractmethod
    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files."""

    def number(self, id: str) -> int | None:
        """The number of a work."""
        if self._numbers is None:
            self._numbers = {work.id: number for number, work in enumerate(self.works)}
        return self._numbers.get(id)

    def norms(self, field: str) -> Array:
        """For each work, the length of a field as a share of the average."""
        return self._norms[field]

    def cached(self, key: object, make: Callable[[], Held]) -> Held:
        """What `make` gives, kept as long as there is room."""
        held = self._cache.get(key)
        if held is not None:
            self._cache.move_to_end(key)
            return held
        held = make()
        self._cache[key] = held
        self._cached += len(held.numbers) + 100
        while self._cached > _CACHED_POSTINGS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= len(dropped.numbers) + 100
        return held

    def bits(self, numbers: Iterable[int]) -> int:
        """A set of works as a bit set."""
        return bits_of(numbers, len(self.works))

    def _bit_sets(self) -> tuple[dict[str, dict[str, int]], dict[int, int]]:
        labels: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        years: dict[int, list[int]] = defaultdict(list)
        for number, work in enumerate(self.works):
            for facet, values in work.labels.items():
                for value in values:
                    labels[facet][value].append(number)
            if work.year is not None:
                years[work.year].append(number)
        return (
            {
                facet: {value: self.bits(numbers) for value, numbers in values.items()}
                for facet, values in labels.items()
            },
            {year: self.bits(numbers) for year, numbers in years.items()},
        )

    def _norm(self, field: str) -> Array:
        lengths = np.array([work.lengths.get(field, 0) for work in self.works], np.float32)
        filled = lengths[lengths > 0]
        return lengths / (filled.mean() if filled.size else np.float32(1))


def bits_of(numbers: Iterable[int] | Numbers, size: int) -> int:
    """A bit set of numbers below `size`."""
    mask = np.zeros(size, np.uint8)
    mask[np.fromiter(numbers, np.int64) if not isinstance(numbers, np.ndarray) else numbers] = 1
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, size: int) -> npt.NDArray[np.bool_]:
    """A bit set of numbers below `size`, as one truth for each."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(bool)


def numbers_of(bits: int) -> list[int]:
    """The numbers in a bit set, ascending."""
    numbers: list[int] = np.flatnonzero(mask_of(bits, bits.bit_length())).tolist()
    return numbers
