"""The date of a document, with its precision, from its words and from what the file says.

Long because a date is read in many writings, and weighed by what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from library.core.resource import Evidence, Page, PartialDate, Said, Statement
from library.metadata import file_properties as fields
from library.metadata.text_lines import SMALL, Line, clean, letters, shouted, words_of

EARLIEST = 1800
COVER = 500  # letters of a first page that holds no running text
HEADING = 20  # lines of the first page that its heading may take
LABELLED = 1_000  # characters of a first page in which it names its date
IMPRINT = 220  # characters of the line of an imprint
LANGUAGES = ("en", "es", "fr", "pt")


class Found(NamedTuple):
    """A date in a text. `sure` is less than 1 where the digits can be read in two ways."""

    date: PartialDate
    start: int
    end: int
    sure: float = 1.0


_FOUR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?<![\d./-])(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\d./]|-\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-]|\.\d)")
_MONTH_YEAR = re.compile(r"(?<![\d./-])(0[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/-]|\.\d)")
_YEAR = re.compile(r"(?<![\d.,/№#-])(?:1[89]|20)\d\d(?![\d]|[.,/]\d)")
_PDF_DATE = re.compile(r"^\s*(?:D:)?(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?=\D|\d{2}|$)")
_ORDINAL = r"(?:st|nd|rd|th|er|ro|o|º|°|ª)?"
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s*(?=\d)|\bcopyright\b)[^\n\d]{0,60}((?:1[89]|20)\d\d)", re.IGNORECASE
)
_LABEL = re.compile(
    r"\b(?:publish\w*|publication|issued?|dated?|adopted|released?|edition|printed|drafted|"
    r"publicad\w+|publicaci[oó]n|publica[cç][aã]o|fecha|aprobad\w+|edici[oó]n|edi[cç][aã]o|"
    r"publié\w*|parution|adoptée?|édition|fait à|done at|dad[oa] en|data|veröffentlicht|datum)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|revis\w+|review(?:ed)?|modified|actuali[sz]ad\w+|atualizad\w+|mis à jour)\b",
    re.IGNORECASE,
)
# When somebody read what a work cites.
_ACCESSED = re.compile(
    r"\b(?:accessed|retrieved|consult\w+|recuperad\w+|acess\w+|acceso|acesso|visited)\b",
    re.IGNORECASE,
)
# The formula above signatures: "Fait à Sèvres, le 6 mai 2024".
_SIGNED = re.compile(
    r"^\W{0,4}(?:fait à|done (?:at|in)|signed (?:at|in|on)|dad[oa] en|hech[oa] en|firmad[oa] en"
    r"|feit[oa] em|assinad[oa] em|حرر في)\b.{0,40}$",
    re.IGNORECASE,
)
# `Date: Tue, 11/07/2023`, at the head of a text or of what was run together; no closing date, no
# date of birth, and no survey's data.
_NAMED = re.compile(
    r"(?i)(?:^|(?<=[^\w\s])\s{0,2}|(?<=\s)(?-i:(?=[A-ZÀ-Þ]))|(?<=\s)(?=[^\x00-\u05ff]))"
    r"(?<!closing )(?<!due )(?<!expiry )(?<!end )(?<!start )(?<!birth )(?<!effective )(?<!event )"
    r"(?<!deadline )(?<!review )(?<!hire )(?<!submission )(?<!target )"
    r"(?:date|fecha|data|publi(?:shed|cado|é le)|التاريخ|दिनांक)"
    r"(?: (?:of |de |du )?(?:issued?|posted|released?|written|parution|emisión|edi\w{3,5}"
    r"|publi\w{3,9}))?\s?:\s"
)
_NAMED_BEFORE = re.compile(_NAMED.pattern + r"(?:[^\W\d_]{2,10}[,.]?\s)?$")
# `Printed and published by …, Geneva. April 2006`.
_IMPRINT = re.compile(
    r"(?i)(?:first )?(?:printed|published|publicad[oa]|impres[oa]|editad[oa]|imprimé|publié|édité)"
    r"\b"
)
_BRACKETED = re.compile(r"\(\s{0,2}(?:19|20)\d\d\s{0,2}\)")  # of a survey, under a heading
_UPDATED_ON = re.compile(
    r"^\W{0,4}(?:last )?(?:updated?|review(?:ed)?|revised|modified|actualizad[oa]|atualizad[oa]|"
    r"mis à jour)(?: date| on| el| em| le)?\W{1,3}",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(?<!\d)\d{1,2} ?[-–] ?\d{1,2}(?!\d)")  # of a meeting: 24-27
_RANGE = re.compile(r"\b(?:1[89]|20)\d\d\s*[-–—/]\s*\d{2,4}\b")
_HAPPENED = re.compile(
    r"^\W{0,4}(?:when|since|founded|cu[aá]ndo|desde|fundad\w|quand|depuis|fond[ée]\w?|quando|متى|कब)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"[,\s]*\d{1,2}:\d\d")
_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s")
_BYLINE = re.compile(r"^(?:By|Por|Par)\b.{0,60}?(?:\b(?:on|el|le|em)|,)\s")


def dates_in(text: str, language: str = "") -> list[Found]:
    """Every date written out, in digits or as ISO 8601, in the order of the text."""
    if not _FOUR.search(text):
        return []
    result: list[Found] = []
    seen: list[tuple[int, int]] = []  # also of what is no date: 31 February is not February

    def add(match: re.Match[str], year: str, month: int, day: str, sure: float = 1.0) -> None:
        if any(start < match.end() and match.start() < end for start, end in seen):
            return
        seen.append(match.span())
        date = _date(int(year), month, int(day) if day else 0)
        if date is not None:
            result.append(Found(date, match.start(), match.end(), sure))

    months, patterns = _months(language)
    for pattern in patterns:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = months[_plain(groups["month"])]
            add(match, groups["year"], month, groups.get("day") or "")
    for match in _MONTH_YEAR.finditer(text):
        add(match, match[2], int(match[1]), "")
    for match in _ISO.finditer(text):
        add(match, match[1], int(match[2]), match[3] or "")
    for match in _NUMERIC.finditer(text):
        one, two = int(match[1]), int(match[3])
        if one > 12 or (one <= 31 and two <= 12 and (language not in ("", "en") or one == two)):
            add(match, match[4], two, match[1])
        elif two > 12:
            add(match, match[4], one, match[3])
        else:  # 03/04/2019 in English is March or April: only the year is certain
            add(match, match[4], 0, "", 0.6)
    return sorted(result, key=lambda f: f.start)


def years_in(text: str) -> list[Found]:
    """Years standing alone."""
    matches = _YEAR.finditer(text)
    dates = ((_date(int(match[0]), 0, 0), match) for match in matches)
    return [Found(date, m.start(), m.end()) for date, m in dates if date is not None]


def date_line(text: str, language: str = "") -> Found | None:
    """The date of a line that says little else: `of 26 November 2008`."""
    dates = dates_in(text, language)
    if len(dates) != 1:
        return None
    rest = text[: dates[0].start] + " " + text[dates[0].end :]
    heavy = [word for word in words_of(rest) if len(word) > 3]
    return dates[0] if len(heavy) <= 1 and letters(rest) <= 14 else None


def undated(text: str, language: str) -> str:
    """`Supreme Court of 3 May 2019` without the date it ends with."""
    for match in dates_in(text, language)[-1:]:
        if match.end >= len(text) - 3:
            text = text[: match.start].rstrip(" ,(")
            while " " in text and text.split()[-1].casefold() in SMALL:
                text = text.rsplit(" ", 1)[0]
    return text


def stated(said: Said, filename: str, pages: Sequence[Page]) -> Iterator[Statement]:
    """Dates from the file's own fields and its name, the pages bearing witness."""
    program = fields.by_program(said)
    for rank, word in enumerate(fields.words(said, "date")):
        if (date := field_date(word.value)) is not None:
            weak = word.name.casefold().startswith(("created", "datecreated")) or (
                word.name.casefold() == "term"
            )
            weak = weak or (not date.month and _dates_itself(pages, date.year))
            confidence = 0.5 if weak and not date.month else 0.6 if weak or program else 0.92
            yield _statement(
                date, "file", confidence - 0.01 * rank, 0, f"{word.name}: {word.value}"
            )
    # Software writes these; they say when the file was made, which is often not the year of the
    # work: they are shown to staff, and to no reader.
    for field, confidence in (("made", 0.28), ("modified", 0.2 if program else 0.32)):
        made = fields.first(said, field)
        if made is not None and (date := field_date(made.value)) is not None:
            day = PartialDate(date.year) if program else date
            if program and (newest := _newest_year(pages)) and newest < date.year - 2:
                confidence -= 0.15  # an old text in a new file
            yield _statement(day, "file", confidence, 0, f"{made.name}: {made.value}")
    whole = dates_in(filename.rsplit(".", 1)[0].replace("_", " "))
    years = {match.date.year for match in years_in(re.sub(r"[-_]", " ", filename))}
    if len(whole) == 1 and whole[0].date.month:
        yield _statement(whole[0].date, "guess", 0.55, 0, filename)
    elif len(years) == 1:
        yield _statement(PartialDate(years.pop()), "guess", 0.45, 0, filename)


