"""What a document is called.

Long because the places where a title may stand are weighed against each other in one order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from library.core.resource import Evidence, Page, Said, Statement
from library.core.spaced_letters import joined_letters
from library.metadata import dates, headings
from library.metadata import file_properties as fields
from library.metadata.headings import CODE, LONGEST, NAMES_CASE, VERSUS, Group, goes_on
from library.metadata.institutions import act_of, is_institution, names_work
from library.metadata.text_lines import (
    SMALL,
    Line,
    clean,
    folded,
    letters,
    lowered,
    shouted,
    usual_case,
    words_of,
)

ABOVE = 2  # words of what stands above a title and is none of it
SUBTITLED = 100  # characters of a title with its subtitle; a longer one stands without it

_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel|publisher)\b|powerpoint presentation|"
    r"presentaci[oó]n de powerpoint|pr[ée]sentation powerpoint|apresenta[cç][aã]o do powerpoint|"
    r"untitled|sans titre|sin t[ií]tulo|sem t[ií]tulo|layout(?:\s*+\d++)?|"
    r"documento?(?:\s*+\d++)?|slide(?:\s*+\d++)?|"
    r"print|blank|scan(?:ned)?\b.*|title|full page|page \d+|diapositiva \d+|home|index|welcome|"
    r"new page|mock ?pdf|output|final|cover|template|no job name|temp|test)\s*$|"
    r"^microsoft (?:word|powerpoint|excel) *[-–]",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:docx?|dotx?|indd|pptx?|ppsx?|pdf|qx[dp]|rtf|odt|odp|ai|xlsx?|pub|wpd|cdr|pages|txt|"
    r"html?|tex|dvi|eps|psd|tiff?|jpe?g|png|md)\s*$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z\d.]+){2,}")  # of a document of the United Nations
# The number of an issue or of a paper in its series, which stands above titles and below them.
_ISSUE = re.compile(
    r"\b(?:n[o.º°]{1,2}|no\.|num[ée]ro|n[uú]mero|issue|vol(?:ume|umen)?\.?|#) ?\d{1,4}\b"
    r"|\b(?:19|20)\d\d ?/ ?\d",
    re.IGNORECASE,
)
_CODED = re.compile(r"^(?:[A-Z][A-Z\d]{1,11} ){1,6}(?:No|N[º°o])\.? ?\d{1,4}[.:]? +(?=[^\W\d_]{2})")
# What a document is, and no more: a label above its title.
_LABEL = re.compile(
    r"^(?:trayecto formativo|material de (?:apoyo|consulta|formaci[oó]n)|m[oó]dulo|module|unidad|"
    r"manual|gu[ií]a|guide|handbook|toolkit|cartilla|cartilha|folleto|"
    r"informe(?: final| de \w+)?|(?:final |full )?report|"
    r"rapport(?: final)?|relat[oó]rio(?: final| de presta[cç][aã]o de contas)?|"
    r"policy brief|briefing(?: paper)?|"
    r"brief|fact ?sheet|hoja informativa|working paper|documento de trabajo|document de travail|"
    r"texto para discuss[aã]o|discussion paper|case study|estudio de caso|press release|"
    r"comunicado(?: de prensa)?|communiqu[ée](?: de presse)?|training manual|training guide|"
    r"facilitator'?s? guide|trainer'?s? guide|workbook|cuaderno|newsletter|bolet[ií]n|bulletin|"
    r"resource|resources|recursos|publication|publicaci[oó]n|serie \w++)\W*+\d{0,4}+\W*+$",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"\b(?:cc )?by(?: nc)?(?: nd| sa)?(?: \d(?: \d)?)?$", re.IGNORECASE)
_TARGET = re.compile(r"\(?[\w.-]{3,80}\)?[=:]")  # what links point to: `(union-history)=`
_SITE = re.compile(r"\s{1,4}[|»·•:—–-]{1,4}\s{1,4}|\s{0,4}[|»]\s{0,4}")


_INSIDE = re.compile(r"(?<=[(\[]) | (?=[)\]])")  # a space that a printer set inside brackets


def stated(said: Said, pages: Sequence[Page] = ()) -> Iterator[Statement]:
    """Titles the file gives itself, without those its software put there."""
    if fields.for_readers(said, pages):
        for rank, word in enumerate(fields.words(said, "title")):
            value = clean(word.value)
            if not is_junk(value, program=False):
                evidence = (Evidence(0, f"{word.name}: {value}"),)
                yield Statement("title", value[:LONGEST], "file", evidence, 0.97 - 0.02 * rank)
        return
    program = fields.by_program(said) and not fields.printed_page(said)
    heads = {folded(block.text) for page in pages[:2] for block in page.blocks}
    for word in fields.words(said, "title"):
        parts = _without_site(clean(word.value), said)
        named = {folded(other.value) for other in fields.words(said, "title") if other != word}
        shown = sorted(
            (part for part in parts if folded(part) in heads | named),
            key=lambda part: (folded(part) in named, len(part)),
        )
        for rank, value in enumerate(shown[-1:] or parts):
            if not is_junk(value, program):
                sure = (0.5 if program else 0.8) - 0.15 * rank
                evidence = (Evidence(0, f"{word.name}: {value}"),)
                yield Statement("title", value, "file", evidence, sure)


def is_junk(title: str, program: bool = True) -> bool:
    """Whether it is a program's word or a file's name; in a PDF, also a code or half a title."""
    title = title.strip()
    if letters(title) < 3 or _PROGRAM.search(title) or _FILE.search(title):
        return True
    if headings.ADDRESS.fullmatch(title) or headings.FURNITURE.match(title):
        return True
    if not program:
        return False
    if " " not in title and (re.search(r"[\d_]", title) or title == title.lower()):
        return True
    if "_" in title or len(title) > LONGEST or CODE.match(title):
        return True
    words = words_of(title)
    if words[-1].casefold() in SMALL and not title.endswith(("!", "?", ".")):
        return True  # "Resolución de la": only its first line
    return is_institution(title) or bool(act_of(title))


def _without_site(title: str, said: Said) -> list[str]:
    """What a title may be once the site's name is off: `Union contracts | Coos County`."""
    parts = [part for part in _SITE.split(title) if part.strip()]
    if len(parts) < 2 or re.match(r"microsoft\b", title, re.IGNORECASE):
        return [title]
    names = {folded(w.value) for f in ("site", "publisher") for w in fields.words(said, f)}
    kept = [part for part in parts if folded(part) not in names]
    if kept and len(kept) < len(parts):
        return [" – ".join(kept)]
    if "|" in title or "»" in title:
        return [parts[0]]
    return [title, parts[0], parts[-1]]  # the words of the page will say which


