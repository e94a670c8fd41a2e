"""The picture of a resource: which page of which edition stands for it, or none."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.resources import covers
from library.core.errors import Changed, UsageError
from library.core.formats import PICTURED
from library.core.resource import READABLE, Cover, Edition, Resource
from library.web.files import drawing
from library.web.i18n import own_name
from library.web.parts.matches import last_page
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk, done
from library.web.staff.editions.files import edition_of
from library.web.staff.editions.viewmodels import CoverPage, EditionThumbs, Thumb
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import SHELF, cover_of, picture_of, work
from library.web.staff.notices import saved
from library.web.staff.resources.page import resource_of
from library.web.viewmodels import Link

SHOWN = 8  # pages of an edition at once: the worker draws them while they are looked at


def page(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def picture(desk: Desk) -> Response:
    """A page of any resource, drafts too, as small as on a card."""
    edition = edition_of(desk, resource_of(desk))
    return drawing(desk.visit, edition, desk.request.path_params["page"], small=True)


def whole_picture(desk: Desk) -> Response:
    """A page of any resource, drafts too, large enough to be read."""
    edition = edition_of(desk, resource_of(desk))
    return drawing(desk.visit, edition, desk.request.path_params["page"])


def choose(desk: Desk) -> Response:
    """Let a page stand for a resource from now on, or none."""
    resource, say = resource_of(desk), desk.interface.say
    edition, _, number = desk.one("cover").partition("/")
    written = desk.one("version")
    version = int(written) if written.isdecimal() and len(written) < 15 else -1
    cover = None
    if edition:
        cover = Cover(edition, int(number) if number.isdecimal() and len(number) < 7 else 0)
    try:
        with desk.site.catalogue.write() as writer:
            covers.put(writer, resource.id, cover, by=desk.user.name, version=version)
    except Changed:
        problem = say("Somebody else changed this meanwhile: look at it, and save once more.")
        return _page(desk, resource_of(desk), problem, 409)
    except UsageError:
        return _page(desk, resource, say("This page is not there."), 422)
    seen = resource.status in READABLE
    return done(cover_of(resource.id), "cover" if seen else saved(resource.status))


def _page(desk: Desk, resource: Resource, problem: str = "", status: int = 200) -> Response:
    say = desk.interface.say
    heading = say("Choose its picture")
    version = desk.site.catalogue.ask(history.last, resource.id)
    made = CoverPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(resource.edition(desk.interface.language).title, work(resource.id)),
        action=cover_of(resource.id),
        version=str(version),
        none=resource.cover is None,
        editions=tuple(
            _thumbs(desk, resource, edition)
            for edition in resource.editions
            if edition.media_type in PICTURED
        ),
    )
    return shown(desk, "staff/cover.html", made, status)


def _thumbs(desk: Desk, resource: Resource, edition: Edition) -> EditionThumbs:
    """Some pages of an edition: the first, or those after a page that the address names."""
    say, asked = desk.interface.say, desk.request.query_params
    last, written = last_page(edition), asked.get("from", "")
    first = 1
    if asked.get("edition") == edition.id and written.isdecimal() and len(written) < 7:
        first = max(1, min(int(written), last))
    numbers = [*range(first, min(first + SHOWN, last + 1))]
    cover = resource.cover
    if cover and cover.edition == edition.id and cover.page not in numbers:
        numbers.insert(0, cover.page)

    def turn(to: int, label: str) -> Link | None:
        query = urlencode({"edition": edition.id, "from": to})
        return Link(label, f"{cover_of(resource.id)}?{query}") if 1 <= to <= last else None

    return EditionThumbs(
        heading=own_name(edition.language) if edition.language else edition.filename,
        language=edition.language,
        thumbs=tuple(
            Thumb(
                value=f"{edition.id}/{number}",
                label=say("Page %(page)s", page=desk.interface.number(number)),
                picture=picture_of(resource.id, edition.id, number),
                chosen=cover == Cover(edition.id, number),
            )
            for number in numbers
        ),
        before=turn(max(1, first - SHOWN), say("Earlier pages")) if first > 1 else None,
        after=turn(first + SHOWN, say("Later pages")),
    )


ROUTES = [
    at_desk(f"{SHELF}/{{id}}/cover", get=page, post=choose),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}/picture.webp", get=picture),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/{{page:int}}/whole.webp", get=whole_picture),
]