def _dates_itself(pages: Sequence[Page], year: int) -> bool:
    """Whether the first page names its date, of another year than whoever made the file says."""
    for line in pages[0].text[:LABELLED].split("\n") if pages else ():
        if match := _NAMED.search(line):
            found = years_in(re.sub(r"[-/.]", " ", line[match.end() : match.end() + 40]))
            return bool(found) and found[0].date.year != year
    return False


def field_date(value: str) -> PartialDate | None:
    """The date a field of a file holds, in any of the usual ways: ISO, PDF, Unix time, in words."""
    value = value.strip()
    if re.fullmatch(r"\d{9,13}", value):
        seconds = int(value) / (1000 if len(value) > 10 else 1)
        moment = datetime.fromtimestamp(seconds, UTC)
        return _date(moment.year, moment.month, moment.day)
    if match := _PDF_DATE.match(value):
        date = _date(int(match[1]), int(match[2] or 0), int(match[3] or 0))
        if date is not None:
            return date
    dates = dates_in(value) or years_in(value)
    return dates[0].date if dates else None


def read(
    head: Sequence[Line], tail: Sequence[Line], title: str, said: Said, language: str
) -> Iterator[Statement]:
    """Dates from the first and last pages. `head` and `tail` are their lines."""
    printed = fields.by_program(said)
    newest = _newest(said)
    made = _month_made(said)
    heading = True  # until running text begins
    cover = (
        bool(head) and sum(letters(line.text) for line in head if line.page == head[0].page) < COVER
    )
    newest_said = max(
        (
            f.date.year
            for line in (*head, *tail)
            for f in years_in(line.text)
            if f.date.year <= newest
        ),
        default=0,
    )
    for number, line in enumerate(head):
        if heading and (line.page != head[0].page or number >= HEADING or _is_prose(line)):
            heading = False
        written = dates_in(line.text, language)
        for reading in written:
            if reading.date.year > newest or _span(line.text, reading):
                continue
            weight = _weight(line, reading, language)
            if cover and line.page == head[0].page and reading.end > len(line.text) - 3:
                weight = max(weight, 0.75)  # after title and authors, in one line with them
            if heading and weight > 0.2:
                latest = 0.001 * (reading.date.year - 1800) + 0.00005 * (reading.date.month or 0)
                room = 110 if _LABEL.search(line.text) else 60
                # Of two on a title page the later one is that of this edition.
                weight = max(weight, 0.6 + latest) if _rest(line, reading) <= room else weight
            if (cover or heading) and line.page == head[0].page:
                # Two witnesses: the cover names the month in which the file was made.
                agreed = made == (reading.date.year, reading.date.month)
                weight = max(weight, 0.86) if agreed else weight
            yield _statement(reading.date, "guess", weight * reading.sure, line.page, line.text)
        match = _COPYRIGHT.search(line.text)
        if match and not _RANGE.search(line.text) and (date := _date(int(match[1]), 0, 0)):
            if date.year <= newest:
                yield _statement(date, "guess", 0.7, line.page, line.text)
        elif heading and not written and letters(line.text) <= 30:
            for year in years_in(line.text)[-1:]:
                weight = 0.75 if letters(line.text) <= 3 else 0.5
                bracketed = number > 0 and _BRACKETED.search(line.text) is not None
                if year.date.year < newest_said - 1 or _HAPPENED.match(line.text) or bracketed:
                    weight = 0.25  # when something happened, of which is told
                if year.date.year <= newest and not _RANGE.search(line.text):
                    yield _statement(year.date, "guess", weight, line.page, line.text)
    for line in tail:
        for reading in dates_in(line.text, language):
            if reading.date.year <= newest:
                weight = _weight(line, reading, language) * reading.sure
                # A date that stands alone at the end may be that of a footnote.
                weight = min(weight, 0.65) if weight > 0.7 else min(weight, 0.4)
                yield _statement(reading.date, "guess", weight, line.page, line.text)
        match = _COPYRIGHT.search(line.text)
        # A range of years, and any on a page of a site, is the foot of the site's template.
        if match and printed and not _RANGE.search(line.text):
            date = _date(int(match[1]), 0, 0)
            if date is None:
                continue
            yield _statement(date, "guess", 0.65, line.page, line.text)
    for reading in dates_in(title, language):
        if reading.date.year <= newest:
            yield _statement(reading.date, "guess", 0.72, head[0].page if head else 0, title)
    if not dates_in(title, language) and not _DAYS.search(title):
        for year in years_in(title):
            if year.date.year <= newest:
                yield _statement(year.date, "guess", 0.6, head[0].page if head else 0, title)