def read(
    pages: Sequence[Page], said: Said, filename: str, language: str
) -> tuple[list[Statement], list[Line]]:
    """Titles, best first, and the lines of the first page that name institutions."""
    printed = fields.by_program(said)
    candidates, institutions = _found(pages, headings.running(pages), language, printed)
    if not candidates:
        candidates, institutions = _found(pages, frozenset(), language, printed)
    own = list(stated(said, pages))
    name = from_filename(filename)
    first = candidates[0].lines[0].page if candidates else 0
    candidates = [
        group
        for group in candidates
        if (not printed and not group.order and group.lines[0].level == 1)  # a first heading
        or not all(names_only(line.text, pages, language) for line in group.lines)
    ] or candidates
    scored = [(_score(group, own, name, first), group) for group in candidates[:12]]
    scored.sort(key=lambda pair: (-pair[0], pair[1].order))
    result = list(_checked(own, name, candidates, language, pages))
    for score, group in scored[:3]:
        text = _composed(group, pages, language)
        if letters(text) >= 3:
            words = " / ".join(line.text for line in group.lines)[:240]
            evidence = (Evidence(group.lines[0].page, words),)
            result.append(Statement("title", text, "guess", evidence, round(score, 3)))
    if not printed and (opening := _opening(pages)) is not None:
        result.append(replace(opening, value=_readable(str(opening.value), pages, language)))
    if letters(name) >= 3:
        sure = 0.35 if len(words_of(name)) > 1 else 0.3
        result.append(Statement("title", name, "guess", (Evidence(0, filename[:200]),), sure))
    best: dict[str, Statement] = {}
    for statement in sorted(result, key=lambda s: -s.confidence):
        best.setdefault(folded(str(statement.value)), statement)
    return list(best.values()), institutions


