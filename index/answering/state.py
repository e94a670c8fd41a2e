"""One state of an index, opened for reading: works by number, their facts, and postings.

Works are numbered from 0 without gaps, so that a set of works is a bit set: a Python int. Where a
word stands is a place: the number of the work, and the position in a field of it, as one number
(`place_of`). So the places of all works are one sorted array, and what stands side by side, near
each other or in order is found by looking one array up in another.

A state never changes, and serves any number of threads at once.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

import numpy as np
import numpy.typing as npt

from index.answering.facts import NO_YEAR, Facts
from index.columns.arrays import distinct
from index.fields import FIELDS
from index.meaning import Learned, Matrix
from index.text import sources
from index.text.spelling import Words

_CACHED_POSTINGS = 2_000_000

Array = npt.NDArray[np.floating[Any]]  # one number for each work, by its number
Numbers = npt.NDArray[np.int32]
Postings = tuple[Numbers, Array]
"""The works that hold a term, ascending, and how often each does."""

Places = npt.NDArray[np.int64]
"""Works and positions, as `place_of` makes them, ascending, none twice."""

WORK = 32
"""A place is the number of a work, so many bits up, and a position."""

NOWHERE: Places = np.zeros(0, np.int64)


B = 0.75  # literature
SPAN = 300  # words of a stretch of text, about a page; judged


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pieces of some works' texts are, work by work, ascending.

    starts: the place in the body at which each piece begins. pages: for each piece, its page.
    rows: of each page, edition, language and page; read when they are asked for. first: the first
    piece of each work.
    """

    starts: Places
    pages: npt.NDArray[np.int64]
    rows: Sequence[tuple[str, str, int]]
    first: Mapping[int, int]

    def pieces(self, places: Places) -> npt.NDArray[np.int64]:
        """For each place the piece, of these here, in which it is."""
        return self.starts.searchsorted(places, "right") - 1

    def on_page(self, piece: int) -> int:
        """Which piece of its page a piece of these here is, counted from 1."""
        return piece - int(self.pages.searchsorted(self.pages[piece])) + 1

    def of(self, page: int) -> int:
        """The work of a page."""
        return int(self.starts[self.pages.searchsorted(page)]) >> WORK


class Held:
    """Which works hold something: their numbers, ascending, with field-weighted frequencies, and
    as bits."""

    __slots__ = ("_bits", "_size", "frequency", "numbers", "works")

    def __init__(self, numbers: Numbers, frequency: Array, size: int) -> None:
        """size: how many works there are."""
        self.numbers = numbers
        self.frequency = frequency
        self.works = len(numbers)  # of the whole library, by which it is told how rare it is
        self._size = size
        self._bits: int | None = None

    @property
    def bits(self) -> int:
        if self._bits is None:
            self._bits = bits_of(self.numbers, self._size)
        return self._bits

    @staticmethod
    def of(frequency: Array) -> Held:
        """From one frequency for each work."""
        # Truths are looked through four times as fast as numbers are.
        numbers = (frequency != 0).nonzero()[0].astype(np.int32)
        return Held(numbers, frequency[numbers], len(frequency))

    @staticmethod
    def spread(held: Held, size: int) -> Array:
        """One frequency for each of `size` works."""
        frequencies = np.zeros(size, np.float32)
        frequencies[held.numbers] = held.frequency
        return frequencies

    def among(self, numbers: Numbers) -> Numbers:
        """Those of these works that hold it; both ascending."""
        if not len(self.numbers):
            return self.numbers
        at = np.minimum(self.numbers.searchsorted(numbers), len(self.numbers) - 1)
        found: Numbers = numbers[self.numbers[at] == numbers]
        return found


