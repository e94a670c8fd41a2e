"""Several resources made one work, and an edition made a work of its own."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from library.catalogue.curation import batch
from library.catalogue.editions import groups
from library.catalogue.editions.groups import Obstacle
from library.catalogue.resources import queries
from library.core.errors import Changed, UsageError
from library.core.resource import Resource, Status
from library.metadata import decide
from library.web import links
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.batch.page import chosen
from library.web.staff.desk import Desk, done
from library.web.staff.editions.viewmodels import GroupPage, GroupRow
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import GROUP, SHELF, work
from library.web.staff.reindex import follow
from library.web.staff.resources.page import called, page_of, resource_of
from library.web.viewmodels import Link


def looked_at(desk: Desk) -> Response:
    """The same by its address alone, which a reload or a bookmark asks for; nothing is changed."""
    ids = list(dict.fromkeys(desk.request.query_params.getlist("pick")))[: groups.MOST + 1]
    held = _held(desk, ids)
    return _page(desk, held) if held else done(SHELF)


def group(desk: Desk) -> Response:
    """What would become one work, and whether it can; and then, where "sure" is said, do it."""
    every, search = bool(desk.one("all")), desk.one("search")
    ids = list(chosen(desk, desk.every("pick"), every, search))[: groups.MOST + 1]
    resources = _held(desk, ids)
    if not desk.one("sure"):
        return _page(desk, resources, status=200 if len(resources) > 1 else 422)
    say = desk.interface.say
    try:
        if [batch.seen(resource) for resource in resources] != list(desk.every("seen")) or len(
            resources
        ) < len(ids):
            raise Changed("preview outdated")
        with desk.site.catalogue.write() as writer:
            whole = groups.group(
                writer, ids, by=desk.user.name, decide=decide, stays=desk.one("stays")
            )
    except (Changed, UsageError):
        problem = say("Something was changed meanwhile, and nothing was done. Look at them again.")
        return _page(desk, _held(desk, ids), problem, 409)
    follow(desk, whole, *ids)
    return done(work(whole), "grouped")


def part(desk: Desk) -> Response:
    """Make an edition a work of its own."""
    resource, edition = resource_of(desk), desk.one("edition")
    say, written = desk.interface.say, desk.one("version")
    version = int(written) if written.isdecimal() and len(written) < 15 else -1
    if edition not in {edition.id for edition in resource.editions}:
        return page_of(desk, resource, say("This edition is not here any more."), 409)
    try:
        with desk.site.catalogue.write() as writer:
            new = groups.part(writer, edition, by=desk.user.name, decide=decide, version=version)
    except (Changed, UsageError):
        problem = say("Something was changed meanwhile, and nothing was done. Look at them again.")
        return page_of(desk, resource_of(desk), problem, 409)
    follow(desk, resource.id, new)
    return done(work(new), "parted")


def _held(desk: Desk, ids: Sequence[str]) -> list[Resource]:
    return desk.site.catalogue.ask(queries.resources, ids, public=False)


def _page(desk: Desk, held: Sequence[Resource], problem: str = "", status: int = 200) -> Response:
    say = desk.interface.say
    obstacles = groups.obstacles(held)
    first = min(held, key=lambda resource: (resource.added, resource.id)).id if held else ""
    wanted = desk.one("stays") or first
    heading = say("Editions of one work")
    made = GroupPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        obstacles=tuple(_said(desk, obstacle) for obstacle in obstacles),
        rows=tuple(
            GroupRow(
                resource.id,
                batch.seen(resource),
                called(desk, resource),
                labels.status(resource.status, desk.interface),
                links.resource(resource.slug),
                tuple(
                    f"{own_name(edition.language) if edition.language else '?'}: {edition.title}"
                    for edition in resource.editions
                ),
                resource.id == wanted,
            )
            for resource in held
        ),
        able=not obstacles,
        action=GROUP,
        back=Link(say("Resources"), SHELF),
    )
    return shown(desk, "staff/group.html", made, status)


def _said(desk: Desk, obstacle: Obstacle) -> str:
    say = desk.interface.say
    if obstacle.why == "language":
        spoken = desk.interface.listed(own_name(code) if code else "?" for code in obstacle.about)
        return say(
            "Two of them are in one language: %(names)s. Correct the language of one, or let the "
            "newer replace the older, under “Needs checking”.",
            names=spoken,
        )
    if obstacle.why == "status":
        names = desk.interface.listed(
            labels.status(Status(name), desk.interface) for name in obstacle.about
        )
        return say("Their status differs: %(names)s. Give all the same first.", names=names)
    return say(
        "Choose from two to %(number)s resources.", number=desk.interface.number(groups.MOST)
    )


ROUTES = [
    at_desk(GROUP, get=looked_at, post=group),
    at_desk(f"{SHELF}/{{id}}/part", post=part),
]