def _found(
    pages: Sequence[Page], repeated: frozenset[str], language: str, printed: bool
) -> tuple[list[Group], list[Line]]:
    result: list[Group] = []
    institutions: list[Line] = []
    start = headings.shared_start(pages) if repeated else ""
    for page in pages[:3]:
        if start and page.text.lstrip().startswith(start) and not page.blocks:
            rest = page.text.lstrip()[len(start) :].lstrip(r" \d|–-.0123456789")
            page = replace(page, text=rest)
        some, named = headings.groups(page, repeated, language, printed)
        institutions += named
        result += [group._replace(order=len(result) + n) for n, group in enumerate(some)]
        if len(result) >= 3 or (result and letters(page.text[:2000]) > 400):
            break
    return result, institutions


def _score(group: Group, own: Sequence[Statement], name: str, first: int) -> float:
    """How likely a heading is the title: by rank and place, and by who else says the same."""
    text = " ".join(line.text for line in group.lines)
    level = min((line.level for line in group.lines if line.level), default=0)
    score = 0.86 - 0.05 * (level - 1) - 0.02 * group.order if level else 0.62 - 0.06 * group.order
    words = set(folded(text).split())
    known = [word for word in folded(name).split() if len(word) > 3 and not word.isdigit()]
    if len(known) >= 2:
        score += 0.25 * sum(word in words for word in known) / len(known)
    if any(_alike(str(statement.value), text) > 0.75 for statement in own):
        score += 0.12
    if group.followed:
        score += 0.08
    if NAMES_CASE.match(text) or (VERSUS.search(text) and text[0].isupper()):
        score += 0.08
    if len(words) < 2:
        score -= 0.15
    elif len([word for word in words if len(word) > 3 and word.isalpha()]) < 2:
        score -= 0.12  # "Report No 44/02"
    if letters(text) < 0.55 * len(text.replace(" ", "")):
        score -= 0.25
    if _TARGET.fullmatch(text):
        score -= 0.4
    if text[0].islower():
        score -= 0.12
    if text.endswith((",", ";")):
        score -= 0.1
    if group.order and group.lines[0].page > first:
        score -= 0.06  # the first page has headings too
    if _SYMBOL.search(text):
        score -= 0.2
    if _ISSUE.search(text) and len(words) < 11:
        score -= 0.3  # of a series
    if _LABEL.match(text):
        score -= 0.3
    elif names_work(text) and not group.lines[0].level:
        score += 0.05
    if letters(text) > LONGEST * 0.8:
        score -= 0.2  # no title is as long as that
    if level and headings.SECTION.match(text):
        score -= 0.3  # a chapter
    return max(0.05, min(0.95, score))


def _checked(
    own: Sequence[Statement],
    name: str,
    candidates: Sequence[Group],
    language: str,
    pages: Sequence[Page],
) -> Iterator[Statement]:
    """The file's own titles, surer where the pages or the file's name bear them out."""
    heads = [" ".join(line.text for line in group.lines) for group in candidates]
    first = " ".join(folded(page.text[:4000]) for page in pages[:3]) if own else ""
    for statement in own:
        value = str(statement.value)
        sure = statement.confidence
        if sure < 0.9:
            plain = folded(value)
            if any(_alike(value, head) > 0.8 for head in heads):
                sure += 0.25
            elif len(plain.split()) > 1 and plain in first:
                sure += 0.1
            elif first and _alike(value, first) < 0.3:
                sure -= 0.2
            if len(words_of(value)) > 1 and _alike(value, name) > 0.8:
                sure += 0.3
            value = _readable(value, pages, language)
        yield Statement("title", value, "file", statement.evidence, round(min(0.97, sure), 3))


