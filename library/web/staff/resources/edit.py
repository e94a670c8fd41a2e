"""Putting a resource right: each field with what the file said, was guessed, and staff say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.responses import Response

from library.catalogue.changes import history
from library.catalogue.resources import corrections
from library.catalogue.statistics import review_queue
from library.catalogue.statistics.review_queue import Work
from library.core.errors import Changed, UsageError
from library.core.resource import Edition, Resource, Statement
from library.metadata import decide
from library.metadata.staff_statements import CONCEPTS
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.changes.page import rows
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import QUEUE, SHELF, words_of, work
from library.web.staff.notices import saved
from library.web.staff.reindex import follow
from library.web.staff.resources import edit_form
from library.web.staff.resources.edit_fields import Rows, told
from library.web.staff.resources.edit_form import Field, Unknown
from library.web.staff.resources.edit_viewmodels import Group, WordsPage
from library.web.staff.resources.page import known_lists, resource_of
from library.web.viewmodels import Link

TAKE = "take"  # the name of the buttons that accept, refuse or use
NEXT = "next"  # the name of the one that saves and goes on
Statements = Mapping[str, Sequence[Statement]]


def page(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def save(desk: Desk) -> Response:
    """Keep what the form says, if nobody else has changed the same resource meanwhile."""
    resource, say = resource_of(desk), desk.interface.say
    written = desk.one("version")
    version = int(written) if written.isdecimal() and len(written) < 15 else -1
    if desk.one(TAKE):
        fields = _every(*edit_form.fields(resource, _statements(desk, resource)))
        desk = replace(desk, fields=edit_form.taken(desk.fields, fields, desk.one(TAKE)))
        return _page(desk, resource, version=version, again=True)
    order = _order(desk) if desk.one(NEXT) else []
    try:
        words = edit_form.words(
            desk.fields, resource, _statements(desk, resource), desk.site.vocabularies
        )
    except Unknown as wrong:
        return _page(desk, resource, _unknown(desk, wrong), 422, version, again=True)
    try:
        with desk.site.catalogue.write() as writer:
            corrections.correct(
                writer,
                resource.id,
                words,
                by=desk.user.name,
                decide=decide,
                languages=desk.site.settings.languages,
                version=version,
            )
    except Changed:
        problem = say(
            "Somebody else changed this meanwhile: see below what. Your own words are still here; "
            "look at both, and save once more."
        )
        return _page(desk, resource_of(desk), problem, 409, again=True)
    except UsageError as error:
        if error.code != corrections.SAME_LANGUAGE:  # it is somewhere else by now
            problem = say(
                "Somebody else changed this meanwhile: see below what. Your own words are still "
                "here; look at both, and save once more."
            )
            return _page(desk, resource_of(desk), problem, 409, again=True)
        problem = say("Two editions of one work cannot be in one language.")
        return _page(desk, resource, problem, 422, version, again=True)
    follow(desk, resource.id)
    if desk.one(NEXT):
        return done(_after(order, resource.id, _order(desk)), saved(resource.status))
    return done(words_of(resource.id), saved(resource.status))


def _order(desk: Desk) -> list[str]:
    """The resources that need a person, the worst first."""
    return [
        item.resource
        for item in desk.site.catalogue.ask(review_queue.queue)
        if isinstance(item, Work)
    ]


def _after(before: Sequence[str], resource: str, now: Sequence[str]) -> str:
    """The form of what comes next in the queue; the queue itself when nothing does."""
    place = before.index(resource) + 1 if resource in before else 0
    left = set(now) - {resource}
    following = next((waiting for waiting in (*before[place:], *now) if waiting in left), "")
    return words_of(following) if following else QUEUE


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
) -> Response:
    """again: what was just written is shown, and not what is kept."""
    statements = _statements(desk, resource)
    work_fields, edition_fields = edit_form.fields(resource, statements)
    with desk.site.catalogue.snapshot() as snapshot:
        last = snapshot.ask(history.last, resource.id)
        changes = snapshot.ask(history.entries, 3, subjects=[resource.id]) if status == 409 else []
    say = desk.interface.say
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    heading = say("Correct")
    where = {id(statement): edition for edition, group in statements.items() for statement in group}
    maker = Rows(desk, resource, where, again)
    made = WordsPage(
        frame=framed(desk, f"{heading} · {main.title}"),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(main.title or main.filename, work(resource.id)),
        action=words_of(resource.id),
        version=str(last if version is None else version),
        script=desk.site.pages.address("words.js"),
        told=told(desk),
        groups=(
            *(
                Group(
                    _named(edition), tuple(maker.row(field) for field in edition_fields[edition.id])
                )
                for edition in resource.editions
            ),
            Group(say("The work"), tuple(maker.row(field) for field in work_fields)),
        ),
        lists=known_lists(desk),
        changes=rows(desk, changes),
    )
    return shown(desk, "staff/words.html", made, status)


def _named(edition: Edition) -> str:
    language = own_name(edition.language) if edition.language else "?"
    return f"{language}: {edition.filename}"


ROUTES = [
    at_desk(f"{SHELF}/{{id}}/words", get=page, post=save),
]
