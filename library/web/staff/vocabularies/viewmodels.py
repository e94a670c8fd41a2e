"""Concept schemes, one concept, and searches that no concept answers."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import ChangeRow, DeskFrame, Option
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class SchemeRow:
    link: Link
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemesPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    schemes: tuple[SchemeRow, ...]
    searches: Link
    foreign: Link
    exchange: Link


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept in the list of its scheme. level: how deep it stands, from 0."""

    link: Link
    level: int
    facts: tuple[str, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class SchemePage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    about: str
    action: str
    words: str
    filters: tuple[Option, ...]
    new: Link | None
    missing: tuple[Link, ...]
    count: str
    concepts: tuple[ConceptRow, ...]


@dataclass(frozen=True, slots=True)
class LabelField:
    """One field of one language."""

    name: str
    label: str
    value: str
    line: bool  # one line, else one label on each line
    was: tuple[str, str]  # name and value of a hidden field: what it held


@dataclass(frozen=True, slots=True)
class LanguageFields:
    language: str
    direction: str
    name: str
    told: str  # the name shown, or that there is none
    open: bool
    fields: tuple[LabelField, ...]


@dataclass(frozen=True, slots=True)
class ConceptForm:
    action: str
    version: str
    id: str | None  # to be chosen, of a new one
    languages: tuple[LanguageFields, ...]
    broader: tuple[Option, ...]  # none: its place cannot be changed
    notation: str
    silent: bool
    touches: tuple[str, ...]
    was: tuple[tuple[str, str], ...]  # hidden fields: what the others held


@dataclass(frozen=True, slots=True)
class Reshaping:
    """To merge a concept, or retire it."""

    merge: str
    others: tuple[Option, ...]
    labels: bool
    told: tuple[str, ...]  # what a merge touches, before it is done
    seen: str  # the concept that was told of
    retire: str
    is_retired: bool


@dataclass(frozen=True, slots=True)
class ConceptPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    tag: str
    public: Link | None
    filed: str
    form: ConceptForm
    reshaping: Reshaping | None
    another: str  # where the form for another language is sent
    changes: tuple[ChangeRow, ...]
    history: Link | None


@dataclass(frozen=True, slots=True)
class MissedRow:
    words: str
    language: str
    direction: str
    site: str  # the language that the site was read in
    facts: tuple[str, ...]
    near: tuple[Link, ...]
    concept: str  # what the form begins with
    facets: tuple[Option, ...]
    languages: tuple[Option, ...]
    make: Link


@dataclass(frozen=True, slots=True)
class MissedPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    rows: tuple[MissedRow, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignRow:
    field: str  # of another library
    words: str
    facts: tuple[str, ...]
    waiting: bool  # nobody has said yet what it means
    facets: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ForeignPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    rows: tuple[ForeignRow, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file would change of one facet, or the files there are of it."""

    heading: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangePage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    files: tuple[Taken, ...]
    facets: tuple[Option, ...]
    taken: tuple[Taken, ...]
    held: str  # the file, to be taken after it was looked at
    name: str
    facet: str
    retire: str