def _alike(title: str, other: str) -> float:
    """The share of the title's words that the other text has."""
    words = [w for w in folded(title).split() if len(w) > 2] or folded(title).split()
    others = set(folded(other).split())
    return sum(word in others for word in words) / len(words) if words else 0.0


def _composed(group: Group, pages: Sequence[Page], language: str) -> str:
    """The lines of a heading as one title."""
    page = next((p for p in pages if p.number == group.lines[0].page), None)
    cover = page is not None and letters(page.text[:2000]) < 350
    group = group._replace(lines=_without_names(group.lines, pages, language))
    widest = max(len(line.text) for line in group.lines)
    text = before = ""
    level = group.lines[0].level
    earlier: set[str] = set()
    for line in group.lines:
        if folded(line.text) in earlier and folded(line.text) != folded(before):
            break  # the same leaflet several times on one sheet
        earlier.add(folded(line.text))
        part = _CODED.sub("", re.sub(r"^\d{4,}\s+(?=[^\W\d_])", "", line.text))
        full = widest > 45 and len(before) > 0.8 * widest
        if folded(part) == folded(before):
            text = text[: len(text) - len(before)] + (before if shouted(part) else part)
            continue
        smaller = cover and 0 < level < line.level
        if smaller and len(text) + len(part) > SUBTITLED and not goes_on(text, part):
            break
        above = cover and 0 < line.level < level and len(words_of(text)) <= ABOVE
        if not text or (above and not goes_on(text, part)):  # a theme in smaller type above a title
            text = part
        elif text.endswith("-") and not text.endswith(" -"):
            text += part
        elif smaller and not goes_on(text, part):
            text += ": " + part  # smaller type: a subtitle
        elif VERSUS.match(f" {part}") or (
            not NAMES_CASE.match(part) and (goes_on(text, part) or cover or full)
        ):
            text += " " + part
        else:
            text += (" " if text.endswith((".", ":", "?", "!", "–", "-")) else ". ") + part
        before, level = line.text, line.level
    return _readable(_longest_undated(text, language), pages, language)


def _longest_undated(text: str, language: str) -> str:
    """`Health Unit May 2022 Five points on…` without the date and what is left of it: the longest
    part. A year alone may belong to the title."""
    parts: list[str] = []
    start = 0
    for match in dates.dates_in(text, language):
        if match.date.month:
            parts.append(text[start : match.start])
            start = match.end
    parts.append(text[start:])
    longest = max(parts, key=letters).strip(" ,;:–-|(")
    return longest if len(parts) > 1 and letters(longest) > 12 else text


def _without_names(
    lines: tuple[Line, ...], pages: Sequence[Page], language: str
) -> tuple[Line, ...]:
    """The lines of a heading without those that are the names of people run in with it."""
    if len(lines) < 2:
        return lines
    named = {line for line in lines if names_only(line.text, pages, language)}
    for one, other in pairwise(lines):  # `Laura Cecilia` above `Perelman`
        broken = (one in named) != (other in named) and one.level == other.level > 1
        if broken and names_only(f"{one.text} {other.text}", pages, language):
            named |= {one, other}
    kept = tuple(line for line in lines if line not in named)
    return kept or lines


def names_only(text: str, pages: Sequence[Page], language: str) -> bool:
    """Whether a line is names of people and no more: each word has a capital, and none is ever
    written small in the document."""
    bare = _longest_undated(text, language) if dates.dates_in(text, language) else text
    words = words_of(bare)
    heavy = [word for word in words if word.casefold() not in SMALL]
    if not 2 <= len(heavy) <= 18 or shouted(bare) or re.search(r"[\d?!:¿¡«»“”\"]", bare):
        return False
    if any(word[0].islower() or len(word) < 2 for word in heavy) or is_institution(bare):
        return False
    if sum(len(word) > 2 for word in heavy) < 2:
        return False
    habits = usual_case(pages[:20], bare, 31_000 if language in ("en", "") else 16_000)
    if language in ("en", "") and not habits.plenty:
        return False  # English titles have capitals too, and too little was read to tell
    return not any(habits.words.get(word.casefold(), word)[0].islower() for word in heavy)


