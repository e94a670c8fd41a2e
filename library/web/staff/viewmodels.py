"""What each template of the staff desk may use: one frozen value per page, as for readers.

What several rooms of the desk show stands here; what one room shows, in a module of its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """What stands around every page of the desk, beside the site's own frame."""

    style: str
    script: str
    ways: tuple[Link, ...]
    user: str  # who is signed in; "" at the door
    own: Link  # the page of one's own account
    sign_out: str
    token: str
    notice: str = ""  # what was just done
    problem: str = ""  # why it was not


@dataclass(frozen=True, slots=True)
class Option:
    """One of several to choose from."""

    value: str
    label: str
    chosen: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A room of the desk, as its front page leads there."""

    link: Link
    about: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    rooms: tuple[Way, ...]
    alarms: tuple[Link, ...]  # what is to be done now so that the library stays well


NOTHING = "–"  # what stands where something is not said


@dataclass(frozen=True, slots=True)
class Difference:
    """What was before and is after a change, of one thing."""

    name: str
    before: str
    after: str

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return self.before in ("", NOTHING)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: who, when, what, and the address that takes it back."""

    number: str
    when: str
    by: str
    what: str
    subject: Link
    differences: tuple[Difference, ...]
    note: str
    undo: str
