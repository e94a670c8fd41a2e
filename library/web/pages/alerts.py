"""Being told by e-mail of what is new in a search: asked for here, confirmed by a letter, ended.

Nothing is changed by opening a page, since programs that look through mail for harm do that too;
each change is the press of a button. Ending needs nothing but the address in the letter, from
wherever it is sent: mail programs do it by themselves (RFC 8058).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.catalogue.accounts import alerts
from library.core.mailbox import LONGEST, is_mailbox
from library.web import links
from library.web.alerts.letters import in_words
from library.web.forms import fields_of, same_site
from library.web.frame import answer, frame
from library.web.freshness import PASSING
from library.web.links import Asked
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

ADDRESS, QUESTION = "address", "question"


@dataclass(frozen=True, slots=True)
class Form:
    """The form that asks for letters. question: the search, as its address has it."""

    action: str
    question: str
    address: str
    longest: int  # characters of an address
    fault: str  # what is wrong with the address


@dataclass(frozen=True, slots=True)
class AlertPage:
    frame: Frame
    heading: str
    what: str  # the search in words
    told: str  # what became of what was asked for
    form: Form | None
    confirm: Link | None  # buttons
    end: Link | None
    back: Link


def form(request: Request) -> Response:
    """The form, or what became of what was sent with it."""
    visit = visit_of(request)
    if not visit.site.settings.smtp:
        raise HTTPException(404)
    say = visit.interface.say
    told = {
        "1": say(
            "If the address is right, a letter is on its way. Open the page that it names, and "
            "press the button there. Without that nothing more is sent, and in two days the "
            "address is forgotten."
        ),
        "0": say("It could not be kept: too much was asked today. Please try again tomorrow."),
    }.get(request.query_params.get("sent", ""), "")
    return _page(visit, _asked(visit, request.query_params.multi_items()), told=told, asks=not told)


async def ask(request: Request) -> Response:
    """Keep the address, the search and the language, until the reader has confirmed or not."""
    fields = await fields_of(request, ADDRESS, QUESTION)
    return await run_in_threadpool(_ask, visit_of(request), fields)


def _ask(visit: Visit, fields: dict[str, str]) -> Response:
    if not visit.site.settings.smtp:
        raise HTTPException(404)
    asked = _asked(visit, parse_qsl(fields[QUESTION]))
    address, question = fields[ADDRESS].strip(), _written(asked)
    if not is_mailbox(address):
        fault = visit.interface.say("This is no e-mail address. One looks like name@example.org.")
        return _page(visit, asked, address=address[:LONGEST], fault=fault, asks=True, status=422)
    if len(question) > alerts.LONGEST:
        fault = visit.interface.say("This search is too long to be kept. Please narrow it less.")
        return _page(visit, asked, address=address, fault=fault, asks=True, status=422)
    language, now = visit.interface.language, datetime.now(UTC)
    kept = visit.site.catalogue.change(alerts.ask, address, question, language, now)
    again = [("sent", str(int(kept))), *parse_qsl(question)]
    return RedirectResponse(f"{links.NEW_ALERT}?{urlencode(again)}", 303)


def one(request: Request) -> Response:
    """What an address in a letter leads to: a button to confirm, and one to end."""
    visit = visit_of(request)
    token = request.path_params["token"]
    kept = visit.site.catalogue.ask(alerts.of, token)
    if kept is None:
        return _ended(visit, 404)
    say = visit.interface.say
    end = Link(say("No more letters: forget this address"), links.end_alert(token))
    asked = _asked(visit, parse_qsl(kept.question))
    if kept.confirmed:
        told = say("You get a letter when something new comes in, once a day at most.")
        return _page(visit, asked, told=told, end=end)
    yes = Link(say("Yes, write to me"), links.alert(token))
    return _page(visit, asked, confirm=yes, end=end)


def confirm(request: Request) -> Response:
    same_site(request)
    visit = visit_of(request)
    token = request.path_params["token"]
    there = visit.site.catalogue.change(alerts.confirm, token, datetime.now(UTC))
    return RedirectResponse(links.alert(token), 303) if there else _ended(visit, 404)


def end(request: Request) -> Response:
    """Forget the address, whoever sends it: programs follow no redirection here."""
    visit = visit_of(request)
    visit.site.catalogue.change(alerts.end, request.path_params["token"])
    return _ended(visit, 200)


def _ended(visit: Visit, status: int) -> Response:
    told = visit.interface.say(
        "No letters are sent, and the address is forgotten. Nothing is left to do."
    )
    return _page(visit, None, told=told, status=status)


def _page(
    visit: Visit,
    asked: Asked | None,
    *,
    told: str = "",
    asks: bool = False,
    address: str = "",
    fault: str = "",
    confirm: Link | None = None,
    end: Link | None = None,
    status: int = 200,
) -> Response:
    say = visit.interface.say
    heading = say("Letters about what is new")
    made = AlertPage(
        frame=frame(visit, heading, robots="noindex"),
        heading=heading,
        what=in_words(asked, visit.site.vocabularies, visit.interface) if asked else "",
        told=told,
        form=Form(links.NEW_ALERT, _written(asked), address, LONGEST, fault)
        if asks and asked
        else None,
        confirm=confirm,
        end=end,
        back=Link(say("Back to searching"), links.url_of(asked) if asked else links.SEARCH),
    )
    response = answer(visit, "alerts.html", made, status)
    response.headers["Cache-Control"] = PASSING
    response.headers["Referrer-Policy"] = "no-referrer"  # the address of the page is a secret
    return response


def _asked(visit: Visit, parameters: list[tuple[str, str]]) -> Asked:
    """A search as it is followed: from its first page, in the usual order."""
    known = [(name, value) for name, value in parameters if name not in ("sort", "page", "sent")]
    asked = links.query_of(known, visit.site.vocabularies)
    return replace(asked, problems=())


def _written(asked: Asked) -> str:
    return urlencode(links.parameters_of(asked))


ROUTES = [
    Route(links.NEW_ALERT, form, methods=["GET"]),
    Route(links.NEW_ALERT, ask, methods=["POST"]),
    Route("/alerts/{token}", one, methods=["GET"]),
    Route("/alerts/{token}", confirm, methods=["POST"]),
    Route("/alerts/{token}/end", one, methods=["GET"]),
    Route("/alerts/{token}/end", end, methods=["POST"]),
]
