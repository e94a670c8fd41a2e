"""What waits to be done: arrivals to be read, and the outbox of tasks that follow from them.

Work is claimed with a lease. Whoever claims it either finishes it, gives it back, or dies, and
then it is free again once the lease has run out; everything done twice ends the same as once. Long
because arrivals and tasks share these rules, which are to be read side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, case, delete, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from library.catalogue.queue import turns
from library.catalogue.storage import mapping, schema
from library.core import leases
from library.core.messages import Message, in_english, messages_of
from library.core.resource import JSON, LISTED, Outcome, Status

ATTEMPTS = 5
"""How often a task is tried before it is left for a person to look at."""

PICTURE = "picture"
_TOGETHER = 500  # below every database's limit on the values of one statement
_INDEX = "index "  # before the name of an engine, in the name of a state


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in: stored, and waiting, or ended in an outcome."""

    id: int
    path: str
    sha256: str
    fields: JSON
    status: Status
    outcome: Outcome | None
    reason: str
    message: str  # in English
    messages: tuple[Message, ...]  # the same, to be said in any language; () in old rows
    edition: str | None
    readers: str
    attempts: int
    replaces: str = ""  # the edition whose place it is to take
    by: str = ""  # who brought it, at the desk


@dataclass(frozen=True, slots=True)
class Task:
    """Something the outbox owes: to index a resource, to lay out an edition, to draw a page."""

    id: int
    kind: str
    subject: str
    attempts: int


def arrival_of(row: Row[Any]) -> Arrival:
    return Arrival(
        id=row.id,
        path=row.path,
        sha256=row.sha256,
        fields=row.fields,
        status=Status(row.status),
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        message=row.message,
        messages=messages_of(row.messages),
        edition=row.edition,
        readers=row.readers,
        attempts=row.attempts,
        replaces=row.replaces,
        by=row.by,
    )


def arrival(conn: Connection, path: str, sha256: str) -> Arrival | None:
    table = schema.arrivals
    row = conn.execute(
        select(table).where(table.c.path == path, table.c.sha256 == sha256)
    ).one_or_none()
    return arrival_of(row) if row else None


def arrivals_at(conn: Connection, path: str) -> list[Arrival]:
    """Everything that ever came from this path, the newest first."""
    table = schema.arrivals
    query = select(table).where(table.c.path == path).order_by(table.c.id.desc())
    return [arrival_of(row) for row in conn.execute(query)]


def became(conn: Connection, edition: str) -> Arrival | None:
    """The arrival that became an edition first."""
    table = schema.arrivals
    mine = table.c.edition == edition, table.c.outcome != Outcome.DUPLICATE
    row = conn.execute(select(table).where(*mine).order_by(table.c.id)).first()
    return arrival_of(row) if row else None


def record(
    conn: Connection, path: str, sha256: str, fields: JSON, status: Status, owner: str, lease: float
) -> Arrival | None:
    """Note that a stored file waits, claimed by `owner` for `lease` seconds.

    A file that came from here before is read anew with what staff say of it now. None when
    somebody else is reading it at this moment.
    """
    table = schema.arrivals
    facts: JSON = {
        "fields": fields,
        "status": status,
        "outcome": "",
        "reason": "",
        "message": "",
        "messages": [],
        "ended": "",
        "owner": owner,
        "until": _until(lease),
    }
    known = conn.execute(
        select(table).where(table.c.path == path, table.c.sha256 == sha256)
    ).one_or_none()
    if known is None:
        conn.execute(insert(table).values(path=path, sha256=sha256, arrived=mapping.now(), **facts))
    elif not known.outcome and known.owner not in ("", owner) and known.until > mapping.now():
        return None
    else:
        conn.execute(update(table).where(table.c.id == known.id).values(**facts))
    return arrival(conn, path, sha256)


@dataclass(frozen=True, slots=True)
class Seen:
    """An arrival as staff look at it; times are ISO 8601 in UTC, `ended` "" while it waits."""

    arrival: Arrival
    arrived: str
    ended: str
    reading: bool  # somebody is at it now
    stuck: bool  # its reading was begun too often and never ended
    resource: str | None
    scanning: bool = False  # its words are still to be read from pictures
    scan_given_up: bool = False  # that was tried too often
    describing: bool = False  # it is found by its words, and still to be told what it is


