"""Putting a resource right: each field with what the file said, was guessed, and staff say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.fields import FACETS
from library.catalogue import correcting, history
from library.errors import Changed, UsageError
from library.metadata import decide
from library.metadata.staff import CONCEPTS
from library.resource import Edition, Resource, Statement
from library.web.blocks import pieces
from library.web.contexts import Link
from library.web.i18n import direction, own_name
from library.web.staff import editing, wording
from library.web.staff.changes import rows
from library.web.staff.contexts import Option
from library.web.staff.contexts.words import FieldRow, Group, KnownList, Said, SheetPage, WordsPage
from library.web.staff.desk import Desk, done
from library.web.staff.editing import Field, Unknown
from library.web.staff.following import follow
from library.web.staff.frames import desk_frame, framed, sheet, shown, words_of, work
from library.web.staff.shelf import resource_of

LISTED = 400  # a scheme with more concepts than this is not sent as a list
GUESSES = 3  # shown of each field
FEW = 12  # a field of one value out of no more than this many is a choice
Statements = Mapping[str, Sequence[Statement]]


def page(desk: Desk) -> Response:
    return _page(desk, resource_of(desk))


def save(desk: Desk) -> Response:
    """Keep what the form says, if nobody else has changed the same resource meanwhile."""
    resource, say = resource_of(desk), desk.interface.say
    written = desk.one("version")
    version = int(written) if written.isdecimal() and len(written) < 15 else -1
    try:
        words = editing.words(
            desk.fields, resource, _statements(desk, resource), desk.site.vocabularies
        )
    except Unknown as wrong:
        return _page(desk, resource, _unknown(desk, wrong), 422, version)
    try:
        with desk.site.catalogue.write() as writer:
            correcting.correct(
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
        return _page(desk, resource_of(desk), problem, 409)
    except UsageError:
        problem = say("Two editions of one work cannot be in one language.")
        return _page(desk, resource, problem, 422, version)
    follow(desk, resource.id)
    return done(words_of(resource.id), "saved")


def sheet_page(desk: Desk) -> Response:
    """The words of one page, with what was taken as evidence marked."""
    resource = resource_of(desk)
    found = [one for one in resource.editions if one.id == desk.request.path_params["edition"]]
    number = desk.request.path_params["page"]
    if not found or not 1 <= number <= max(1, found[0].pages):
        raise HTTPException(404)
    edition = found[0]
    held = desk.site.catalogue.page(edition.id, number)
    text = held.text if held else ""
    sought = " ".join(desk.request.query_params.get("q", "").split())
    at = text.casefold().find(sought.casefold()) if sought else -1
    spans = [(at, at + len(sought))] if at >= 0 else []
    language = (held.language if held else "") or edition.language
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


def _statements(desk: Desk, resource: Resource) -> Statements:
    """What was said, merged concepts as those that they went into."""
    known = desk.site.vocabularies

    def now(one: Statement) -> Statement:
        if one.field not in CONCEPTS:
            return one
        if isinstance(one.value, str):
            return replace(one, value=known.current(one.field, one.value))
        ids = (known.current(one.field, id_) for id_ in one.value)
        return replace(one, value=tuple(dict.fromkeys(ids)))

    return {
        edition.id: [now(one) for one in desk.site.catalogue.statements(edition.id)]
        for edition in resource.editions
    }


def _unknown(desk: Desk, wrong: Unknown) -> str:
    say = desk.interface.say
    field = wording.field(wrong.field, desk.interface)
    if not wrong.written:
        return say("A title cannot be empty.")
    if wrong.field == "date":
        return say("“%(value)s” is not a date: write 2019, 2019-05 or 2019-05-15.",
                   value=wrong.written)  # fmt: skip
    return say("“%(value)s” is not known under “%(field)s”: nothing was saved.",
               value=wrong.written, field=field)  # fmt: skip


def _page(
    desk: Desk, resource: Resource, problem: str = "", status: int = 200, version: int | None = None
) -> Response:
    statements = _statements(desk, resource)
    work_fields, edition_fields = editing.fields(resource, statements)
    with desk.site.catalogue.read() as conn:
        last = history.last(conn, resource.id)
        changes = history.entries(conn, 3, subjects=[resource.id]) if status == 409 else []
    say = desk.interface.say
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    heading = say("Put right")
    where = {id(one): edition for edition, held in statements.items() for one in held}
    maker = _Rows(desk, resource, where, bool(problem))
    made = WordsPage(
        frame=framed(desk, f"{heading} · {main.title}"),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        back=Link(main.title or main.filename, work(resource.id)),
        action=words_of(resource.id),
        version=str(last if version is None else version),
        groups=(
            *(
                Group(_named(one), tuple(maker.row(field) for field in edition_fields[one.id]))
                for one in resource.editions
            ),
            Group(say("The work"), tuple(maker.row(field) for field in work_fields)),
        ),
        lists=_lists(desk),
        changes=rows(desk, changes),
    )
    return shown(desk, "staff/words.html", made, status)


def _named(edition: Edition) -> str:
    language = own_name(edition.language) if edition.language else "?"
    return f"{language}: {edition.filename}"


def _lists(desk: Desk) -> tuple[KnownList, ...]:
    """The concepts of each facet of many values, in the language of whoever writes."""
    vocabularies = desk.site.vocabularies
    return tuple(
        KnownList(
            f"known-{facet.name}",
            tuple(desk.visit.label(facet.name, one) for one in vocabularies.offered(facet.name)),
        )
        for facet in FACETS
        if facet.name in CONCEPTS and facet.name != "kind"
        if len(vocabularies.offered(facet.name)) <= LISTED
    )


class _Rows:
    """Makes rows of a form: of what is believed, or of what was just written and not saved."""

    def __init__(
        self, desk: Desk, resource: Resource, where: Mapping[int, str], again: bool
    ) -> None:
        self.desk = desk
        self.resource = resource
        self.where = where
        self.again = again

    def row(self, field: Field) -> FieldRow:
        name, interface = field.field, self.desk.interface
        values = field.believed
        ours = field.is_staffs
        # What was not touched shows what it is now, or the work of somebody else would be undone.
        mine = self.again and editing.touched(self.desk.fields, field, self.desk.site.vocabularies)
        if mine:
            values = self.desk.every(field.name)
            ours = bool(self.desk.one(f"{field.name}.ours"))
        label = wording.field(name, interface)
        said = tuple(self.said(one) for one in field.said[:GUESSES])
        row = FieldRow(field.name, label, ours, field.was, said)
        return self._filled(row, field, values, mine)

    def _filled(self, row: FieldRow, field: Field, values: tuple[str, ...], mine: bool) -> FieldRow:
        name, say = field.field, self.desk.interface.say
        if name in CONCEPTS and field.many:
            guessed = [value for one in field.said for value in editing.values_of(one.value)]
            offered = dict.fromkeys((*field.believed, *values, *guessed[:FEW]))
            known = self.desk.site.vocabularies
            return replace(
                row,
                options=tuple(
                    Option(one, self.desk.visit.label(name, one), one in values)
                    for one in offered
                    if known.concept(name, one)
                ),
                ticks=True,
                adding=f"{field.name}.add",
                added=self.desk.one(f"{field.name}.add") if mine else "",
                known=f"known-{name}" if len(known.offered(name)) <= LISTED else "",
            )
        value = values[0] if values else ""
        if name in ("kind", "language"):
            return replace(row, options=self.choices(name, value))
        if name == "authors":
            return replace(row, text="\n".join(values), hint=say("One on each line."))
        if name == "summary":
            return replace(row, text=value)
        if name == "date":
            return replace(row, line=value, hint="2019 · 2019-05 · 2019-05-15")
        return replace(row, line=value)

    def choices(self, name: str, value: str) -> tuple[Option, ...]:
        site = self.desk.site
        if name == "kind":
            offered = site.vocabularies.offered("kind")
            every = tuple(dict.fromkeys((*offered, *filter(None, (value,)))))
            labels = {one: self.desk.visit.label("kind", one) for one in every}
        else:
            every = tuple(dict.fromkeys((*site.settings.languages, *filter(None, (value,)))))
            labels = {one: own_name(one) for one in every}
        return (
            Option("", "–", not value),
            *(Option(one, label, one == value) for one, label in labels.items()),
        )

    def said(self, one: Statement) -> Said:
        """What somebody else said of a field, and where it stands."""
        say, interface = self.desk.interface.say, self.desk.interface
        edition = self.where.get(id(one), self.resource.editions[0].id)
        shown_value = "; ".join(
            wording.value(one.field, value, self.desk.visit)
            for value in editing.values_of(one.value)
        )
        return Said(
            who=say("the file says") if one.source == "file" else say("guessed"),
            value=shown_value[:300],
            sure=f"{interface.number(round(one.confidence * 100))} %",
            evidence=tuple(
                Link(
                    f"{self.place(piece.page)}: {piece.words[:160]}",
                    sheet(self.resource.id, edition, piece.page, piece.words) if piece.page else "",
                )
                for piece in one.evidence[:2]
            ),
        )

    def place(self, number: int) -> str:
        say = self.desk.interface.say
        if not number:
            return say("in its own fields or name")
        return say("p. %(page)s", page=self.desk.interface.number(number))
