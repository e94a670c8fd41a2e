"""Putting a resource right: each field with what the file said, was guessed, and staff say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.resources import corrections
from library.catalogue.statistics import reader_reports, review_queue
from library.catalogue.statistics.review_queue import Reason, Work
from library.core.errors import Changed, UsageError
from library.core.resource import Resource, Statement
from library.metadata import decide
from library.metadata.staff_statements import CONCEPTS
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import QUEUE, SHELF, words_of
from library.web.staff.notices import saved
from library.web.staff.reindex import follow
from library.web.staff.resources import edit_form
from library.web.staff.resources.edit_beside import arranged, in_queue, sight
from library.web.staff.resources.edit_fields import Rows, told
from library.web.staff.resources.edit_form import Field, Unknown
from library.web.staff.resources.edit_viewmodels import WordsPage
from library.web.staff.resources.page import called, known_lists, resource_of, version_of
from library.web.staff.review_queue import entries

TAKE = "take"  # the name of the buttons that refuse or use
NEXT = "next"  # the name of those that save, and go on or back
RIGHT = "right"  # the name of the one that confirms all that is there, and goes on
STEPS = {"1": 1, "back": -1}
UNSURE = ("unsure title", "unsure date")  # answered by being confirmed
Statements = Mapping[str, Sequence[Statement]]


def page(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def save(desk: Desk) -> Response:
    """Keep what the form says, if nobody else has changed the same resource meanwhile."""
    resource, say = resource_of(desk), desk.interface.say
    statements = _statements(desk, resource)
    fields = _every(*edit_form.fields(resource, statements))
    if take := desk.one(TAKE):
        desk = replace(desk, fields=edit_form.taken(desk.fields, fields, take))
        pressed = take.rpartition(":")[2]
        return _page(desk, resource, version=version_of(desk), again=True, pressed=pressed)
    right, step = bool(desk.one(RIGHT)), STEPS.get(desk.one(NEXT), int(bool(desk.one(RIGHT))))
    order = _queue(desk) if step else None
    if right:
        desk = replace(desk, fields=edit_form.all_right(desk.fields, fields))
    try:
        words = edit_form.words(desk.fields, resource, statements, desk.site.vocabularies)
    except Unknown as wrong:
        version = version_of(desk)
        return _page(desk, resource, _unknown(desk, wrong), 422, version, True, queue=order)
    try:
        with desk.site.catalogue.write() as writer:
            changed = corrections.correct(
                writer,
                resource.id,
                words,
                by=desk.user.name,
                decide=decide,
                languages=desk.site.settings.languages,
                version=version_of(desk),
            )
            if right:
                left = [why for why in _reasons(order or (), resource.id) if why not in UNSURE]
                review_queue.leave(writer, resource.id, left, by=desk.user.name)
    except Changed:
        return _changed(desk, order)
    except UsageError as error:
        if error.code != corrections.SAME_LANGUAGE:  # it is somewhere else by now
            return _changed(desk, order)
        problem = say("Two editions of one work cannot be in one language.")
        return _page(desk, resource, problem, 422, version_of(desk), True, queue=order)
    if changed:
        follow(desk, resource.id)
    twice = not changed and version_of(desk) != desk.site.catalogue.ask(history.last, resource.id)
    what = (
        "left"
        if right and not changed
        else "same"
        if not (changed or twice)
        else saved(resource.status)
    )
    following = entries.beside(order or (), resource.id, step) if step else resource.id
    return done(words_of(following) if following else QUEUE, what)


def _changed(desk: Desk, order: Sequence[Work] | None) -> Response:
    """Somebody was quicker: what they did, and what was just written, to be looked at."""
    problem = desk.interface.say(
        "Somebody else changed this meanwhile: see below what. Your own words are still here; "
        "look at both, and save once more."
    )
    return _page(desk, resource_of(desk), problem, 409, again=True, queue=order)


def _queue(desk: Desk) -> list[Work]:
    """The resources that need a person, the worst first."""
    return entries.works(desk.site.catalogue.ask(review_queue.queue))


def _reasons(order: Sequence[Work], resource: str) -> tuple[Reason, ...]:
    return next((entry.reasons for entry in order if entry.resource == resource), ())


def _statements(desk: Desk, resource: Resource) -> Statements:
    """What was said, merged concepts as those that they went into."""
    known = desk.site.vocabularies

    def now(statement: Statement) -> Statement:
        if statement.field not in CONCEPTS:
            return statement
        if isinstance(statement.value, str):
            return replace(statement, value=known.current(statement.field, statement.value))
        ids = (known.current(statement.field, id_) for id_ in statement.value)
        return replace(statement, value=tuple(dict.fromkeys(ids)))

    return {
        edition.id: [now(statement) for statement in desk.site.catalogue.statements(edition.id)]
        for edition in resource.editions
    }


def _unknown(desk: Desk, wrong: Unknown) -> str:
    say = desk.interface.say
    field = labels.field(wrong.field, desk.interface)
    if not wrong.written:
        return say("A title cannot be empty.")
    if wrong.field == "date":
        return say("“%(value)s” is not a date: write 2019, 2019-05 or 2019-05-15.",
                   value=wrong.written)  # fmt: skip
    return say("“%(value)s” is not known under “%(field)s”: nothing was saved.",
               value=wrong.written, field=field)  # fmt: skip


def _every(work: Sequence[Field], editions: Mapping[str, Sequence[Field]]) -> list[Field]:
    return [*work, *(field for fields in editions.values() for field in fields)]


def _page(
    desk: Desk,
    resource: Resource,
    problem: str = "",
    status: int = 200,
    version: int | None = None,
    again: bool = False,
    *,
    pressed: str = "",
    queue: Sequence[Work] | None = None,
) -> Response:
    """again: what was just written is shown, and not what is kept. queue: where it is known."""
    statements = _statements(desk, resource)
    work_fields, edition_fields = edit_form.fields(resource, statements)
    with desk.site.catalogue.snapshot() as snapshot:
        last = snapshot.ask(history.last, resource.id)
        changes = snapshot.ask(history.entries, 3, subjects=[resource.id]) if status == 409 else []
        reports = snapshot.ask(reader_reports.of, [resource.id]).get(resource.id, ())
    order = _queue(desk) if queue is None else queue
    reasons = _reasons(order, resource.id)
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    heading = desk.interface.say("Correct")
    where = {id(statement): edition for edition, group in statements.items() for statement in group}
    maker = Rows(desk, resource, where, again, pressed)
    groups, empty = arranged(desk, resource, maker, work_fields, edition_fields, reasons)
    made = WordsPage(
        frame=framed(desk, f"{heading} · {main.title}"),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        file=main.filename,
        status=labels.status(resource.status, desk.interface),
        back=called(desk, resource),
        action=words_of(resource.id),
        version=str(last if version is None else version),
        script=desk.site.pages.address("words.js"),
        told=told(desk),
        groups=groups,
        empty=empty,
        empty_line=desk.interface.listed(row.label for row in empty),
        queue=in_queue(desk, resource, order, reasons, reports),
        sight=sight(desk, resource, [row for group in groups for row in group.fields]),
        lists=known_lists(desk),
        changes=rows(desk, changes),
    )
    return shown(desk, "staff/words.html", made, status)


ROUTES = [
    at_desk(f"{SHELF}/{{id}}/words", get=page, post=save),
]
