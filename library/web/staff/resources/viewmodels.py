"""Lists of resources, one resource, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.resources.edit_viewmodels import KnownList
from library.web.staff.viewmodels import ChangeRow, DeskFrame, Option
from library.web.viewmodels import Frame, Link, Paging


@dataclass(frozen=True, slots=True)
class Held:
    """A resource as one line of a list."""

    id: str
    link: Link
    status: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShelfField:
    """One way to narrow: a line of text, a day, or a choice."""

    name: str
    label: str
    kind: str
    value: str
    known: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    words: str
    texts: str  # words that are looked for in the texts themselves
    statuses: tuple[Option, ...]
    fields: tuple[ShelfField, ...]
    lists: tuple[KnownList, ...]
    narrowed: bool  # whether one of these fields is in use
    count: str
    held: tuple[Held, ...]
    many: str  # where what was chosen is changed
    search: str
    every: str
    downloads: tuple[Link, ...]
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status to choose, and what is asked beside it where it needs something; None: nothing."""

    value: str
    label: str
    about: str
    chosen: bool
    until: str | None = None
    successor: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StandingForm:
    """Who may see a resource: as it is, or as it was just written."""

    says: str  # what the present status means for readers
    publish: bool  # whether one press publishes it
    unfolded: bool  # whether the form is shown at once: something in it was not right
    action: str
    version: str
    statuses: tuple[StatusRow, ...]
    review_by: str
    law_year: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition, and the form that makes it a work of its own; "" where it is the only one."""

    id: str
    link: Link
    part: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A record of another library that came in as this work: all that stood there."""

    source: str  # the format, the archive, and when
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    unmatched: tuple[tuple[str, str], ...]  # field, value: what nothing here is known for


@dataclass(frozen=True, slots=True)
class WorkPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    language: str
    direction: str
    status: str
    public: Link | None
    files: tuple[EditionRow, ...]
    edit: Link
    collections: tuple[Link, ...]
    others: tuple[Option, ...]  # the collections it is not in
    collect: str
    collecting: str  # where collections are made
    series: Link | None
    more: tuple[Link, ...]  # its files, and its picture
    standing: StandingForm
    elsewhere: tuple[Elsewhere, ...]
    foreign: Link  # where it is said what words of other libraries mean
    changes: tuple[ChangeRow, ...]
    history: Link
