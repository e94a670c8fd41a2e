"""What the catalogue keeps of the vocabularies, beside their files: functions of a connection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Text, cast, delete, func, insert, or_, select

from library.catalogue.storage import mapping, schema
from library.vocabularies import Vocabularies
from library.vocabularies.records import Record, Records

CHANGES = "vocabulary"  # the row of the table of states that counts changes
_BATCH = 200

Counts = Mapping[str, Mapping[str, int]]
"""Concept → status → resources."""


def number(conn: Connection) -> int:
    """How often staff have changed the vocabularies: 0 when they are as the files say."""
    table = schema.state
    return conn.scalar(select(table.c.number).where(table.c.name == CHANGES)) or 0


def records(conn: Connection, facet: str) -> Records:
    """What staff changed of a scheme."""
    table = schema.vocabulary
    query = select(table).where(table.c.facet == facet).order_by(table.c.concept)
    return {row.concept: row.record for row in conn.execute(query)}


def every(conn: Connection) -> Mapping[str, Records]:
    """What staff changed, by facet."""
    table = schema.vocabulary
    by_facet: dict[str, dict[str, Record]] = defaultdict(dict)
    for row in conn.execute(select(table).order_by(table.c.facet, table.c.concept)):
        by_facet[row.facet][row.concept] = row.record
    return by_facet


def now(conn: Connection, vocabularies: Vocabularies) -> Vocabularies:
    """The vocabularies as they are at this moment: `vocabularies`, if nothing changed since."""
    changes = number(conn)
    return (
        vocabularies
        if changes == vocabularies.number
        else vocabularies.changed(every(conn), changes)
    )


def put(conn: Connection, facet: str, changed: Mapping[str, Record | None]) -> None:
    """Keep these records; None: what the file says counts again."""
    table, state = schema.vocabulary, schema.state
    for concept, record in changed.items():
        same = (table.c.facet == facet) & (table.c.concept == concept)
        conn.execute(delete(table).where(same))
        if record is not None:
            conn.execute(insert(table).values(facet=facet, concept=concept, record=record))
    count = number(conn) + 1
    conn.execute(delete(state).where(state.c.name == CHANGES))
    conn.execute(insert(state).values(name=CHANGES, number=count, time=mapping.now()))


def moved(conn: Connection) -> Mapping[tuple[str, str], str]:
    """(facet, concept) → the one it means since staff merged it; "" where resources lost it."""
    moves: dict[tuple[str, str], str] = {}
    kept = every(conn)
    for facet, concepts in kept.items():
        for concept in concepts:
            seen = {concept}
            now = concept
            while (into := concepts.get(now, {}).get("merged", "")) and into not in seen:
                seen.add(into)
                now = into
            if concepts.get(now, {}).get("retired") == "removed":
                now = ""
            if now != concept:
                moves[facet, concept] = now
    return moves


def holding(conn: Connection, facet: str, concepts: Iterable[str]) -> list[str]:
    """The resources that are filed under one of these."""
    resources: dict[str, None] = {}
    for ids in _batches(concepts):
        table = schema.concepts
        query = select(table.c.resource).where(table.c.facet == facet, table.c.concept.in_(ids))
        resources |= dict.fromkeys(conn.scalars(query))
    return list(resources)


def naming(conn: Connection, facet: str, concepts: Iterable[str]) -> list[str]:
    """The resources of which staff, a file or a guess said one of these, and perhaps others."""
    table, editions = schema.statements, schema.editions
    resources: dict[str, None] = {}
    for ids in _batches(concepts):
        value = cast(table.c.value, Text)
        query = (
            select(editions.c.resource)
            .join(table, table.c.edition == editions.c.id)
            .where(table.c.field == facet, or_(*(value.like(f'%"{id}"%') for id in ids)))
            .distinct()
        )
        resources |= dict.fromkeys(conn.scalars(query))
    return sorted(resources)


def counts(conn: Connection, facet: str) -> Counts:
    """How many resources of each status are filed under each concept itself."""
    works, table = schema.resources, schema.concepts
    many = func.count().label("many")
    query = (
        select(table.c.concept, works.c.status, many)
        .join(works, works.c.id == table.c.resource)
        .where(table.c.facet == facet)
        .group_by(table.c.concept, works.c.status)
    )
    by_facet: dict[str, dict[str, int]] = defaultdict(dict)
    for row in conn.execute(query):
        by_facet[row.concept][row.status] = row.many
    return by_facet


def statuses(conn: Connection, ids: Iterable[str]) -> Mapping[str, int]:
    """How many of these resources have each status."""
    works = schema.resources
    by_status: dict[str, int] = defaultdict(int)
    for batch in _batches(ids):
        query = (
            select(works.c.status, func.count().label("many"))
            .where(works.c.id.in_(batch))
            .group_by(works.c.status)
        )
        for row in conn.execute(query):
            by_status[row.status] += row.many
    return by_status


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]
