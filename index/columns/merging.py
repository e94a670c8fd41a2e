"""Segments to one segment, column by column: nothing is sorted but the terms of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.columns.arrays import Column, Columns, narrowed, spread, starts_of, strings
from index.columns.terms import END, ID, packed
from index.fields import FIELDS
from index.inversion import SURFACES

PLACED = tuple(field.name for field in FIELDS)
COUNTED = (*SURFACES, ID)


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of one segment, and which of its works are kept."""

    columns: Columns
    kept: Column  # a truth for each work

    def numbers(self, first: int) -> Column:
        """The new number of each work, from `first` on; -1 for one that is not kept."""
        return np.where(self.kept, first - 1 + np.cumsum(self.kept), -1).astype(np.int32)


def merged(parts: Sequence[Part]) -> Columns:
    """One segment of the works that are kept of several, in the same order."""
    made: Columns = {}
    firsts = starts_of(np.array([int(part.kept.sum()) for part in parts])).tolist()
    numbers = [part.numbers(first) for part, first in zip(parts, firsts, strict=False)]
    for name in (*PLACED, *COUNTED):
        made |= _field(name, parts, numbers)
    made |= _facts(parts)
    made |= _pieces(parts)
    return made


def _field(name: str, parts: Sequence[Part], numbers: Sequence[Column]) -> Columns:
    """Postings stand by term, then by segment, then by work, as they do in each segment."""
    placed = name in PLACED
    union = sorted(
        {
            term
            for part, number in zip(parts, numbers, strict=True)
            for term in _kept(part, name, number)[0]
        }
    )
    place_of = {term: place for place, term in enumerate(union)}
    places: list[Column] = []  # of the terms of each part
    counts: list[Column] = []  # and how many postings of theirs are kept
    total = np.zeros(len(union), np.int64)
    for part, number in zip(parts, numbers, strict=True):
        terms, count = _kept(part, name, number)
        place = np.fromiter(map(place_of.__getitem__, terms), np.int32, len(terms))
        total[place] += count
        places.append(place)
        counts.append(count)
    del place_of
    starts = starts_of(total)
    text, begin = packed(union)
    del union
    free = starts[:-1].copy()
    firsts: list[Column] = []  # where the postings of each term of a part go
    works = np.empty(int(starts[-1]), np.int32)
    often = np.empty(int(starts[-1]), np.uint32)
    for part, number, place, count in zip(parts, numbers, places, counts, strict=True):
        first = free[place]
        free[place] += count
        firsts.append(first)
        target = spread(first, count)
        own = part.columns[f"{name}.works"]
        kept = number[own] >= 0
        works[target] = number[own[kept]]
        often[target] = (
            np.diff(part.columns[f"{name}.at"])[kept]
            if placed
            else part.columns[f"{name}.counts"][kept]
        )
    made = {
        f"{name}.terms": text,
        f"{name}.begin": begin,
        f"{name}.starts": narrowed(starts),
        f"{name}.works": works,
    }
    if not placed:
        return made | {f"{name}.counts": narrowed(often)}
    at = starts_of(often)
    widest = max(
        (part.columns[f"{name}.positions"].dtype for part in parts), key=lambda k: k.itemsize
    )
    positions = np.empty(int(at[-1]), widest)
    for part, number, first, count in zip(parts, numbers, firsts, counts, strict=True):
        target = spread(first, count)
        taken = often[target]
        where = part.columns[f"{name}.at"]
        chosen = np.flatnonzero(number[part.columns[f"{name}.works"]] >= 0)
        if len(chosen) == len(where) - 1:
            source = part.columns[f"{name}.positions"]
        else:
            source = part.columns[f"{name}.positions"][spread(where[chosen], taken)]
        positions[spread(at[target], taken)] = source
    return made | {f"{name}.at": narrowed(at), f"{name}.positions": positions}


def _kept(part: Part, name: str, number: Column) -> tuple[list[bytes], Column]:
    """The terms of a part that any work holds that is kept, and how many of its postings are."""
    own = _terms_of(part.columns, name)
    starts = part.columns[f"{name}.starts"].astype(np.int64)
    if part.kept.all():
        return own, np.diff(starts)
    keep = number[part.columns[f"{name}.works"]] >= 0
    count = np.diff(np.concatenate(([0], np.cumsum(keep)))[starts])
    alive = np.flatnonzero(count)
    return [own[at] for at in alive.tolist()], count[alive]


