"""A document as every engine keeps it: terms with positions, a few facts, and the text in pieces.

The text is cut into pieces of a paragraph or two. The positions of the body run through all pieces
of all pages, so one posting list finds the work, the page and the piece.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from index.document import Document
from index.text import analysis
from index.text.stopwords import is_stopword

SURFACE = "words"  # every word of a work as printed, behind its folded form
TITLE_SURFACE = "title_words"
SURFACES = (SURFACE, TITLE_SURFACE)

PIECE = 450  # characters, at most twice that
TOLD = 128  # words that tell most of a work, kept with its facts
TITLE_SAYS = 3  # what a word of the title counts among them

GAP = 100  # positions between two editions or two values of a field: no phrase spans it

_BETWEEN = "\x00"  # in no word, and before every letter
_ENDS = regex.compile(r"\n\s*\n|(?<=[.!?…。！？।؟])\s+|\n")

Places = Mapping[str, Sequence[int]]  # term → its positions, ascending


@dataclass(frozen=True, slots=True)
class Inverted:
    """One document, ready to be kept."""

    id: str
    facts: Mapping[str, object]  # of JSON's types
    places: Mapping[str, Places]  # field of words → what it holds
    printed: Mapping[str, Mapping[str, int]]  # field of SURFACES → term → how often
    table: Mapping[str, object]  # of JSON's types: where the pieces are
    pieces: Sequence[str]


def invert(document: Document, languages: Sequence[str]) -> Inverted:
    """One document inverted. `languages` are the library's."""
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
        "told": _told(collected.places, languages),
    }
    return Inverted(
        document.id, facts, collected.places, collected.printed, layout.table(), layout.pieces
    )


def _told(places: Mapping[str, Places], languages: Sequence[str]) -> str:
    """The words a work says most, and how often, but function words."""
    counts: Counter[str] = Counter()
    for name, weight in (("title", TITLE_SAYS), ("body", 1)):
        for term, at in places.get(name, {}).items():
            counts[term] += weight * len(at)
    weightiest = [
        (term, count)
        for term, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if not is_stopword(term, languages)
    ]
    return " ".join(f"{term}:{count}" for term, count in weightiest[:TOLD])


def surface_of(term: str) -> tuple[str, str]:
    """A term of a surface field as (folded, as printed)."""
    folded, _, printed = term.partition(_BETWEEN)
    return folded, printed


def surfaces(folded: str) -> str:
    """How the terms of a surface field begin that are this one word, however it is printed."""
    return f"{folded}{_BETWEEN}"


def as_printed(written: str) -> str:
    """A word as surface fields keep it: what was printed, but in small letters and on one line, as
    "No. 189" that was printed on two."""
    written = " ".join(written.split())
    if written.isascii():
        return written.lower()
    composed = unicodedata.normalize("NFC", written).lower()
    return "".join(c for c in composed if unicodedata.category(c) != "Cf")


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
        first = self.next[name]
        last = -1
        beside: list[tuple[str, int]] = []
        for place, token in analysis.placed(text):
            term = analysis.stem(token.text, stemmed_as)
            if place > last:
                last = place
                places[term].append(first + place)
            else:
                beside.append((term, first + place))
            printed[printed_form(token.text, text[token.start : token.end])] += 1
        for term, position in beside:
            places_ = places[term]
            if position not in places_[bisect_left(places_, position) :][:1]:
                insort(places_, position)
        self.lengths[name] += last + 1
        self.next[name] = first + last + 1 + gap

    def surface(self, name: str, text: str) -> None:
        for _, token in analysis.placed(text):
            self.printed[name][printed_form(token.text, text[token.start : token.end])] += 1


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
def printed_form(folded: str, written: str) -> str:
    return f"{folded}{_BETWEEN}{as_printed(written)}"
