"""What the library holds, whatever its status, and one resource of it."""

from __future__ import annotations

from urllib.parse import unquote, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue import history, listing, reading, standing
from library.errors import Changed, UsageError
from library.resource import READABLE, Resource, Standing, Status
from library.web import links
from library.web.contexts import Link, Paging
from library.web.i18n import direction, own_name
from library.web.staff import wording
from library.web.staff.changes import rows
from library.web.staff.contexts import Option
from library.web.staff.contexts.shelf import Held, ShelfPage, StandingForm, WorkPage
from library.web.staff.desk import Desk, done
from library.web.staff.following import follow
from library.web.staff.frames import (
    SHELF,
    cover_of,
    desk_frame,
    files_of,
    framed,
    history_of,
    sheet,
    shown,
    words_of,
    work,
)
from library.web.staff.frames import moment as said_at

SIZE = 50
LATEST = 20  # changes shown on the page of a resource


def shelf(desk: Desk) -> Response:
    asked = desk.request.query_params
    status = _status(asked.get("status", ""))
    words = asked.get("words", "")[:200]
    written = asked.get("page", "1")
    number = max(1, int(written)) if written.isdecimal() and len(written) < 7 else 1
    with desk.site.catalogue.read() as conn:
        found = listing.held(
            conn, status=status, words=words, first=(number - 1) * SIZE, limit=SIZE
        )
        counted = listing.by_status(conn)
    say = desk.interface.say
    heading = say("Resources")
    page = ShelfPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        action=SHELF,
        words=words,
        statuses=(
            Option("", say("every status"), status is None),
            *(
                Option(
                    one,
                    f"{wording.status(one, desk.interface)} ({counted.get(one, 0)})",
                    one is status,
                )
                for one in Status
            ),
        ),
        count=desk.interface.plural("%(number)s resource", "%(number)s resources", found.total),
        held=tuple(held(desk, one) for one in found.resources),
        paging=_paging(desk, words, status, number, found.total),
    )
    return shown(desk, "staff/shelf.html", page)


def held(desk: Desk, resource: Resource) -> Held:
    """A resource as one line of a list."""
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    return Held(
        link=Link(
            main.title or main.filename,
            work(resource.id),
            language=main.language,
            direction=direction(main.language),
        ),
        status=wording.status(resource.status, desk.interface),
        facts=(
            *(own_name(language) for language in resource.languages),
            main.filename,
            said_at(resource.changed, desk.interface),
        ),
    )


def resource_of(desk: Desk) -> Resource:
    """The resource an address of the desk names. Raises 404."""
    id_ = desk.request.path_params["id"]
    found = desk.site.catalogue.resource(id_, public=False)
    if found is None:
        raise HTTPException(404)
    return found


