"""One state of an index, over the segments that Whoosh's table of contents lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

import numpy as np

from index.answering.facts import Facts
from index.answering.state import (
    NOWHERE,
    WORK,
    Layout,
    Numbers,
    Places,
    Postings,
    State,
)
from index.columns.arrays import Column, spread
from index.columns.segment import Segment
from index.columns.terms import to_bytes, to_text
from index.engines.whoosh.codec import ColumnSegment
from index.text.spelling import Words

_COMMIT = re.compile(r"_MAIN_(\d+)\.toc")
SHORT, LISTED = 16, 8_192  # terms of a list that is remembered, and lists
SPANS = 16_384  # terms of which it is remembered where their postings are
_NONE = (np.zeros(0, np.int32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment, and the number of each of its works; -1 for one that was removed."""

    segment: Segment
    first: int  # the number of its first work
    numbers: Numbers | None  # None where none was removed: they go on from the first
    alive: Column  # its works that were not removed

    def postings(self, field: str, first: int, last: int) -> Postings:
        """Of works that were not removed."""
        own = self.segment.fields[field]
        works, often = own.works[first:last], own.often(first, last)
        if self.numbers is None:
            return works + np.int32(self.first), often.astype(np.float32)
        numbers = self.numbers[works]
        kept = numbers >= 0
        return numbers[kept], often[kept].astype(np.float32)

    def places(self, field: str, first: int, last: int, wanted: Numbers | None) -> Places:
        """In the wanted works, ascending, or in all that were not removed."""
        own = self.segment.fields[field]
        if own.at is None or own.positions is None:
            return NOWHERE
        works = own.works[first:last]
        chosen: Column | None = None
        if wanted is not None:
            asked: Column = wanted - self.first
            if self.numbers is not None:
                asked = self.alive[asked]
            if 8 * len(asked) < len(works):
                at = works.searchsorted(asked)
                at[at == len(works)] = 0
                chosen = at[works[at] == asked]
            else:
                is_asked: Column = np.zeros(self.segment.works, bool)
                is_asked[asked] = True
                chosen = is_asked[works].nonzero()[0]
        elif self.numbers is not None:
            chosen = np.flatnonzero(self.numbers[works] >= 0)
        edges = own.at[first : last + 1]
        if chosen is None or len(chosen) == len(works):
            counts = edges[1:] - edges[:-1]
            positions = own.positions[int(edges[0]) : int(edges[-1])]
        else:
            works = works[chosen]
            begin = edges[chosen]
            counts = edges[chosen + 1] - begin
            positions = own.positions[spread(begin, counts)]
        numbers = (works if self.numbers is None else self.numbers[works]).astype(np.int64)
        if self.numbers is None:
            numbers += self.first
        places: Places = (numbers << WORK).repeat(counts) + positions
        return places


