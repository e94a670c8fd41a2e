"""Documents to the columns of a segment."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.columns.arrays import Column, Columns, narrowed, starts_of, strings
from index.columns.merging import Part, merged
from index.columns.terms import ID, packed, to_bytes
from index.columns.words import MOST, Read, Stretches
from index.document import Document
from index.fields import FIELDS
from index.inversion import GAP, SURFACE, TITLE_SAYS, TITLE_SURFACE, TOLD, cut, stemming
from index.text import analysis, sources
from index.text.stopwords import stopwords_of

NO_YEAR = np.iinfo(np.int32).min

GROUP = 2_000  # characters of pieces that are compressed together, about
LEVEL = 6

_FIELD = {field.name: number for number, field in enumerate(FIELDS)}
_TITLE, _BODY = _FIELD["title"], _FIELD["body"]


class Batch:
    """Documents that become one segment; the last of a repeated id stays."""

    def __init__(self, languages: Sequence[str], stretches: Stretches | None = None) -> None:
        self.languages = tuple(languages)
        self.size = 0  # characters, about
        self._stretches = stretches if stretches is not None else Stretches()
        self._documents: list[Document] = []
        self._places: dict[str, int] = {}
        self._texts: list[str] = []
        self._rows: list[tuple[int, int, int, int]] = []  # document, field, language, gap behind
        self._spoken: dict[str, int] = {}
        self._pieces = _Pieces()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, document: Document) -> None:
        """Take a document in. What was taken of one with the same id is forgotten at the end."""
        own = len(self._documents)
        self._documents.append(document)
        self._places.pop(document.id, None)
        self._places[document.id] = own
        for language, title in ((document.language, document.title), *document.titles):
            self._add(own, _TITLE, self._stemmed(language), GAP, title)
        for language, heading in document.headings:
            self._add(own, _FIELD["headings"], self._stemmed(language), GAP, heading)
        self._add(own, _FIELD["summary"], self._stemmed(document.language), GAP, document.summary)
        for author in document.authors:
            self._add(own, _FIELD["author"], "", GAP, author)  # names have no stems
        passages = document.passages
        for number, passage in enumerate(passages):
            pieces = cut(passage.text)
            self._pieces.passage(passage.edition, passage.language, passage.page, len(pieces))
            last = number + 1 < len(passages) and passages[number + 1].edition != passage.edition
            for at, piece in enumerate(pieces, 1):
                gap = GAP if last and at == len(pieces) else 0
                self._add(own, _BODY, self._stemmed(passage.language), gap, piece)
                self._pieces.piece(piece)
        self._pieces.document()

    def columns(self) -> Columns:
        """All of it as columns; nothing is left in the batch. Works stand in the order in which
        they were added, but for those that came again."""
        documents = len(self._documents)
        rows = np.array(self._rows, np.int64).reshape(-1, 4)
        read = self._stretches.read(self._texts)
        lengths = np.zeros((documents, len(FIELDS)), np.int64)
        np.add.at(lengths, (rows[:, 0], rows[:, 1]), read.lengths)
        bases = _bases(rows, read.lengths)
        made: Columns = {}
        told: list[tuple[Column, Column]] = []  # work and term, and what it counts
        terms, term_of = self._terms(read, rows)
        for field, number in _FIELD.items():
            chosen = np.flatnonzero(rows[read.text, 1] == number)
            work, term, at = _sorted(
                rows[read.text[chosen], 0],
                term_of[chosen],
                bases[read.text[chosen]] + read.place[chosen],
                documents,
                len(terms),
            )
            made |= _placed_field(field, terms, work, term, at)
            if number in (_TITLE, _BODY):
                told.append(_counted(work, term, TITLE_SAYS if number == _TITLE else 1, len(terms)))
        made |= self._surfaces(read, rows)
        made |= _id_field([document.id for document in self._documents])
        made |= self._facts(lengths, self._told(told, terms, documents))
        made |= self._pieces.columns(bases[rows[:, 1] == _BODY])
        if len(self._stretches) > MOST:
            self._stretches.reset()
        again = sorted(set(range(documents)) - set(self._places.values()))
        if again:
            kept = np.ones(documents, bool)
            kept[again] = False
            return merged([Part(made, kept)])
        return made

    def _add(self, own: int, field: int, stemmed_as: str, gap: int, text: str) -> None:
        language = self._spoken.setdefault(stemmed_as, len(self._spoken))
        self._rows.append((own, field, language, gap))
        self._texts.append(text)
        self.size += len(text)

    def _stemmed(self, language: str) -> str:
        return stemming(language, self.languages)

    def _terms(self, read: Read, rows: Column) -> tuple[list[bytes], Column]:
        """All terms, ascending, and for each word the place of its own."""
        forms = self._stretches.forms
        both = rows[read.text, 2] * len(forms.folded) + read.form
        used, which = np.unique(both, return_inverse=True)
        spoken = list(self._spoken)
        stems = [
            to_bytes(analysis.stem(forms.folded[form], spoken[language]))
            for language, form in zip(
                *(part.tolist() for part in np.divmod(used, max(len(forms.folded), 1))),
                strict=True,
            )
        ]
        terms = sorted(set(stems))
        place = {term: number for number, term in enumerate(terms)}
        return terms, np.fromiter(map(place.__getitem__, stems), np.int64, len(stems))[which]

    def _surfaces(self, read: Read, rows: Column) -> Columns:
        forms = self._stretches.forms.printed
        used, which = np.unique(read.form, return_inverse=True)
        names = [to_bytes(forms[form]) for form in used.tolist()]
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = np.empty(len(names), np.int64)
        rank[order] = np.arange(len(names))
        terms = [names[number] for number in order]
        term, work = rank[which], rows[read.text, 0]
        titles = rows[read.text, 1] == _TITLE
        return _counted_field(SURFACE, terms, work, term) | _counted_field(
            TITLE_SURFACE, terms, work[titles], term[titles]
        )

    def _told(
        self, told: Sequence[tuple[Column, Column]], terms: Sequence[bytes], documents: int
    ) -> list[str]:
        """The words each work says most, and how often, but function words."""
        keys = np.concatenate([key for key, _ in told])
        weights = np.concatenate([weight for _, weight in told])
        distinct, which = np.unique(keys, return_inverse=True)
        counts = np.bincount(which, weights, len(distinct)).astype(np.int64)
        work, term = np.divmod(distinct, max(len(terms), 1))
        silent = {to_bytes(w) for language in self.languages for w in stopwords_of(language)}
        mute = np.fromiter((one in silent for one in terms), bool, len(terms))
        saying = np.flatnonzero(~mute[term]) if len(terms) else np.zeros(0, np.int64)
        order = saying[np.lexsort((term[saying], -counts[saying], work[saying]))]
        starts = np.searchsorted(work[order], np.arange(documents + 1)).tolist()
        said = []
        for first, last in pairwise(starts):
            best = order[first : min(last, first + TOLD)]
            said.append(
                " ".join(
                    f"{terms[t].decode('utf-8', 'surrogatepass')}:{count}"
                    for t, count in zip(term[best].tolist(), counts[best].tolist(), strict=True)
                )
            )
        return said

    def _facts(self, lengths: Column, told: Sequence[str]) -> Columns:
        documents = self._documents
        labels: dict[tuple[str, str], int] = {}
        of: list[int] = []
        counts: list[int] = []
        for document in documents:
            before = len(of)
            for facet, values in document.labels.items():
                of += [labels.setdefault((facet, value), len(labels)) for value in values]
            counts.append(len(of) - before)
        years = [NO_YEAR if one.year is None else one.year for one in documents]
        said = [to_bytes(one) for one in told]
        return {
            "year": np.array(years, np.int64),
            "added": np.array([one.added for one in documents], np.int64),
            "quality": np.array([one.quality for one in documents], np.float64),
            "lengths": lengths.astype(np.int32),
            "label.first": starts_of(np.array(counts, np.int64)),
            "label.of": np.array(of, np.int32),
            **strings("label.names", [to_bytes(json.dumps(label)) for label in labels]),
            **strings("ids", [to_bytes(one.id) for one in documents]),
            **strings("titles", [to_bytes(analysis.fold_line(one.title)) for one in documents]),
            "mark": np.array([zlib.crc32(one) for one in said], np.uint32),
            **strings("told", [zlib.compress(one, LEVEL) for one in said]),
        }


class _Pieces:
    """The texts of works, some pieces together."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._passages: list[tuple[int, int, int]] = []  # edition, language, page
        self._passage_of: list[int] = []
        self._documents: list[int] = []  # pieces before the end of each
        self._open: list[bytes] = []
        self._size = 0
        self._first: list[int] = []  # piece of each group
        self._groups: list[bytes] = []
        self._prose: list[float] = []
        self._pieces = 0

    def passage(self, edition: str, language: str, page: int, pieces: int) -> None:
        names = self._names
        self._passage_of += [len(self._passages)] * pieces
        self._passages.append(
            (
                names.setdefault(edition, len(names)),
                names.setdefault(language, len(names)),
                page,
            )
        )

    def piece(self, text: str) -> None:
        if not self._open:
            self._first.append(self._pieces)
        self._open.append(text.encode("utf-8", "replace"))
        self._prose.append(sources.prose(text))
        self._size += len(text)
        self._pieces += 1
        if self._size >= GROUP:
            self._close()

    def document(self) -> None:
        self._close()
        self._documents.append(self._pieces)

    def _close(self) -> None:
        if self._open:
            self._groups.append(zlib.compress(b"\xff".join(self._open), LEVEL))
            self._open, self._size = [], 0

    def columns(self, starts: Column) -> Columns:
        passages = np.array(self._passages, np.int64).reshape(-1, 3)
        return {
            "piece.first": np.array([0, *self._documents], np.int64),
            "piece.start": starts.astype(np.int32),
            "piece.passage": np.array(self._passage_of, np.int32),
            "piece.prose": np.array(self._prose, np.float32),
            "passage.edition": passages[:, 0].astype(np.int32),
            "passage.language": passages[:, 1].astype(np.int32),
            "passage.page": passages[:, 2].astype(np.int32),
            **strings("passage.names", [to_bytes(name) for name in self._names]),
            "group.first": np.array(self._first, np.int64),
            **strings("group", self._groups),
        }


