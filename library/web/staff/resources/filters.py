"""What staff look for on the shelf: the parameters of an address as a question, and back.

The parameters of a readers' search mean the same here, so that any search of the site can be looked
at from the desk by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from index.engine import SearchError
from index.fields import FACET, NARROWING, NOT_STATED
from library.catalogue.curation.batch import MOST
from library.catalogue.resources import listing
from library.catalogue.resources.listing import Narrowing, Question
from library.core.resource import Status
from library.metadata.staff_statements import DIVIDERS
from library.web import links
from library.web.facet_params import narrowing_of
from library.web.staff.desk import Desk
from library.web.staff.links import SHELF

PLAIN = ("words", "q", "status", "from", "to", "since", "until", "collection", "series")
KNOWN = (*PLAIN, *NARROWING)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was asked, as it was written, and what of it made no sense."""

    question: Question
    parameters: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()  # parameter, what was written

    def written(self, name: str) -> str:
        """What was written under a name; several values divided by semicolons."""
        return "; ".join(value for key, value in self.parameters if key == name)

    @property
    def search(self) -> str:
        """The question as it stands in an address."""
        return urlencode(self.parameters)

    def url(self, path: str = SHELF, **more: str) -> str:
        asked = "&".join(filter(None, (self.search, urlencode(more))))
        return f"{path}?{asked}" if asked else path


def looked(desk: Desk, parameters: Iterable[tuple[str, str]]) -> Looked:
    """Read a question. Never raises: what makes no sense is left out and named."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        texts = DIVIDERS.split(value) if name in FACET else [value]
        for text in texts:
            if name in KNOWN and text.strip():
                given.setdefault(name, []).append(" ".join(text.split())[:200])
    faults: list[tuple[str, str]] = []

    def parameter(name: str) -> str:
        return given.get(name, [""])[0]

    status = parameter("status")
    if status and status not in set(Status):
        faults.append(("status", status))
    chosen, without, wrong = narrowing_of(given, desk.site.vocabularies)
    faults += [(facet, value) for _, facet, value in wrong]
    years = tuple(_year(parameter(name), name, faults) for name in ("from", "to"))
    days = tuple(_day(parameter(name), name, faults) for name in ("since", "until"))
    question = Question(
        words=parameter("words"),
        status=Status(status) if status in set(Status) else None,
        narrowed=(*_narrowed(desk, chosen, False), *_narrowed(desk, without, True)),
        years=(years[0], years[1]),
        days=(days[0], days[1]),
        collection=parameter("collection"),
        series=parameter("series"),
    )
    kept = tuple((name, value) for name in KNOWN for value in given.get(name, ()))
    return Looked(question, kept, tuple(faults))


def in_texts(desk: Desk, asked: Looked) -> tuple[Question, bool]:
    """The question with what the index finds for words in the texts; False: it is out of use."""
    words = asked.written("q")
    if not words:
        return asked.question, True
    query = links.query_of([("q", words)], desk.site.vocabularies).query
    query = replace(query, size=MOST, excerpts=False, beyond=False)
    try:
        hits = desk.site.engine.search(query).hits
    except SearchError:
        return asked.question, False
    return replace(asked.question, among=frozenset(hit.id for hit in hits)), True


def found(desk: Desk, asked: Looked) -> list[str]:
    """The id of everything that answers."""
    question, _ = in_texts(desk, asked)
    return desk.site.catalogue.ask(listing.every, question)


def _narrowed(desk: Desk, chosen: Mapping[str, frozenset[str]], out: bool) -> Iterable[Narrowing]:
    for facet, values in chosen.items():
        every = NARROWING[facet].operator == "all"  # each value must be there, else any of them
        each = [[value] for value in sorted(values)] if every else [sorted(values)]
        for group in each:
            stated = [value for value in group if value != NOT_STATED]
            ids = {id_ for value in stated for id_ in _within(desk, facet, value)}
            yield Narrowing(facet, frozenset(ids), NOT_STATED in group, out)


def _within(desk: Desk, facet: str, value: str) -> list[str]:
    """A value and all below it: what is filed under a narrower concept is under this one too."""
    values, known = [value], desk.site.vocabularies
    for term in values:
        values += [id_ for id_ in known.narrower(facet, term) if id_ not in values]
    return values


def _year(written: str, name: str, faults: list[tuple[str, str]]) -> int | None:
    if not written:
        return None
    if written.isdecimal() and len(written) <= 4 and int(written):
        return int(written)
    faults.append((name, written[:60]))
    return None


def _day(written: str, name: str, faults: list[tuple[str, str]]) -> str:
    if not written:
        return ""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            raise ValueError(written)
        return date.fromisoformat(written).isoformat()
    except ValueError:
        faults.append((name, written[:60]))
        return ""
