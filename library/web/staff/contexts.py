"""What each template of the staff desk may use: one frozen value per page, as for readers."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.blocks import Piece
from library.web.contexts import Frame, Link, Paging


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """What stands around every page of the desk, beside the site's own frame."""

    style: str
    ways: tuple[Link, ...]
    user: str  # who is signed in; "" at the door
    own: Link  # the page of one's own account
    sign_out: str
    token: str
    notice: str = ""  # what was just done
    problem: str = ""  # why it was not


@dataclass(frozen=True, slots=True)
class SignInPage:
    frame: Frame
    desk: DeskFrame
    action: str
    to: str
    name: str
    first: str  # the command that makes the first account, while there is none


@dataclass(frozen=True, slots=True)
class Kept:
    """A field of a form as it was sent."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AgainPage:
    """A form that came from a session that is over: nothing of it is lost."""

    frame: Frame
    desk: DeskFrame
    heading: str
    explanation: str
    action: str
    fields: tuple[Kept, ...]
    sign_in: Link | None


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


@dataclass(frozen=True, slots=True)
class Option:
    """One of several to choose from."""

    value: str
    label: str
    chosen: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A resource as one line of a list."""

    link: Link
    status: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    words: str
    statuses: tuple[Option, ...]
    count: str
    held: tuple[Held, ...]
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class StandingForm:
    """Who may see a resource: as it is, or as it was just written."""

    action: str
    version: str
    statuses: tuple[Option, ...]
    until: str
    reason: str
    successor: str
    review_by: str
    law_year: str


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    before: str
    after: str


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


@dataclass(frozen=True, slots=True)
class Said:
    """What the file said of a field, or what was guessed, and where it stands."""

    who: str
    value: str
    sure: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form; just one of `line`, `text` and `options` is not None."""

    name: str
    label: str
    ours: bool  # whether it is staff's word
    was: str
    said: tuple[Said, ...]
    line: str | None = None
    text: str | None = None
    hint: str = ""
    options: tuple[Option, ...] | None = None
    ticks: bool = False  # several options may be chosen
    adding: str = ""  # the name of the field in which more are named
    added: str = ""
    known: str = ""  # the id of the list of what may be named
    direction: str = "auto"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    heading: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class KnownList:
    """Labels that a field proposes while one types."""

    id: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    version: str
    groups: tuple[Group, ...]
    lists: tuple[KnownList, ...]
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The words of one page of an edition, whatever its status, with evidence marked."""

    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    language: str
    direction: str
    pieces: tuple[Piece, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    language: str
    direction: str
    status: str
    public: Link | None
    files: tuple[Link, ...]
    edit: Link
    standing: StandingForm
    changes: tuple[ChangeRow, ...]
    history: Link


@dataclass(frozen=True, slots=True)
class HistoryPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    changes: tuple[ChangeRow, ...]
    older: Link | None
    seal: str  # the hash of the newest entry


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A file that came in: where it stands, why, and what can be done."""

    name: str
    facts: tuple[str, ...]
    state: str
    why: str
    message: str  # as the worker said it, with the remedy
    work: Link | None
    again: str
    give_up: str


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    upload: str
    limit: str
    statuses: tuple[Option, ...]
    problems: tuple[str, ...]
    stored: tuple[str, ...]
    waiting: str
    look: str
    arrivals: tuple[ArrivalRow, ...]
    older: Link | None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A resource that needs a person; reasons: as they are sent, and as they are said."""

    id: str
    link: Link
    status: str
    file: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said of a pair."""

    verdict: str
    one: str
    other: str
    label: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two editions that look alike, and what may be said of them."""

    kind: str
    share: str
    first: Link
    second: Link
    facts: tuple[str, ...]
    pages: tuple[Link, ...]
    shared: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A resource or a pair."""

    work: WorkRow | None = None
    pair: PairRow | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    frame: Frame
    desk: DeskFrame
    heading: str
    count: str
    items: tuple[QueueItem, ...]
    pair: str
    leave: str
    previous: Link | None
    next: Link | None