def one(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def put(desk: Desk) -> Response:
    """Let a resource stand as its form says, at once for readers."""
    resource = resource_of(desk)
    say = desk.interface.say
    try:
        wanted = _wanted(desk)
    except UsageError:
        return _page(desk, resource, say("This could not be understood: look at the fields again."))
    try:
        with desk.site.catalogue.write() as writer:
            standing.put(writer, resource.id, wanted, by=desk.user.name, version=_version(desk))
    except Changed:
        problem = say(
            "Somebody else changed this meanwhile: see below what. Your own words are still here; "
            "look at both, and save once more."
        )
        return _page(desk, resource_of(desk), problem, status=409)
    except UsageError:
        return _page(desk, resource, _wrong(desk, wanted))
    follow(desk, resource.id)
    return done(work(resource.id), "saved")


def _wanted(desk: Desk) -> Standing:
    """What the form says. Raises UsageError."""
    status = _status(desk.one("status"))
    year = desk.one("law_year").strip()
    if status is None or (year and not (year.isdecimal() and len(year) == 4)):
        raise UsageError("not understood")
    successor = ""
    if status is Status.SUPERSEDED:
        with desk.site.catalogue.read() as conn:
            successor = reading.resource_named(conn, _key(desk.one("successor"))) or ""
    return Standing(
        status=status,
        until=desk.one("until").strip(),
        reason=desk.one("reason"),
        successor=successor,
        review_by=desk.one("review_by").strip(),
        law_year=int(year) if year else None,
    )


def _key(written: str) -> str:
    """What names a resource in an address copied from the browser, or as it is written."""
    parts = written.strip().partition("?")[0].rstrip("/").split("/")
    if "resources" in parts[:-1]:
        return unquote(parts[parts.index("resources") + 1])
    return written.strip()


def _wrong(desk: Desk, wanted: Standing) -> str:
    say = desk.interface.say
    return {
        Status.WITHDRAWN: say("Readers are told why it was withdrawn: write a reason."),
        Status.EMBARGOED: say("An embargo needs a day to come."),
        Status.SUPERSEDED: say(
            "Name the resource that took its place, by its address; it must not lead back here."
        ),
    }.get(wanted.status, say("This could not be understood: look at the fields again."))


def _version(desk: Desk) -> int:
    written = desk.one("version")
    return int(written) if written.isdecimal() and len(written) < 15 else -1


def _status(written: str) -> Status | None:
    return Status(written) if written in set(Status) else None


def _page(desk: Desk, resource: Resource, problem: str = "", status: int = 422) -> Response:
    catalogue = desk.site.catalogue
    with catalogue.read() as conn:
        subjects = reading.names_of(conn, resource.id)
        changes = history.entries(conn, LATEST, subjects=subjects)
        version = history.last(conn, resource.id)
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    heading = main.title or main.filename
    page = WorkPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        language=main.language,
        direction=direction(main.language),
        status=wording.status(resource.status, desk.interface),
        public=Link(desk.interface.say("As readers see it"), links.resource(resource.slug))
        if resource.status in READABLE
        else None,
        files=tuple(
            Link(
                f"{own_name(one.language) if one.language else '?'}: {one.title} ({one.filename})",
                sheet(resource.id, one.id, 1),
            )
            for one in resource.editions
        ),
        edit=Link(desk.interface.say("Put right what is said of it"), words_of(resource.id)),
        more=(
            Link(desk.interface.say("Files: replace one, bring one back"), files_of(resource.id)),
            Link(desk.interface.say("Choose its picture"), cover_of(resource.id)),
        ),
        standing=_form(desk, resource, version, bool(problem)),
        changes=rows(desk, changes),
        history=Link(desk.interface.say("All changes of this resource"), history_of(resource.id)),
    )
    return shown(desk, "staff/work.html", page, status if problem else 200)


def _form(desk: Desk, resource: Resource, version: int, again: bool) -> StandingForm:
    """As it is, or as it was just written and could not be kept."""
    held = resource.standing
    successor = desk.site.catalogue.resource(held.successor, public=False)
    values = {
        "status": str(held.status),
        "until": held.until,
        "reason": held.reason,
        "successor": successor.slug if successor else "",
        "review_by": held.review_by,
        "law_year": str(held.law_year or ""),
    }
    if again:
        values = {name: desk.one(name) for name in values}
    return StandingForm(
        action=f"{work(resource.id)}/standing",
        version=str(version),
        statuses=tuple(
            Option(
                one,
                wording.status(one, desk.interface),
                one == values["status"],
                wording.means(one, desk.interface),
            )
            for one in Status
        ),
        until=values["until"],
        reason=values["reason"],
        successor=values["successor"],
        review_by=values["review_by"],
        law_year=values["law_year"],
    )


def _paging(
    desk: Desk, words: str, status: Status | None, number: int, total: int
) -> Paging | None:
    last = max(1, -(-total // SIZE))
    if last == 1:
        return None

    def link(to: int, label: str) -> Link | None:
        if not 1 <= to <= last:
            return None
        asked = {"words": words, "status": status or "", "page": str(to)}
        given = {name: value for name, value in asked.items() if value}
        return Link(label, f"{SHELF}?{urlencode(given)}")

    say = desk.interface.say
    return Paging(
        label=say("Pages of results"),
        previous=link(number - 1, say("Previous")),
        next=link(number + 1, say("Next")),
    )