def _opening(pages: Sequence[Page]) -> Statement | None:
    """The first lines of a plain text, where they stand before its running text."""
    if not pages or any(block.kind == "heading" for block in pages[0].blocks):
        return None
    repeated = headings.running(pages)
    rows = [clean(row) for row in pages[0].text[:3_000].strip().split("\n")[:6]]
    if any(folded(re.sub(r"\d+", "", row)) in repeated for row in rows[:2]):
        return None  # a running head, and what stands below it
    opening: list[str] = []
    for row in rows:
        if not opening and row and _LABEL.match(row):
            continue
        if not row or len(row) > LONGEST or (opening and _NEW.match(row)):
            break
        if opening and (headings.begins(row) or re.search(r"[.!?।؟] \S", row)):
            break
        opening.append(row)
        if len(" ".join(opening)) > LONGEST:
            return None
    text = " ".join(opening).strip(" .:;")
    words = words_of(text)
    sentences = len(re.findall(r"[.!?।؟] ", text))
    following = clean(pages[0].text[:4_000].strip()[len("\n".join(opening)) :])
    if (
        not 2 <= len(words) <= 28
        or sentences > 1
        or letters(following) < 100
        or headings.FURNITURE.match(text)
        or text.startswith(("-", "•", "*", "http"))
        or is_institution(text)
        or text[0].islower()
        or words[-1].casefold() in SMALL
        or (len(words) > SENTENCE and opening[-1].endswith((".", "।")))
    ):
        return None
    plain = len(opening) == 1 or all(len(row) < 70 for row in opening)
    return Statement(
        "title", text, "guess", (Evidence(pages[0].number, text[:240]),), 0.66 if plain else 0.4
    )


SENTENCE = 12  # words, from which a line that ends with a stop is a sentence and no title
_NEW = re.compile(r"^(?:\d{1,3}\W*$|[A-ZÁÉÍÓÚÑ].{100,}|.{130,})")


def _readable(text: str, pages: Sequence[Page], language: str) -> str:
    """Without stray marks, spaced letters or capitals throughout, and not too long."""
    text = re.sub(r"(?<=\w)[*†‡∗](?=\s)", "", clean(joined_letters(text))).strip(" *_#|·•")
    text = _INSIDE.sub("", text)
    if any(shouted(piece) for piece in re.split(r"(?<=[.:])\s+", text)):
        text = lowered(text, language, usual_case(pages[:40], text))
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0]
        if text.count("(") > text.count(")") and text.rindex("(") > 40:
            text = text[: text.rindex("(")].rstrip()
        else:
            text = text.rstrip(" ,;:-–(“") + "…"
    text = text.rstrip(" ,;:-–")
    return text if text.endswith(("..", "al.", "etc.")) else text.removesuffix(".")


def from_filename(filename: str) -> str:
    """A file's name as words: `know-your-rights_v2.pdf` is `Know your rights`."""
    stem = _FILE.sub("", PurePath(filename.replace("\\", "/")).name)
    bare = stem.rstrip("0123456789")
    stem = bare.rstrip("_ \t\n\xa0") if len(stem) - len(bare) > 8 else stem
    stem = re.sub(
        r"(?<![_ -])[_ -]++(?:v\d+|final|draft|copy|web|print)$", "", stem, flags=re.IGNORECASE
    )
    text = clean(re.sub(r"[_+]+|%20|(?<=\w)-(?=\w)", " ", stem)).strip(" -.")
    text = _LICENCE.sub("", text).strip(" -.") or text
    if not re.search(r"[^\W\d_]{3}", text) or re.fullmatch(r"[\da-f]{12,}", text):
        return ""
    return text[:1].upper() + text[1:LONGEST]
