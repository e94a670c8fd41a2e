"""What somebody who prepares a session begins with: by use, audience and time, and courses."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.pages.browse import arranged
from library.web.pages.collection import COURSE
from library.web.pages.home import counted
from library.web.parts.filters import stated
from library.web.site import Counts, Visit, visit_of
from library.web.viewmodels import Frame, Link

CHOICES = ("use", "audience", "size", "needs", "time")
TICKED = ("time",)  # several, since a short session fits a longer time
SHELVES = ("use", "audience", "time")


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet of the form, and its values with how many resources each has."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]  # value, label
    ticks: bool


@dataclass(frozen=True, slots=True)
class Ways:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EducatorsPage:
    frame: Frame
    heading: str
    action: str
    choices: tuple[Choice, ...]
    shelves: tuple[Ways, ...]
    courses: tuple[Link, ...]
    trouble: str


def educators(request: Request) -> Response:
    visit = visit_of(request)
    say = visit.interface.say
    counts, trouble = counted(visit)
    heading = say("For educators")
    page = EducatorsPage(
        frame=frame(
            visit,
            heading,
            description=say("Session plans, activities and handouts by use, audience and time."),
            canonical=links.EDUCATORS,
            sheets=("front.css",),
        ),
        heading=heading,
        action=links.SEARCH,
        choices=tuple(made for facet in CHOICES if (made := _choice(visit, facet, counts)).options),
        shelves=tuple(ways for facet in SHELVES if (ways := _shelf(visit, facet, counts)).links),
        courses=tuple(
            Link(
                collection.title,
                links.collection(collection.slug),
                count=labels.resources(len(collection.resources), visit.interface),
                hint=collection.summary,
            )
            for collection in visit.site.catalogue.collections()
            if collection.kind == COURSE and collection.resources
        ),
        trouble=trouble,
    )
    return answer(visit, "educators.html", page)


def _choice(visit: Visit, facet: str, counts: Counts) -> Choice:
    numbers = stated(counts.get(facet, {}))
    number = visit.interface.number
    options = tuple(
        (value, f"{visit.label(facet, value)} ({number(numbers[value])})")
        for value in arranged(visit, facet, numbers)
    )
    return Choice(facet, labels.facet_name(facet, visit.interface), options, facet in TICKED)


def _shelf(visit: Visit, facet: str, counts: Counts) -> Ways:
    numbers = stated(counts.get(facet, {}))
    return Ways(
        labels.browse_heading(facet, visit.interface),
        tuple(
            Link(
                visit.label(facet, value),
                links.narrowed(facet, value),
                count=visit.interface.number(numbers[value]),
                hint=labels.resources(numbers[value], visit.interface),
            )
            for value in arranged(visit, facet, numbers)
        ),
    )


ROUTES = [
    Route(links.EDUCATORS, fresh(educators)),
]
