"""One state of an index, opened for reading: works by number, their facts, and postings.

Works are numbered from 0 without gaps, so that a set of works is a bit set: a Python int.
"""

from __future__ import annotations

import json
import re
import weakref
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import TermNotFound

from index.engines.whoosh import schema
from index.engines.whoosh.shelf import let_go
from index.fields import FIELDS
from index.spelling import Lexicon

_COMMIT = re.compile(r"_MAIN_(\d+)\.toc")
_CACHED_POSTINGS = 400_000


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


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the pieces of a work's text are; `pages` has a row for each piece."""

    starts: Sequence[int]
    pages: Sequence[tuple[str, str, int]]  # edition, language, page


@dataclass(frozen=True, slots=True)
class Held:
    """Which works hold something: their numbers with field-weighted frequencies, and as bits."""

    frequency: Mapping[int, float]
    bits: int


Facts = dict[str, list[tuple[int, Work]]]
"""What is kept from one opening to the next: segment → its works by document number."""


class Snapshot:
    """Not safe for several threads at once: the files behind it have one place to read from."""

    def __init__(self, storage: Any, generation: str, kept: Facts) -> None:
        # A snapshot that nobody closed lets go of its files when it is forgotten.
        self._let_go = weakref.finalize(self, let_go, storage)
        commit = latest(storage)  # asked first: a commit in between is then found the next time
        reader = FileIndex(storage, schema=schema.schema()).reader()
        self.generation = generation
        self.name = stamp(generation, commit)
        self.works: list[Work] = []
        self.facts: Facts = {}
        self._leaves: list[tuple[Any, dict[int, int]]] = []
        self._documents: list[tuple[int, int]] = []  # by work: leaf, document number there
        self._numbers: dict[str, int] | None = None  # by id, made when first asked for
        self._cache: OrderedDict[object, Held] = OrderedDict()
        self._cached = 0
        self.words: Lexicon | None = None  # read when a word is first not known
        self.names: dict[frozenset[tuple[str, str]], Any] = {}  # what naming.py found, as asked for
        for leaf, _ in reader.leaf_readers():
            self._add_leaf(leaf, kept)
        self.everything = (1 << len(self.works)) - 1
        self.labels, self.years = self._bit_sets()
        self._norms = {field.name: self._norm(field.name) for field in FIELDS}

    def close(self) -> None:
        """Let go of files."""
        self._let_go()

    def norms(self, field: str) -> list[float]:
        """For each work, the length of a field as a share of the average."""
        return self._norms[field]

    def number(self, id: str) -> int | None:
        """The number of a work."""
        if self._numbers is None:
            self._numbers = {work.id: number for number, work in enumerate(self.works)}
        return self._numbers.get(id)

    def postings(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """(work, frequency) for each work that holds a term in a field."""
        for matcher, numbers in self._matchers(field, term):
            while matcher.is_active():
                number = numbers.get(matcher.id(), -1)
                if number >= 0:
                    yield number, matcher.weight()
                matcher.next()

    def positions(self, field: str, term: str, wanted: Iterable[int]) -> dict[int, list[int]]:
        """Where a term stands in a field of each of the wanted works that holds it."""
        found: dict[int, list[int]] = {}
        targets: dict[int, list[int]] = defaultdict(list)
        for number in wanted:
            leaf, document = self._documents[number]
            targets[leaf].append(document)
        text = schema.to_bytes(term)
        for index, documents in targets.items():
            leaf, numbers = self._leaves[index]
            try:
                matcher = leaf.postings(field, text)
            except TermNotFound:
                continue
            for document in sorted(documents):
                if not matcher.is_active():
                    break
                if matcher.id() < document:
                    matcher.skip_to(document)
                if matcher.is_active() and matcher.id() == document:
                    found[numbers[document]] = schema.positions(matcher.value())
        return found

    def holders(self, field: str, term: str) -> int:
        """About how many works hold a term: removed ones may still be counted."""
        text = schema.to_bytes(term)
        return sum(leaf.doc_frequency(field, text) for leaf, _ in self._leaves)

    def lexicon(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """(term, about how many works hold it) for each term of a field that begins so."""
        counted: dict[str, int] = defaultdict(int)
        start = schema.to_bytes(prefix)
        for leaf, _ in self._leaves:
            for (name, term), info in leaf.iter_from(field, start):
                if name != field or not term.startswith(start):
                    break
                counted[term.decode("utf-8", "surrogatepass")] += info.doc_frequency()
        yield from sorted(counted.items())

    def layout(self, number: int) -> Layout:
        """The table of pages and pieces of one work."""
        table = self._text(number, None)
        pages = [
            (edition, language, page)
            for edition, language, page, pieces in table["passages"]
            for _ in range(pieces)
        ]
        return Layout(table["starts"], pages)

    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""
        group, place = divmod(piece, schema.PIECES_TOGETHER)
        return str(self._text(number, group)[place])

    def cached(self, key: object, make: Callable[[], Held]) -> Held:
        """What `make` gives, kept as long as there is room."""
        held = self._cache.get(key)
        if held is not None:
            self._cache.move_to_end(key)
            return held
        held = make()
        self._cache[key] = held
        self._cached += len(held.frequency) + 100
        while self._cached > _CACHED_POSTINGS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= len(dropped.frequency) + 100
        return held

    def bits(self, numbers: Iterable[int]) -> int:
        """A set of works as a bit set."""
        return bits_of(numbers, len(self.works))

    def _add_leaf(self, leaf: Any, kept: Facts) -> None:
        # Whoosh draws segment names from `random`, which a program may seed: not unique by itself.
        key = f"{self.generation}/{leaf.segment().segment_id() if leaf.segment() else ''}"
        facts = kept.get(key)
        if facts is None:
            facts = list(_facts(leaf))
        self.facts[key] = facts
        numbers: dict[int, int] = {}
        for document, work in facts:
            if not leaf.is_deleted(document):
                numbers[document] = len(self.works)
                self._documents.append((len(self._leaves), document))
                self.works.append(work)
        self._leaves.append((leaf, numbers))

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, dict[int, int]]]:
        text = schema.to_bytes(term)
        for leaf, numbers in self._leaves:
            try:
                yield leaf.postings(field, text), numbers
            except TermNotFound:
                continue

    def _text(self, number: int, part: int | None) -> Any:
        leaf = self._leaves[self._documents[number][0]][0]
        key = schema.to_bytes(schema.part_key(self.works[number].id, part))
        matcher = leaf.postings(schema.PART, key)
        return schema.unpack(leaf.stored_fields(matcher.id())[schema.TEXT])

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

    def _norm(self, field: str) -> list[float]:
        lengths = [work.lengths.get(field, 0) for work in self.works]
        filled = [length for length in lengths if length]
        average = sum(filled) / len(filled) if filled else 1.0
        return [length / average for length in lengths]


def latest(storage: Any) -> int:
    """The number of the last commit, by the names of files alone."""
    return max((int(m[1]) for name in storage.list() if (m := _COMMIT.fullmatch(name))), default=-1)


def stamp(generation: str, commit: int) -> str:
    """What tells one state of an index from another."""
    return f"{generation}.{commit}"


def bits_of(numbers: Iterable[int], size: int) -> int:
    """A bit set of numbers below `size`."""
    mask = bytearray((size + 7) // 8)
    for number in numbers:
        mask[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(mask, "little")


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers in a bit set, ascending."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield index * 8 + low.bit_length() - 1
            byte ^= low


def _facts(leaf: Any) -> Iterator[tuple[int, Work]]:
    try:
        matcher = leaf.postings(schema.KIND, schema.to_bytes(schema.WORK))
    except TermNotFound:
        return
    while matcher.is_active():
        document = matcher.id()
        facts = json.loads(leaf.stored_fields(document)[schema.FACTS])
        labels = {facet: tuple(values) for facet, values in facts["labels"].items()}
        yield (
            document,
            Work(
                facts["id"],
                facts["title"],
                facts["year"],
                facts["added"],
                labels,
                facts["lengths"],
                facts["quality"],
            ),
        )
        matcher.next()
