"""What needs a person, and how badly: found in the catalogue each time it is asked.

What staff have looked at and leave as it is does not come up again for the same reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from library.catalogue.changes import history
from library.catalogue.editions import likenesses
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.queue import tasks
from library.catalogue.resources.writer import Writer
from library.catalogue.statistics import reader_reports
from library.catalogue.storage import mapping, schema
from library.catalogue.upkeep import fixity, source_checks
from library.core.resource import Status

Reason = Literal[
    "damaged file",
    "reported",
    "no title",
    "no words",
    "no language",
    "poor text",
    "unsure title",
    "unsure date",
    "no topic",
    "incomplete",
    "unread parts",
    "given up",
    "not described",
    "broken source",
]

WEIGHTS: Mapping[Reason, int] = {
    "damaged file": 200,
    "reported": 110,  # somebody waits for it who was stopped by it
    "no title": 100,
    "no words": 80,
    "no language": 60,
    "poor text": 50,
    "unsure title": 40,
    "incomplete": 45,
    "unread parts": 35,
    "given up": 55,
    "not described": 54,
    "broken source": 30,
    "unsure date": 20,
    "no topic": 10,
}
"""How badly each needs a person; what has several needs one most."""

PAIRS: Mapping[str, int] = {"same words": 75, "newer version": 70, "translation": 65}

POOR = 0.6  # mean score of pages below which words are often wrong
UNSURE = 0.5  # a guess that is believed, and less sure than this
BELIEVED = 0.3  # as in library.metadata.decision
REPORTED: Reason = "reported"  # closed one by one, never left as it is
READ_LATER = ("layout", "ocr")  # tasks of an edition
CLOSED = (Status.WITHDRAWN, Status.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Work:
    """A resource, and all that is wrong with it, the worst first."""

    resource: str
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions of two resources that look alike."""

    likeness: Likeness
    first: str
    second: str

    @property
    def weight(self) -> int:
        return PAIRS[self.likeness.kind]


def queue(conn: Connection) -> list[Work | Pair]:
    """Everything that needs a person, the worst first."""
    entries: list[Work | Pair] = [*_works(conn), *_pairs(conn)]
    return sorted(entries, key=lambda entry: (-entry.weight, _name(entry)))


def leave(writer: Writer, resource: str, reasons: Sequence[str], *, by: str) -> None:
    """Say that a resource is right as it is, for these reasons."""
    table, reasons = schema.settled, [reason for reason in reasons if reason != REPORTED]
    if not reasons:
        return
    mine = table.c.resource == resource, table.c.reason.in_(reasons)
    writer.conn.execute(delete(table).where(*mine))
    for reason in reasons:
        writer.conn.execute(
            insert(table).values(resource=resource, reason=reason, by=by, at=mapping.now())
        )
    history.note(
        writer.conn,
        by=by,
        action="left as it is",
        subject=resource,
        after={"reason": list(reasons)},
    )


def _name(entry: Work | Pair) -> str:
    return entry.resource if isinstance(entry, Work) else f"{entry.first} {entry.second}"


def _pairs(conn: Connection) -> list[Pair]:
    table = schema.resources
    closed = set(conn.scalars(select(table.c.id).where(table.c.status.in_(CLOSED))))
    return [
        Pair(likeness, first, second)
        for likeness, first, second in likenesses.every(conn)
        if first not in closed and second not in closed
    ]


def _works(conn: Connection) -> list[Work]:
    works, editions, topics = schema.resources, schema.editions, schema.concepts
    left: dict[str, set[str]] = defaultdict(set)
    for settled in conn.execute(select(schema.settled)):
        left[settled.resource].add(settled.reason)
    sure, broken = _surest(conn), source_checks.broken(conn)
    with_topic = set(
        conn.scalars(select(topics.c.resource).where(topics.c.facet == "topic").distinct())
    )
    damaged = {copy.resource for copy in fixity.damaged(conn)}
    given_up = {
        subject.partition("/")[0] for kind in READ_LATER for subject in tasks.given_up(conn, kind)
    }
    came, waiting = schema.arrivals, schema.undescribed
    undescribed = set(conn.scalars(select(came.c.edition).where(came.c.reason == "not described")))
    query = (
        select(
            works.c.id,
            editions.c.id.label("edition"),
            editions.c.title,
            editions.c.date,
            editions.c.language,
            editions.c.text_bytes,
            editions.c.text_quality,
            editions.c.pages,
            editions.c.pages_expected,
            editions.c.unread,
            editions.c.source_url,
        )
        .join(editions, editions.c.resource == works.c.id)
        .where(works.c.status.not_in(CLOSED))
        .where(editions.c.id.not_in(select(waiting.c.edition)))  # nobody has looked at them yet
    )
    reasons: dict[str, set[Reason]] = defaultdict(set)
    for row in conn.execute(query):
        wrong = reasons[row.id]
        title, dated = sure.get((row.edition, "title")), sure.get((row.edition, "date"))
        if not row.title or title is None:
            wrong.add("no title")
        elif title < UNSURE:
            wrong.add("unsure title")
        if row.date and dated is not None and dated < UNSURE:
            wrong.add("unsure date")
        if row.id in damaged:
            wrong.add("damaged file")
        if not row.text_bytes:
            wrong.add("no words")
        elif row.text_quality < POOR:
            wrong.add("poor text")
        if not row.language and row.text_bytes:
            wrong.add("no language")
        if row.pages_expected and row.pages < row.pages_expected:
            wrong.add("incomplete")
        if row.unread:
            wrong.add("unread parts")
        if row.edition in given_up:
            wrong.add("given up")
        if row.edition in undescribed:
            wrong.add("not described")
        if row.source_url in broken:
            wrong.add("broken source")
        if row.id not in with_topic:
            wrong.add("no topic")
    for id_ in reader_reports.reported(conn):  # of closed ones, too: their addresses are read still
        reasons[id_].add(REPORTED)
    return [
        Work(id_, tuple(sorted(wrong - left[id_], key=lambda reason: -WEIGHTS[reason])))
        for id_, wrong in reasons.items()
        if wrong - left[id_]
    ]


def _surest(conn: Connection) -> dict[tuple[str, str], float]:
    """How sure what is believed of each edition's title and date is; staff's word is 1."""
    table = schema.statements
    query = select(
        table.c.edition, table.c.field, table.c.source, table.c.confidence, table.c.value
    ).where(table.c.field.in_(("title", "date")))
    scores: dict[tuple[str, str], float] = {}
    for edition, field, source, confidence, value in conn.execute(query):
        sure = 1.0 if source == "staff" else confidence if value else 0.0
        if sure >= BELIEVED:
            scores[edition, field] = max(sure, scores.get((edition, field), 0.0))
    return scores
