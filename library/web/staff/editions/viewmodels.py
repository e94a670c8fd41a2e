"""The files of a resource, and the picture of it."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.arrivals.viewmodels import ArrivalRow, ScanForm, Sender
from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A resource that would go into the whole, or stay as its address."""

    id: str
    seen: str
    link: Link
    status: str
    address: str
    editions: tuple[str, ...]
    stays: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    obstacles: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    able: bool  # whether it can be
    action: str
    back: Link


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A file that was there before."""

    name: str
    facts: tuple[str, ...]
    value: str  # its checksum


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """An edition: its file, what is to take its place, and what was there before."""

    heading: str
    title: str
    language: str
    direction: str
    name: str
    facts: tuple[str, ...]
    replace: str
    value: str  # its identifier
    coming: tuple[ArrivalRow, ...]
    versions: tuple[VersionRow, ...]
    back: str
    scan: ScanForm | None


@dataclass(frozen=True, slots=True)
class FilesPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    look: str  # this page anew
    limit: str
    sender: Sender
    editions: tuple[EditionFiles, ...]


@dataclass(frozen=True, slots=True)
class Thumb:
    """A page that may stand for a resource."""

    value: str
    label: str
    picture: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class EditionThumbs:
    heading: str
    language: str
    thumbs: tuple[Thumb, ...]
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class CoverPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    version: str
    none: bool  # whether there is no picture
    editions: tuple[EditionThumbs, ...]
