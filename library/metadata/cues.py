"""What a librarian looks at to tell what a document is: cues in its words, and its shape.

A measure is a number from 0 to about 3; 0 is absence. Of each cue of cues.toml there is
`cue.title` (1 where the title or the file's name says it), `cue.opening` (in the first words),
`cue.headings` and `cue.body` (how often, per 1,000 words, on a scale of logarithms). The shape
is what does not depend on words: how long it is, how many of its lines are questions, give
minutes, open articles, leave blanks to fill.
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

from library.core.resource import Evidence, Page, Said
from library.metadata.text_lines import clean
from library.vocabularies.folding import MIXED, Token, fold, singular, tokens

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")  # that cues.toml speaks
OPENING = 1_500  # characters in which a document says what it is
CHARACTERS = 9_000  # of the body that are read, spread over it
PAGES = 12
LONGEST = 400  # characters of a line whose shape is looked at

_MINUTES = re.compile(
    r"(?<!\d)\d{1,3} ?(?:min\b|mins\b|minutes?\b|minutos?\b|minuten\b|minuti\b|menit\b|dakika\b"
    r"|دقيقة|دقائق|मिनट)",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"^\W{0,4}(?:lesson |session )?(?:duration|duración|durée|duração|المدة|अवधि|length|time"
    r"|tiempo|temps|tempo)\W{1,4}.{0,20}\d",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^\W{0,4}(?:article|artículo|articulo|artigo|art\.|section|clause|cláusula|المادة|مادة"
    r"|अनुच्छेद|धारा) ?\(?(?:\d{1,3}|[ivxl]{1,5}\b|first|one|primero|premier|الأولى)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{4}|\.{12}|…{4}|\[ ?\]|☐|□|❏")
_YEARED = re.compile(r"\((?:[^()]{1,60}[ ,])?(?:19|20)\d\d[a-z]?(?:[:,][^()]{0,20})?\)")
_DIGITS = re.compile(r"\d")
_FIRST = frozenset(
    map(fold, ("i", "my", "me", "we", "our", "us", "yo", "mi", "nosotras", "nosotros", "je", "mon",
               "ma", "eu", "minha", "मैं", "हम", "أنا", "نحن"))
)  # fmt: skip
_SECOND = frozenset(
    map(fold, ("you", "your", "yours", "yourself", "tus", "tú", "usted", "ustedes", "vous", "votre",
               "vos", "ton", "você", "vocês", "आप", "आपका", "आपकी", "आपके", "أنت", "أنتم", "لك",
               "لديك", "عليك"))
)  # fmt: skip


@dataclass(slots=True)
class Measures:
    """What was measured, and for each cue the words that show it best."""

    values: dict[str, float] = field(default_factory=dict)
    shown_by: dict[str, Evidence] = field(default_factory=dict)


def measured(pages: Sequence[Page], title: str, filename: str, said: Said) -> Measures:
    """The measures of a document. title: what it is called; filename may be ""."""
    found = Measures()
    named = re.sub(r"[-_.+]+", " ", filename)
    _cues(found, title, 0, "title")
    if named.casefold() != title.casefold():
        _cues(found, named, 0, "named")
    opening = _opening(pages)
    _cues(found, opening, pages[0].number if pages else 0, "opening")
    headings = [
        (b.text, page.number) for page in pages[:60] for b in page.blocks if b.kind == "heading"
    ][:80]
    counted: Counter[str] = Counter()
    for text, number in headings:
        for cue, start, end in _mentions(text[:LONGEST]):
            counted[cue] += 1
            _evidence(found, f"{cue}.headings", number, text, start, end)
    for cue, times in counted.items():
        found.values[f"{cue}.headings"] = min(2.0, math.log1p(times))
    words = _body(found, pages)
    _shape(found, pages, headings, words)
    found.values["described"] = float(bool(said.fields))
    return found


def _opening(pages: Sequence[Page]) -> str:
    text = ""
    for page in pages[:4]:
        text += page.text[: OPENING - len(text)] + "\n"
        if len(text) >= OPENING:
            break
    return text


def _cues(found: Measures, text: str, page: int, place: str) -> None:
    for cue, start, end in _mentions(text):
        name = f"{cue}.{place}"
        found.values[name] = min(
            1.0, found.values.get(name, 0.0) + (1.0 if place != "opening" else 0.5)
        )
        _evidence(found, name, page, text, start, end)


def _body(found: Measures, pages: Sequence[Page]) -> int:
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
        for cue, start, end in _matched(row):
            counted[cue] += 1
            if counted[cue] < 3:
                _evidence(found, f"{cue}.body", page.number, text, start, end)
    for cue, times in counted.items():
        found.values[f"{cue}.body"] = min(3.0, math.log1p(1000 * times / max(words, 150)) / 1.5)
    found.values["first"] = min(2.0, 25 * first / max(words, 100))
    found.values["second"] = min(2.0, 25 * second / max(words, 100))
    return words


def _shape(
    found: Measures, pages: Sequence[Page], headings: Sequence[tuple[str, int]], words: int
) -> None:
    values = found.values
    chosen = spread(pages, PAGES)
    rows = [
        (row, page.number)
        for page in chosen
        for row in page.text[:2_500].splitlines()
        if row.strip()
    ][:1_500]
    total = max(1, len(rows))
    counts: Counter[str] = Counter()
    for row, number in rows:
        short = row.strip()[:LONGEST]
        for name, pattern in (
            ("minutes", _MINUTES),
            ("lasts", _LASTS),
            ("articles", _ARTICLE),
            ("blanks", _BLANK),
            ("cited", _YEARED),
        ):
            if pattern.search(short):
                counts[name] += 1
                found.shown_by.setdefault(name, Evidence(number, clean(short)[:200]))
        counts["questions"] += short.endswith(("?", "؟"))
        counts["items"] += short.startswith(("- ", "* ", "•", "●", "– ", "▪"))
        counts["figures"] += len(_DIGITS.findall(short)) > 0.3 * max(8, len(short) / 2)
    values["minutes"] = min(2.0, math.log1p(counts["minutes"]))
    values["lasts"] = min(1.0, float(counts["lasts"]))
    values["blanks"] = min(2.0, 8 * counts["blanks"] / total)
    values["articles"] = (
        min(2.0, math.log1p(counts["articles"]) / 1.5) if counts["articles"] > 2 else 0.0
    )
    values["cited"] = min(2.0, math.log1p(counts["cited"]) / 1.5)
    values["questions"] = min(2.0, 6 * counts["questions"] / total)
    values["items"] = min(1.0, counts["items"] / total)
    values["figures"] = min(1.0, 4 * counts["figures"] / total)
    asked = sum(text.strip().endswith(("?", "؟")) for text, _ in headings)
    values["asked"] = min(1.0, 2 * asked / max(4, len(headings)))
    count = len(pages)
    values["one-page"] = float(count == 1 and words < 900)
    values["short"] = max(0.0, 1 - math.log10(max(words * max(1, count / PAGES), 100) / 100) / 2)
    values["long"] = min(2.0, math.log2(max(1, count)) / 3)
    reader = pages[0].reader if pages else ""
    values["printed"] = float(reader.startswith(("pdf", "poppler", "tesseract")))
    values["web"] = float(reader == "html")


def _evidence(found: Measures, name: str, page: int, text: str, start: int, end: int) -> None:
    if name not in found.shown_by:
        around = text[max(0, start - 60) : end + 60]
        found.shown_by[name] = Evidence(page, clean(around)[:200])


def spread(pages: Sequence[Page], most: int) -> Sequence[Page]:
    """At most so many pages, evenly over the document, the first among them."""
    if len(pages) <= most:
        return pages
    step = len(pages) / most
    return [pages[int(number * step)] for number in range(most)]


def _mentions(text: str) -> Iterator[tuple[str, int, int]]:
    return _matched(list(tokens(text)))


def _matched(row: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """(cue, start, end) of the longest phrases; a phrase may show several cues."""
    table, longest = _table()
    words = [singular(token.word, MIXED) for token in row]
    at = 0
    while at < len(words):
        length = longest.get(words[at], 0)
        while length:
            cues = table.get(tuple(words[at : at + length]))
            if cues:
                for cue in cues:
                    yield cue, row[at].start, row[min(at + length, len(row)) - 1].end
                break
            length -= 1
        at += max(1, length)


@cache
def _table() -> tuple[Mapping[tuple[str, ...], tuple[str, ...]], Mapping[str, int]]:
    """Phrase → its cues, and first word → words of the longest phrase that begins so."""
    content = tomllib.loads((Path(__file__).parent / "cues.toml").read_text("utf-8"))
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    longest: dict[str, int] = {}
    for cue, phrases in content.items():
        for phrase in phrases:
            key = tuple(singular(token.word, MIXED) for token in tokens(phrase))
            if key:
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), cue)))
                longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return table, longest
