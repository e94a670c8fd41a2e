"""The form that narrows a search: every facet with its values and their counts, and the years.

A page of results names the facets only, so that it stays light; each name leads here, and the
script of a wide screen brings the form to the results instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.fields import YEAR
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.pages.facet_values import counts_of
from library.web.pages.search import asked_of, narrow_label
from library.web.pages.years import YearBox, year_box
from library.web.parts.filters import FacetBox, facet_boxes
from library.web.redirects import moved
from library.web.site import visit_of
from library.web.viewmodels import Frame, Link

KEPT = ("sort", "exact", "unread")  # parameters that the form has no field for
OPEN = "open"  # the parameter that names a facet to unfold


@dataclass(frozen=True, slots=True)
class NarrowPage:
    frame: Frame
    heading: str
    count: str
    back: Link
    facets: tuple[FacetBox, ...]
    years: YearBox
    leaving: bool  # whether values can be left out without opening the fold that says so
    script: str


def narrow(request: Request) -> Response:
    visit = visit_of(request)
    if there := moved(visit):
        return there
    asked = asked_of(visit)
    asked = asked.with_query(replace(asked.query, page=1))
    total, counts = counts_of(visit, asked)
    whole = visit.site.whole()
    opened = request.query_params.get(OPEN, "")
    made = frame(
        visit,
        visit.interface.say("Filter"),
        asked=asked,
        canonical=links.narrowing(asked),
        robots="noindex",
        sheets=("narrow.css",),
    )
    kept = tuple(parameter for parameter in links.parameters_of(asked) if parameter[0] in KEPT)
    years = year_box(visit, asked, counts, whole)
    page = NarrowPage(
        frame=replace(made, kept=kept),
        heading=narrow_label(visit, asked),
        count=labels.resources(total, visit.interface),
        back=Link(visit.interface.say("Back to the results"), links.url_of(asked)),
        facets=tuple(
            replace(box, shown=True) if box.name == opened else box
            for box in facet_boxes(visit, asked, counts, whole)
        ),
        years=replace(years, shown=True) if opened == YEAR.name else years,
        leaving=bool(asked.query.without),
        script=visit.site.pages.address("narrow.js"),
    )
    return answer(visit, "narrow.html", page)


ROUTES = [
    Route("/search/narrow", fresh(narrow)),
]
