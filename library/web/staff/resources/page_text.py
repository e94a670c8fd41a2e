"""The words of one page of an edition, whatever its status, with evidence marked."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.web.i18n import direction
from library.web.parts.blocks import pieces
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import SHELF, sheet, words_of
from library.web.staff.resources.edit_viewmodels import SheetPage
from library.web.staff.resources.page import resource_of
from library.web.viewmodels import Link


def sheet_page(desk: Desk) -> Response:
    """The words of one page, with what was taken as evidence marked."""
    resource = resource_of(desk)
    editions = [
        edition
        for edition in resource.editions
        if edition.id == desk.request.path_params["edition"]
    ]
    number = desk.request.path_params["page"]
    if not editions or not 1 <= number <= max(1, editions[0].pages):
        raise HTTPException(404)
    edition = editions[0]
    page = desk.site.catalogue.page(edition.id, number)
    text = page.text if page else ""
    sought = " ".join(desk.request.query_params.get("q", "").split())
    at = text.casefold().find(sought.casefold()) if sought else -1
    spans = [(at, at + len(sought))] if at >= 0 else []
    language = (page.language if page else "") or edition.language
    say = desk.interface.say

    def turn(to: int, label: str) -> Link | None:
        inside = 1 <= to <= edition.pages
        return Link(label, sheet(resource.id, edition.id, to)) if inside else None

    heading = say(
        "Page %(page)s of %(last)s",
        page=desk.interface.number(number),
        last=desk.interface.number(max(1, edition.pages)),
    )
    made = SheetPage(
        frame=framed(desk, f"{heading} · {edition.title}"),
        desk=desk_frame(desk),
        heading=heading,
        back=Link(edition.title or edition.filename, words_of(resource.id)),
        language=language,
        direction=direction(language),
        pieces=pieces(text, spans),
        previous=turn(number - 1, say("Previous")),
        next=turn(number + 1, say("Next")),
    )
    return shown(desk, "staff/sheet.html", made)


ROUTES = [
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}", get=sheet_page),
]
