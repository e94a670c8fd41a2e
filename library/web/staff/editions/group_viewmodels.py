"""Resources that are to become one."""

from __future__ import annotations

from dataclasses import dataclass

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
