"""Fields of a form as they are shown: of what is believed, or of what was just written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from library.core.formats import PICTURED
from library.core.resource import Resource, Statement
from library.metadata.staff_statements import CONCEPTS
from library.vocabularies.durations import minutes_of
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff.desk import Desk
from library.web.staff.links import concepts_of, picture_of, sheet, words_of
from library.web.staff.resources import edit_form
from library.web.staff.resources.edit_form import Field
from library.web.staff.resources.edit_viewmodels import FieldRow, KeysTold, Said
from library.web.staff.resources.page import LISTED
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link

GUESSES = 3  # shown of each field
FEW = 12  # guessed concepts that are offered


def told(desk: Desk) -> KeysTold:
    say = desk.interface.say
    return KeysTold(
        keys=say(
            "With the keyboard, where no text is being written: j and k go to the next field and "
            "back, a confirms, c changes, r refuses, 1 to 3 use what was said, s saves, n saves "
            "and goes to the next document, p to the one before. Escape leaves what is being "
            "written."
        ),
        confirmed=say("Confirmed"),
        none=say("There is none"),
        leaving=say("What you wrote is not saved yet."),
        accepted=say("accepted"),
        refused=say("refused"),
        used=say("used"),
        nothing=say("Nothing has this name."),
    )


class Rows:
    """Makes rows of a form: of what is believed, or of what was just written and not saved."""

    def __init__(
        self,
        desk: Desk,
        resource: Resource,
        where: Mapping[int, str],
        again: bool,
        pressed: str = "",
    ) -> None:
        """again: what was just written is shown. pressed: the field of the button that did it."""
        self.desk = desk
        self.resource = resource
        self.where = where
        self.again = again
        self.pressed = pressed

    def row(self, field: Field, *, of: str = "", unfolded: bool = False) -> FieldRow:
        """of: the edition, where it has to be said."""
        name, interface = field.field, self.desk.interface
        values = field.believed
        ours = field.is_staffs
        # What was not touched shows what it is now, or the work of somebody else would be undone.
        mine = self.again and edit_form.touched(
            self.desk.fields, field, self.desk.site.vocabularies
        )
        if mine:
            values = self.desk.every(field.name)
            ours = bool(self.desk.one(f"{field.name}.ours"))
        anchor = f"at-{field.name}"
        row = FieldRow(
            name=field.name,
            label=labels.field(name, interface),
            of=of,
            unfolded=unfolded or mine or field.name == self.pressed,
            place=f"{words_of(self.resource.id)}#{anchor}",
            anchor=anchor,
            ours=ours,
            was=field.was,
            said=tuple(
                self.said(statement, field, number, values)
                for number, statement in enumerate(field.said[:GUESSES])
            ),
            theirs=self.theirs(field) if mine else None,
            refuse=f"{edit_form.REFUSE}:{field.name}" if name != "title" and any(values) else "",
        )
        best = field.said[0] if field.said else None
        page = next((piece.page for piece in best.evidence if piece.page), 0) if best else 0
        row = replace(
            row,
            now=interface.listed(
                labels.value(name, value, self.desk.visit) for value in values if value.strip()
            ),
            guess=self.guess(field.source, field.sure)
            if field.source and not (ours or mine)
            else "",
            sight=self.sight(best, page) if best and page else None,
        )
        return self._filled(row, field, values, mine)

    def sight(self, said: Statement, page: int) -> Link | None:
        """The page of an edition that a guess rests on, where pages can be drawn."""
        of = self.where.get(id(said), "")
        if not any(one.id == of and one.media_type in PICTURED for one in self.resource.editions):
            return None
        picture = picture_of(self.resource.id, of, page, whole=True)
        return Link(self.place(page), sheet(self.resource.id, of, page), hint=picture)

    def _filled(self, row: FieldRow, field: Field, values: tuple[str, ...], mine: bool) -> FieldRow:
        name, say = field.field, self.desk.interface.say
        if name in CONCEPTS and field.many:
            guessed = [
                value for statement in field.said for value in edit_form.values_of(statement.value)
            ]
            offered = dict.fromkeys((*field.believed, *values, *guessed[:FEW]))
            known = self.desk.site.vocabularies
            return replace(
                row,
                options=tuple(
                    Option(value, self.desk.visit.label(name, value), value in values)
                    for value in offered
                    if known.concept(name, value)
                ),
                ticks=True,
                adding=f"{field.name}.{edit_form.ADD}",
                adding_label=say("Add, divided by semicolons"),
                added=self.desk.one(f"{field.name}.{edit_form.ADD}") if mine else "",
                concepts=concepts_of(name),
                known=f"known-{name}" if len(known.offered(name)) <= LISTED else "",
            )
        value = values[0] if values else ""
        if name in CONCEPTS:
            return replace(row, options=self.choices(name, value))
        if name == "language":
            return replace(
                row,
                options=self.choices(name, value),
                adding=f"{field.name}.{edit_form.ADD}",
                adding_label=say("Or another language"),
                added=self.desk.one(f"{field.name}.{edit_form.ADD}") if mine else "",
                concepts=concepts_of(name),
            )
        if name == "authors":
            return replace(row, text="\n".join(values), hint=say("One on each line."))
        if name == "summary":
            return replace(row, text=value)
        if name == "date":
            return replace(row, line=value, hint="2019 · 2019-05 · 2019-05-15")
        if name == "duration":
            hint = self.desk.interface.say("45 minutes · 1:30 · 2 hours")
            return replace(row, line=value if mine else _written(value), hint=hint)
        return replace(row, line=value)

    def choices(self, name: str, value: str) -> tuple[Option, ...]:
        site = self.desk.site
        if name in CONCEPTS:
            offered = site.vocabularies.offered(name)
            every = tuple(dict.fromkeys((*offered, *filter(None, (value,)))))
            labels = {choice: self.desk.visit.label(name, choice) for choice in every}
        else:
            every = tuple(dict.fromkeys((*site.settings.languages, *filter(None, (value,)))))
            labels = {choice: own_name(choice) for choice in every}
        return (
            Option("", "–", not value),
            *(Option(choice, label, choice == value) for choice, label in labels.items()),
        )

    def said(self, statement: Statement, field: Field, number: int, shown: Sequence[str]) -> Said:
        """What somebody else said of a field, and where it stands. shown: what the form holds."""
        edition = self.where.get(id(statement), self.resource.editions[0].id)
        values = edit_form.values_of(statement.value)
        same = values == (tuple(shown) if field.field != "authors" else _lines(shown))
        shown_value = "; ".join(
            labels.value(statement.field, value, self.desk.visit) for value in values
        )
        return Said(
            who=self.guess(statement.source, statement.confidence),
            value=shown_value[:300],
            evidence=tuple(
                Link(
                    f"{self.place(piece.page)}: {piece.words[:160]}",
                    sheet(self.resource.id, edition, piece.page, piece.words) if piece.page else "",
                )
                for piece in statement.evidence[:2]
            ),
            use="" if same else f"{edit_form.USE}:{number}:{field.name}",
            key="" if same else str(number + 1),
            values=json.dumps(values),
        )

    def theirs(self, field: Field) -> Said | None:
        """What a field holds by now, where somebody else changed it meanwhile, too."""
        if not edit_form.both_changed(self.desk.fields, field):
            return None
        interface = self.desk.interface
        said = interface.listed(
            labels.value(field.field, value, self.desk.visit) for value in field.believed
        )
        return Said(
            who=interface.say("somebody else wrote"),
            value=said or interface.say("There is none"),
            evidence=(),
            use=f"{edit_form.THEIRS}:{field.name}",
            values=json.dumps(field.believed),
        )

    def guess(self, source: str, sure: float) -> str:
        """By whom something was said, and how sure it is."""
        say = self.desk.interface.say
        who = say("the file says") if source == "file" else say("guessed")
        return f"{who} · {self.desk.interface.number(round(sure * 100))} %"

    def place(self, number: int) -> str:
        say = self.desk.interface.say
        if not number:
            return say("in its own fields or name")
        return say("p. %(page)s", page=self.desk.interface.number(number))


def _written(duration: str) -> str:
    """A duration of ISO 8601 as one writes it in the form: 45, 1:30."""
    minutes = round(minutes_of(duration) or 0) if duration else 0
    hours, rest = divmod(minutes, 60)
    if not minutes or hours > 99:
        return duration
    return f"{hours}:{rest:02d}" if hours else str(rest)


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