class Snapshot(State):
    """Not changed once it is made; its files are let go of when nobody holds it any more."""

    def __init__(self, name: str, segments: Sequence[tuple[ColumnSegment, Segment]]) -> None:
        self.segments = {segment.name: segment for _, segment in segments}
        self._leaves: list[Leaf] = []
        first = 0
        for listed, segment in segments:
            if listed.has_deletions():
                is_kept: Column = np.ones(segment.works, bool)
                is_kept[list(listed.deleted_docs())] = False
                numbers = np.where(is_kept, first - 1 + np.cumsum(is_kept), -1).astype(np.int32)
                leaf = Leaf(segment, first, numbers, np.flatnonzero(is_kept))
            else:
                leaf = Leaf(segment, first, None, np.arange(segment.works))
            if len(leaf.alive):
                self._leaves.append(leaf)
                first += len(leaf.alive)
        self._at = _finding(self._leaves)
        self._listed: dict[tuple[str, str], Sequence[tuple[str, int]]] = {}
        self._spans: dict[tuple[str, str], Sequence[tuple[Leaf, int, int]]] = {}
        super().__init__(name, _facts(self._leaves, self._at))

    def close(self) -> None:
        """Nothing to do: a file is let go of with the last that reads it."""

    def _span(self, field: str, term: str) -> Sequence[tuple[Leaf, int, int]]:
        """The segments that hold a term, each with its first posting there and the one behind its
        last. A question asks for one term several times, and for many that no work holds."""
        known = self._spans.get((field, term))
        if known is None:
            text = to_bytes(term)
            spans = ((leaf, *leaf.segment.fields[field].span(text)) for leaf in self._leaves)
            known = tuple(span for span in spans if span[1] < span[2])
            if len(self._spans) >= SPANS:
                self._spans = {}
            self._spans[field, term] = known
        return known

    def postings(self, field: str, term: str) -> Postings:
        """The works that hold a term in a field."""
        found = [leaf.postings(field, first, last) for leaf, first, last in self._span(field, term)]
        if len(found) < 2:
            return found[0] if found else _NONE
        return np.concatenate([own for own, _ in found]), np.concatenate([own for _, own in found])

    def places(self, field: str, term: str, wanted: Numbers | None = None) -> Places:
        """Where a term stands in a field of all works, or of the wanted ones."""
        found: list[Places] = []
        for leaf, first, last in self._span(field, term):
            asked = wanted
            if wanted is not None and len(self._leaves) > 1:
                edges = wanted.searchsorted((leaf.first, leaf.first + len(leaf.alive)))
                asked = wanted[edges[0] : edges[1]]
            if asked is None or len(asked):
                places = leaf.places(field, first, last, asked)
                if len(places):
                    found.append(places)
        if len(found) < 2:
            return found[0] if found else NOWHERE
        return np.concatenate(found)

    def holders(self, field: str, term: str) -> int:
        """About how many works hold a term: removed ones may still be counted."""
        return sum(last - first for _, first, last in self._span(field, term))

    def lexicon(self, field: str, prefix: str) -> Iterable[tuple[str, int]]:
        """(term, about how many works hold it) for each term of a field that begins so.

        One word is asked for several times in a question: what is short is remembered.
        """
        known = self._listed.get((field, prefix))
        if known is None:
            known = self._list(field, prefix)
            if len(known) <= SHORT:
                if len(self._listed) >= LISTED:
                    self._listed = {}
                self._listed[field, prefix] = known
        return known

    def _list(self, field: str, prefix: str) -> Sequence[tuple[str, int]]:
        start = to_bytes(prefix)
        ranges = []
        for leaf in self._leaves:
            own = leaf.segment.fields[field]
            first, last = own.terms.range(start)
            if first < last:
                ranges.append((own, first, last))
        if len(ranges) == 1:
            own, first, last = ranges[0]
            edges = own.starts[first : last + 1].tolist()
            counts = [end - begin for begin, end in pairwise(edges)]
            return [*zip(map(to_text, own.terms.slice(first, last)), counts, strict=True)]
        counted: dict[bytes, int] = {}
        for own, first, last in ranges:
            counts = np.diff(own.starts[first : last + 1]).tolist()
            for term, count in zip(own.terms.slice(first, last), counts, strict=True):
                counted[term] = counted.get(term, 0) + count
        return [(to_text(term), count) for term, count in sorted(counted.items())]

    def matrix(self, field: str) -> Matrix:
        """All postings of a field."""
        return Matrix(self._leaves, field)

    @cached_property
    def words(self) -> Sequence[Words]:
        """Every word of the library, by segment: what a commit adds is all that is listed anew."""
        return tuple(leaf.segment.words for leaf in self._leaves)

    def layout(self, numbers: Numbers) -> Layout:
        """The tables of pages and pieces of some works."""
        starts: list[Column] = []
        pages: list[Column] = []
        rows = Rows()
        firsts: dict[int, int] = {}
        pieces = 0
        for number in numbers.tolist():
            segment, work = self._at(number)
            start, passage = segment.pieces(work)
            starts.append(start.astype(np.int64) | number << WORK)
            firsts[number] = pieces
            pieces += len(start)
            if len(passage):
                base = int(passage[0])
                pages.append(passage.astype(np.int64) - base + len(rows))
                rows.add(segment, base, int(passage[-1]) + 1)
        return Layout(
            np.concatenate(starts) if starts else NOWHERE,
            np.concatenate(pages) if pages else NOWHERE,
            rows,
            firsts,
        )

    def prose(self, number: int, piece: int) -> float:
        """How far a piece is running text: it was told when it was indexed."""
        segment, work = self._at(number)
        return segment.prose(work, piece)

    def languages_of(self, number: int) -> frozenset[str]:
        """The languages of a work's pages."""
        segment, work = self._at(number)
        return segment.languages(work)

    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""
        segment, work = self._at(number)
        return segment.piece(work, piece)


