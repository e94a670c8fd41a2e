"""The files of a resource: one takes the place of another, and an earlier one is brought back."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.catalogue.arrivals import actions, rescans
from library.catalogue.editions import versions as edition_versions
from library.catalogue.queue.tasks import Seen
from library.core.errors import UsageError
from library.core.resource import Edition, Resource, Status, Stored
from library.store.originals import LARGEST
from library.web import labels as facts
from library.web.i18n import direction, own_name
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.arrivals.page import LARGEST_UPLOAD, ask_languages, not_in_languages
from library.web.staff.arrivals.rows import may_be_scan, rows, scan_form
from library.web.staff.arrivals.upload_script import sender
from library.web.staff.bodies import Files
from library.web.staff.desk import Desk, done
from library.web.staff.editions.viewmodels import EditionFiles, FilesPage, VersionRow
from library.web.staff.form_files import Fields
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import SHELF, files_of, work
from library.web.staff.resources.page import resource_of
from library.web.viewmodels import Link


def page(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def edition_of(desk: Desk, resource: Resource) -> Edition:
    """The edition an address of the desk names. Raises 404."""
    wanted = desk.request.path_params["edition"]
    edition = next((edition for edition in resource.editions if edition.id == wanted), None)
    if edition is None:
        raise HTTPException(404)
    return edition


def keeper(desk: Desk, name: str, stored: Stored, fields: Fields) -> None:
    """Note a file that is safe on the disk and is to take the place of another."""
    edition = edition_of(desk, resource_of(desk))
    path = actions.place(desk.user.name, name)
    with desk.site.catalogue.write() as writer:
        actions.bring(
            writer, stored, path, name, Status.DRAFT, by=desk.user.name, replaces=edition.id
        )


def replaced(desk: Desk) -> Response:
    """What came of the file of a form."""
    resource = resource_of(desk)
    edition_of(desk, resource)
    if desk.problems:
        error = desk.problems[0]
        name = str(error.values.get("file", ""))
        return _page(desk, resource, labels.refusal(error.reason, name, desk.interface))
    if not desk.stored:
        return _page(desk, resource, desk.interface.say("No file was chosen."))
    return done(files_of(resource.id), "replacing")


def bring_back(desk: Desk) -> Response:
    """Let a file that was there before be read again, and take the place."""
    resource = resource_of(desk)
    edition = edition_of(desk, resource)
    try:
        with desk.site.catalogue.write() as writer:
            edition_versions.bring_back(writer, edition.id, desk.one("sha256"), by=desk.user.name)
    except UsageError:
        problem = desk.interface.say("It is brought back already, or is no earlier version.")
        return _page(desk, resource, problem, 409)
    return done(files_of(resource.id), "back")


def languages(desk: Desk) -> Response:
    """Let the scans of an edition be read once more, in other languages."""
    resource = resource_of(desk)
    try:
        ask_languages(desk, edition_of(desk, resource).id)
    except UsageError:
        return _page(desk, resource, not_in_languages(desk))
    return done(files_of(resource.id), "scanned")


def _page(desk: Desk, resource: Resource, problem: str = "", status: int = 422) -> Response:
    say = desk.interface.say
    heading = say("Files")
    ids = [edition.id for edition in resource.editions if may_be_scan(edition)]
    with desk.site.catalogue.snapshot() as snapshot:
        aimed = {
            edition.id: snapshot.ask(edition_versions.aimed, edition)
            for edition in resource.editions
        }
        versions = {
            edition.id: snapshot.ask(edition_versions.versions, edition.id)
            for edition in resource.editions
        }
        came = {
            edition.id: snapshot.ask(edition_versions.came, edition)
            for edition in resource.editions
        }
        scans = snapshot.ask(rescans.with_scans, ids) - snapshot.ask(rescans.owed, ids)
        learnt = snapshot.ask(rescans.languages)
    made = FilesPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(resource.edition(desk.interface.language).title, work(resource.id)),
        look=files_of(resource.id),
        limit=say("Up to %(size)s for each file.", size=desk.interface.size(LARGEST)),
        sender=sender(desk),
        editions=tuple(
            _edition(
                desk,
                resource,
                edition,
                aimed[edition.id],
                tuple(_version(desk, version) for version in versions[edition.id]),
                came[edition.id],
                learnt if edition.id in scans else None,
            )
            for edition in resource.editions
        ),
    )
    return shown(desk, "staff/files.html", made, status if problem else 200)


def _edition(
    desk: Desk,
    resource: Resource,
    edition: Edition,
    aimed: list[Seen],
    versions: tuple[VersionRow, ...],
    came: tuple[object, str],
    learnt: tuple[str, ...] | None,
) -> EditionFiles:
    when, who = came
    address = f"{work(resource.id)}/{edition.id}"
    return EditionFiles(
        heading=own_name(edition.language) if edition.language else facts.format_name(edition),
        title=edition.title,
        language=edition.language,
        direction=direction(edition.language),
        name=edition.filename,
        facts=tuple(
            filter(
                None,
                (
                    moment(when, desk.interface) if when else "",  # type: ignore[arg-type]
                    who,
                    desk.interface.size(edition.bytes),
                ),
            )
        ),
        replace=f"{address}/replace",
        value=edition.id,
        coming=rows(desk, aimed),
        versions=versions,
        back=f"{address}/back",
        scan=scan_form(f"{address}/languages", learnt, edition.language)
        if learnt is not None
        else None,
    )


def _version(desk: Desk, version: edition_versions.Version) -> VersionRow:
    say = desk.interface.say
    until = say("until %(moment)s", moment=moment(version.until, desk.interface))
    by = say("replaced by %(name)s", name=version.by) if version.by else say("from a folder")
    return VersionRow(
        version.filename, (until, by, desk.interface.size(version.bytes)), version.sha256
    )


ROUTES = [
    at_desk(f"{SHELF}/{{id}}/files", get=page),
    at_desk(
        f"{SHELF}/{{id}}/{{edition}}/replace",
        post=replaced,
        takes=Files(keeper, LARGEST_UPLOAD),
    ),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/back", post=bring_back),
    at_desk(f"{SHELF}/{{id}}/{{edition}}/languages", post=languages),
]
