"""The parts of a library that can be well or not, and from when on each needs a person.

`well`: nothing is to be done. `look`: something is to be looked at, one of these days. `act`: what
is there may be lost, or readers are not served, unless somebody does something now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from library.catalogue.queue.backlog import Backlog
from library.catalogue.statistics.latency import Shape
from library.catalogue.statistics.latency import Speed as Quantiles
from library.catalogue.upkeep.fixity import ROUND, Damage
from library.catalogue.upkeep.log import Done
from library.core.messages import Message
from library.operations.supervisor import OFTEN, Supervised

State = Literal["well", "look", "act"]

GIGABYTE = 1_000_000_000
LITTLE, SCARCE = 5 * GIGABYTE, GIGABYTE  # bytes free
SOON, VERY_SOON = 90, 14  # days until the disk is full
PATIENCE = timedelta(minutes=15)  # that what is owed may wait for a worker
LONG = timedelta(days=1)  # that a file may wait to be read
STALE, OLD = timedelta(days=7), timedelta(days=30)  # of a backup, where there is something newer
YOUNG = timedelta(days=7)  # a library that has had no time for a first backup
DRILL = timedelta(days=400)  # a backup is tried out once a year
CHAIN = timedelta(days=8)
SLOW, VERY_SLOW = 1000.0, 4000.0  # milliseconds in which 95 of 100 searches are answered
FEW = 20  # searches that tell nothing yet


def worst(states: Iterable[State]) -> State:
    order: tuple[State, ...] = ("well", "look", "act")
    return max(states, key=order.index, default="well")


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: free, and used by each part of the home folder."""

    total: int
    free: int
    originals: int
    index: int
    database: int
    pictures: int
    per_day: float | None  # growth; None while too little is known

    @property
    def days(self) -> int | None:
        """Until it is full, if it goes on so; None while that is not known, or never."""
        return int(self.free / self.per_day) if self.per_day and self.per_day >= 1 else None

    @property
    def state(self) -> State:
        days = self.days
        room = 2 * self.index  # an index is built anew beside the old one
        if self.free < max(SCARCE, self.index) or (days is not None and days < VERY_SOON):
            return "act"
        return "look" if self.free < max(LITTLE, room) or (days or SOON) < SOON else "well"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, and whether anybody is there to do it."""

    backlogs: tuple[Backlog, ...]
    workers: int
    scans: bool  # whether scans can be read here
    now: datetime
    beside: Supervised | None = None  # the worker that the site brings, where it brings one

    @property
    def waiting(self) -> int:
        return sum(
            backlog.waiting for backlog in self.backlogs if backlog.kind != "ocr" or self.scans
        )

    @property
    def stuck(self) -> int:
        return sum(backlog.stuck for backlog in self.backlogs)

    @property
    def unread(self) -> int:
        """Scans that wait for a program that is not installed."""
        return (
            0
            if self.scans
            else sum(backlog.waiting for backlog in self.backlogs if backlog.kind == "ocr")
        )

    @property
    def oldest(self) -> datetime | None:
        """Since when anything waits; of scans nobody expects it to be soon."""
        oldest = (
            backlog.oldest for backlog in self.backlogs if backlog.oldest and backlog.kind != "ocr"
        )
        return min(oldest, default=None)

    @property
    def fails(self) -> bool:
        """Whether the worker beside the site ends again and again."""
        return self.beside is not None and self.beside.failing >= OFTEN

    @property
    def state(self) -> State:
        if self.fails:
            return "act"
        waits = self.now - self.oldest if self.oldest else timedelta()
        if not self.workers:
            return "act" if self.waiting and waits > PATIENCE else "look"
        return "look" if self.stuck or self.unread or waits > LONG else "well"


@dataclass(frozen=True, slots=True)
class Copies:
    """The last copy of the library, and the last time one was tried out."""

    made: Done | None  # the last that was whole
    failed: Done | None  # the last that was not, if it is the last of all
    files: int  # that came since
    changes: int  # that staff made since
    tried: Done | None
    began: datetime | None  # when the first original came
    now: datetime

    @property
    def state(self) -> State:
        return worst((self.backup, self.drill))

    @property
    def backup(self) -> State:
        if self.began is None:
            return "well"
        if self.failed:
            return "act"
        if self.made is None:
            return "look" if self.now - self.began < YOUNG else "act"
        if not self.files and not self.changes:
            return "look" if self.made.told.get("same_disk") else "well"
        age = self.now - self.made.at
        if age > OLD:
            return "act"
        return "look" if age > STALE or self.made.told.get("same_disk") else "well"

    @property
    def drill(self) -> State:
        if self.made is None:
            return "well"  # there is nothing to be tried
        if self.tried is None:
            return "look"
        if not self.tried.well:
            return "act"
        return "look" if self.now - self.tried.at > DRILL else "well"


@dataclass(frozen=True, slots=True)
class Index:
    """The index beside the catalogue it is a copy of."""

    engine: str
    fault: Message | None  # why it cannot be used
    documents: int
    published: int
    owed: int
    oldest: datetime | None  # since when it owes
    generation: str
    schema: int
    vocabulary: str
    bytes: int
    now: datetime

    @property
    def state(self) -> State:
        if self.fault:
            return "act"
        late = self.oldest is not None and self.now - self.oldest > PATIENCE
        astray = not self.owed and self.documents != self.published
        return "look" if late or astray else "well"


@dataclass(frozen=True, slots=True)
class Fixity:
    """Whether the originals are what they were, as far as anybody looked."""

    originals: int
    fresh: int
    oldest: datetime | None
    damaged: tuple[Damage, ...]
    now: datetime
    fault: Message | None = None  # why the store they are in cannot be asked

    @property
    def state(self) -> State:
        if self.damaged or self.fault:
            return "act"
        late = self.oldest is not None and self.now - self.oldest > 2 * ROUND
        return "look" if late else "well"


@dataclass(frozen=True, slots=True)
class Chain:
    """When the history of changes was last verified."""

    last: Done | None
    now: datetime

    @property
    def state(self) -> State:
        if self.last and not self.last.well:
            return "act"
        return "well" if self.last and self.now - self.last.at < CHAIN else "look"


@dataclass(frozen=True, slots=True)
class Whole:
    """When everything was last looked at together, by `library check`."""

    last: Done | None

    @property
    def state(self) -> State:
        return "look" if self.last and not self.last.well else "well"


@dataclass(frozen=True, slots=True)
class Speed:
    """How long searches took, in the last days, and which kinds of them took longest."""

    engine: str
    days: int
    speed: Quantiles
    shapes: tuple[Shape, ...]

    @property
    def state(self) -> State:
        if self.speed.searches < FEW or self.speed.p95 < SLOW:
            return "well"
        return "act" if self.speed.p95 >= VERY_SLOW else "look"


@dataclass(frozen=True, slots=True)
class Packages:
    """Packages of others that add formats and engines, and cannot be used."""

    faults: tuple[Message, ...] = ()

    @property
    def state(self) -> State:
        return "look" if self.faults else "well"


@dataclass(frozen=True, slots=True)
class Rows:
    """What is catalogued, held against its sums."""

    last: Done | None
    now: datetime

    @property
    def wrong(self) -> int:
        return int(self.last.told.get("wrong", 0)) if self.last else 0

    @property
    def state(self) -> State:
        if self.wrong:
            return "act"
        return "look" if self.last and self.now - self.last.at > CHAIN else "well"


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the computer cannot hold a reader of strangers' files to: `filter`, `folders`."""

    lacking: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        return "look" if self.lacking else "well"


Part = (
    Disk | Queue | Copies | Index | Fixity | Chain | Whole | Speed | Packages | Rows | Confinement
)


@dataclass(frozen=True, slots=True)
class Health:
    """All of it, at one moment."""

    at: datetime
    disk: Disk
    queue: Queue
    copies: Copies
    index: Index
    fixity: Fixity
    chain: Chain
    whole: Whole
    speed: Speed
    rows: Rows
    packages: Packages = Packages()
    confinement: Confinement = Confinement()

    @property
    def state(self) -> State:
        return worst(part.state for part in self.parts)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part, the gravest first where several need somebody."""
        return (
            self.fixity,
            self.rows,
            self.copies,
            self.disk,
            self.index,
            self.queue,
            self.chain,
            self.whole,
            self.speed,
            self.packages,
            self.confinement,
        )
