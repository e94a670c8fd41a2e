"""In and out, and one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame


@dataclass(frozen=True, slots=True)
class SignInPage:
    frame: Frame
    desk: DeskFrame
    action: str
    to: str
    name: str
    first: str  # the command that makes the first account, while there is none


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in."""

    id: str
    agent: str
    began: str
    seen: str
    here: str  # says that it is this one


@dataclass(frozen=True, slots=True)
class OwnPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    role: str
    sessions: tuple[SessionRow, ...]
    others: bool
    end: str
    password: str
    rule: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: str
    name: str
    role: str
    facts: tuple[str, ...]
    disable: bool  # whether it can be disabled here
    enable: bool
    change: str  # the role it can be given; "" for one's own
    change_label: str


@dataclass(frozen=True, slots=True)
class AccountsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    accounts: tuple[AccountRow, ...]
    command: str
