"""When something goes wrong: a page that helps, or a problem document (RFC 9457) for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.engine import SearchError
from index.query import Or, Query, Word
from library.core import logs
from library.core.errors import LibraryError, NotUsable
from library.web import links
from library.web.error_text import title
from library.web.frame import answer, frame
from library.web.headers import SECURITY_HEADERS
from library.web.i18n import Interface
from library.web.site import Visit, visit_of, visit_to
from library.web.viewmodels import Frame, Link

DAMAGED = "damaged"  # why a file is not given out, as a detail of 503
NEAR = 5  # titles offered for an address that leads nowhere


@dataclass(frozen=True, slots=True)
class ErrorPage:
    frame: Frame
    status: int
    heading: str
    explanation: str
    reason: str = ""  # in the words of staff
    reason_title: str = ""
    noted: str = ""  # the identifier under which it stands in the log
    links: tuple[Link, ...] = ()
    links_title: str = ""


def on_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    detail = error.detail if isinstance(error, HTTPException) else ""
    noted = refused(request, error, status) if status >= 500 else ""
    return mishap(request, status, detail, headers, noted)


def on_search(request: Request, error: Exception) -> Response:
    return mishap(request, 503, "", {"Retry-After": "30"}, refused(request, error, 503))


def on_library(request: Request, error: Exception) -> Response:
    if not isinstance(error, NotUsable):
        return mishap(request, 500, "", {}, fault(request, error))
    return mishap(request, 503, "", {"Retry-After": "30"}, refused(request, error, 503))


def on_anything(request: Request, error: Exception) -> Response:
    # This one is sent from outside all middleware, so it brings the headers itself.
    return mishap(request, 500, "", dict(SECURITY_HEADERS), fault(request, error))


def fault(request: Request, error: Exception) -> str:
    """Log a fault of ours; the identifier that the page shows too."""
    return logs.fault(error, hide=words_of(request), status=500, **asked(request)).id


def refused(request: Request, error: Exception, status: int) -> str:
    """Log why something cannot be done now; the identifier that the page shows too."""
    id_ = logs.identifier()
    logs.refused(error, id_, hide=words_of(request), status=status, **asked(request))
    return id_


def asked(request: Request) -> dict[str, str]:
    """The kind of page that was asked for: neither by whom, nor what is looked for or read."""
    route = request.scope.get("route")
    return {"method": request.method, "route": getattr(route, "path", "")}


def words_of(request: Request) -> tuple[str, ...]:
    """What a reader wrote, which an error may repeat."""
    values = [value for _, value in request.query_params.multi_items()]
    return (*values, *(word for value in values for word in value.split()))


def mishap(
    request: Request, status: int, detail: str, headers: Mapping[str, str], noted: str = ""
) -> Response:
    """noted: the identifier of what was logged."""
    visit = visit_after(request)
    heading, explanation = said(status, visit.interface)
    if status == 503 and detail == DAMAGED:
        heading, explanation = damaged(visit.interface)
        detail = explanation
    headers = {**headers, "Cache-Control": "no-store"}
    if noted:
        headers["X-Request-ID"] = noted
    if wants_json(request):
        answer_ = problem(request, status, detail or explanation, noted)
        return JSONResponse(answer_, status, headers, media_type="application/problem+json")
    near = nearest(visit) if status in (404, 410) else ()
    reason = detail if status == 410 and detail != HTTPStatus.GONE.phrase else ""
    page = ErrorPage(
        frame=frame(visit, heading, robots="noindex"),
        status=status,
        heading=heading,
        explanation=explanation,
        reason=reason,
        reason_title=visit.interface.say("The reason that was given:") if reason else "",
        noted=visit.interface.say("If you tell us of it, name this: %(id)s", id=noted)
        if noted
        else "",
        links=near,
        links_title=visit.interface.say("Were you looking for one of these?") if near else "",
    )
    response = answer(visit, "error.html", page, status)
    response.headers.update(headers)
    return response


def visit_after(request: Request) -> Visit:
    """The visit that went wrong; where even that cannot be told, one to the site as it began."""
    try:
        return visit_of(request)
    except Exception:  # it was logged when it was met first
        return visit_to(request, request.app.state.site)


def problem(request: Request, status: int, detail: str, noted: str = "") -> dict[str, object]:
    """noted: the identifier of what was logged, as a member of our own (section 3.2)."""
    made: dict[str, object] = {
        "type": "about:blank",
        "title": title(status),
        "status": status,
        "detail": detail,
        "instance": request.scope["path"],
    }
    return {**made, "id": noted} if noted else made


def wants_json(request: Request) -> bool:
    """Programs: whoever asks under /api/, or would rather have JSON than a page."""
    if request.scope["path"].startswith("/api/"):
        return True
    accept = request.headers.get("accept", "")
    return "json" in accept and "text/html" not in accept


def said(status: int, interface: Interface) -> tuple[str, str]:
    """A heading and one or two sentences that help."""
    say = interface.say
    lines = {
        403: (
            say("This is not for your account"),
            say("Go back, or ask an admin of the library to do it."),
        ),
        404: (
            say("There is no such page"),
            say("It may have been moved, or the link has a slip in it. Search for it:"),
        ),
        405: (
            say("This address cannot be used in this way"),
            say("Go back and try the link or the button again."),
        ),
        410: (
            say("This is no longer in the library"),
            say("It was taken out by the people who look after the library. Search for another:"),
        ),
        413: (
            say("That is too much at once"),
            say("What was sent is larger than the library takes. Send less, and try again."),
        ),
        422: (
            say("That could not be understood"),
            say("A page number is written in digits, such as 12. Go back and try again."),
        ),
        429: (
            say("Too many requests at once"),
            say(
                "Very many pages were asked for from where you are. Wait a minute and try again. "
                "Programs find everything under /sitemap.xml and /api/."
            ),
        ),
        503: (
            say("This does not work at this moment"),
            say("The library is busy or being looked after. Try again in half a minute."),
        ),
    }
    failed = (
        say("Something went wrong here"),
        say("The fault is ours and was noted. Try again, or search for something else:"),
    )
    if status in lines:
        return lines[status]
    return failed if status >= 500 else lines[422]


def damaged(interface: Interface) -> tuple[str, str]:
    """Of a file whose bytes are not those that came."""
    return (
        interface.say("This file was damaged here, and is not given out"),
        interface.say(
            "A disk of the library has changed or lost it. Those who look after the library see "
            "that, and can bring it back from a backup. What was read from it can be read on the "
            "site as before."
        ),
    )


def nearest(visit: Visit) -> tuple[Link, ...]:
    """Resources whose words are like those of an address under /resources/."""
    parts = visit.request.scope["path"].strip("/").split("/")
    if len(parts) < 2 or parts[0] != "resources":
        return ()
    words = [word for word in parts[1][:200].split("-") if word][:12]
    if not words:
        return ()
    tree = Or(tuple(Word(word) for word in words)) if len(words) > 1 else Word(words[0])
    try:
        hits = visit.site.engine.search(Query(tree=tree, size=NEAR)).hits
        resources = visit.site.catalogue.resources([hit.id for hit in hits])
    except (SearchError, LibraryError):
        return ()
    return tuple(
        Link(
            (shown := resource.edition(visit.interface.language)).title,
            links.resource(resource.slug),
            language=shown.language,
        )
        for resource in resources
    )
