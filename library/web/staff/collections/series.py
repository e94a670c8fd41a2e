"""Series: listed, and each put in order."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.resources import listing, queries
from library.catalogue.resources import series as ordering
from library.core.errors import Changed
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.collections.ordered_list import order_of, ordered
from library.web.staff.collections.viewmodels import SeriesPage
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import COLLECTIONS, SERIES, series_of
from library.web.staff.resources.page import called, version_of
from library.web.viewmodels import Link

LATEST = 10  # changes shown


def page(desk: Desk) -> Response:
    return _page(desk, desk.request.query_params.get("of", ""))


def order(desk: Desk) -> Response:
    name = desk.one("of")
    try:
        with desk.site.catalogue.write() as writer:
            ordering.put(writer, name, order_of(desk), by=desk.user.name, version=version_of(desk))
    except Changed:
        problem = desk.interface.say(
            "Somebody else changed this meanwhile; nothing was saved. See how it is now."
        )
        return _page(desk, name, problem, 409)
    return done(f"{SERIES}?{urlencode({'of': name})}", "saved")


def _page(desk: Desk, name: str, problem: str = "", status: int = 200) -> Response:
    say, plural = desk.interface.say, desk.interface.plural
    subject = ordering.subject(name)
    with desk.site.catalogue.snapshot() as snapshot:
        every = {} if name else snapshot.ask(listing.series)
        inside = (
            snapshot.ask(queries.resources, snapshot.ask(ordering.order, name), public=False)
            if name
            else []
        )
        changes = snapshot.ask(history.entries, LATEST, subjects=[subject]) if name else []
        version = snapshot.ask(history.last, subject)
    if name and not inside and not changes:
        raise HTTPException(404)
    heading = name or say("Series")
    made = SeriesPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        every=tuple(
            Link(
                name,
                series_of(name),
                count=plural("%(number)s resource", "%(number)s resources", number),
            )
            for name, number in every.items()
        ),
        action=SERIES,
        name=name,
        version=str(version),
        list=ordered(
            desk,
            [(r.id, called(desk, r), labels.status(r.status, desk.interface)) for r in inside],
        ),
        changes=rows(desk, changes),
        back=Link(say("Series"), SERIES) if name else Link(say("Collections"), COLLECTIONS),
    )
    return shown(desk, "staff/series.html", made, status)


ROUTES = [
    at_desk(SERIES, get=page, post=order),
]
