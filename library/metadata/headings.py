"""The lines at the head of a page sorted: titles, bylines, dates, who issued it, and the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from library.metadata import dates
from library.metadata.institutions import act_of, is_institution
from library.metadata.wording import (
    SMALL,
    Line,
    folded,
    joined_letters,
    letters,
    lines,
    shouted,
    unmarked,
    words_of,
)
from library.resource import Page

LONGEST = 180  # characters of one title
HEAD = 40  # lines of a page that a title may stand in

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)
NAMES_CASE = re.compile(
    r"^(?:in the )?(?:case|matter|caso|asunto|affaire|assunto)\b", re.IGNORECASE
)
VERSUS = re.compile(r"\s(?:vs?\.|versus|contra)\s", re.IGNORECASE)
CODE = re.compile(
    r"^(?:\w{1,12}\.?\s+)?(?:n[.ºo°]+\s*)?[\w.]*\d[\w./-]*(?:\s*/?\d+)?$", re.IGNORECASE
)
FURNITURE = re.compile(
    r"^(?:skip to (?:main )?content|skip navigation|ir al contenido|ir para o conte[uú]do|"
    r"aller au contenu|home|menu|search|search results|share(?: this)?|print(?: page)?|login|"
    r"log in|sign in|contents?|table of contents|[ií]ndice|sommaire|sum[aá]rio|contenido|"
    r"conte[uú]do|page|p[aá]gina|download.*|read more|contact(?: us)?|accept.*cookies.*|"
    r"cookies?.*|translate|select language|close|next|previous|back|more|filters?|breadcrumbs?|"
    r"you are here|navigation|main menu|annexe?s?|appendix.*|cover|draft|confidential)\s*:?$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|por|par)\b\s*:?\s*(?!(?:the|la|el|las|los|lo|le|les|l['’]|a|o|que)\b)(?=[A-Z]|on\b|$)|"
    r"^(?:authors?|autor(?:es|as|a)?|auteure?s?|written by|escrito por|[ée]crit par)\b\s*[:(]"
)
_DISCLAIMER = re.compile(
    r"\b(?:not an? official|unofficial translation|was translated|translated (?:by|from)|"
    r"traducci[oó]n no oficial|responsible for|all rights reserved|reservados todos|tous droits|"
    r"todos os direitos)\b",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"^(?:issued|published|produced|prepared|publicado|editado|elaborado|publié|édité|produzido) "
    r"(?:by|por|par|pelo|pela)\b",
    re.IGNORECASE,
)
SECTION = re.compile(r"^(?:[IVX]{1,5}\.|[A-Z]\)|\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_ONLY_NUMBER = re.compile(
    r"^[\W\d_]*(?:p(?:age|[aá]gina)?\.?\s*)?[\W\d_]*(?:of|de)?[\W\d_]*$", re.I
)
_STARTS_PROSE = re.compile(
    r"^(?:(?:having (?:seen|perused|reviewed)|considering|whereas|vistos?|visto el|considerando|"
    r"in the case of|en el caso|no caso|we,? |the cabinet|introduc\w+\b|abstract|resumen|summary|"
    r"r[ée]sum[ée]|resumo)\b.{0,200}|.{1,60}:|(?:in|en|no|dans|on|em) .{5,110},)$",
    re.IGNORECASE,
)


class Sort(Enum):
    """What a line at the head of a page is."""

    TITLE = auto()
    INSTITUTION = auto()
    BYLINE = auto()
    DATE = auto()
    FURNITURE = auto()  # numbers, menus, addresses, disclaimers, running heads
    PROSE = auto()


class Group(NamedTuple):
    """Lines that stand together as a heading."""

    lines: tuple[Line, ...]
    order: int
    followed: bool = False  # by a byline or a date: what these follow is a title


def running(pages: Sequence[Page]) -> frozenset[str]:
    """Lines that stand at the top or the bottom of page after page, folded, without digits."""
    counts: Counter[str] = Counter()
    looked = pages[:30]
    for page in looked:
        text = page.text.strip()
        rows = [*text[:400].splitlines()[:3], *text[-400:].splitlines()[-3:]]
        counts.update({folded(re.sub(r"\d+", "", row)) for row in rows} - {""})
    least = max(3, len(looked) // 3)
    return frozenset(row for row, count in counts.items() if count >= least)


def groups(page: Page, repeated: frozenset[str], language: str) -> tuple[list[Group], list[Line]]:
    """The headings of a page in order, and the lines that name an institution."""
    levels = any(block.kind == "heading" for block in page.blocks)
    found: list[Group] = []
    institutions: list[Line] = []
    current: list[Line] = []
    in_prose = False
    last = ""

    def close(followed: bool = False) -> None:
        if letters(" ".join(line.text for line in current)) >= 3:
            found.append(Group(tuple(current), len(found), followed))
        current.clear()

    for line in lines(page, HEAD):
        text = unmarked(joined_letters(line.text))
        line = line._replace(text=text)
        sort = _sort(line, repeated, language)
        ended = last.endswith((".", ":", ";", "!", "?"))
        in_prose = in_prose and not (line.gap or line.level or shouted(text) or ended)
        if in_prose and sort is not Sort.DATE:
            sort = Sort.PROSE
        if sort is Sort.TITLE and institutions and _completes(institutions[-1], last, text):
            whole = _completed(institutions[-1].text, text, language)
            institutions[-1] = institutions[-1]._replace(text=whole)
            continue
        if sort is Sort.INSTITUTION:
            if current and _dangling(current[-1].text):
                if institutions or len(current) > 1 or found:
                    current.append(line)  # "Measures requested by the / Commission …"
                    last = text
                    continue
                current.pop()  # "Order of the / Court …"
            institutions.append(line._replace(text=act_of(text) or text))
        elif sort is Sort.BYLINE:
            close(followed=True)
        elif sort is Sort.FURNITURE:
            if line.gap:
                close()
        elif sort is Sort.PROSE:
            in_prose = True
            close()
        elif sort is Sort.TITLE:
            length = sum(len(other.text) + 1 for other in current)
            if not _together(current, line, levels):
                close()
            elif length > LONGEST:
                continue  # its end will be cut
            current.append(line)
        last = text
    close()
    return found, institutions


def _together(current: Sequence[Line], line: Line, levels: bool) -> bool:
    if not current:
        return True
    before = current[-1]
    if levels:
        same = line.level == before.level and line.level > 0
        return same or (line.level > 0 and goes_on(before.text, line.text))
    return not line.gap or NAMES_CASE.match(line.text) is not None


def _dangling(text: str) -> bool:
    return text.split()[-1].casefold() in SMALL


def _completes(institution: Line, last: str, text: str) -> bool:
    """Whether a line is the rest of the institution's name in the line right before it."""
    return (
        bool(last)
        and institution.text.endswith(last[-30:])
        and text.split()[0].casefold() in ("of", "de", "del", "des", "du", "da", "do", "on")
    )


