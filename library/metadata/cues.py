"""What a librarian looks at to tell what a document is: cues in its words, and its shape.

A measure is a number from 0 to about 3; 0 is absence. Of each cue of cues.toml there is
`cue.title` (1 where the title or the file's name says it), `cue.opening` (in the first words),
`cue.headings` and `cue.body` (how often, per 1,000 words, on a scale of logarithms). Beside them
stand the measures of shape.py, and whom the document is for (addressees.py).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from library.core.resource import Evidence, Page, Said
from library.metadata import file_properties as properties
from library.metadata import work
from library.metadata.addressees import Named, addressed
from library.metadata.shape import PAGES, shaped, spread
from library.metadata.text_lines import clean
from library.vocabularies.folding import MIXED, Token, fold, singular, tokens

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")  # that cues.toml speaks
OPENING = 1_500  # characters in which a document says what it is
CHARACTERS = 9_000  # of the body that are read, spread over it
LONGEST = 400  # characters of a heading
HELD = 0.6  # from which it is laid out to be held, as shape.py measures it
FOREWORD = 3_000  # characters of the first pages in which readers are addressed

_DAY = re.compile(r".{0,20}(?:19|20)\d\d")
_FIRST = frozenset(
    map(fold, ("i", "my", "me", "we", "our", "us", "yo", "mi", "nosotras", "nosotros", "nuestro",
               "nuestra", "nuestros", "nuestras", "je", "mon", "ma", "nous", "notre", "eu", "minha",
               "nós", "nosso", "nossa", "nossos", "nossas", "मैं", "हम", "हमारा", "हमारी", "हमारे",
               "أنا", "نحن"))
)  # fmt: skip
_SECOND = frozenset(
    map(fold, ("you", "your", "yours", "yourself", "tus", "tú", "usted", "ustedes", "te", "ti",
               "vous", "votre", "vos", "ton", "tes", "toi", "você", "vocês",
               "आप", "आपका", "आपकी", "आपके", "أنت", "أنتم", "لك",
               "لديك", "عليك"))
)  # fmt: skip


@dataclass(slots=True)
class Measures:
    """What was measured, and for each cue the words that show it best."""

    values: dict[str, float] = field(default_factory=dict)
    shown_by: dict[str, Evidence] = field(default_factory=dict)


def measured(
    pages: Sequence[Page], title: str, filename: str, said: Said, language: str = ""
) -> Measures:
    """The measures of a document. title: what it is called; filename may be "".

    language: ISO 639, or "" where nothing tells it: then any word may be of any language.
    """
    measures = Measures()
    spoken = language.split("-")[0]
    named = re.sub(r"[-_.+]+", " ", filename)
    _cues(measures, title, 0, "title", spoken)
    if named.casefold() != title.casefold():
        _cues(measures, named, 0, "named", spoken)
    opening = _opening(pages)
    _cues(measures, opening, pages[0].number if pages else 0, "opening", spoken)
    headings = [
        (b.text, page.number) for page in pages[:60] for b in page.blocks if b.kind == "heading"
    ][:80]
    counted: Counter[str] = Counter()
    for text, number in headings:
        for cue, start, end in _mentions(text[:LONGEST], spoken):
            counted[cue] += 1
            _evidence(measures, f"{cue}.headings", number, text, start, end)
    for cue, times in counted.items():
        measures.values[f"{cue}.headings"] = min(2.0, math.log1p(times))
    words = _body(measures, pages, spoken)
    shaped(measures.values, measures.shown_by, pages, headings, words, filename)
    if measures.values["held"] >= HELD:
        # A manual or guide of sessions is for who leads them: the word alone makes it no guide.
        for name in [name for name in measures.values if name.startswith("guide.")]:
            measures.values[name] *= 0.4
    _addressed(measures, title, named, pages)
    measures.values["described"] = float(bool(said.fields))
    _posted(measures, said, pages)
    return measures


def working(measures: Measures, density: float) -> None:
    """Adds how much the text speaks of work: "you" in a text on work is somebody who works.

    density: words of work in 1,000.
    """
    mostly = min(1.0, density / work.MOSTLY)
    measures.values["working"] = mostly
    measures.values["you_working"] = mostly * measures.values["second"]


def _posted(measures: Measures, said: Said, pages: Sequence[Page]) -> None:
    """1 for a page of a site with its own day: a program dates other files by its clock."""
    page = bool(pages) and pages[0].reader in ("markdown", "html")
    days = properties.words(said, "date") if page else ()
    day = next((word for word in days if _DAY.match(word.value)), None)
    measures.values["posted"] = float(day is not None)


def _opening(pages: Sequence[Page]) -> str:
    text = ""
    for page in pages[:4]:
        text += page.text[: OPENING - len(text)] + "\n"
        if len(text) >= OPENING:
            break
    return text


def _cues(measures: Measures, text: str, page: int, place: str, spoken: str) -> None:
    for cue, start, end in _mentions(text, spoken):
        name = f"{cue}.{place}"
        measures.values[name] = min(
            1.0, measures.values.get(name, 0.0) + (1.0 if place != "opening" else 0.5)
        )
        _evidence(measures, name, page, text, start, end)


def _addressed(measures: Measures, title: str, named: str, pages: Sequence[Page]) -> None:
    """Whom the title, the file's name or the first pages say the document is for."""
    for text, place in ((title, "title"), (named, "named")):
        for reader in addressed(text):
            for name in _told(reader, place):
                measures.values[name] = 1.0
                _evidence(measures, name, 0, text, reader.start, reader.end)
    left = FOREWORD
    for page in pages[:8]:
        text = page.text[:left]
        for reader in addressed(text):
            for name in _told(reader, "opening"):
                # What is said plainly is said once.
                more = 1.0 if name.startswith("told_") else 0.5
                measures.values[name] = min(1.5, measures.values.get(name, 0.0) + more)
                _evidence(measures, name, page.number, text, reader.start, reader.end)
        left -= len(text)
        if left <= 0:
            break


