"""The lines at the head of a page sorted: titles, bylines, dates, who issued it, and the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from library.core.resource import Page
from library.core.spaced_letters import joined_letters
from library.metadata import dates
from library.metadata.institutions import act_of, is_institution
from library.metadata.text_lines import (
    SMALL,
    Line,
    clean,
    folded,
    letters,
    lines,
    shouted,
    unmarked,
    words_of,
)

LONGEST = 180  # characters of one title
HEAD = 40  # lines of a page that a title may stand in
COVER = 350  # letters that a cover has at most
TOP = 8  # lines of a page whose institutions may be its publishers

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]@[^\s@]+\.\w+", re.I)
# At the foot of a flyer, in type as large as a title's: `Ontario.ca/wages`, `Call 1-800-531-5551`.
_CONTACT = re.compile(
    r"\b[^\W_][\w-]{1,60}\.[a-z]{2,6}/\S"
    r"|(?<![\d.,/])(?:\+?\d{1,3}[ .-])?(?:\(\d{2,4}\)|\d{2,4})[ .-]\d{3,4}[ .-]\d{3,4}(?![\d/])",
    re.IGNORECASE,
)
NAMES_CASE = re.compile(
    r"^(?:in the )?(?:case|matter|caso|asunto|affaire|assunto)\b", re.IGNORECASE
)
VERSUS = re.compile(r"\s(?:vs?\.|versus|contra)\s", re.IGNORECASE)
CODE = re.compile(
    r"^(?:\w{1,12}\.?\s++)?(?:n[.ºo°]++\s*+)?(?=(?:[^\W\d]|\.)*+\d)[\w./-]++(?:\s*+/?\d++)?$",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:skip to (?:main )?content|skip navigation|ir al contenido|ir para o conte[uú]do|"
    r"aller au contenu|home|menu|search|search results|share(?: this)?|print(?: page)?|login|"
    r"log in|sign in|contents?|table of contents|[ií]ndice|sommaire|sum[aá]rio|contenido|"
    r"conte[uú]do|page|p[aá]gina|download.*|read more|contact(?: us)?|accept.*cookies.*|"
    r"cookies?.*|translate|select language|close|next|previous|back|more|filters?|breadcrumbs?|"
    r"you are here|navigation|main menu|annexe?s?|appendix.*|cover|draft|confidential|"
    r"meta ?informaci[oó]n|metadata|migrated content|english spanish|"
    r"(?:bolet[ií]n|gaceta|diario|di[aá]rio) oficial(?: (?:del|de la|da|do|de) [\w ]{2,40})?|"
    r"official gazette(?: of [\w ]{2,40})?|journal officiel(?: (?:de|du) [\w ]{2,40})?)\s*:?$|"
    r"^(?:suggested citation|recommended citation|how to cite|cita sugerida|c[oó]mo citar|"
    r"pour citer|como citar|(?:manual |cover |graphic |book |report )?(?:design|layout|dise[ñn]o|"
    r"maquetaci[oó]n|diagrama[cç][aã]o|mise en page)|dep[oó]sito legal|d[ée]p[oô]t l[ée]gal|"
    r"(?:cover )?photos?|fotos?|fotograf[ií]a|editing|edici[oó]n|copy-?edit\w*|proofreading|"
    r"translation|traducci[oó]n|traduction|traduç[aã]o|illustrations?|ilustraci[oó]n\w*|"
    r"page created|isbn|issn)\b(?:\s?\(?s?\)?)\s?(?::|by\b|$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:[Bb]y|[Pp]or|[Pp]ar)\b(?:\s*+:)?\s*+"
    r"(?!(?i:the|la|el|las|los|lo|le|les|l['’]|a|o|que)\b)(?=[^\W\d_a-z]|on\b|$)|"
    r"^(?i:authors?|autor(?:es|as|a)?|auteure?s?|written by|escrito por|[ée]crit par)\b\s*+[:(]"
)
_DISCLAIMER = re.compile(
    r"\b(?:not an? official|unofficial translation|was translated|translated (?:by|from)|"
    r"traducci[oó]n no oficial|responsible for|all rights reserved|reservados todos|tous droits|"
    r"todos os direitos)\b|\b(?:distr|original)\.?:",  # the last stand on every UN document
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"^(?:issued|published|produced|prepared|publicado|editado|elaborado|publié|édité|produzido) "
    r"(?:by|por|par|pelo|pela)\b",
    re.IGNORECASE,
)
SECTION = re.compile(r"^(?:[IVX]{1,5}\.|[A-Z]\)|\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_BULLETS = ("- ", "– ", "− ", "— ", "•", "▪", "●", "◦", "*")
_ONLY_NUMBER = re.compile(
    r"^[\W\d_]*+(?:p(?:age|[aá]gina)?[\W\d_]*+)?(?:(?:of|de)[\W\d_]*+)?$", re.I
)
_ADOPTED = re.compile(
    r"^\(?(?:adopted|approved|proclaimed|signed|done|adoptad[oa]|aprobad[oa]|firmad[oa]|hech[oa]|"
    r"adoptée?|approuvée?|signée?|fait|aprovad[oa]|adotad[oa]|assinad[oa]|feit[oa])\b",
    re.IGNORECASE,
)
# How laws and judgments begin, whatever the type they are set in.
_OPENS = re.compile(
    r"^(?:(?:having (?:seen|perused|reviewed|heard)|whereas|visto el|considerando|en el caso|"
    r"in the case of|no caso|the cabinet)\b|(?:vistos?|considering) ?:|we, |"
    r"we\b.{3,100}\b(?:president|king|minister)\b)",
    re.IGNORECASE,
)
_STARTS_PROSE = re.compile(
    r"^(?:.{1,60}:|(?:in|en|no|dans|on|em) .{5,110},|(?:in|en|no|na|dans|em) .{4,110}?, .{40,})$",
    re.IGNORECASE,
)
_SECTION_WORD = re.compile(
    r"^(?:introduc\w+|abstract|resumen|(?:executive )?summary|r[ée]sum[ée]|resumo|preamble|"
    r"pre[aá]mbulo|pr[ée]ambule|foreword|preface|prefacio|pr[oó]logo|avant-propos|"
    r"acknowledge?ments?|agradecimientos|agradecimentos|remerciements|background)\W*$",
    re.IGNORECASE,
)
_JOINS = frozenset(
    (
        *("concerning", "regarding", "regulating", "pertaining", "relating", "governing"),
        *("amending", "relativo", "relativa", "concernant", "portant", "concernente"),
    )
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
        top, foot = text[:600].split("\n"), text[-600:].split("\n")
        rows = [*filter(str.strip, top)][:2] + [*filter(str.strip, foot)][-2:]
        counts.update({folded(re.sub(r"\d+", "", row)) for row in rows} - {""})
    least = max(3, len(looked) // 3)
    return frozenset(row for row, count in counts.items() if count >= least)


def shared_start(pages: Sequence[Page]) -> str:
    """A running head that the reader left at the beginning of the pages' first paragraphs."""
    rows = [next(filter(None, map(clean, page.text[:600].split("\n"))), "") for page in pages[:12]]
    starts = [_same_start(rows[0], row) for row in rows[1:]]
    long = [start for start in starts if len(start) >= 25]
    return min(long, key=len) if len(long) >= 2 else ""


