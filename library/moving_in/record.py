"""What every reader gives of a work: values, files, identifiers, and all that stood there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 20_000  # characters of one value
MANY = 500  # values of one field, fields, files
SAID = 4_000_000  # characters of all values of a record
BODY = 2_000_000  # characters of a text that is the work itself

Values = Mapping[str, tuple[str, ...]]
"""By field: for `values` the words of Dublin Core, for `raw` those of the other system."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a record: where it lies below the archive, or its address."""

    place: str
    title: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One work as the other system has it."""

    number: int  # its row, counted from 1
    identifiers: tuple[str, ...] = ()  # each as `system:identifier`, the surest first
    values: Values = field(default_factory=dict)
    files: tuple[Attached, ...] = ()
    raw: Values = field(default_factory=dict)
    body: str = ""  # HTML, where the record is a text itself
    draft: bool = False
    collections: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return next(iter(self.values.get("title", ())), "")

    def json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "identifiers": self.identifiers,
            "values": self.values,
            "files": [[one.place, one.title, one.media_type] for one in self.files],
            "raw": self.raw,
            "body": self.body,
            "draft": self.draft,
            "collections": self.collections,
        }


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be read, and what its reader says."""

    number: int
    detail: str

    def json(self) -> dict[str, Any]:
        return {"number": self.number, "detail": self.detail}


def unpacked(said: Any) -> Record | Unread:
    """What a child said of a row. Raises ValueError, TypeError or KeyError for nonsense."""
    if "detail" in said:
        return Unread(_number(said), _text(said["detail"])[:500])
    return Record(
        _number(said),
        tuple(map(_text, said["identifiers"]))[:MANY],
        _values(said["values"]),
        tuple(Attached(*map(_text, one)) for one in said["files"][:MANY]),
        _values(said["raw"]),
        _text(said["body"], BODY),
        bool(said["draft"]),
        tuple(map(_text, said["collections"]))[:MANY],
    )


class Builder:
    """A record that is being put together: each value in their word and in that of Dublin Core."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.identifiers: list[str] = []
        self.files: list[Attached] = []
        self._places: set[str] = set()  # of the files
        self._room = SAID
        self.collections: list[str] = []
        self.body = ""
        self.draft = False
        self._numbers: list[str] = []
        self._values: dict[str, list[str]] = {}
        self._raw: dict[str, list[str]] = {}

    def add(self, theirs: str, value: object, ours: str = "") -> None:
        """Note a value of a field of theirs; ours: its name in Dublin Core, where it has one."""
        text = _line(value)
        self._room -= len(text)
        if not text or self._room < 0:
            return
        _append(self._raw, theirs, text)
        if ours:
            _append(self._values, ours, text)

    def mean(self, ours: str, value: str) -> None:
        """Note what a value of theirs means in Dublin Core, where that is said otherwise."""
        self._room -= len(value)
        if value and self._room >= 0:
            _append(self._values, ours, value)

    def add_all(self, theirs: str, values: Iterable[object], ours: str = "") -> None:
        for value in values:
            self.add(theirs, value, ours)

    def identify(self, system: str, value: object) -> None:
        text = _line(value or "")
        if not text or len(self.identifiers) >= MANY:
            return
        if (name := f"{system}:{text}") not in self.identifiers:
            self.identifiers.append(name)

    def number_as(self, system: str, value: object) -> None:
        """An identifier that only its own list knows: it tells a work together with its title."""
        if (text := _line(value or "")) and len(self._numbers) < MANY:
            self._numbers.append(f"{system}:{text}")

    def attach(self, place: str, title: str = "", media_type: str = "") -> None:
        one = Attached(place.strip()[:LONGEST], title.strip()[:500], media_type.strip()[:200])
        if one.place and one.place not in self._places and len(self.files) < MANY:
            self._places.add(one.place)
            self.files.append(one)

    def shelve(self, titles: Iterable[str]) -> None:
        """Note the collections it stands in."""
        for title in titles:
            if len(self.collections) < MANY and (text := _line(title)):
                self.collections.append(text)

    def has(self, name: str) -> bool:
        return name in self._values

    def record(self) -> Record:
        title = next(iter(self._values.get("title", [])), "")
        numbered = [f"{name}/{title}"[:LONGEST] for name in self._numbers]
        return Record(
            self.number,
            tuple([*self.identifiers, *numbered][:MANY]),
            {name: tuple(values) for name, values in self._values.items()},
            tuple(self.files[:MANY]),
            {name: tuple(values) for name, values in self._raw.items()},
            self.body[:BODY],
            self.draft,
            tuple(self.collections[:MANY]),
        )


def _line(value: object) -> str:
    """A value on one line; longer ones are cut before anything else is done to them."""
    return " ".join(str(value if value is not None else "")[: 2 * LONGEST].split())[:LONGEST]


def _append(held: dict[str, list[str]], name: str, text: str) -> None:
    if name not in held and len(held) >= MANY:
        return
    values = held.setdefault(name, [])
    if text not in values and len(values) < MANY:
        values.append(text)


def _number(said: Any) -> int:
    if not isinstance(said["number"], int):
        raise TypeError("number")
    return said["number"]


def _text(value: Any, most: int = LONGEST) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value.encode("utf-8", "replace").decode()[:most]


def _values(said: Any) -> Values:
    return {
        _text(name, 200): tuple(map(_text, values))[:MANY]
        for name, values in list(said.items())[:MANY]
    }
