"""Who wrote a document, and who published it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import dates, places
from library.metadata import file_properties as fields
from library.metadata.institutions import is_institution
from library.metadata.text_lines import (
    SMALL,
    Line,
    Usual,
    clean,
    folded,
    lowered,
    shouted,
    unmarked,
    words_of,
)
from library.metadata.title import names_only

_BYLINE = re.compile(
    r"^(?:(?:written|compiled|prepared|edited|research(?:ed)?|text|report) )?"
    r"(?:by|por|par)(?:\s*+:)?\s++"
    r"(?P<who>.+)$|"
    r"^(?:authors?|autor(?:es|as|a)?(?:\(es\)|/a|\(as?\))?|auteure?s?(?:\(s\))?|escrito por|"
    r"written by|elaborado por|redactado por|[ée]crit par|compiled by)\s*+:\s*+(?P<named>.+)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:administrat(?:or|eur|ador)|admin|unknown|inconnu|desconocid[oa]|desconhecid[oa]|user|usuario|"
    r"utilisateur|usu[aá]rio|owner|guest|default|test drive|microsoft|adobe|acrobat|windows|office|"
    r"macbook|apple|word|excel|powerpoint|latex|pdf|writer|scanner|xerox|canon|konica|ricoh|hp|dell|"
    r"lenovo|laptop|pc|desktop|author|autor|auteur|none|null|n/a|staff|editor|personal|website|web|"
    r"webmaster|wordpress|drupal|intern|temp|evogov|gestetner|root|lib|library)\b|\.com\b|\.cloud\b",
    re.IGNORECASE,
)
_PARTICLE = frozenset(
    (
        *("de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "el", "al", "bin"),
        *("van", "von", "der", "den", "ter", "y", "e", "i", "und", "du", "des", "ibn", "abu"),
    )
)
_DIVIDED = re.compile("[;؛；]")
_AND = re.compile(
    r"(?<!\s)\s*+(?:,|;|&|\band\b|\by\b|\bet\b|\be\b|\bwith\b|\bcon\b|\bavec\b|\bcom\b)\s+", re.I
)
_DATE_TAIL = re.compile(
    r"(?<!\s)(?:\s*+[,|–—-])?\s*+\b(?:on|el|le|em|published|posted|\d{1,4}\b).*", re.I | re.S
)
_YEARS = r"(?:1[89]|20)\d\d(?:\s*+[-–/,]\s*+\d{2,4})*"
_SIGN = r"(?:©|\(c\)\s*+(?=(?:1[89]|20)\d\d)|\bcopyright\b)\s*+(?:©|\(c\))?\s*+(?:by\s++)?"
_COPYRIGHT = re.compile(
    rf"{_SIGN}(?:{_YEARS}[\s,.:–-]*(?:by\s+)?(?P<after>\S.*)|(?P<before>[^\d©]{{3,90}}?)[\s,]{{0,9}}{_YEARS})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^\W*(?:.{0,24}\s)?(?:published|issued|produced|publicado|publicada|editado|editada|emitido|publi[ée]e?s?|"
    r"[ée]dit[ée]e?s?|produit|produzido|published jointly)\s+(?:by|por|par|pela|pelo)(?:\s*+:)?\s++"
    r"(?P<who>.{3,140})$|^(?:publisher|editorial|[ée]diteur|editora|publishers?)\s*+:\s*+(?P<named>.{3,140})$",
    re.IGNORECASE,
)
_RIGHTS_TAIL = re.compile(
    r"(?<![\s.,;|–-])[\s.,;|–-]*+\b(?:all rights|todos (?:los|os)|tous droits|"
    r"some rights|reserved|licen[cs]|"
    r"creative commons|cc by|isbn|issn|printed|www\.|http|first published|terms|privacy|site|"
    r"powered|published|the content|this (?:work|publication)).*",
    re.IGNORECASE | re.DOTALL,
)


def authors_stated(said: Said, pages: Sequence[Page]) -> Iterator[Statement]:
    """Authors the file names; a PDF's only where the pages name them too."""
    program = fields.by_program(said)
    edges = folded(" ".join(p.text[:6000] for p in (*pages[:3], *pages[-2:]))) if program else ""
    for word in fields.words(said, "authors"):
        names = tuple(n for n in _names(word.value) if not _NOBODY.search(n))
        if not names or (program and is_institution(word.value)):
            continue
        sure = 0.92
        if program:
            names = tuple(n for n in names if is_person(n))
            # Word fills /Author with whoever installed it: typists, not authors.
            on_page = all(folded(n) in edges for n in names)
            sure = 0.7 if on_page else 0.2
        elif word.name.casefold() in ("author", "byline") and not all(map(is_person, names)):
            sure = 0.6
        if names:
            evidence = (Evidence(0, f"{word.name}: {word.value[:200]}"),)
            yield Statement("authors", names, "file", evidence, sure)


def authors_read(head: Sequence[Line]) -> Iterator[Statement]:
    """Authors in a byline near the beginning. One without a name says nothing."""
    for number, line in enumerate(head[:60]):
        match = _BYLINE.match(line.text)
        if match is None or len(line.text) > 160:
            continue
        labelled = match["named"] is not None
        text = _DATE_TAIL.sub("", match["named"] or match["who"])
        names = tuple(n for n in _names(unmarked(text)) if is_person(n) and not _NOBODY.search(n))
        if names and len(names) == len(_names(unmarked(text))) and not shouted(line.text):
            sure = 0.85 if labelled or number < 12 else 0.6
            evidence = (Evidence(line.page, line.text),)
            yield Statement("authors", names, "guess", evidence, sure)


