"""What was changed."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import ChangeRow, DeskFrame
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class HistoryPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    changes: tuple[ChangeRow, ...]
    older: Link | None
    seal: str  # the hash of the newest entry
