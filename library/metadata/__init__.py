"""What a document is: title, people, dates, language and concepts, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.fields import ABOUT, FILED
from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import (
    citation,
    concepts,
    cues,
    dates,
    group_size,
    language,
    materials,
    nature,
    people,
    reading_level,
    session_time,
    summary,
    title,
)
from library.metadata import file_properties as fields
from library.metadata.dates import undated
from library.metadata.decision import BELIEVED, decide
from library.metadata.language import language_of
from library.metadata.session_time import DURATION
from library.metadata.staff_statements import followed, staff
from library.metadata.text_lines import Line, clean, letters, lines
from library.vocabularies import Vocabularies

# "© 2024" and "all rights reserved" tell a reader nothing of what may be done.
_EMPTY_RIGHTS = re.compile(r"copyright|©|\(c\)|all rights reserved\.?", re.IGNORECASE)

SUBTITLE = 140  # characters of a line near the title that may say what a document is
NAME = 1_000  # characters of a file's name: no file system takes so many
OWN = 0.5  # how sure a title is that is no name of a file

__all__ = ["BELIEVED", "decide", "describe", "followed", "language_of", "staff"]


def describe(
    pages: Sequence[Page],
    said: Said,
    *,
    filename: str,
    vocabularies: Vocabularies,
    languages: Sequence[str],
    coefficients: nature.Coefficients | None = None,
) -> tuple[Statement, ...]:
    """What the file says of itself and what its pages let us guess, the surest of a field first.

    `languages` are the library's own ISO 639 codes. Never raises on any pages; what nothing
    tells stays unsaid. Works on pages with and without blocks. Of a field of the file its first
    8,000 characters are looked at, of its name the last NAME.
    """
    filename = filename[-NAME:]
    statements: list[Statement] = []
    statements += language.stated(said, vocabularies)
    statements += language.read(pages, languages)
    spoken = _value(statements, "language")

    titles, institutions = title.read(pages, said, filename, spoken)
    statements += titles
    called = _value(statements, "title")

    head = [line for page in pages[:2] for line in lines(page, 80)]
    tail = [line for page in pages[2:][-2:] for line in _last(page)]
    statements += dates.stated(said, filename, pages)
    statements += dates.read(head, tail, called, said, spoken)
    statements += citation.read(pages)
    statements += people.authors_stated(said, pages)
    statements += people.authors_read(head)
    if spoken != "de":  # every noun has a capital
        statements += people.authors_shown(head, called, pages, spoken)
    statements += people.publisher_stated(said)
    statements += people.publisher_read(head, tail, institutions)
    statements += summary.stated(said, called, pages)
    sure = decide(s for s in titles if s.field == "title").get("title")
    own = sure is not None and sure.confidence >= OWN
    statements += summary.read(pages, called, spoken.split("-")[0], named=own)
    statements += concepts.stated(said, vocabularies)
    coefficients = coefficients or nature.shipped()
    named = concepts.tallied(pages, called, filename, spoken, vocabularies)
    statements += concepts.read(named, coefficients, vocabularies)
    measures = _measured(pages, said, filename, called, spoken, head, vocabularies, named.working)
    known = spoken.split("-")[0] in cues.LANGUAGES
    statements += nature.read(measures, coefficients, shown=known)
    for facet in (field for field in FILED if field not in (*ABOUT, *nature.FACETS)):
        statements += concepts.called(facet, called, spoken, vocabularies)
    statements += session_time.stated(said, vocabularies)
    statements += session_time.read(pages, called, vocabularies)
    statements += materials.read(pages, called, spoken, vocabularies)
    planned = any(
        s.field in (DURATION, materials.FACET) and s.confidence >= BELIEVED for s in statements
    )
    statements += group_size.read(pages, called, vocabularies, planned=planned)
    statements += reading_level.read(pages, spoken)
    statements += _plain(said)
    return tuple(sorted(statements, key=lambda s: (s.field, -s.confidence)))


def measures_of(
    pages: Sequence[Page],
    said: Said,
    *,
    filename: str,
    vocabularies: Vocabularies,
    languages: Sequence[str],
) -> tuple[cues.Measures, concepts.Found]:
    """What the fields are told by that coefficients weigh, as describe() measures it."""
    statements = [*language.stated(said, vocabularies), *language.read(pages, languages)]
    spoken = _value(statements, "language")
    called = _value(title.read(pages, said, filename, spoken)[0], "title")
    head = [line for page in pages[:2] for line in lines(page, 80)]
    named = concepts.tallied(pages, called, filename, spoken, vocabularies)
    measures = _measured(pages, said, filename, called, spoken, head, vocabularies, named.working)
    return measures, named


def _measured(
    pages: Sequence[Page],
    said: Said,
    filename: str,
    called: str,
    spoken: str,
    head: Sequence[Line],
    vocabularies: Vocabularies,
    working: float,
) -> cues.Measures:
    measures = cues.measured(pages, called, filename, said, spoken)
    cues.working(measures, working)
    near = [undated(line.text, spoken) for line in head[:6] if len(line.text) <= SUBTITLE]
    for facet in nature.FACETS:
        concepts.titled(measures, facet, called, near, spoken, vocabularies)
    return measures


def _value(statements: Sequence[Statement], field: str) -> str:
    best = decide(s for s in statements if s.field == field).get(field)
    return str(best.value) if best else ""


def _last(page: Page) -> list[Line]:
    """The last lines of a page, where dates, imprints and signatures stand."""
    return lines(page, 10_000)[-25:]


def _plain(said: Said) -> Iterator[Statement]:
    """Fields taken over as they are."""
    for field, sure in (("rights", 0.85), ("source_url", 0.85), ("work", 0.9)):
        for word in fields.words(said, field):
            value = clean(word.value)
            if field == "rights" and letters(_EMPTY_RIGHTS.sub("", value)) < 2:
                continue
            if field == "source_url" and not value.lower().startswith(("http://", "https://")):
                continue
            evidence = (Evidence(0, f"{word.name}: {value[:200]}"),)
            yield Statement(field, value[:1000], "file", evidence, sure)
            break
