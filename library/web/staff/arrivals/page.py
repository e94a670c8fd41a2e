"""Files that come in: chosen in a browser, stored at once, and read by the worker elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.arrivals import actions, rescans
from library.catalogue.queue import tasks
from library.core.errors import LibraryError, UsageError
from library.core.resource import Status, Stored
from library.store.originals import LARGEST
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.arrivals.event_stream import SIZE, waits
from library.web.staff.arrivals.resumable_uploads import CHANCES, status_of
from library.web.staff.arrivals.rows import rows
from library.web.staff.arrivals.upload_script import sender
from library.web.staff.arrivals.viewmodels import ArrivalsPage
from library.web.staff.bodies import Files
from library.web.staff.desk import Desk, done
from library.web.staff.form_files import Fields
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import ARRIVALS, STREAM
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link

LARGEST_UPLOAD = 4 * LARGEST  # bytes of one form


def page(desk: Desk) -> Response:
    return _page(desk)


def keeper(desk: Desk, name: str, stored: Stored, fields: Fields) -> None:
    """Note a file that is safe on the disk, as what it is to become."""
    status = status_of((fields.get("status") or [""])[0])
    path = actions.place(desk.user.name, name)
    with desk.site.catalogue.write() as writer:
        actions.bring(writer, stored, path, name, status, by=desk.user.name)


def uploaded(desk: Desk) -> Response:
    """What came of the files of a form."""
    if not desk.stored and not desk.problems:
        return _page(desk, (desk.interface.say("No file was chosen."),), 422)
    if desk.problems:
        return _page(desk, tuple(_problem(desk, error) for error in desk.problems), 422)
    return done(ARRIVALS, "stored")


def again(desk: Desk) -> Response:
    return _change(desk, actions.try_again, "again")


def give_up(desk: Desk) -> Response:
    return _change(desk, actions.give_up, "given-up")


def languages(desk: Desk) -> Response:
    """Let the scans of what an arrival became be read once more, in other languages."""
    arrival = desk.site.catalogue.ask(tasks.numbered, desk.request.path_params["number"])
    if arrival is None:
        raise HTTPException(404)
    try:
        ask_languages(desk, arrival.edition or "")
    except UsageError:
        return _page(desk, (not_in_languages(desk),), 422)
    return done(ARRIVALS, "scanned")


def ask_languages(desk: Desk, edition: str) -> None:
    """Owe that an edition is read again in the languages of a form. Raises UsageError."""
    with desk.site.catalogue.write() as writer:
        learnt = writer.ask(rescans.languages)
        codes = [code for code in learnt if code in desk.every("language")]
        rescans.ask(writer, edition, codes, by=desk.user.name)


def not_in_languages(desk: Desk) -> str:
    return desk.interface.say("Choose one language or more; only scanned pages are read so.")


def _change(desk: Desk, change: Callable[..., None], what: str) -> Response:
    number = desk.request.path_params["number"]
    try:
        with desk.site.catalogue.write() as writer:
            change(writer, number, by=desk.user.name)
    except UsageError:
        return _page(desk, (desk.interface.say("This file needs nothing more."),), 409)
    return done(ARRIVALS, what)


def _problem(desk: Desk, error: LibraryError) -> str:
    name = str(error.values.get("file", ""))
    return labels.refusal(error.reason, name, desk.interface)


def _page(desk: Desk, problems: tuple[str, ...] = (), status: int = 200) -> Response:
    before = desk.request.query_params.get("before", "")
    if before and not (before.isdecimal() and len(before) < 12):
        raise HTTPException(422)
    with desk.site.catalogue.snapshot() as snapshot:
        arrivals = snapshot.ask(tasks.seen, SIZE + 1, before=int(before) if before else None)
        count = snapshot.ask(tasks.waiting_arrivals)
    say = desk.interface.say
    heading = say("Arrivals")
    chosen = desk.one("status") or Status.DRAFT
    made = ArrivalsPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        upload=f"{ARRIVALS}/upload",
        sender=sender(desk),
        limit=say("Up to %(size)s for each file.", size=desk.interface.size(LARGEST)),
        statuses=tuple(
            Option(
                chance,
                labels.status(chance, desk.interface),
                chance == chosen,
                labels.means(chance, desk.interface),
            )
            for chance in CHANCES
        ),
        problems=problems,
        stored=tuple(desk.stored) if problems else (),
        waiting=waits(desk, count),
        look=ARRIVALS,
        script=desk.site.pages.address("arrivals.js"),
        stream="" if before else STREAM,
        arrivals=rows(desk, arrivals[:SIZE]),
        older=Link(say("Older ones"), f"{ARRIVALS}?before={arrivals[SIZE - 1].arrival.id}")
        if len(arrivals) > SIZE
        else None,
    )
    return shown(desk, "staff/arrivals.html", made, status)


ROUTES = [
    at_desk(ARRIVALS, get=page),
    at_desk(
        f"{ARRIVALS}/upload",
        post=uploaded,
        takes=Files(keeper, LARGEST_UPLOAD),
    ),
    at_desk(f"{ARRIVALS}/{{number:int}}/languages", post=languages),
    at_desk(f"{ARRIVALS}/{{number:int}}/again", post=again),
    at_desk(f"{ARRIVALS}/{{number:int}}/give-up", post=give_up),
]
