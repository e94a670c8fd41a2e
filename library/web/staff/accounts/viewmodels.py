"""In and out, and one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame, Option
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class SignInPage:
    frame: Frame
    desk: DeskFrame
    action: str
    to: str
    name: str
    first: str  # the command that makes the first account, while there is none


@dataclass(frozen=True, slots=True)
class SecondPage:
    """The second step at the door."""

    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    to: str
    ticket: str


@dataclass(frozen=True, slots=True)
class OwnSecondPage:
    """One's own second step while it is set up; then its recovery codes."""

    frame: Frame
    desk: DeskFrame
    heading: str
    begin: str
    secret: str
    picture: str
    codes: tuple[str, ...]
    back: Link


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
    second: str
    second_on: bool


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
    password: str  # the name of the account that may get a new one here; "" for one's own


@dataclass(frozen=True, slots=True)
class AccountsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    accounts: tuple[AccountRow, ...]
    name: str  # as it was just written
    roles: tuple[Option, ...]
    rule: str
