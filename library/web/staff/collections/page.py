"""Collections: made, called, filled, put in order, and taken away."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.resources import collections, queries
from library.catalogue.resources.collections import Placing
from library.core.errors import Changed, UsageError
from library.core.resource import Collection
from library.web import links
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.collections.ordered_list import MOST, order_of, ordered
from library.web.staff.collections.viewmodels import CollectionsPage, OneCollectionPage
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import COLLECTIONS, SERIES, SHELF, collection_of, work
from library.web.staff.notices import saved
from library.web.staff.resources.page import called, key_of, page_of, resource_of, version_of
from library.web.viewmodels import Link

LATEST = 10  # changes shown


def page(desk: Desk) -> Response:
    return _page(desk)


def make(desk: Desk) -> Response:
    try:
        with desk.site.catalogue.write() as writer:
            slug = collections.make(
                writer, desk.one("title"), desk.one("summary"), (), by=desk.user.name
            )
    except UsageError:
        return _page(desk, desk.interface.say("A collection needs a title."), 422)
    return done(collection_of(slug), "made")


def order(desk: Desk) -> Response:
    """The order of the collections among each other."""
    try:
        with desk.site.catalogue.write() as writer:
            collections.order(writer, order_of(desk), by=desk.user.name, version=version_of(desk))
    except Changed:
        return _page(desk, _meanwhile(desk), 409)
    return done(COLLECTIONS, "saved")


def one(desk: Desk) -> Response:
    return _one(desk, _held(desk))


def change(desk: Desk) -> Response:
    """What a form of one collection asks."""
    now, say = _held(desk), desk.interface.say
    wanted: Collection | None = now
    what = desk.one("do")
    if desk.one("out"):
        wanted = replace(now, resources=tuple(r for r in now.resources if r != desk.one("out")))
    elif what == "order":
        asked = order_of(desk)
        shown_now = set(now.resources[:MOST])
        if set(asked) != shown_now:
            return _one(desk, now, _meanwhile(desk), 409)
        wanted = replace(now, resources=(*asked, *now.resources[MOST:]))
    elif what == "add":
        id_ = desk.site.catalogue.ask(queries.resource_named, key_of(desk.one("named")))
        if id_ is None:
            return _one(desk, now, say("There is no such resource."), 422)
        wanted = replace(now, resources=tuple(dict.fromkeys((*now.resources, id_))))
    elif what == "delete":
        wanted = None
    else:
        wanted = replace(
            now,
            title=desk.one("title"),
            summary=desk.one("summary"),
            kind="course" if desk.one("course") else "",
        )
    try:
        with desk.site.catalogue.write() as writer:
            collections.put(writer, now.slug, wanted, by=desk.user.name, version=version_of(desk))
    except Changed:
        return _one(desk, _held(desk), _meanwhile(desk), 409)
    except UsageError:
        problem = say("A collection needs a title of up to 200 characters.")
        return _one(desk, now, problem, 422)
    return done(collection_of(now.slug), "saved") if wanted else done(COLLECTIONS, "gone")


def of_resource(desk: Desk) -> Response:
    """Put a resource into a collection, or take it out, from its own page."""
    resource, slug = resource_of(desk), desk.one("collection")
    mine = (resource.id,)
    out = desk.one("do") == "out"
    placing = Placing(slug, () if out else mine, mine if out else ())
    try:
        with desk.site.catalogue.write() as writer:
            collections.place(writer, placing, by=desk.user.name)
    except UsageError:
        problem = desk.interface.say("This collection is not there any more.")
        return page_of(desk, resource, problem, 409)
    return done(f"{work(resource.id)}#collections", saved(resource.status))


def _held(desk: Desk) -> Collection:
    collection = desk.site.catalogue.ask(collections.of, desk.request.path_params["slug"])
    if collection is None:
        raise HTTPException(404)
    return collection


def _meanwhile(desk: Desk) -> str:
    return desk.interface.say(
        "Somebody else changed this meanwhile; nothing was saved. See how it is now."
    )


def _page(desk: Desk, problem: str = "", status: int = 200) -> Response:
    say, plural = desk.interface.say, desk.interface.plural
    with desk.site.catalogue.snapshot() as snapshot:
        every = snapshot.ask(collections.held)
        version = snapshot.ask(history.last, collections.EVERY)
    heading = say("Collections")
    listed = [
        (
            collection.slug,
            Link(collection.title, collection_of(collection.slug)),
            plural("%(number)s resource", "%(number)s resources", len(collection.resources)),
        )
        for collection in every
    ]
    made = CollectionsPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        list=ordered(desk, listed),
        order=f"{COLLECTIONS}/order",
        version=str(version),
        make=COLLECTIONS,
        title=desk.one("title"),
        summary=desk.one("summary"),
        series=Link(say("Put a series in order"), SERIES),
    )
    return shown(desk, "staff/collections.html", made, status)


def _one(desk: Desk, collection: Collection, problem: str = "", status: int = 200) -> Response:
    say = desk.interface.say
    subject = collections.subject(collection.slug)
    with desk.site.catalogue.snapshot() as snapshot:
        inside = snapshot.ask(queries.resources, collection.resources, public=False)
        changes = snapshot.ask(history.entries, LATEST, subjects=[subject])
        version = snapshot.ask(history.last, subject)
        ours = snapshot.ask(collections.is_of_the_desk, collection.slug)
    again = bool(problem) and desk.one("do") == "save"
    made = OneCollectionPage(
        frame=framed(desk, collection.title),
        desk=desk_frame(desk, problem=problem),
        heading=collection.title,
        action=collection_of(collection.slug),
        version=str(version),
        title=desk.one("title") if again else collection.title,
        summary=desk.one("summary") if again else collection.summary,
        course=bool(desk.one("course")) if again else collection.kind == "course",
        note="" if ours else say("It is as its folder says, until you change it here; from then "
                                 "on what you write is kept, whatever the folder says."),
        list=ordered(
            desk,
            [(r.id, called(desk, r), labels.status(r.status, desk.interface)) for r in inside],
            out=True,
        ),
        named=desk.one("named") if problem else "",
        add=Link(say("Choose from the shelf"), SHELF),
        public=Link(say("As readers see it"), links.collection(collection.slug)),
        changes=rows(desk, changes),
        back=Link(say("Collections"), COLLECTIONS),
    )  # fmt: skip
    return shown(desk, "staff/collection.html", made, status)


ROUTES = [
    at_desk(COLLECTIONS, get=page, post=make),
    at_desk(f"{COLLECTIONS}/order", post=order),
    at_desk(f"{COLLECTIONS}/{{slug}}", get=one, post=change),
    at_desk(f"{SHELF}/{{id}}/collections", post=of_resource),
]