def _same_start(one: str, other: str) -> str:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return one[:count].rstrip(" 0123456789")


def groups(
    page: Page, repeated: frozenset[str], language: str, printed: bool
) -> tuple[list[Group], list[Line]]:
    """The headings of a page in order, and the lines that name an institution.

    `printed`: the page was made for paper, not for a screen.
    """
    cover = letters(page.text[:2000]) < COVER
    result: list[Group] = []
    institutions: list[Line] = []
    current: list[Line] = []
    in_prose = False
    last = ""

    def close(followed: bool = False) -> None:
        if letters(" ".join(line.text for line in current)) >= 3:
            result.append(Group(tuple(current), len(result), followed))
        current.clear()

    rows = _rows(page)
    for number, line in enumerate(rows):
        text = unmarked(joined_letters(line.text))
        line = line._replace(text=text)
        sort = _sort(line, repeated, language)
        ended = last.endswith((".", ":", ";", "!", "?"))
        in_prose = in_prose and not (line.gap or line.level or shouted(text) or ended)
        if in_prose and sort is not Sort.DATE:
            sort = Sort.PROSE
        if sort is Sort.TITLE and institutions and _completes(institutions[-1], last, text):
            whole = f"{institutions[-1].text} {dates.undated(text, language)}".strip()
            if is_institution(whole):
                institutions[-1] = institutions[-1]._replace(text=whole)
        elif sort is Sort.INSTITUTION:
            dangling = bool(current) and _dangling(current[-1].text)
            if dangling and (institutions or len(current) > 1 or result):
                current.append(line)  # "Measures requested by the / Commission …"
            else:
                if dangling:
                    current.pop()  # "Order of the / Court …"
                # Below the title of a full page, bodies are spoken of; on a cover, they sign.
                if number < TOP and (cover or not (current or result)):
                    bare = dates.undated(text, language)
                    institutions.append(line._replace(text=act_of(bare) or bare))
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
            together = _together(current, line, printed, cover) and not SECTION.match(text)
            if not together:
                close()
            if not together or length <= LONGEST:  # what is longer will be cut
                current.append(line)
        last = text
    close()
    return result, institutions