def _is_prose(line: Line) -> bool:
    if line.level:
        return False
    long = len(line.text) > 75 and not shouted(line.text)
    return line.prose or long or _NUMBERED.match(line.text) is not None


def _rest(line: Line, match: Found) -> int:
    """How many letters of a line are not its date's."""
    return letters(line.text) - letters(line.text[match.start : match.end])


def _span(text: str, match: Found) -> bool:
    """Whether it is the end of a span of days, as of a meeting."""
    return re.search(r"\d\s*[–—-]\s*$|[^\W\d_]\s*[–—-]\s*$", text[: match.start]) is not None


def _weight(line: Line, match: Found, language: str) -> float:
    before = line.text[max(0, match.start - 60) : match.start]
    if _ACCESSED.search(before):
        return 0.1
    if _SIGNED.match(line.text[: match.start]):
        return 0.85
    if match.start < 200 and _NAMED_BEFORE.search(before):
        return 0.85
    ends = match.end >= len(line.text) - 3
    if ends and len(line.text) < IMPRINT and _IMPRINT.match(line.text):
        return 0.75
    if _UPDATED.search(before):
        labelled = _UPDATED_ON.match(line.text) is not None and match.start < 40
        return 0.6 if labelled or _rest(line, match) < 40 else 0.2
    if _TIME.match(line.text, match.end):
        return 0.2  # when something was listed or printed
    if _rest(line, match) < 32 and (_BYLINE.match(line.text) or _LABEL.search(before)):
        return 0.85
    return 0.7 if date_line(line.text, language) is not None else 0.25


