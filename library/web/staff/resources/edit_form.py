"""The form that puts a resource right: what each field holds, who said what, and what is written.

A field is staff's word when it is marked so, or when something else is written than was there. An
empty one that is staff's word refuses what was guessed; one that is not lets the guess count.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from library.catalogue.resources import corrections
from library.catalogue.resources.corrections import OF_EDITION, OF_RESOURCE, Word
from library.core.errors import InputError
from library.core.resource import Resource, Statement
from library.metadata import decide
from library.metadata.staff_statements import CONCEPTS, DIVIDERS, MANY, staff, under
from library.vocabularies import Vocabularies

WORK = "work"  # stands in names of fields for what is true of the whole resource
JOINED = "\x1f"  # between several values in one hidden field
ADD = "add"  # after the name of a field: what is to be added to it, in words
OURS = "ours"  # after the name of a field: whether it is staff's word
REFUSE, USE, THEIRS = "refuse", "use", "theirs"
UNSURE = 0.5  # a guess that is believed, and less sure than this, is looked at first
MISSING: Mapping[str, str] = {"title": "no title", "language": "no language", "topic": "no topic"}
"""Why a resource needs a person where one of these fields is empty."""
WRONG: Mapping[str, str] = {"source_url": "broken source"}
"""And where one of these holds something, whoever said it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what is believed now, by whom, and what everybody said."""

    name: str  # `EDITION.title`, or `work.topic`
    field: str
    believed: tuple[str, ...]
    is_staffs: bool
    said: tuple[Statement, ...]  # by the file and by guessing, the surest first
    source: str = ""  # of what is believed
    sure: float = 0.0

    @property
    def many(self) -> bool:
        return self.field in MANY

    def needs_look(self, reasons: Collection[str]) -> bool:
        """Whether a person has to look at it first. reasons: why the resource needs one."""
        if self.believed and WRONG.get(self.field) in reasons:
            return True
        if self.is_staffs:
            return False
        return self.sure < UNSURE if self.believed else MISSING.get(self.field) in reasons

    @property
    def was(self) -> str:
        """What is believed and by whom, in one hidden field: to tell what was written since."""
        believed = (" ".join(value.split()) for value in self.believed)
        return JOINED.join(("staff" if self.is_staffs else "guess", *believed))


class Unknown(Exception):
    """Something was written that makes no sense in its field."""

    def __init__(self, field: str, written: str) -> None:
        super().__init__(f"{field}: {written}")
        self.field = field
        self.written = written


def fields(
    resource: Resource, statements: Mapping[str, Sequence[Statement]]
) -> tuple[tuple[Field, ...], dict[str, tuple[Field, ...]]]:
    """The fields of a resource, and those of each of its editions. statements: by edition."""
    every = [statement for edition in resource.editions for statement in statements[edition.id]]
    work = tuple(_field(WORK, name, every, "") for name in OF_RESOURCE)
    editions = {
        edition.id: tuple(
            _field(
                edition.id, name, statements[edition.id], edition.title if name == "title" else ""
            )
            for name in OF_EDITION
        )
        for edition in resource.editions
    }
    return work, editions


def _field(owner: str, name: str, every: Sequence[Statement], otherwise: str) -> Field:
    mine = [statement for statement in every if statement.field == name]
    best = decide(mine).get(name)
    value = best.value if best else otherwise
    others = sorted(
        (statement for statement in mine if statement.source != "staff" and statement.value),
        key=lambda statement: -statement.confidence,
    )
    return Field(
        name=f"{owner}.{name}",
        field=name,
        believed=values_of(value),
        is_staffs=any(statement.source == "staff" for statement in mine),
        said=tuple(others),
        source=best.source if best else "",
        sure=best.confidence if best else 0.0,
    )


def values_of(word: Word) -> tuple[str, ...]:
    if isinstance(word, tuple):
        return word
    return (word,) if word else ()


def written(
    sent: Mapping[str, tuple[str, ...]], field: Field, vocabularies: Vocabularies
) -> tuple[str, ...]:
    """What a form says a field holds, checked. Raises Unknown.

    Concepts come as ticked identifiers, and what is to be added as any of their labels.
    """
    texts = [text for text in sent.get(field.name, ()) if text.strip()]
    if field.field == "authors":
        texts = [line for text in texts for line in text.splitlines() if line.strip()]
    elif field.field in CONCEPTS and field.many:
        added = sent.get(f"{field.name}.{ADD}", ("",))[0]
        texts += [part for part in DIVIDERS.split(added) if part.strip()]
    elif field.field == "language":
        added = sent.get(f"{field.name}.{ADD}", ("",))[0]
        texts = [added] if added.strip() else texts
    values: list[str] = []
    for text in texts:
        try:
            [statement] = staff({field.field: [text] if field.many else text}, vocabularies)
        except (InputError, ValueError):
            raise Unknown(field.field, text.strip()[:100]) from None
        values += values_of(statement.value)
    return tuple(dict.fromkeys(values))


def taken(
    sent: Mapping[str, tuple[str, ...]], fields: Sequence[Field], take: str
) -> dict[str, tuple[str, ...]]:
    """A form after one press: `refuse:FIELD`, `use:N:FIELD`, the Nth (from 0) of what was said of
    it, or `theirs:FIELD`, what it holds by now. Nothing is kept by it. An unknown one changes
    nothing.
    """
    what, _, name = take.partition(":")
    number = ""
    if what == USE:
        number, _, name = name.partition(":")
    field = next((field for field in fields if field.name == name), None)
    new = dict(sent)
    if field is None or (what == REFUSE and field.field == "title"):
        return new
    if what == USE:
        if not (number.isdecimal() and len(number) < 4 and int(number) < len(field.said)):
            return new
        values = values_of(field.said[int(number)].value)
        new[name] = ("\n".join(values),) if field.field == "authors" else values
    elif what == THEIRS:
        new[name] = ("\n".join(field.believed),) if field.field == "authors" else field.believed
    elif what == REFUSE:
        new.pop(name, None)
    else:
        return new
    new.pop(f"{name}.{ADD}", None)
    new[f"{name}.{OURS}"] = ("1",)
    return new


def both_changed(sent: Mapping[str, tuple[str, ...]], field: Field) -> bool:
    """Whether a field holds something else by now than when the form was made."""
    return f"{field.name}.was" in sent and sent[f"{field.name}.was"][0] != field.was


def all_right(
    sent: Mapping[str, tuple[str, ...]], fields: Sequence[Field]
) -> dict[str, tuple[str, ...]]:
    """A form in which all that it holds is staff's word; what is empty stays as it was."""
    new = dict(sent)
    for field in fields:
        written = (*sent.get(field.name, ()), *sent.get(f"{field.name}.{ADD}", ()))
        if any(text.strip() for text in written):
            new[f"{field.name}.{OURS}"] = ("1",)
    return new


