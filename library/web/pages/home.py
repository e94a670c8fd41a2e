"""The front page, what the library is about, and the change of language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.engine import SearchError
from index.fields import FACET, FACETS, NOT_STATED
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import COOKIE
from library.web.parts.cards import Card, card
from library.web.parts.filters import ordered, stated
from library.web.parts.tips import Tips, tips
from library.web.site import Counts, Visit, visit_of
from library.web.viewmodels import Frame, Link

SHOWN = 6  # ways in on a shelf of the front page
NEWEST = 6
EXAMPLES = 4
COVERED = 0.05  # of the works; a facet that says less than that of them is no way in

# What people come for: the facet and the values that answer, the first that holds anything.
SESSION = (("use", "session-plan"), ("use", "activity"), ("topic", "education"))
RIGHTS = (("use", "know-your-rights"), ("topic", "law"))
NEGOTIATE = (("topic", "collective-bargaining"), ("use", "demands"))
BRING_IN = "/staff/arrivals"
YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Shelf:
    """A titled list of ways in, with how many resources each leads to."""

    title: str
    links: tuple[Link, ...]
    more: Link | None = None
    heading: Link | None = None  # where the title itself leads


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: Frame
    tips: Tips
    totals: str
    tasks: tuple[Link, ...]
    examples: tuple[Link, ...]
    shelves: tuple[Shelf, ...]
    newest: tuple[Card, ...]
    all_newest: Link
    collections: tuple[Link, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class AboutPage:
    frame: Frame
    totals: str
    examples: tuple[tuple[Link, str], ...]
    facets: tuple[Link, ...]
    following: Link
    counted: bool  # whether what is read is counted
    missed: bool  # whether words that find nothing are


def home(request: Request) -> Response:
    visit = visit_of(request)
    counts, trouble = counted(visit)
    newest = visit.site.catalogue.newest(NEWEST)
    page = HomePage(
        frame=frame(
            visit,
            sheets=("front.css",),
            description=what_it_is(visit),
            canonical="/",
        ),
        tips=tips(visit),
        totals=totals(visit),
        tasks=tasks(visit, counts),
        examples=examples(visit, counts),
        shelves=tuple(
            made
            for facet in FACETS
            if facet.shelf
            and covers(counts.get(facet.name, {}))
            and (made := shelf(visit, facet.name, counts)).links
        ),
        newest=tuple(card(visit, resource) for resource in newest),
        all_newest=Link(visit.interface.say("All resources, newest first"), links.SEARCH),
        collections=tuple(
            Link(
                collection.title,
                links.collection(collection.slug),
                count=labels.resources(len(collection.resources), visit.interface),
                hint=collection.summary,
            )
            for collection in visit.site.catalogue.collections()
            if collection.resources
        ),
        trouble=trouble,
    )
    return answer(visit, "home.html", page)


def counted(visit: Visit) -> tuple[Counts, str]:
    """How much is under each value, and what to say when the index cannot tell."""
    try:
        return visit.site.whole(), ""
    except SearchError:
        visit.noted.passing = True
        return {}, visit.interface.say(
            "Searching does not work at this moment; what is new can be read all the same."
        )


def tasks(visit: Visit, counts: Counts) -> tuple[Link, ...]:
    """What people come for; a search for its words where nothing is filed for it."""
    say = visit.interface.say

    def link(label: str, ways: tuple[tuple[str, str], ...]) -> Link:
        for facet, value in ways:
            if number := counts.get(facet, {}).get(value, 0):
                hint = labels.resources(number, visit.interface)
                return Link(label, links.narrowed(facet, value), hint=hint)
        facet, value = ways[-1]
        return Link(label, links.searched(visit.label(facet, value)))

    return (
        link(say("Prepare a session"), SESSION),
        Link(
            say("For educators"),
            links.EDUCATORS,
            hint=say("By use, audience and time"),
        ),
        link(say("Know my rights"), RIGHTS),
        link(say("Negotiate"), NEGOTIATE),
        Link(
            say("Bring in documents"),
            BRING_IN,
            hint=say("For the people who look after the library"),
        ),
    )


def covers(numbers: Mapping[str, int]) -> bool:
    """Whether a facet says something of enough works to be a way in. Works are counted under each
    of their values, so the share is at most what it seems to be."""
    unsaid = numbers.get(NOT_STATED, 0)
    said = sum(stated(numbers).values())
    return said >= COVERED * (said + unsaid)


def shelf(visit: Visit, facet: str, counts: Counts) -> Shelf:
    """The fullest values of a facet, in its own order."""
    numbers = stated(counts.get(facet, {}))
    fullest = sorted(numbers, key=lambda value: (-numbers[value], value))[:SHOWN]
    return Shelf(
        title=labels.browse_heading(facet, visit.interface),
        links=tuple(
            Link(
                visit.label(facet, value),
                links.narrowed(facet, value),
                count=visit.interface.number(numbers[value]),
                hint=labels.resources(numbers[value], visit.interface),
            )
            for value in ordered(visit, FACET[facet], set(fullest), numbers, numbers)
        ),
        more=Link(visit.interface.say("All"), links.browse(facet))
        if len(numbers) > SHOWN
        else None,
    )


def examples(visit: Visit, counts: Counts) -> tuple[Link, ...]:
    """Searches worth trying: the shortest names of what the library holds most of."""
    tried = []
    facets = [facet.name for facet in FACETS if facet.about and facet.shelf]
    each = max(1, EXAMPLES // len(facets))
    for facet in reversed(facets):
        numbers = stated(counts.get(facet, {}))
        fullest = sorted(numbers, key=lambda value: (-numbers[value], value))[:SHOWN]
        names = sorted((visit.label(facet, value).lower() for value in fullest), key=len)
        tried += [Link(name, links.searched(name)) for name in names[:each]]
    return tuple(tried[:EXAMPLES])


def what_it_is(visit: Visit) -> str:
    return visit.interface.say(
        "Toolkits, guides and reports for worker organisers and educators: find the page you need, "
        "read it on any phone."
    )


def totals(visit: Visit) -> str:
    """How much the library holds, in words."""
    numbers = visit.site.totals()
    return " · ".join(
        (
            labels.resources(numbers.resources, visit.interface),
            labels.pages(numbers.pages, visit.interface),
        )
    )


def about(request: Request) -> Response:
    visit = visit_of(request)
    say = visit.interface.say
    page = AboutPage(
        frame=frame(
            visit,
            say("About this library"),
            description=what_it_is(visit),
            canonical="/about",
            sheets=("front.css",),
        ),
        totals=totals(visit),
        examples=tips(visit),
        facets=tuple(
            Link(labels.facet_name(facet.name, visit.interface), links.browse(facet.name))
            for facet in FACETS
        ),
        following=Link(say("How to follow what is new"), links.FOLLOWING),
        counted=visit.site.settings.count_reading,
        missed=visit.site.settings.count_unanswered,
    )
    return answer(visit, "about.html", page)


def language(request: Request) -> Response:
    """Remember the language chosen, and go back to where the reader was."""
    visit = visit_of(request)
    code = request.path_params["code"]
    if code not in visit.site.interfaces:
        raise HTTPException(404)
    back = links.own_path(request.query_params.get("to", "/"))
    response = RedirectResponse(back, 303, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, code, max_age=YEAR, samesite="lax", httponly=True, secure=secure)
    return response


ROUTES = [
    Route("/", fresh(home)),
    Route("/about", fresh(about)),
    Route("/language/{code}", language),
]
