"""Asking staff for what was not found, and counting what finds nothing; never who asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.results import Results
from library.catalogue.statistics.failed_searches import LONGEST, clean
from library.core.errors import LibraryError
from library.web import links
from library.web.forms import words_of
from library.web.frame import answer, frame
from library.web.links import Asked
from library.web.site import Site, Visit, visit_of
from library.web.usage import is_reader
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class AskForm:
    """The form that passes words on to staff."""

    action: str
    words: str


@dataclass(frozen=True, slots=True)
class AskPage:
    frame: Frame
    heading: str
    sent: str  # what became of words that were sent
    ask: AskForm
    back: Link


def ask(request: Request) -> Response:
    """The form, and what became of what was sent with it."""
    visit = visit_of(request)
    say = visit.interface.say
    page = AskPage(
        frame=frame(visit, say("Ask the people of the library"), robots="noindex"),
        heading=say("Ask the people of the library"),
        sent={
            "1": say("It was passed on, in your words. Thank you."),
            "0": say("It could not be kept: too much was asked today. Please try again tomorrow."),
        }.get(request.query_params.get("sent", ""), ""),
        ask=AskForm(links.ASK, request.query_params.get("q", "")[: LONGEST["asked"]]),
        back=Link(say("Back to searching"), links.SEARCH),
    )
    return answer(visit, "ask.html", page)


async def pass_on(request: Request) -> Response:
    """Keep what was asked: the words, the language of the site and the day."""
    words = await words_of(request, "q")
    visit = visit_of(request)
    if not clean(words, "asked"):
        return RedirectResponse(links.ASK, 303)
    kept = await run_in_threadpool(_record, visit, words)
    again = "" if kept else f"&{urlencode({'q': words[: LONGEST['asked']]})}"
    return RedirectResponse(f"{links.ASK}?sent={int(kept)}{again}", 303)


def _record(visit: Visit, words: str) -> bool:
    return visit.site.catalogue.record_unanswered("asked", words, visit.interface.language)


def missed(visit: Visit, asked: Asked, results: Results) -> BackgroundTask | None:
    """What to do after an answer in which the words alone found nothing; None for any other."""
    if (
        results.total
        or not asked.words
        or asked.chosen
        or not is_reader(visit.request)
        or not visit.site.settings.count_unanswered
    ):
        return None
    return BackgroundTask(_count, visit.site, asked.words, visit.interface.language)


def _count(site: Site, words: str, language: str) -> None:
    try:
        site.catalogue.record_unanswered("missed", words, language)
    except LibraryError:
        return  # a count is never worth an error, nor a reader's time


ROUTES = [
    Route("/ask", ask, methods=["GET"]),
    Route("/ask", pass_on, methods=["POST"]),
]