class State(ABC):
    """What answering asks of an open index."""

    def __init__(self, name: str, facts: Facts) -> None:
        self.name = name  # changes with every change that a search can see
        self.facts = facts
        self.size = len(facts)  # works
        self.works = self.size  # of the whole library, where only some of them are here
        self.learned: Learned | None = None  # given by whoever keeps it
        self.sense: Any = None  # what semantics.py laid beside the works
        self.sense_before: Any = None  # the same, of the works before a change
        self.everything = (1 << self.size) - 1
        self.names: dict[frozenset[tuple[str, str]], Any] = {}  # what synonyms.py found
        self.building = threading.RLock()  # of what is made once for a state, when first asked for
        self._norms = {field.name: self._norm(field.name) for field in FIELDS}
        self._damped = {name: 1 - B + B * norms for name, norms in self._norms.items()}
        self._cache: OrderedDict[object, Held] = OrderedDict()
        self._cached = 0
        self._caching = threading.Lock()  # held for a look or a change, never for an answer

    @abstractmethod
    def postings(self, field: str, term: str) -> Postings:
        """The works that hold a term in a field."""

    @abstractmethod
    def places(self, field: str, term: str, wanted: Numbers | None = None) -> Places:
        """Where a term stands in a field of all works, or of the wanted ones, ascending."""

    @abstractmethod
    def holders(self, field: str, term: str) -> int:
        """About how many works hold a term: removed ones may still be counted."""

    def often(self, field: str, term: str) -> float:
        """About how often works hold a term."""
        return float(self.postings(field, term)[1].sum())

    def holding(self, field: str, terms: Sequence[str]) -> int:
        """How many works of the library hold any of these terms."""
        return len({n for term in terms for n in self.postings(field, term)[0].tolist()})

    def under(self, facet: str, values: Iterable[str]) -> int:
        """How many works of the library are under any of these values."""
        known = self.labels.get(facet, {})
        return reduce(or_, (known.get(value, 0) for value in values), 0).bit_count()

    def spoken(self) -> Iterable[str]:
        """The languages that works of the library are in."""
        return self.labels.get("language", {})

    def sizes(self, sets: Sequence[int]) -> list[int]:
        """How many works each of these sets holds."""
        return [bits.bit_count() for bits in sets]

    def counted(self, key: object, held: Held) -> Held:
        """What is held, and in how many works of the library: in those that are here, all of it.

        key: what it is: a leaf of a tree; what is looked for of one (`variants`), as name and leaf;
        "names" with names; "filed" with labels.
        """
        return held

    @abstractmethod
    def lexicon(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """(term, about how many works hold it) for each term of a field that begins so, sorted."""

    @abstractmethod
    def layout(self, numbers: Numbers) -> Layout:
        """The tables of pages and pieces of some works, ascending."""

    @abstractmethod
    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""

    def prose(self, number: int, piece: int) -> float:
        """How far a piece of a work is running text, from 1 to `sources.LEAST`."""
        return sources.prose(self.piece(number, piece))

    def languages_of(self, number: int) -> frozenset[str]:
        """The languages of a work's pages."""
        return frozenset(spoken for _, spoken, _ in self.layout(np.array([number])).rows)

    @abstractmethod
    def close(self) -> None:
        """Let go of files, as soon as nobody reads from it."""

    @property
    @abstractmethod
    def words(self) -> Sequence[Words]:
        """Every word of the library as printed, in parts."""

    @abstractmethod
    def matrix(self, field: str) -> Matrix:
        """All postings of a field."""

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, int]]:
        """Facet → value → the works under it, as a bit set."""
        labels: dict[str, dict[str, int]] = defaultdict(dict)
        for (facet, value), numbers in self.facts.under().items():
            labels[facet][value] = self.bits(numbers)
        return labels

    @cached_property
    def years(self) -> Mapping[int, int]:
        """Year → the works of it, as a bit set."""
        years = distinct(self.facts.years).tolist()
        return {
            year: self.bits(np.flatnonzero(self.facts.years == year))
            for year in years
            if year != NO_YEAR
        }

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {id: number for number, id in enumerate(self.facts.ids)}

    def number(self, id: str) -> int | None:
        """The number of a work."""
        return self._numbers.get(id)

    def norms(self, field: str) -> Array:
        """For each work, the length of a field as a share of the average."""
        return self._norms[field]

    def damped(self, field: str) -> Array:
        """For each work, what a frequency in a field is divided by: long texts repeat more."""
        return self._damped[field]

    @cached_property
    def shares(self) -> Array:
        """For each work, the length of its stretches as a share of the average stretch."""
        lengths = self.facts.length("body").astype(np.float32)
        own = lengths / np.maximum(np.ceil(lengths / SPAN), 1)
        filled = own[own > 0]
        return own / (filled.mean() if filled.size else np.float32(1))

    def cached(self, key: object, make: Callable[[], Held]) -> Held:
        """What `make` gives, kept as long as there is room."""
        with self._caching:
            held = self._cache.get(key)
            if held is not None:
                self._cache.move_to_end(key)
                return held
        held = self.counted(key, make())
        with self._caching:
            if key not in self._cache:
                self._cached += len(held.numbers) + 100
            self._cache[key] = held
            while self._cached > _CACHED_POSTINGS and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached -= len(dropped.numbers) + 100
        return held

    def bits(self, numbers: Iterable[int] | npt.NDArray[Any]) -> int:
        """A set of works as a bit set."""
        return bits_of(numbers, self.size)

    def _norm(self, field: str) -> Array:
        lengths = self.facts.length(field).astype(np.float32)
        filled = lengths[lengths > 0]
        return lengths / (filled.mean() if filled.size else np.float32(1))


def bits_of(numbers: Iterable[int] | npt.NDArray[Any], size: int) -> int:
    """A bit set of numbers below `size`."""
    mask = np.zeros(size, np.uint8)
    mask[np.fromiter(numbers, np.int64) if not isinstance(numbers, np.ndarray) else numbers] = 1
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, size: int) -> npt.NDArray[np.bool_]:
    """A bit set of numbers below `size`, as one truth for each."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(bool)


def numbers_of(bits: int) -> npt.NDArray[np.int64]:
    """The numbers in a bit set, ascending."""
    return mask_of(bits, bits.bit_length()).nonzero()[0]


def place_of(number: int, position: int) -> int:
    """A position in a field of a work."""
    return number << WORK | position


def works_at(places: Places) -> npt.NDArray[np.int64]:
    """The work of each place."""
    return places >> WORK


def positions_at(places: Places) -> npt.NDArray[np.int64]:
    """The position of each place in its work."""
    return places & ((1 << WORK) - 1)


def together(several: Sequence[Places]) -> Places:
    """All of these places."""
    filled = [places for places in several if len(places)]
    if not filled:
        return NOWHERE
    return filled[0] if len(filled) == 1 else distinct(np.concatenate(filled))


def within(places: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For each of some places, whether it is one of others, ascending."""
    if not len(others):
        return np.zeros(len(places), bool)
    at = others.searchsorted(places)
    at[at == len(others)] = 0
    found: npt.NDArray[np.bool_] = others[at] == places
    return found