def _told(reader: Named, place: str) -> Iterator[str]:
    """The measures of readers that are named: `told_` where the document is said to be for them."""
    yield f"to_{reader.audience}.{place}"
    if reader.plainly:
        yield f"told_{reader.audience}.{place}"


def _body(measures: Measures, pages: Sequence[Page], spoken: str) -> int:
    """Counts the cues of the body; returns how many words were read."""
    chosen = spread(pages, PAGES)
    most = CHARACTERS // max(1, len(chosen))
    counted: Counter[str] = Counter()
    words = first = second = 0
    for page in chosen:
        text = page.text[: max(most, 700)]
        row = list(tokens(text))
        words += len(row)
        for token in row:
            first += token.word in _FIRST
            second += token.word in _SECOND
        for cue, start, end in _matched(row, spoken):
            counted[cue] += 1
            if counted[cue] < 3:
                _evidence(measures, f"{cue}.body", page.number, text, start, end)
    for cue, times in counted.items():
        measures.values[f"{cue}.body"] = min(3.0, math.log1p(1000 * times / max(words, 150)) / 1.5)
    measures.values["first"] = min(2.0, 25 * first / max(words, 100))
    measures.values["second"] = min(2.0, 25 * second / max(words, 100))
    return words


def _evidence(measures: Measures, name: str, page: int, text: str, start: int, end: int) -> None:
    if name not in measures.shown_by:
        around = text[max(0, start - 60) : end + 60]
        measures.shown_by[name] = Evidence(page, clean(around)[:200])


def _mentions(text: str, spoken: str) -> Iterator[tuple[str, int, int]]:
    return _matched(list(tokens(text)), spoken)


def _matched(row: Sequence[Token], spoken: str) -> Iterator[tuple[str, int, int]]:
    """(cue, start, end) of the longest phrases; a phrase may show several cues."""
    table, longest, only = _table()
    words = [singular(token.word, MIXED) for token in row]
    at = 0
    while at < len(words):
        length = longest.get(words[at], 0)
        while length:
            phrase = tuple(words[at : at + length])
            cues = table.get(phrase)
            if cues and spoken and phrase in only and spoken not in only[phrase]:
                cues = None  # in this language the word means something else
            if cues:
                for cue in cues:
                    yield cue, row[at].start, row[min(at + length, len(row)) - 1].end
                break
            length -= 1
        at += max(1, length)


class _Table(NamedTuple):
    """Phrase → its cues; first word → words of the longest phrase that begins so; phrase → the
    languages it is one in, where another has the same word."""

    cues: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]
    only: Mapping[tuple[str, ...], frozenset[str]]


@cache
def _table() -> _Table:
    content = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
    only = {_key(phrase): frozenset(spoken) for phrase, spoken in content.pop("only").items()}
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    longest: dict[str, int] = {}
    for cue, phrases in content.items():
        for phrase in phrases:
            key = _key(phrase)
            if key:
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), cue)))
                longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return _Table(table, longest, only)


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(singular(token.word, MIXED) for token in tokens(phrase))