def _completed(institution: str, text: str, language: str) -> str:
    for found in dates.dates_in(text, language):
        text = text[: found.start].rstrip()
        if text and _dangling(text):
            text = text.rsplit(" ", 1)[0] if " " in text else ""
    whole = f"{institution} {text}".strip()
    return whole if is_institution(whole) else institution


def _sort(line: Line, repeated: frozenset[str], language: str) -> Sort:
    text = line.text
    if letters(text) < 2 or _ONLY_NUMBER.match(text) or FURNITURE.match(text):
        return Sort.FURNITURE
    if line.prose:
        return Sort.PROSE
    if ADDRESS.search(text) or _DISCLAIMER.search(text) or _ISSUER.match(text):
        return Sort.FURNITURE
    if folded(re.sub(r"\d+", "", text)) in repeated:
        return Sort.FURNITURE
    if _BYLINE.match(text) and len(text) < 90 and not shouted(text):
        return Sort.BYLINE
    if dates.date_line(text, language) is not None:
        return Sort.DATE
    if is_institution(text) or act_of(text):
        return Sort.INSTITUTION
    if CODE.match(text) and letters(text) < 14 and not shouted(text):
        return Sort.FURNITURE
    if line.level:
        return Sort.TITLE
    if _STARTS_PROSE.match(text) or (SECTION.match(text) and len(text) > 8):
        return Sort.PROSE
    return Sort.PROSE if len(text) > 60 and _reads_as_prose(text) else Sort.TITLE


def _reads_as_prose(text: str) -> bool:
    words = [word for word in words_of(text) if len(word) > 3]
    if not words or len(text) > LONGEST:
        return True
    small = sum(word[0].islower() for word in words) / len(words)
    return small > 0.6 and (len(text) > 90 or ". " in text or ", " in text)


def goes_on(before: str, after: str) -> bool:
    """Whether a line is only half of what it says without the next."""
    last = before.split()[-1].strip('“"(').casefold() if before.split() else ""
    first = after.split()[0].casefold().strip('“"') if after.split() else ""
    opened = before.count("(") > before.count(")") or before.count("“") > before.count("”")
    return (
        last in SMALL
        or before.endswith((",", "-", "–", ":", "&"))
        or opened
        or first in SMALL
        or after[:1].islower()
        or after.startswith("(")
    )
