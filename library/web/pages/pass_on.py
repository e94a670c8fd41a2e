"""Pass on: a card of a resource for a message, its code for phones, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.core import extras
from library.core.resource import Edition, Resource
from library.web import links, passing_links
from library.web.citing.files import FORMATS
from library.web.citing.item import Item, item
from library.web.citing.styles import Cited, cited
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction, own_name
from library.web.pages.resource import resource_of
from library.web.parts import passing
from library.web.parts.cards import shortened
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

SUMMARY = 220  # characters of a summary on a card: two lines and a half


@dataclass(frozen=True, slots=True)
class PassOnPage:
    frame: Frame
    title: str
    language: str
    direction: str
    card: str
    rows: int
    address: str
    qr: str
    script: str
    editions: tuple[Link, ...]
    picture: Link | None  # the card as one
    citations: tuple[Cited, ...]
    files: tuple[Link, ...]
    back: Link


def pass_on(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_asked(visit, resource)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(passing_links.pass_on(resource, edition), 308)
    say = visit.interface.say
    card = card_of(visit, resource, edition)
    page = PassOnPage(
        frame=frame(
            visit,
            f"{say('Pass on')} · {edition.title}",
            canonical=links.resource(resource.slug),
            robots="noindex",
            sheets=("read.css",),
        ),
        title=edition.title,
        language=edition.language,
        direction=direction(edition.language),
        card=card,
        rows=card.count("\n") + 1 + len(card) // 45,
        address=f"{visit.base}{passing_links.short(resource)}",
        qr=passing_links.qr(resource),
        script=visit.site.pages.address("pass.js"),
        editions=tuple(
            Link(
                own_name(other.language),
                passing_links.pass_on(resource, other),
                current=other == edition,
                language=other.language,
                direction=direction(other.language),
            )
            for other in resource.editions
            if other.language
        )
        if len(resource.languages) > 1
        else (),
        picture=Link(
            say("The card as a picture"),
            passing_links.card_picture(
                resource, edition, passing.card_of(visit, resource, edition).digest
            ),
        )
        if extras.print_installed()
        else None,
        citations=tuple(cited(item_of(visit, resource, edition), visit.interface.language)),
        files=tuple(
            Link(form.name, passing_links.cite(resource, ending, edition))
            for ending, form in FORMATS.items()
        ),
        back=Link(say("Back"), links.resource(resource.slug, edition.language)),
    )
    return answer(visit, "pass_on.html", page)


def edition_asked(visit: Visit, resource: Resource) -> Edition:
    wanted = visit.request.query_params.get("language", "")
    return resource.edition(wanted, visit.interface.language)


def item_of(visit: Visit, resource: Resource, edition: Edition) -> Item:
    return item(resource, edition, f"{visit.base}{passing_links.short(resource)}")


def card_of(visit: Visit, resource: Resource, edition: Edition) -> str:
    """The resource in a few lines of plain text, ready for a message."""
    interface = visit.interface
    facts = (
        visit.label("kind", resource.kind) if resource.kind else "",
        own_name(edition.language) if edition.language else "",
        interface.say("text only %(size)s", size=interface.size(edition.text_bytes))
        if edition.text_bytes
        else "",
    )
    lines = (
        edition.title,
        passing.by_and_year(visit, resource, edition),
        shortened(" ".join(edition.summary.split()), SUMMARY),
        " · ".join(filter(None, facts)),
        f"{visit.base}{passing_links.short(resource)}",
    )
    return "\n".join(filter(None, lines))


def cite(request: Request) -> Response:
    """The citation as a file."""
    visit = visit_of(request)
    form = FORMATS.get(request.path_params["form"])
    resource = resource_of(visit)
    if form is None:
        raise HTTPException(404)
    edition = edition_asked(visit, resource)
    name = f"{resource.slug}.{request.path_params['form']}"
    return Response(
        form.write(item_of(visit, resource, edition)),
        media_type=f"{form.media_type}; charset=utf-8",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "X-Robots-Tag": "noindex",
        },
    )


ROUTES = [
    Route("/resources/{slug}/pass-on", fresh(pass_on)),
    Route("/resources/{slug}/cite.{form}", fresh(cite)),
]