def _month_made(said: Said) -> tuple[int, int] | None:
    """Year and month of the file's own clock."""
    made = fields.first(said, "made")
    date = field_date(made.value) if made is not None else None
    return (date.year, date.month) if date is not None and date.month else None


def _newest(said: Said) -> int:
    """The latest year to believe: the file cannot tell of years after it was last written."""
    years = [datetime.now(UTC).year + 1]
    made = [
        date.year
        for field in ("made", "modified")
        if (word := fields.first(said, field)) and (date := field_date(word.value))
    ]
    if made and max(made) > 1990:
        years.append(max(made))
    return min(years)


def _newest_year(pages: Sequence[Page]) -> int:
    """The newest year the text speaks of, 0 for none."""
    now = datetime.now(UTC).year + 1
    years = (int(match[0]) for page in pages[:30] for match in _YEAR.finditer(page.text))
    return max((year for year in years if year <= now), default=0)


def _date(year: int, month: int, day: int) -> PartialDate | None:
    if not EARLIEST <= year <= datetime.now(UTC).year + 1:
        return None
    try:
        datetime(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month or None, (day or None) if month else None)


def _statement(
    date: PartialDate, source: str, confidence: float, page: int, words: str
) -> Statement:
    evidence = (Evidence(page, clean(words)[:160]),)
    return Statement(
        "date", str(date), "file" if source == "file" else "guess", evidence, confidence
    )


def _plain(name: str) -> str:
    return name.casefold().strip(". ")


@cache
def _months(language: str) -> tuple[dict[str, int], tuple[re.Pattern[str], ...]]:
    """Month names of the four languages and of the text's own, and the patterns made of them."""
    names: dict[str, int] = {}
    for code in dict.fromkeys((*LANGUAGES, language)):
        if not code:
            continue
        try:
            locale = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in _names(locale, context, width).items():
                    # Two signs may be a whole name outside Latin: Hindi मई is May.
                    least = 2 if width == "wide" and not name.isascii() else 3
                    if len(_plain(name)) >= least and not name.strip(". ").isdigit():
                        names.setdefault(_plain(name), number)
                        names.setdefault(_unaccented(_plain(name)), number)
    names.setdefault("sept", 9)
    names.setdefault("setiembre", 9)
    longest = sorted(names, key=len, reverse=True)
    month = rf"(?<![^\W\d_])(?P<month>{'|'.join(map(re.escape, longest))})(?![^\W\d_])\.?"
    of = r"(?:\s*+(?:de|del|of|d['’]|,|/|-))?\s*+"
    year = r"(?P<year>\d{4})(?!\d)"
    day = rf"(?<![\d./])(?P<day>\d{{1,2}})\.?{_ORDINAL}\.?(?:\s*+\(?(?:day|days|dias?|días?)\)?)?"
    patterns = (
        rf"{day}{of}{month}{of}{year}",
        rf"{month}\s+(?P<day>\d{{1,2}}){_ORDINAL}(?:\s*+,)?\s++{year}",
        rf"{month}{of}{year}",
    )
    return names, tuple(re.compile(p, re.IGNORECASE) for p in patterns)


def _names(locale: Locale, context: str, width: str) -> Mapping[int, str]:
    try:
        names: Mapping[int, str] = locale.months[context][width]
    except KeyError:  # CLDR knows some languages only in part
        return {}
    return names


def _unaccented(name: str) -> str:
    return name.translate(str.maketrans("áéíóúâêôãõàèìòùçûîïëü", "aeiouaeoaoaeioucuiieu"))
