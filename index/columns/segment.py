"""One segment, opened for reading."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from index.columns import arrays
from index.columns.arrays import Column, Columns
from index.columns.batch import NO_YEAR
from index.columns.merging import COUNTED, PLACED, each
from index.columns.terms import ID, Terms, to_text
from index.inversion import SURFACE, surface_of, surfaces
from index.text import sources
from index.text.spelling import WordList

NONE = np.zeros(0, np.int32)


class Field:
    """The terms of a field and their postings. `at` and `positions` only where they are kept."""

    __slots__ = ("at", "counts", "positions", "starts", "terms", "works")

    def __init__(self, columns: Columns, name: str) -> None:
        self.terms = Terms(columns[f"{name}.terms"], columns[f"{name}.begin"])
        self.starts = columns[f"{name}.starts"]
        self.works = columns[f"{name}.works"]
        self.at = columns.get(f"{name}.at")
        self.positions = columns.get(f"{name}.positions")
        self.counts = columns.get(f"{name}.counts")

    def span(self, term: bytes) -> tuple[int, int]:
        """The first posting of a term, and the one behind its last."""
        place = self.terms.find(term)
        if place < 0:
            return 0, 0
        return int(self.starts[place]), int(self.starts[place + 1])

    def often(self, first: int, last: int) -> Column:
        """How often each work of these postings holds the term."""
        if self.counts is not None:
            return self.counts[first:last]
        if self.at is None:
            raise arrays.Damaged("neither counts nor positions")
        return self.at[first + 1 : last + 1] - self.at[first:last]

    def often_at(self, postings: Column) -> Column:
        """The same of some postings."""
        if self.counts is not None:
            return self.counts[postings]
        if self.at is None:
            raise arrays.Damaged("neither counts nor positions")
        often: Column = self.at[postings + 1] - self.at[postings]
        return often


def spelling(columns: Columns) -> Columns:
    """What tells which printed words may be meant by another: columns beside those of a segment."""
    listed = WordList.of(Terms(columns[f"{SURFACE}.terms"], columns[f"{SURFACE}.begin"]).text())
    return {
        "spelling.places": listed.places,
        "spelling.masks": listed.masks,
        "spelling.begin": listed.begin,
    }


class SegmentWords:
    """The words of a segment as they are printed, by what tells which may be meant by another."""

    def __init__(self, field: Field, columns: Columns) -> None:
        self._field = field
        if "spelling.places" in columns:
            self._list = WordList(
                columns["spelling.places"], columns["spelling.masks"], columns["spelling.begin"]
            )
        else:  # of a segment that was not kept to be searched
            self._list = WordList.of(field.terms.text())

    def like(self, typed: str, most: int) -> Iterator[tuple[str, str, int]]:
        """(folded, as printed, how many works hold it so); those of removed works are counted."""
        terms, starts = self._field.terms, self._field.starts
        places = self._list.like(typed, most)
        holders = (starts[places + 1].astype(np.int64) - starts[places]).tolist()
        text = to_text(terms.gathered(places))
        parts = text.replace(surfaces(""), "\n").split("\n")  # each term is two words
        if len(parts) == 2 * len(places) + 1:
            return zip(parts[0::2], parts[1::2], holders, strict=False)
        lines = map(surface_of, text.split("\n"))
        return ((*words, count) for words, count in zip(lines, holders, strict=False))


class Segment:
    """The columns of works that were indexed together. Works are numbered from 0."""

    def __init__(self, name: str, content: Any) -> None:
        """content: a buffer of what `arrays.write` wrote."""
        self._take(name, arrays.read(content))

    @classmethod
    def of(cls, name: str, columns: Columns) -> Segment:
        """Of columns that are at hand."""
        made = cls.__new__(cls)
        made._take(name, columns)
        return made

    def _take(self, name: str, columns: Columns) -> None:
        self.name = name
        self.columns = columns
        self.works = len(columns["year"])
        self.fields = {name: Field(columns, name) for name in (*PLACED, *COUNTED)}
        self.ids = [to_text(one) for one in each(columns, "ids")]
        self.labels: list[tuple[str, str]] = [
            (facet, value) for facet, value in map(json.loads, each(columns, "label.names"))
        ]
        self._group: tuple[int, list[bytes]] = (-1, [])

    @cached_property
    def words(self) -> SegmentWords:
        """Kept as long as the segment is open, from one state of the index to the next."""
        return SegmentWords(self.fields[SURFACE], self.columns)

    def find(self, id: str) -> Column:
        """The works that have this identifier, removed ones too."""
        field = self.fields[ID]
        first, last = field.span(id.encode("utf-8", "surrogatepass"))
        return field.works[first:last]

    @cached_property
    def _passage_names(self) -> list[str]:
        return [to_text(one) for one in each(self.columns, "passage.names")]

    def year(self, work: int) -> int | None:
        year = int(self.columns["year"][work])
        return None if year == NO_YEAR else year

    def string(self, name: str, number: int) -> bytes:
        """One of the strings of a column."""
        at = self.columns[f"{name}.at"]
        return self.columns[name][int(at[number]) : int(at[number + 1])].tobytes()

    def title(self, work: int) -> str:
        """Folded."""
        return to_text(self.string("titles", work))

    def told(self, work: int) -> str:
        """The words it says most, as "word:count word:count …"."""
        return to_text(zlib.decompress(self.string("told", work)))

    def labels_of(self, work: int) -> list[tuple[str, str]]:
        """What a work is filed under, as (facet, value)."""
        first = self.columns["label.first"]
        own = self.columns["label.of"][int(first[work]) : int(first[work + 1])]
        return [self.labels[number] for number in own.tolist()]

    def pieces(self, work: int) -> tuple[Column, Column]:
        """Where in the body each piece of a work begins, and its passage."""
        first = self.columns["piece.first"]
        own = slice(int(first[work]), int(first[work + 1]))
        return self.columns["piece.start"][own], self.columns["piece.passage"][own]

    def languages(self, work: int) -> frozenset[str]:
        """Those of its passages."""
        _, passage = self.pieces(work)
        if not len(passage):
            return frozenset()
        own = self.columns["passage.language"][int(passage[0]) : int(passage[-1]) + 1]
        several = own.tolist() if (own != own[0]).any() else [int(own[0])]
        return frozenset(self._passage_names[number] for number in several)

    def passage(self, number: int) -> tuple[str, str, int]:
        """Edition, language and page."""
        columns, names = self.columns, self._passage_names
        return (
            names[columns["passage.edition"][number]],
            names[columns["passage.language"][number]],
            int(columns["passage.page"][number]),
        )

    def prose(self, work: int, piece: int) -> float:
        """How far one piece of a work is running text, as `sources.prose` says."""
        known = self.columns.get("piece.prose")
        said = np.nan if known is None else known[self.columns["piece.first"][work] + piece]
        return sources.prose(self.piece(work, piece)) if np.isnan(said) else float(said)

    def piece(self, work: int, piece: int) -> str:
        """The text of one piece of a work."""
        number = int(self.columns["piece.first"][work]) + piece
        first = self.columns["group.first"]
        group = int(first.searchsorted(number, "right")) - 1
        known, texts = self._group  # one look: another thread may put another in its place
        if known != group:
            texts = zlib.decompress(self.string("group", group)).split(b"\xff")
            self._group = group, texts
        return texts[number - int(first[group])].decode()
