"""All values of one facet with their counts in a search, found by any of their names.

`/search/{facet}` is the page that a long facet's button opens, with everything that was typed and
ticked; `/api/facets/{facet}` is the same for programs, and for the script that filters in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.fields import FACET, NOT_STATED, Facet
from index.query import Query
from library.vocabularies.lookup import UNSAID, Label
from library.web import labels, links
from library.web.facet_params import LEFT_OUT
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction
from library.web.links import Asked
from library.web.pages.search import asked_of
from library.web.parts.concept_tree import branches_of
from library.web.parts.filters import Branch, Choice, choice, listed, nested, ordered
from library.web.redirects import moved
from library.web.site import Counts, Visit, visit_of
from library.web.viewmodels import Frame, Link

FIND = "facet-q"
SCRIPT = "narrow.js"
LONGEST = 60  # characters of what is looked for


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """All values of one facet, as a form that leads back to the results."""

    frame: Frame
    name: str
    heading: str
    operator: str
    label: str  # of the field that finds a value
    action: str
    answer: str
    typed: str
    count: str
    kept: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    branches: tuple[Branch, ...]
    back: Link
    script: str


def choices(request: Request) -> Response:
    visit = visit_of(request)
    facet = facet_of(request)
    if there := moved(visit):
        return there
    asked = asked_of(visit)
    typed = typed_of(request)
    _, held = counts_of(visit, asked)
    counts = held.get(facet.name, {})
    whole = visit.site.whole().get(facet.name, {})
    values = matching(visit, asked, facet, typed, whole)
    rows = [
        named(choice(visit, asked, facet.name, value, counts), *values[value])
        for value in ordered(visit, facet, values, counts, whole)
    ]
    plain = [row for row in rows if row.value != NOT_STATED]
    branches: tuple[Branch, ...] = ()
    if facet.nested and not typed:
        tree = branches_of(visit.site.vocabularies, facet.name, [row.value for row in plain])
        branches = tuple(replace(branch, open=True) for branch in nested(visit, tree, plain))
        rows = [row for row in rows if row.value == NOT_STATED]
    title = labels.facet_name(facet.name, visit.interface)
    page = ChoicesPage(
        frame=frame(
            visit,
            title,
            asked=asked,
            canonical=links.url_of(asked, links.choices(facet.name)),
            robots="noindex",
            sheets=("narrow.css",),
        ),
        name=facet.name,
        heading=title,
        operator=labels.operator(facet.operator, visit.interface),
        label=visit.interface.say("Find in “%(facet)s”", facet=title),
        action=links.choices(facet.name),
        answer=links.choices_answer(facet.name),
        typed=typed,
        count=labels.values(len(values), visit.interface) if typed else "",
        kept=kept(asked, facet.name, frozenset(values)),
        choices=tuple(rows),
        branches=branches,
        back=Link(visit.interface.say("Back to the results"), links.url_of(asked)),
        script=visit.site.pages.address(SCRIPT),
    )
    return answer(visit, "choices.html", page)


def facet_of(request: Request) -> Facet:
    facet = FACET.get(request.path_params["facet"])
    if facet is None:
        raise HTTPException(404)
    return facet


def typed_of(request: Request) -> str:
    return " ".join(request.query_params.get(FIND, "").split())[:LONGEST]


def counts_of(visit: Visit, asked: Asked) -> tuple[int, Counts]:
    """How many works a search finds, and its counts; those of the whole library are known."""
    query = asked.query
    if replace(query, sort="relevance", page=1) == Query():
        return visit.site.catalogue.totals().resources, visit.site.whole()
    results = visit.site.engine.search(replace(query, page=1, size=0))
    return results.total, results.counts


def matching(
    visit: Visit, asked: Asked, facet: Facet, typed: str, whole: Mapping[str, int]
) -> Mapping[str, Label]:
    """The values that what is typed finds, all without it, with the other name that did."""
    values = listed(asked, facet.name, whole)
    if not typed:
        return dict.fromkeys(values, UNSAID)
    return visit.site.vocabularies.matching(
        facet.name, typed, values - {NOT_STATED}, visit.interface.language
    )


def named(row: Choice, language: str, label: str) -> Choice:
    """The row with the other name that it was found by, and how that is read."""
    return replace(
        row, also=label, also_language=language, also_direction=direction(language) if label else ""
    )


def kept(asked: Asked, facet: str, values: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What the form must hold on to because no box of the page shows it."""
    first = asked.with_query(replace(asked.query, page=1))
    shown = {*values, *(f"{LEFT_OUT}{value}" for value in values)}
    return tuple(
        (name, value)
        for name, value in links.parameters_of(first)
        if name != facet or value not in shown
    )


ROUTES = [
    Route("/search/{facet}", fresh(choices)),
]
