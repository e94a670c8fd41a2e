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
    language,
    nature,
    people,
    session_time,
    summary,
    title,
)
from library.metadata import file_properties as fields
from library.metadata.dates import undated
from library.metadata.decision import BELIEVED, decide
from library.metadata.language import language_of
from library.metadata.staff_statements import staff
from library.metadata.text_lines import Line, clean, letters, lines
from library.vocabularies import Vocabularies

# "© 2024" and "all rights reserved" tell a reader nothing of what may be done.
_EMPTY_RIGHTS = re.compile(r"copyright|©|\(c\)|all rights reserved\.?", re.IGNORECASE)

NAME = 1_000  # characters of a file's name: no file system takes so many

__all__ = ["BELIEVED", "decide", "describe", "language_of", "staff"]


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
    found: list[Statement] = []
    found += language.stated(said, vocabularies)
    found += language.read(pages, languages)
    spoken = _value(found, "language")

    titles, institutions = title.read(pages, said, filename, spoken)
    found += titles
    called = _value(found, "title")

    head = [line for page in pages[:2] for line in lines(page, 80)]
    tail = [line for page in pages[2:][-2:] for line in _last(page)]
    found += dates.stated(said, filename, pages)
    found += dates.read(head, tail, called, said, spoken)
    found += citation.read(pages)
    found += people.authors_stated(said, pages)
    found += people.authors_read(head)
    if spoken != "de":  # every noun has a capital
        found += people.authors_shown(head, called, pages, spoken)
    found += people.publisher_stated(said)
    found += people.publisher_read(head, tail, institutions)
    found += summary.stated(said, called, pages)
    found += summary.read(pages, called)
    found += concepts.stated(said, vocabularies)
    coefficients = coefficients or nature.shipped()
    named = concepts.tallied(pages, called, filename, spoken, vocabularies)
    found += concepts.read(named, coefficients, vocabularies)
    measures = _measured(pages, said, filename, called, spoken, head, vocabularies)
    known = spoken.split("-")[0] in cues.LANGUAGES
    found += nature.read(measures, coefficients, shown=known)
    for facet in (one for one in FILED if one not in (*ABOUT, *nature.FACETS)):
        found += concepts.called(facet, called, spoken, vocabularies)
    found += session_time.stated(said, vocabularies)
    found += session_time.read(pages, called, vocabularies)
    found += _plain(said)
    return tuple(sorted(found, key=lambda s: (s.field, -s.confidence)))


def measures_of(
    pages: Sequence[Page],
    said: Said,
    *,
    filename: str,
    vocabularies: Vocabularies,
    languages: Sequence[str],
) -> tuple[cues.Measures, concepts.Found]:
    """What the fields are told by that coefficients weigh, as describe() measures it."""
    found = [*language.stated(said, vocabularies), *language.read(pages, languages)]
    spoken = _value(found, "language")
    called = _value(title.read(pages, said, filename, spoken)[0], "title")
    head = [line for page in pages[:2] for line in lines(page, 80)]
    named = concepts.tallied(pages, called, filename, spoken, vocabularies)
    return _measured(pages, said, filename, called, spoken, head, vocabularies), named


def _measured(
    pages: Sequence[Page],
    said: Said,
    filename: str,
    called: str,
    spoken: str,
    head: Sequence[Line],
    vocabularies: Vocabularies,
) -> cues.Measures:
    measures = cues.measured(pages, called, filename, said)
    near = [undated(line.text, spoken) for line in head[:6] if len(line.text) <= 90]
    for facet in nature.FACETS:
        concepts.titled(measures, facet, called, near, spoken, vocabularies)
    return measures


def _value(found: Sequence[Statement], field: str) -> str:
    best = decide(s for s in found if s.field == field).get(field)
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