def _bases(rows: Column, lengths: Column) -> Column:
    """At which position of its field each text begins: texts of a field stand together."""
    taken = lengths + rows[:, 3]
    before = np.concatenate(([0], np.cumsum(taken)))[:-1]
    if not len(rows):
        return before[:0]
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (rows[1:, :2] != rows[:-1, :2]).any(axis=1)
    opening = np.flatnonzero(fresh)
    bases: Column = before - np.repeat(before[opening], np.diff(np.append(opening, len(rows))))
    return bases


def _sorted(
    work: Column, term: Column, at: Column, works: int, terms: int
) -> tuple[Column, Column, Column]:
    """Postings with their positions by term, work and position, none twice."""
    bits_at = int(at.max(initial=0)).bit_length()
    bits_work = max(works - 1, 0).bit_length()
    if bits_at + bits_work + max(terms - 1, 0).bit_length() > 63:
        raise ValueError("too many words in one batch")
    keys = (term.astype(np.int64) << bits_work | work) << bits_at | at
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    place = keys & ((1 << bits_at) - 1)
    keys >>= bits_at
    return keys & ((1 << bits_work) - 1), keys >> bits_work, place


def _edges(*columns: Column) -> Column:
    """Where any of these, taken together, becomes another; 0 first."""
    size = len(columns[0])
    if not size:
        return np.zeros(0, np.int64)
    changed = np.zeros(size, bool)
    changed[0] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changed)


