"""What a document is about, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import file_properties as fields
from library.metadata.text_lines import (
    clean,
    folded,
    joined_letters,
    letters,
    lines,
    shouted,
    words_of,
)

LONGEST = 400  # characters
SHORTEST = 110  # of a paragraph that may speak for a document

_LABEL = re.compile(
    r"^(?:\d+\.?\s*)?(?:abstract|(?:executive )?summary|in brief|at a glance|"
    r"about this (?:guide|toolkit|report|manual|book|paper)|resumen(?: ejecutivo)?|"
    r"acerca de (?:esta|este) \w+|r[ée]sum[ée]|synth[èe]se|[àa] propos de ce \w+|"
    r"resumo(?: executivo)?|sum[aá]rio executivo|sobre este \w+)"
    r"(?:\s*[:.]\s*|\s+[–-]\s+|\s*$)",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"cookie|javascript|(?:your|this) browser|web ?site|page you|subscribe|sign up|newsletter|"
    r"log ?in|all rights reserved|creative commons|reproduc(?:ed|tion|ida|cida)|copyright|©|isbn|"
    r"permission|official translation|not responsible|third party|p[aá]gina web|sitio web|"
    r"droits r[ée]serv|derechos reservados|direitos reservados|prohibid|licen[cs]e|disclaimer|"
    r"article quality|click|download|opens in|address:|tel[.:]|phone|fax|e-?mail|migrated|skip to|"
    r"loading|`|hereinafter|en adelante|doravante|ci-après|composed of the following|integrada por|"
    r"did not (?:participate|take part)|no particip|não particip",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", ":", ";", "…", "।", "؟", ")", "”", '"', "»")
_NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[ivx]{1,5}|[a-z])[.)]\s+|^[•▪●◦*–—-]\s*")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{4,}")
_SENTENCE = re.compile(r"(?<=[.!?…।؟。])[”\"’)»\]]*\s+(?=[^\s\d\W]|[“\"‘'«(¿¡])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:nos?|vs?|dr|mr|mrs|ms|st|art|arts|sr|sra|inc|ltd|jr|cf|etc|approx|p|pp|vol|ed|eds|al|"
    r"e\.g|i\.e|u\.s|núm|nº|prof|dept)|\b[A-Z]|\b\w\.\w)\.$",
    re.IGNORECASE,
)


def stated(said: Said, title: str, pages: Sequence[Page] = ()) -> Iterator[Statement]:
    program = fields.by_program(said)
    if program:
        return  # /Subject holds codes and file names
    web = not fields.for_readers(said, pages)
    for rank, word in enumerate(fields.words(said, "summary")):
        text = clean(re.sub(r"<[^>]{1,80}>|\xa0", " ", word.value))
        least = 40 if web else 20
        if len(text) < least or len(words_of(text)) < 4 or folded(text) == folded(title):
            continue
        if re.search(r"\bofficial (?:web ?)?site\b", text, re.IGNORECASE):
            continue  # said of the site, not of the page
        evidence = (Evidence(0, f"{word.name}: {text[:120]}"),)
        yield Statement(
            "summary", cut(text), "file", evidence, (0.8 if web else 0.92) - 0.02 * rank
        )
        return


def read(pages: Sequence[Page], title: str) -> Iterator[Statement]:
    """A labelled summary, else the first paragraph of good prose after the title."""
    after = folded(title)
    begun = False
    fallback: Statement | None = None
    labelled = False
    for page in pages[:6]:
        found = list(_paragraphs(page))
        # What stands above the title is the site's, not the document's.
        start = 0
        if not begun and after:
            for number, text in enumerate(found):
                plain = folded(text)
                if plain and len(plain) < 3 * len(after) and (plain in after or after in plain):
                    start = number + 1
                    begun = True
                    break
        if fallback is not None and page.number > fallback.evidence[0].page + 2:
            break
        for before, text in pairwise(["", *found[start:]]):
            if match := _LABEL.match(text):
                rest = text[match.end() :]
                if not rest or len(rest) < 40:
                    labelled = len(text) < 60
                    continue
                marked = text[: match.end()].rstrip().endswith((":", ".", "–", "-"))
                if marked and _good(rest):
                    yield _statement(rest, page, 0.8)
                    return
            broken = len(before) > 60 and not before.endswith(_ENDS)
            if broken or not _good(text):
                if len(text) < 60 and letters(text) > 3 and not _NUMBERED.match(text):
                    labelled = False
                continue
            if labelled:
                yield _statement(text, page, 0.8)
                return
            if fallback is None:
                sure = 0.55 - 0.03 * (page.number - 1)
                if _NUMBERED.match(text):  # one point of many; beyond the first page, any of them
                    sure = 0.38 if page.number == 1 else 0.25
                fallback = _statement(text, page, sure)
    if fallback is not None:
        yield fallback


def _statement(text: str, page: Page, sure: float) -> Statement:
    text = cut(_NUMBERED.sub("", text))
    return Statement("summary", text, "guess", (Evidence(page.number, text[:120]),), round(sure, 3))


def _paragraphs(page: Page) -> Iterator[str]:
    """The paragraphs of a page: by its layout, by its empty lines, or by the look of its lines."""
    if any(block.kind != "heading" for block in page.blocks):
        for block in page.blocks[:60]:
            if block.kind in ("paragraph", "heading", "quote"):
                yield clean(block.text)
        return
    parts = re.split(r"\n[ \t\r]*\n", page.text[:12_000])
    if len(parts) > 1:
        yield from filter(None, map(clean, parts[:90]))
        return
    yield from _by_lines(page)


def _by_lines(page: Page) -> Iterator[str]:
    """Paragraphs told by the length and the ends of the lines."""
    rows = lines(page, 90)
    widest = sorted(len(row.text) for row in rows)[int(len(rows) * 0.8)] if rows else 0
    current = last = ""
    for row in rows:
        text = joined_letters(row.text)
        ended = last.endswith((".", ":", "!", "?", ";")) and len(last) < 0.8 * widest
        short = len(last) < 0.55 * widest and not last.endswith(",")
        if current and (ended or short or _NUMBERED.match(text) or shouted(text)):
            yield current
            current = ""
        if current.endswith("-") and text[:1].islower():
            current = current[:-1] + text
        else:
            current = f"{current} {text}".strip()
        last = text
    if current:
        yield current


def _good(text: str) -> bool:
    """Whether a paragraph is prose that tells something: not a menu, a list, an imprint."""
    bare = _NUMBERED.sub("", text)
    if len(bare) < SHORTEST or _LEADERS.search(bare) or _BOILERPLATE.search(bare[:500]):
        return False
    if not bare[0].isalpha() and bare[0] not in "“\"‘'«(¿¡":
        return False
    if bare[0].islower() or shouted(bare) or bare.count("|") > 1 or "http" in bare[:200]:
        return False
    visible = len(bare.replace(" ", ""))
    if letters(bare) < 0.8 * visible or sum(c.isdigit() for c in bare) > 0.08 * visible:
        return False
    words = words_of(bare)
    capital = sum(word[0].isupper() for word in words)
    if not words or capital > 0.55 * len(words):
        return False  # names, or a menu
    return re.search(r"[.!?।؟]", bare[40:]) is not None


def cut(text: str, longest: int = LONGEST) -> str:
    """The whole sentences of a text that fit; of one long sentence, its beginning."""
    text = clean(text)
    if len(text) <= longest:
        return text
    kept = 0
    for match in _SENTENCE.finditer(text):
        if match.start() > longest:
            break
        if not _ABBREVIATED.search(text[: match.start()][-12:]):
            kept = match.start()
    if kept >= 60:
        return text[:kept].rstrip()
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:(–-") + "…"