def _terms_of(columns: Columns, name: str) -> list[bytes]:
    content = columns[f"{name}.terms"].tobytes()
    return content[:-1].split(END) if content else []


def _facts(parts: Sequence[Part]) -> Columns:
    made: Columns = {}
    for name in ("year", "added", "quality", "lengths", "mark"):
        made[name] = np.concatenate([part.columns[name][part.kept] for part in parts])
    for name in ("ids", "titles", "told"):
        made |= _strings(name, parts, [np.flatnonzero(part.kept) for part in parts])
    known: dict[bytes, int] = {}
    of: list[Column] = []
    counts: list[Column] = []
    for part in parts:
        names = [*each(part.columns, "label.names")]
        number = np.array([known.setdefault(name, len(known)) for name in names], np.int32)
        first = part.columns["label.first"]
        count = np.diff(first)[part.kept]
        own = part.columns["label.of"][spread(first[:-1][part.kept], count)]
        of.append(number[own] if len(names) else own)
        counts.append(count)
    made["label.first"] = starts_of(np.concatenate(counts))
    made["label.of"] = np.concatenate(of)
    return made | strings("label.names", list(known))


def _pieces(parts: Sequence[Part]) -> Columns:
    """Pieces, their passages and the groups they are compressed in: all of them are of one work."""
    known: dict[bytes, int] = {}
    columns: dict[str, list[Column]] = {}
    groups: list[Column] = []
    pieces = passages = 0

    def add(name: str, column: Column) -> None:
        columns.setdefault(name, []).append(column)

    for part in parts:
        own = part.columns
        kept = np.flatnonzero(part.kept)
        first = own["piece.first"]
        held = np.diff(first)[kept]
        chosen = spread(first[:-1][kept], held)
        add("count", held)
        add("piece.start", own["piece.start"][chosen])
        if (prose := own.get("piece.prose")) is None:  # an older segment
            prose = np.full(int(first[-1]), np.nan, np.float32)
        add("piece.prose", prose[chosen])
        passage, which = np.unique(own["piece.passage"][chosen], return_inverse=True)
        add("piece.passage", (which + passages).astype(np.int32))
        names = [*each(own, "passage.names")]
        number = np.array([known.setdefault(name, len(known)) for name in names], np.int32)
        for name in ("passage.edition", "passage.language"):
            add(name, number[own[name][passage]] if len(names) else own[name][passage])
        add("passage.page", own["passage.page"][passage])
        # Where each piece stands now, -1 for one that goes.
        now = np.full(int(first[-1]), -1, np.int64)
        now[chosen] = pieces + np.arange(len(chosen))
        opening = now[own["group.first"]]
        alive = np.flatnonzero(opening >= 0)
        add("group.first", opening[alive])
        groups.append(alive)
        pieces += len(chosen)
        passages += len(passage)
    made = {name: np.concatenate(own) for name, own in columns.items() if name != "count"}
    made["piece.first"] = starts_of(np.concatenate(columns["count"]))
    made |= strings("passage.names", list(known))
    return made | _strings("group", parts, groups)


def _strings(name: str, parts: Sequence[Part], chosen: Sequence[Column]) -> Columns:
    """Those of the strings that are chosen of each part."""
    content: list[Column] = []
    counts: list[Column] = []
    for part, own in zip(parts, chosen, strict=True):
        at = part.columns[f"{name}.at"]
        lengths = np.diff(at)[own]
        if len(own) == len(at) - 1:
            content.append(part.columns[name])
        else:
            content.append(part.columns[name][spread(at[:-1][own], lengths)])
        counts.append(lengths)
    return {name: np.concatenate(content), f"{name}.at": starts_of(np.concatenate(counts))}


def each(columns: Columns, name: str) -> Iterator[bytes]:
    """Each of the strings."""
    content = columns[name].tobytes()
    at = columns[f"{name}.at"].tolist()
    return (content[first:last] for first, last in pairwise(at))
