"""Fields of a form as they are shown: of what is believed, or of what was just written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from library.core.resource import Resource, Statement
from library.metadata.staff_statements import CONCEPTS
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff.desk import Desk
from library.web.staff.links import concepts_of, sheet, words_of
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
            "back, a accepts, c changes, r refuses, 1 to 3 use what was said, s saves. "
            "Escape leaves what is being written."
        ),
        accepted=say("accepted"),
        refused=say("refused"),
        used=say("used"),
        nothing=say("Nothing has this name."),
    )


class Rows:
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
            place=f"{words_of(self.resource.id)}#{anchor}",
            anchor=anchor,
            ours=ours,
            was=field.was,
            said=tuple(
                self.said(statement, field, number, values)
                for number, statement in enumerate(field.said[:GUESSES])
            ),
            accept="" if ours else f"{edit_form.ACCEPT}:{field.name}",
            refuse=f"{edit_form.REFUSE}:{field.name}" if name != "title" and any(values) else "",
        )
        return self._filled(row, field, values, mine)

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
        say, interface = self.desk.interface.say, self.desk.interface
        edition = self.where.get(id(statement), self.resource.editions[0].id)
        values = edit_form.values_of(statement.value)
        same = values == (tuple(shown) if field.field != "authors" else _lines(shown))
        shown_value = "; ".join(
            labels.value(statement.field, value, self.desk.visit) for value in values
        )
        return Said(
            who=say("the file says") if statement.source == "file" else say("guessed"),
            value=shown_value[:300],
            sure=f"{interface.number(round(statement.confidence * 100))} %",
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

    def place(self, number: int) -> str:
        say = self.desk.interface.say
        if not number:
            return say("in its own fields or name")
        return say("p. %(page)s", page=self.desk.interface.number(number))


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
