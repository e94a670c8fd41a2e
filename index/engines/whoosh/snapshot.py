"""One state of an index in Whoosh, opened for reading."""

from __future__ import annotations

import json
import re
import weakref
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.index import FileIndex
from whoosh.matching import FilterMatcher
from whoosh.reading import TermNotFound

from index.answering.state import Array, Layout, Numbers, Postings, State, Work
from index.engines import parts
from index.engines.whoosh import schema
from index.engines.whoosh.storages import let_go

_COMMIT = re.compile(r"_MAIN_(\d+)\.toc")

_NONE = (np.zeros(0, np.int32), np.zeros(0, np.float32))

Facts = dict[str, list[tuple[int, Work]]]
"""What is kept from one opening to the next: segment → its works by document number."""


class Snapshot(State):
    """Not safe for several threads at once: the files behind it have one place to read from."""

    def __init__(self, storage: Any, generation: str, kept: Facts) -> None:
        # A snapshot that nobody closed lets go of its files when it is forgotten.
        self._let_go = weakref.finalize(self, let_go, storage)
        commit = latest(storage)  # asked first: a commit in between is then found the next time
        reader = FileIndex(storage, schema=schema.schema()).reader()
        self.generation = generation
        self.facts: Facts = {}
        self._leaves: list[tuple[Any, Numbers]] = []  # with a work for each document, or -1
        self._documents: list[tuple[int, int]] = []  # by work: leaf, document number there
        works: list[Work] = []
        for leaf, _ in reader.leaf_readers():
            self._add_leaf(leaf, kept, works)
        super().__init__(stamp(generation, commit), works)

    def close(self) -> None:
        """Let go of files."""
        self._let_go()

    def postings(self, field: str, term: str) -> Postings:
        """The works that hold a term in a field."""
        found: list[Numbers] = []
        frequencies: list[Array] = []
        for matcher, numbers in self._matchers(field, term):
            documents, frequency = _columns(matcher)
            works = numbers[documents]
            kept = works >= 0
            found.append(works[kept])
            frequencies.append(frequency[kept])
        if len(found) == 1:
            return found[0], frequencies[0]
        if not found:
            return _NONE
        return np.concatenate(found), np.concatenate(frequencies)

    def positions(self, field: str, term: str, wanted: Iterable[int]) -> dict[int, list[int]]:
        """Where a term stands in a field of each of the wanted works that holds it."""
        positions: dict[int, list[int]] = {}
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
            for document, value in _values(matcher, sorted(documents)):
                positions[int(numbers[document])] = schema.positions(value)
        return positions

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
        return Layout.of(self._text(number, None))

    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""
        group, place = parts.piece_of(piece)
        return str(self._text(number, group)[place])

    def _add_leaf(self, leaf: Any, kept: Facts, works: list[Work]) -> None:
        # Whoosh draws segment names from `random`, which a program may seed: not unique by itself.
        key = f"{self.generation}/{leaf.segment().segment_id() if leaf.segment() else ''}"
        facts = kept.get(key)
        if facts is None:
            facts = list(_facts(leaf))
        self.facts[key] = facts
        numbers = np.full(leaf.doc_count_all(), -1, np.int32)
        for document, work in facts:
            if not leaf.is_deleted(document):
                numbers[document] = len(works)
                self._documents.append((len(self._leaves), document))
                works.append(work)
        self._leaves.append((leaf, numbers))

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, Numbers]]:
        text = schema.to_bytes(term)
        for leaf, numbers in self._leaves:
            try:
                yield leaf.postings(field, text), numbers
            except TermNotFound:
                continue

    def _text(self, number: int, part: int | None) -> Any:
        leaf = self._leaves[self._documents[number][0]][0]
        key = schema.to_bytes(parts.part_key(self.works[number].id, part))
        matcher = leaf.postings(schema.PART, key)
        return parts.unpack(leaf.stored_fields(matcher.id())[schema.TEXT])


def _columns(matcher: Any) -> tuple[Numbers, Array]:
    """The documents of a posting list and their weights."""
    documents: list[int] = []
    weights: list[float] = []
    matcher = _bare(matcher)
    if not isinstance(matcher, W3LeafMatcher):  # a term of one document
        while matcher.is_active():
            documents.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
    while matcher.is_active():
        # Block by block: asked for one by one, postings take ten times as long.
        matcher.id()
        matcher.weight()
        documents.extend(matcher._ids)
        weights.extend(matcher._weights)
        matcher._next_block()
    return np.array(documents, np.int32), np.array(weights, np.float32)


def _bare(matcher: Any) -> Any:
    """A posting list with its removed documents, which have no work's number."""
    while isinstance(matcher, FilterMatcher):
        matcher = matcher.child
    return matcher


def _values(matcher: Any, wanted: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """(document, value) for each of the wanted documents, ascending, that are in a posting list."""
    matcher = _bare(matcher)
    if not isinstance(matcher, W3LeafMatcher):  # a term of one document
        values = {}
        while matcher.is_active():
            values[matcher.id()] = matcher.value()
            matcher.next()
        yield from ((document, values[document]) for document in wanted if document in values)
        return
    at = 0
    while matcher.is_active() and at < len(wanted):
        last = matcher._maxid
        if last >= wanted[at]:  # otherwise the block is passed over unread
            matcher.id()
            ids = matcher._ids
            while at < len(wanted) and wanted[at] <= last:
                place = bisect_left(ids, wanted[at])
                if ids[place] == wanted[at]:
                    matcher.value()
                    yield wanted[at], matcher._values[place]
                at += 1
        matcher._next_block()


def latest(storage: Any) -> int:
    """The number of the last commit, by the names of files alone."""
    return max((int(m[1]) for name in storage.list() if (m := _COMMIT.fullmatch(name))), default=-1)


def stamp(generation: str, commit: int) -> str:
    """What tells one state of an index from another."""
    return f"{generation}.{commit}"


def _facts(leaf: Any) -> Iterator[tuple[int, Work]]:
    try:
        matcher = leaf.postings(schema.KIND, schema.to_bytes(schema.WORK))
    except TermNotFound:
        return
    while matcher.is_active():
        document = matcher.id()
        yield document, Work.of(json.loads(leaf.stored_fields(document)[schema.FACTS]))
        matcher.next()