def _rows(page: Page) -> list[Line]:
    """The lines of a page's head; headings they do not show stand by the size of their type."""
    rows = lines(page, HEAD)
    largest = min((row.level for row in rows if row.level), default=7)
    unread = _unread_headings(page)
    after = max((n for n, row in enumerate(rows) if row.level == largest), default=-1) + 1
    smaller = [row for row in unread if row.level > largest]
    return [
        *(row for row in unread if row.level <= largest),
        *rows[:after],
        *smaller,
        *rows[after:],
    ]


def _unread_headings(page: Page) -> list[Line]:
    """Headings that the lines of the text do not show as such, run together with other words."""
    if not page.blocks or any(block.kind != "heading" for block in page.blocks):
        return []
    marked = {word for x in lines(page, HEAD) if x.level for word in folded(x.text).split()}
    result = []
    for block in page.blocks[:6]:
        words = folded(block.text).split()
        seen = sum(word in marked for word in words)
        if words and len(block.text) <= 120 and seen < 0.8 * len(words):
            result.append(Line(page.number, clean(block.text), max(1, min(6, block.level)), True))
    return result


def _together(current: Sequence[Line], line: Line, printed: bool, cover: bool) -> bool:
    """Whether a line goes on with the heading before it. On paper, one title may be set in
    several sizes; on the web, each heading stands for itself."""
    if not current:
        return True
    before = current[-1]
    if before.level and line.level and (printed or cover):
        return True
    if before.level or line.level:
        both = printed and shouted(before.text) and shouted(line.text)
        named = printed and NAMES_CASE.match(line.text) is not None
        return both or named or (line.level > 0 and goes_on(before.text, line.text))
    return (
        not line.gap
        or (len(before.text) < 60 and goes_on(before.text, line.text))
        or NAMES_CASE.match(line.text) is not None
        or (printed and shouted(before.text) and shouted(line.text))
    )


def _dangling(text: str) -> bool:
    return text.split()[-1].casefold() in SMALL


def _completes(institution: Line, last: str, text: str) -> bool:
    """Whether a line is the rest of the institution's name in the line right before it."""
    return (
        bool(last)
        and institution.text.endswith(last[-30:])
        and text.split()[0].casefold() in ("of", "de", "del", "des", "du", "da", "do", "on")
    )


def _sort(line: Line, repeated: frozenset[str], language: str) -> Sort:
    text = line.text
    if letters(text) < 2 or _ONLY_NUMBER.match(text) or FURNITURE.match(text):
        return Sort.FURNITURE
    if line.prose or text.startswith(_BULLETS):
        return Sort.PROSE
    if line.level != 1 and _CONTACT.search(text):
        return Sort.FURNITURE
    if ADDRESS.search(text) or _DISCLAIMER.search(text) or _ISSUER.match(text):
        return Sort.FURNITURE
    if folded(re.sub(r"\d+", "", text)) in repeated and not (line.page == 1 and line.level == 1):
        return Sort.FURNITURE  # but the largest type of the first page is what the others repeat
    if _BYLINE.match(text) and len(text) < 90 and not shouted(text):
        return Sort.BYLINE
    if dates.date_line(text, language) is not None:
        return Sort.DATE
    if _ADOPTED.match(text) and dates.dates_in(text, language):
        return Sort.DATE
    bare = dates.undated(text, language)
    if is_institution(bare) or act_of(bare):
        return Sort.INSTITUTION
    if CODE.match(text) and letters(text) < 14 and not shouted(text):
        return Sort.FURNITURE
    if _SECTION_WORD.match(text) or _OPENS.match(text) or len(text) > 2 * LONGEST:
        return Sort.PROSE
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


def begins(text: str) -> bool:
    """Whether a line opens what comes after the title: a section's usual name, a law's formula."""
    return _SECTION_WORD.match(text) is not None or _OPENS.match(text) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether a line is only half of what it says without the next."""
    last = before.split()[-1].strip('“"(').casefold() if before.split() else ""
    first = after.split()[0].casefold().strip('“"') if after.split() else ""
    opened = before.count("(") > before.count(")") or before.count("“") > before.count("”")
    return (
        last in SMALL
        or before.endswith((",", "-", "–", ":", "&"))
        or opened
        or (first in SMALL and (after[:1].islower() or shouted(after)))
        or first in _JOINS
        or after[:1].islower()
        or after.startswith("(")
    )