def _placed_field(
    name: str, terms: Sequence[bytes], work: Column, term: Column, at: Column
) -> Columns:
    """A field of words with their positions."""
    postings = _edges(term, work)
    own = term[postings]
    return {
        **_term_columns(name, terms, own),
        f"{name}.works": work[postings].astype(np.int32),
        f"{name}.at": narrowed(np.append(postings, len(work))),
        f"{name}.positions": narrowed(at),
    }


def _counted_field(name: str, terms: Sequence[bytes], work: Column, term: Column) -> Columns:
    """A field of words of which only is known how often each stands in a work."""
    works = int(work.max(initial=0)) + 1
    distinct, counts = np.unique(term * works + work, return_counts=True)
    own, held = np.divmod(distinct, works)
    return {
        **_term_columns(name, terms, own),
        f"{name}.works": held.astype(np.int32),
        f"{name}.counts": narrowed(counts),
    }


def _term_columns(name: str, terms: Sequence[bytes], own: Column) -> Columns:
    """The terms of a field; own: the term of each posting, ascending."""
    firsts = _edges(own)
    text, begin = packed([terms[number] for number in own[firsts].tolist()])
    return {
        f"{name}.terms": text,
        f"{name}.begin": begin,
        f"{name}.starts": narrowed(np.append(firsts, len(own))),
    }


def _id_field(ids: Sequence[str]) -> Columns:
    terms = sorted({to_bytes(id) for id in ids})
    place = {term: number for number, term in enumerate(terms)}
    term = np.fromiter((place[to_bytes(id)] for id in ids), np.int64, len(ids))
    return _counted_field(ID, terms, np.arange(len(ids)), term)


def _counted(work: Column, term: Column, weight: int, terms: int) -> tuple[Column, Column]:
    postings = _edges(term, work)
    counts = np.diff(np.append(postings, len(work))) * weight
    return work[postings] * max(terms, 1) + term[postings], counts