def seen(conn: Connection, limit: int, *, before: int | None = None) -> list[Seen]:
    """The newest arrivals, from before this number if given."""
    table, editions = schema.arrivals, schema.editions
    query = (
        select(table, editions.c.resource)
        .outerjoin(editions, editions.c.id == table.c.edition)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(table.c.id < before)
    now = mapping.now()
    left = given_up(conn, "ocr")
    scans = {subject.partition("/")[0] for subject in subjects(conn, "ocr") - left}
    left = frozenset(subject.partition("/")[0] for subject in left)
    undescribed = frozenset(conn.scalars(select(schema.undescribed.c.edition)))
    return [
        Seen(
            arrival=arrival_of(row),
            arrived=row.arrived,
            ended=row.ended,
            reading=not row.outcome and row.owner != "" and row.until > now,
            stuck=not row.outcome and row.attempts >= ATTEMPTS and row.until <= now,
            resource=row.resource,
            scanning=row.edition in scans,
            scan_given_up=row.edition in left and row.edition not in scans,
            describing=row.edition in undescribed,
        )
        for row in conn.execute(query)
    ]


def seen_one(conn: Connection, id_: int) -> Seen | None:
    """One arrival as staff look at it."""
    arrivals = seen(conn, 1, before=id_ + 1)
    return arrivals[0] if arrivals and arrivals[0].arrival.id == id_ else None


def numbered(conn: Connection, id_: int) -> Arrival | None:
    """The arrival of this number."""
    table = schema.arrivals
    row = conn.execute(select(table).where(table.c.id == id_)).one_or_none()
    return arrival_of(row) if row else None


def aim(conn: Connection, id_: int, replaces: str, by: str) -> None:
    """Note who brought an arrival, and whose place it is to take."""
    table = schema.arrivals
    conn.execute(update(table).where(table.c.id == id_).values(replaces=replaces, by=by))


def read_again(conn: Connection, id_: int) -> None:
    """Let an arrival wait once more, as if it had just come."""
    table = schema.arrivals
    values = {"outcome": "", "reason": "", "message": "", "ended": "", "owner": "", "until": ""}
    conn.execute(update(table).where(table.c.id == id_).values(attempts=0, **values))


def is_owed(conn: Connection, kind: str) -> bool:
    """Whether there is a task of a kind to claim: told by reading, so that nobody has to wait."""
    table = schema.tasks
    query = select(table.c.id).where(table.c.kind == kind, _is_free(table)).limit(1)
    return conn.scalar(query) is not None


def has_arrived(conn: Connection) -> bool:
    """Whether there is an arrival to claim."""
    table = schema.arrivals
    query = select(table.c.id).where(table.c.outcome == "", _is_free(table)).limit(1)
    return conn.scalar(query) is not None


def claim_arrivals(conn: Connection, owner: str, lease: float, limit: int) -> list[Arrival]:
    """Take some of the arrivals that wait and that nobody else is reading."""
    table = schema.arrivals
    free = and_(table.c.outcome == "", _is_free(table))
    rows = conn.execute(select(table).where(free).order_by(table.c.id).limit(limit)).all()
    ids = [row.id for row in rows]
    conn.execute(
        update(table)
        .where(table.c.id.in_(ids))
        .values(owner=owner, until=_until(lease), attempts=table.c.attempts + 1)
    )
    return [arrival_of(row) for row in rows]


def end_arrival(
    conn: Connection,
    id_: int,
    outcome: Outcome,
    *,
    readers: str,
    edition: str | None = None,
    reason: str = "",
    messages: Sequence[Message] = (),
    message: str = "",
) -> None:
    """Say how the reading of an arrival ended.

    message: in English, where it was kept before there were messages.
    """
    table = schema.arrivals
    conn.execute(
        update(table)
        .where(table.c.id == id_)
        .values(
            outcome=outcome,
            edition=edition,
            reason=reason,
            message=message or in_english(messages),
            messages=[message.json() for message in messages],
            readers=readers,
            owner="",
            until="",
            ended=mapping.now(),
        )
    )


def remember(conn: Connection, id_: int, fields: JSON) -> None:
    """Keep what staff say of an arrival now."""
    conn.execute(update(schema.arrivals).where(schema.arrivals.c.id == id_).values(fields=fields))


def waiting_arrivals(conn: Connection) -> int:
    table = schema.arrivals
    return len(conn.execute(select(table.c.id).where(table.c.outcome == "")).all())


def owe(
    conn: Connection, kind: str, subjects: Iterable[str], owner: str = "", lease: float = 0.0
) -> None:
    """Put tasks in the outbox. One that is there already is to be done once more.

    owner: who means to do them, and holds them for `lease` seconds.
    """
    table, wanted = schema.tasks, list(dict.fromkeys(subjects))
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        conn.execute(delete(table).where(table.c.kind == kind, table.c.subject.in_(some)))
        facts = {"added": mapping.now(), "owner": owner, "until": _until(lease) if owner else ""}
        conn.execute(
            insert(table), [{"kind": kind, "subject": subject, **facts} for subject in some]
        )


def claim(
    conn: Connection,
    kind: str,
    owner: str,
    lease: float,
    limit: int,
    among: Sequence[str] = (),
    within: float = 0.0,
) -> list[Task]:
    """Take tasks of a kind that nobody else is doing: the oldest first, but of pictures the newest,
    since whoever wished for an older one has gone on. within: only those owed in the last so many
    seconds, where it is not 0."""
    table = schema.tasks
    free = and_(table.c.kind == kind, _is_free(table))
    order = table.c.id.desc() if kind == PICTURE else table.c.id
    query = select(table).where(free).order_by(order).limit(limit)
    if among:
        query = query.where(table.c.subject.in_(among))
    if within:
        query = query.where(table.c.added >= _until(-within))
    rows = conn.execute(query).all()
    conn.execute(
        update(table)
        .where(table.c.id.in_([row.id for row in rows]))
        .values(owner=owner, until=_until(lease), attempts=table.c.attempts + 1)
    )
    return [Task(row.id, row.kind, row.subject, row.attempts + 1) for row in rows]


def reserve(conn: Connection, kind: str, owner: str, lease: float) -> list[Task]:
    """Hold all tasks of a kind that nobody else is doing, the oldest first; none is tried yet."""
    table = schema.tasks
    free = and_(table.c.kind == kind, _is_free(table))
    rows = conn.execute(select(table).where(free).order_by(table.c.id)).all()
    conn.execute(update(table).where(free).values(owner=owner, until=_until(lease)))
    return [Task(row.id, row.kind, row.subject, row.attempts) for row in rows]


def task(conn: Connection, kind: str, subject: str) -> Task | None:
    """What is owed of a kind for this."""
    table = schema.tasks
    query = select(table).where(table.c.kind == kind, table.c.subject == subject)
    row = conn.execute(query).one_or_none()
    return Task(row.id, row.kind, row.subject, row.attempts) if row else None


def try_later(conn: Connection, ids: Iterable[int], later: float) -> None:
    """Free reserved tasks that were tried in vain, for anybody, `later` seconds from now."""
    table = schema.tasks
    values = {"owner": "", "until": _until(later), "attempts": table.c.attempts + 1}
    conn.execute(update(table).where(table.c.id.in_(list(ids))).values(**values))


def hold(conn: Connection, kind: str, owner: str, lease: float) -> None:
    """Hold what `owner` holds of a kind for `lease` seconds from now."""
    table = schema.tasks
    mine = and_(table.c.kind == kind, table.c.owner == owner)
    conn.execute(update(table).where(mine).values(until=_until(lease)))


def finish(conn: Connection, ids: Iterable[int]) -> None:
    """Take done tasks out of the outbox. One owed again meanwhile has another id, and stays."""
    conn.execute(delete(schema.tasks).where(schema.tasks.c.id.in_(list(ids))))


def give_back(conn: Connection, ids: Iterable[int], *, tried: bool, later: float = 0.0) -> None:
    """Free claimed tasks for anybody, `later` seconds from now; `tried` counts as an attempt."""
    table = schema.tasks
    conn.execute(
        update(table)
        .where(table.c.id.in_(list(ids)))
        .values(
            owner="",
            until=_until(later) if later else "",
            attempts=table.c.attempts if tried else table.c.attempts - 1,
        )
    )


def give_back_arrivals(conn: Connection, owner: str) -> None:
    """Free the arrivals `owner` holds and has not read."""
    table = schema.arrivals
    mine = and_(table.c.owner == owner, table.c.outcome == "")
    conn.execute(update(table).where(mine).values(owner="", until=""))


def release(conn: Connection, owner: str) -> None:
    """Free what `owner` holds and could not do for no reason of its own: it was not tried."""
    for table, more in ((schema.arrivals, schema.arrivals.c.outcome == ""), (schema.tasks, None)):
        mine = table.c.owner == owner if more is None else and_(table.c.owner == owner, more)
        tried = case((table.c.attempts > 0, table.c.attempts - 1), else_=0)
        conn.execute(update(table).where(mine).values(owner="", until="", attempts=tried))


def free_the_dead(conn: Connection) -> None:
    """Free at once what processes of this machine held when they ended."""
    for table in (schema.arrivals, schema.tasks):
        owners = conn.scalars(select(table.c.owner).where(table.c.owner != "").distinct()).all()
        gone = [owner for owner in owners if leases.dead(owner)]
        conn.execute(update(table).where(table.c.owner.in_(gone)).values(owner="", until=""))
    turns.free_the_dead(conn)


def owed(conn: Connection, kind: str) -> int:
    """How many tasks of a kind are not done yet, those given up on left out."""
    table = schema.tasks
    query = select(table.c.id).where(table.c.kind == kind, table.c.attempts < ATTEMPTS)
    return len(conn.execute(query).all())


def subjects(conn: Connection, kind: str) -> frozenset[str]:
    """What tasks of a kind are still owed for."""
    table = schema.tasks
    return frozenset(conn.scalars(select(table.c.subject).where(table.c.kind == kind)))


def hidden(conn: Connection) -> frozenset[str]:
    """The resources that are owed to the index and that nobody may find."""
    table, resources = schema.tasks, schema.resources
    found = select(resources.c.id).where(resources.c.status.in_(LISTED))
    owed = select(table.c.subject).where(table.c.kind == "index", table.c.subject.not_in(found))
    return frozenset(conn.scalars(owed))


def given_up(conn: Connection, kind: str) -> frozenset[str]:
    """What tasks of a kind were tried too often for; nobody is at them now."""
    table = schema.tasks
    free = or_(table.c.owner == "", table.c.until < mapping.now())
    query = select(table.c.subject).where(table.c.kind == kind, table.c.attempts >= ATTEMPTS, free)
    return frozenset(conn.scalars(query))


def stuck(conn: Connection) -> list[tuple[str, str, tuple[int, ...]]]:
    """Tasks that were tried too often: their kind, subject and ids."""
    table = schema.tasks
    query = select(table).where(table.c.attempts >= ATTEMPTS).order_by(table.c.id)
    return [(row.kind, row.subject, (row.id,)) for row in conn.execute(query)]


def try_again(conn: Connection, ids: Iterable[int]) -> None:
    """Forget that these tasks failed before."""
    table = schema.tasks
    values = {"attempts": 0, "owner": "", "until": ""}
    conn.execute(update(table).where(table.c.id.in_(list(ids))).values(**values))


def _is_free(table: Table) -> ColumnElement[bool]:
    """Nobody holds it, and it was not tried too often."""
    until = table.c.until
    return and_(or_(until == "", until < mapping.now()), table.c.attempts < ATTEMPTS)


def brought(conn: Connection, engine: str, revision: int) -> None:
    """Note that the index of an engine holds what the catalogue held in a revision."""
    table = schema.state
    name = f"{_INDEX}{engine}"
    conn.execute(delete(table).where(table.c.name == name))
    conn.execute(insert(table).values(name=name, number=revision, time=mapping.now()))


def behind(conn: Connection, engine: str) -> bool:
    """Whether the index of another engine was kept up to date longer than that of this one."""
    table = schema.state
    counts: dict[str, int] = {
        row.name.removeprefix(_INDEX): row.number
        for row in conn.execute(select(table).where(table.c.name.startswith(_INDEX)))
    }
    return counts.get(engine, 0) < max(counts.values(), default=0)


def _until(seconds: float) -> str:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="microseconds")