class Rows(Sequence[tuple[str, str, int]]):
    """Edition, language and page of some passages, read when they are asked for."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._runs: list[tuple[Segment, int]] = []
        self._count = 0

    def add(self, segment: Segment, first: int, last: int) -> None:
        """Those of a segment from one number to before another."""
        self._firsts.append(self._count)
        self._runs.append((segment, first))
        self._count += last - first

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> tuple[str, str, int]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[str, str, int]]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        run = bisect_right(self._firsts, at) - 1
        segment, first = self._runs[run]
        return segment.passage(first + at - self._firsts[run])


class Matrix:
    """All postings of a field, over the segments; terms are known by the place where each was first
    met."""

    def __init__(self, leaves: Sequence[Leaf], field: str) -> None:
        self._parts = [(leaf, leaf.segment.fields[field]) for leaf in leaves]
        self._terms: list[bytes] = []  # of several segments
        self._known: list[Column] = []
        if len(leaves) == 1:
            self.holders: Column = np.diff(self._parts[0][1].starts.astype(np.int64))
            return
        place: dict[bytes, int] = {}
        for _, own in self._parts:
            terms = own.terms.slice(0, own.terms.count)
            self._known.append(
                np.fromiter(
                    (place.setdefault(term, len(place)) for term in terms), np.int32, len(terms)
                )
            )
        self._terms = [*place]
        self.holders = np.zeros(len(place), np.int64)
        for (_, own), known in zip(self._parts, self._known, strict=True):
            self.holders[known] += np.diff(own.starts.astype(np.int64))

    def named(self, places: Column) -> list[str]:
        """The terms at these places."""
        if len(self._parts) == 1:
            return to_text(self._parts[0][1].terms.gathered(places)).split("\n")[:-1]
        return [to_text(self._terms[place]) for place in places.tolist()]

    def of(self, first: int, last: int) -> tuple[Column, Column, Column]:
        """Of the works from one number to before another: for each posting the place of its term,
        its work, and how often it stands there."""
        places: list[Column] = [np.zeros(0, np.int64)]
        numbers: list[Column] = [np.zeros(0, np.int32)]
        often: list[Column] = [np.zeros(0, np.float32)]
        for part, (leaf, own) in enumerate(self._parts):
            if leaf.first >= last or leaf.first + len(leaf.alive) <= first:
                continue
            works = own.works
            number = works + np.int32(leaf.first) if leaf.numbers is None else leaf.numbers[works]
            at = np.flatnonzero((number >= first) & (number < last))
            place = np.searchsorted(own.starts, at, "right") - 1
            places.append(self._known[part][place] if self._known else place)
            numbers.append(number[at])
            often.append(own.often_at(at).astype(np.float32))
        return np.concatenate(places), np.concatenate(numbers), np.concatenate(often)


At = Callable[[int], tuple[Segment, int]]


def _finding(leaves: Sequence[Leaf]) -> At:
    """What tells the segment of a work, and its number there. It holds no snapshot: a circle would
    keep files open until it is found."""
    firsts = [leaf.first for leaf in leaves]

    def at(number: int) -> tuple[Segment, int]:
        leaf = leaves[bisect_right(firsts, number) - 1]
        place = number - leaf.first
        return leaf.segment, place if leaf.numbers is None else int(leaf.alive[place])

    return at


def _facts(leaves: Sequence[Leaf], at: At) -> Facts:
    def column(name: str, kind: Any) -> Any:
        parts = [leaf.segment.columns[name][leaf.alive] for leaf in leaves]
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    ids: list[str] = []
    known: dict[tuple[str, str], int] = {}
    of: list[Column] = []
    counts: list[Column] = []
    for leaf in leaves:
        segment = leaf.segment
        own = segment.ids
        ids += own if leaf.numbers is None else [own[work] for work in leaf.alive.tolist()]
        number = np.array([known.setdefault(one, len(known)) for one in segment.labels], np.int32)
        first = segment.columns["label.first"]
        count = np.diff(first)[leaf.alive]
        labels = segment.columns["label.of"][spread(first[:-1][leaf.alive], count)]
        of.append(number[labels] if len(number) else labels)
        counts.append(count)
    label_first = np.zeros(len(ids) + 1, np.int64)
    np.cumsum(np.concatenate(counts) if counts else [], out=label_first[1:])
    lengths = column("lengths", np.int32)

    def title(number: int) -> str:
        segment, work = at(number)
        return segment.title(work)

    def told(number: int) -> str:
        segment, work = at(number)
        return segment.told(work)

    return Facts(
        ids,
        column("year", np.int64),
        column("added", np.int64),
        column("quality", np.float64),
        lengths if len(ids) else np.zeros((0, 5), np.int32),
        [*known],
        label_first,
        np.concatenate(of) if of else np.zeros(0, np.int32),
        column("mark", np.uint32),
        title,
        told,
    )


def latest(storage: Any) -> int:
    """The number of the last commit, by the names of files alone."""
    return max((int(m[1]) for name in storage.list() if (m := _COMMIT.fullmatch(name))), default=-1)


def stamp(generation: str, commit: int) -> str:
    """What tells one state of an index from another."""
    return f"{generation}.{commit}"