def authors_shown(
    head: Sequence[Line], title: str, pages: Sequence[Page], language: str
) -> Iterator[Statement]:
    """Authors whose names stand alone on the lines of a title page, near its title."""
    called = f" {folded(title)} "
    first = head[0].page if head else 0
    lines: list[Line] = []
    for line in head[:14]:
        if line.page != first or line.prose:
            break
        text = unmarked(line.text)
        plain = f" {folded(text)} "
        small = 1 < len(words_of(text)) < 5 and len(text) < 50
        if "," in text or not text[:1].isalpha():
            continue
        if not small or plain in called or not is_person(text) or _NOBODY.search(text):
            continue
        if names_only(text, pages, language) and not any(True for _ in places.signs(text)):
            lines.append(line._replace(text=text))
    names = tuple(dict.fromkeys(line.text for line in lines))
    # One alone may be a label of a short text that has not said its words again.
    enough = len(names) > 1 or sum(len(page.text) for page in pages[:12]) > 4_000
    if 1 <= len(names) <= 8 and enough:
        evidence = tuple(Evidence(line.page, line.text) for line in lines[:3])
        yield Statement("authors", names, "guess", evidence, 0.6)


def _names(text: str) -> tuple[str, ...]:
    text = clean(text).strip(" .,;:|")
    if _DIVIDED.search(text):
        parts = _DIVIDED.split(text)
    elif (
        re.fullmatch(r"[^\s,]++(?: [^\s,]++)?, [^\s,]++(?: [^\s,]++)?", text)
        and " " not in (text.split(",")[0])
    ):
        last, rest = text.split(", ", 1)  # "Chen, Marty": a name turned round
        parts = [text if is_person(rest) else f"{rest} {last}"]
    else:
        parts = _AND.split(text)
    return tuple(dict.fromkeys(p.strip(" .,&") for p in parts if p and p.strip(" .,&")))


def is_person(name: str) -> bool:
    """Whether it looks like a person's name: two to five capitalised words, no digits."""
    words = name.replace(".", ". ").split()
    if not 2 <= len(words) <= 6 or re.search(r"[\d@_/\\:()<>]", name) or len(name) > 60:
        return False
    if words[0].casefold() in SMALL - {"al", "de", "von", "van"} or is_institution(name):
        return False
    return all(
        word[0].isupper() or word.casefold() in _PARTICLE or not word[0].isalpha() for word in words
    ) and any(len(word.strip(".")) > 1 for word in words)


def publisher_stated(said: Said) -> Iterator[Statement]:
    for word in fields.words(said, "publisher"):
        sure = 0.6 if "site" in word.name.casefold() else 0.9
        yield Statement(
            "publisher",
            clean(word.value),
            "file",
            (Evidence(0, f"{word.name}: {word.value}"),),
            sure,
        )
    if fields.by_program(said):
        for word in fields.words(said, "authors"):
            # Organisations sign /Author too: a ministry, a court.
            if is_institution(word.value):
                evidence = (Evidence(0, f"{word.name}: {word.value}"),)
                yield Statement("publisher", _named(word.value), "file", evidence, 0.5)


def publisher_read(
    head: Sequence[Line],
    tail: Sequence[Line],
    institutions: Sequence[Line],
) -> Iterator[Statement]:
    """The publisher by a copyright line, by "published by", or by the institution on top."""
    for line in (*head, *tail):
        if (match := _PUBLISHED.search(line.text)) and len(line.text) < 180:
            name = _organisation(match["who"] or match["named"])
            if name:
                yield _publisher(name, line, 0.75)
        if (match := _COPYRIGHT.search(line.text)) and len(line.text) < 220:
            name = _organisation(match["after"] or match["before"] or "")
            if name:
                yield _publisher(name, line, 0.72)
    for rank, line in enumerate(institutions[:2]):
        yield _publisher(unmarked(line.text), line, 0.6 - 0.1 * rank)


def _organisation(text: str) -> str:
    text = _RIGHTS_TAIL.sub("", clean(text)).strip(" .,;:|–-©")
    text = re.sub(r"^(?:the|la|el|le|o|a|by)\s+(?=\S)", "", text, flags=re.IGNORECASE)
    words = words_of(text)
    if not words or len(words) > 14 or len(text) < 3 or dates.dates_in(text):
        return ""
    capital = [word for word in words if word.casefold() not in SMALL]
    if not capital or sum(word[0].isupper() or not word.islower() for word in capital) < 0.6 * len(
        capital
    ):
        return ""
    if words[-1].casefold() in SMALL or words[0].islower():
        return ""
    return text


def _publisher(name: str, line: Line, sure: float) -> Statement:
    evidence = (Evidence(line.page, line.text[:200]),)
    return Statement("publisher", _named(name), "guess", evidence, sure)


def _named(name: str) -> str:
    """The name of a body: every word but the small ones begins with a capital."""
    name = clean(name).strip(" .,;:")
    words = words_of(name)
    if not shouted(name) or len(words) < 2:
        return name
    titled = {w.casefold(): w.capitalize() for w in words if w.casefold() not in SMALL}
    return lowered(name, "", Usual(titled, {}))
