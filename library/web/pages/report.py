"""Reporting a mistake on a page to staff; never who reported it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.catalogue.statistics import reader_reports
from library.core.resource import Edition, Resource
from library.web import links
from library.web.forms import words_of
from library.web.frame import answer, frame
from library.web.i18n import direction
from library.web.pages.reader import edition_of
from library.web.pages.resource import resource_of
from library.web.parts.matches import last_page
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class ReportPage:
    frame: Frame
    heading: str
    title: str
    language: str
    direction: str
    place: str  # the page it is about
    sent: str  # what became of a report that was sent
    action: str
    longest: int  # characters
    back: Link


def form(request: Request) -> Response:
    """The form, and what became of what was sent with it."""
    visit = visit_of(request)
    resource, edition, number = _place(visit)
    say = visit.interface.say
    page = say("p. %(page)s", page=visit.interface.number(number))
    heading = say("Report a mistake on this page")
    made = ReportPage(
        frame=frame(visit, heading, robots="noindex", sheets=("read.css",)),
        heading=heading,
        title=edition.title,
        language=edition.language,
        direction=direction(edition.language),
        place=page,
        sent={
            "1": say("It was passed on to the people of the library. Thank you."),
            "0": say("It could not be kept: many reports on this document wait already."),
        }.get(request.query_params.get("sent", ""), ""),
        action=links.report(resource, edition, number),
        longest=reader_reports.LONGEST,
        back=Link(say("Back to the page"), links.page(resource, edition, number)),
    )
    return answer(visit, "report.html", made)


async def send(request: Request) -> Response:
    """Keep what was written: the words, the page, the language of the site and the day."""
    words = await words_of(request, "words")
    return await run_in_threadpool(_keep, visit_of(request), words)


def _keep(visit: Visit, words: str) -> Response:
    resource, edition, number = _place(visit)
    address = links.report(resource, edition, number)
    if not reader_reports.clean(words):
        return RedirectResponse(address, 303)
    with visit.site.catalogue.write() as writer:
        kept = reader_reports.record(writer, edition.id, number, words, visit.interface.language)
    return RedirectResponse(f"{address}?sent={int(kept)}", 303)


def _place(visit: Visit) -> tuple[Resource, Edition, int]:
    """What the address names. Raises 404."""
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number: int = visit.request.path_params["page"]
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    return resource, edition, number


ROUTES = [
    Route("/report/{slug}/{language}/{page:int}", form, methods=["GET"]),
    Route("/report/{slug}/{language}/{page:int}", send, methods=["POST"]),
]