def word_of(sent: Mapping[str, tuple[str, ...]], field: Field, values: tuple[str, ...]) -> Word:
    """What staff say of a field by a form: a value, an empty one, or nothing."""
    staffs = bool(sent.get(f"{field.name}.{OURS}"))
    if not staffs and values == _before(sent, field)[1:]:
        return None
    if field.many:
        return values
    return values[0] if values else ""


def touched(sent: Mapping[str, tuple[str, ...]], field: Field, vocabularies: Vocabularies) -> bool:
    """Whether whoever sent a form has changed a field of it."""
    whose, *before = _before(sent, field)
    if bool(sent.get(f"{field.name}.{OURS}")) is not (whose == "staff"):
        return True
    try:
        return written(sent, field, vocabularies) != tuple(before)
    except Unknown:
        return True


def _before(sent: Mapping[str, tuple[str, ...]], field: Field) -> tuple[str, ...]:
    """Whose word a field was when the form was made, and what it held."""
    return tuple(sent.get(f"{field.name}.was", ("guess",))[0].split(JOINED))


def words(
    sent: Mapping[str, tuple[str, ...]],
    resource: Resource,
    statements: Mapping[str, Sequence[Statement]],
    vocabularies: Vocabularies,
) -> corrections.Words:
    """Staff's words by a whole form. Raises Unknown.

    What is true of the work is said of its first edition, and of no other.
    """
    work, editions = fields(resource, statements)
    words_of: dict[str, dict[str, Word]] = {edition.id: {} for edition in resource.editions}
    first, *others = (edition.id for edition in resource.editions)
    for field in work:
        words_of[first][field.field] = word_of(sent, field, written(sent, field, vocabularies))
        for other in others:
            words_of[other][field.field] = None
    duration = words_of[first]["duration"]
    if isinstance(duration, str) and duration and words_of[first]["time"] is None:
        words_of[first]["time"] = under(duration, vocabularies)
    for id_, fields_of in editions.items():
        for field in fields_of:
            values = written(sent, field, vocabularies)
            if field.field == "title" and not values:
                raise Unknown("title", "")
            words_of[id_][field.field] = word_of(sent, field, values)
    return words_of
