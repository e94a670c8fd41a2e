"""A document as Whoosh keeps it: our terms and positions, a few facts, and the text in pieces.

A work is several Whoosh documents of one commit. The first holds its terms and its facts. The rest
hold its text, cut into pieces of a paragraph or two, some pieces to a document. The positions of
the body run through all pieces, so one posting list finds the work, the page and the piece.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import Any

import regex
from whoosh import fields, formats

from index import analysis
from index.document import Document
from index.fields import FIELDS

SURFACE = "words"  # every word of a work as printed, behind its folded form
TITLE_SURFACE = "title_words"
KIND, OF, PART = "kind", "of", "part"
FACTS, TEXT = "facts", "text"
WORK = "work"

PIECE = 450  # characters, at most twice that
PIECES_TOGETHER = 16
GAP = 100  # positions between two editions or two values of a field: no phrase spans it

UNPLACED = b"\x00"  # for positions that are not kept: an empty value is lost when segments merge
_BETWEEN = "\x00"  # in no word, and before every letter
_ENDS = regex.compile(r"\n\s*\n|(?<=[.!?…。！？।؟])\s+|\n")

Entry = dict[str, Any]


def schema() -> Any:
    """The Whoosh schema."""
    return fields.Schema(
        **{text.name: _terms(formats.Positions()) for text in FIELDS},
        **{name: _terms(formats.Existence()) for name in (SURFACE, TITLE_SURFACE, KIND, OF, PART)},
        **{name: fields.STORED() for name in (FACTS, TEXT)},
    )


def entries(document: Document, languages: Sequence[str]) -> Iterator[Entry]:
    """What to add for one document. `languages` are the library's."""
    collected = _Collected(languages)
    titles = ((document.language, document.title), *document.titles)
    for language, title in titles:
        collected.add("title", language, title)
        collected.surface(TITLE_SURFACE, title)
    for language, heading in document.headings:
        collected.add("headings", language, heading)
    collected.add("summary", document.language, document.summary)
    for author in document.authors:
        collected.add("author", None, author)
    layout = _lay_out(document, collected)
    facts = {
        "id": document.id,
        "title": analysis.fold_line(document.title),
        "year": document.year,
        "added": document.added,
        "quality": document.quality,
        "labels": {name: list(values) for name, values in document.labels.items()},
        "lengths": collected.lengths,
    }
    of = {document.id: 1}
    yield {
        **collected.postings(),
        KIND: {WORK: 1},
        OF: of,
        FACTS: json.dumps(facts).encode(),
    }
    yield _part(of, part_key(document.id), layout.table())
    pieces = layout.pieces
    for first in range(0, len(pieces), PIECES_TOGETHER):
        number = first // PIECES_TOGETHER
        yield _part(
            of, part_key(document.id, number), list(pieces[first : first + PIECES_TOGETHER])
        )


def part_key(id: str, number: int | None = None) -> str:
    """The term that finds one part of a work's text; without a number, its table of pages."""
    return f"{id}{_BETWEEN}{'' if number is None else number}"


def unpack(text: bytes) -> Any:
    """What `_part` stored."""
    return json.loads(zlib.decompress(text))


def positions(value: bytes) -> list[int]:
    """The positions of one posting, in order."""
    deltas = array("I")
    deltas.frombytes(value)
    return list(accumulate(deltas))


def to_bytes(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


def surface_of(term: bytes) -> tuple[str, str]:
    """A term of a surface field as (folded, as printed)."""
    folded, _, printed = term.decode("utf-8", "surrogatepass").partition(_BETWEEN)
    return folded, printed


def cut(text: str) -> list[str]:
    """A page in pieces, at the ends of paragraphs or sentences where they can be had."""
    pieces = []
    start = 0
    while len(text) - start > 2 * PIECE:
        ends = [m.end() for m in _ENDS.finditer(text, start + PIECE // 2, start + 2 * PIECE)]
        near = min(ends, key=lambda end: abs(end - start - PIECE), default=0)
        end = near or text.rfind(" ", start + 1, start + PIECE) + 1 or start + PIECE
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return pieces


def _terms(kept: Any) -> Any:
    made = fields.FieldType(kept, None)
    made.index = _postings  # whoosh's own would analyse again
    return made


def _postings(
    value: Mapping[str, Sequence[int] | int], **_: object
) -> Iterator[tuple[bytes, int, float, bytes]]:
    """(term, frequency, weight, positions); a term with a number only has no positions."""
    for term, places in value.items():
        if isinstance(places, int):
            yield to_bytes(term), places, float(places), UNPLACED
        else:
            deltas = array("I", map(sub, places, (0, *places)))
            yield to_bytes(term), len(places), float(len(places)), deltas.tobytes()


def _part(of: Mapping[str, int], key: str, content: object) -> Entry:
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
    return {OF: of, PART: {key: 1}, TEXT: packed}


class _Collected:
    """The terms of one work, field by field, with their positions."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self.places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.printed: dict[str, Counter[str]] = defaultdict(Counter)
        self.next: Counter[str] = Counter()
        self.lengths: Counter[str] = Counter()

    def add(self, name: str, language: str | None, text: str, gap: int = GAP) -> None:
        """The words of one value; language None is for names, which have no stems."""
        stemmed_as = "" if language is None else stemming(language, self.languages)
        places, printed = self.places[name], self.printed[SURFACE]
        position = first = self.next[name]
        for token in analysis.tokens(text):
            places[analysis.stem(token.text, stemmed_as)].append(position)
            printed[_printed(token.text, text[token.start : token.end])] += 1
            position += 1
        self.lengths[name] += position - first
        self.next[name] = position + gap

    def surface(self, name: str, text: str) -> None:
        for token in analysis.tokens(text):
            self.printed[name][_printed(token.text, text[token.start : token.end])] += 1

    def postings(self) -> Entry:
        return {**self.places, **self.printed}


@dataclass(slots=True)
class _Layout:
    """Which piece is on which page, and at which position it begins."""

    passages: list[tuple[str, str, int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def table(self) -> dict[str, object]:
        return {"passages": self.passages, "starts": self.starts}


def _lay_out(document: Document, collected: _Collected) -> _Layout:
    layout = _Layout()
    edition = None
    for passage in document.passages:
        if edition is not None and passage.edition != edition:
            collected.next["body"] += GAP
        edition = passage.edition
        pieces = cut(passage.text)
        layout.passages.append((passage.edition, passage.language, passage.page, len(pieces)))
        for piece in pieces:
            layout.starts.append(collected.next["body"])
            layout.pieces.append(piece)
            collected.add("body", passage.language, piece, gap=0)
    return layout


def stemming(language: str, languages: Iterable[str]) -> str:
    """The language to stem a text as: the first of the library's where unknown, none if foreign."""
    known = tuple(languages)
    if not language:
        return known[0] if known else ""
    return language if language in known or language.partition("-")[0] in known else ""


@lru_cache(1 << 17)
def _printed(folded: str, written: str) -> str:
    if written.isascii() and written.isalnum():
        return f"{folded}{_BETWEEN}{written.lower()}"
    composed = unicodedata.normalize("NFC", written).lower()
    kept = "".join(c for c in composed if unicodedata.category(c) != "Cf")
    return f"{folded}{_BETWEEN}{kept}"
