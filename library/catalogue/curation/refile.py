"""Many resources filed anew in one facet, from what was said of them; Writer.settle does one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from library.catalogue.queue import tasks
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.storage import mapping, schema
from library.catalogue.vocabulary import schemes
from library.core.resource import Statement

TOGETHER = 200  # resources of one statement


def refile(writer: Writer, facet: str, resources: Sequence[str], decide: Decide) -> None:
    """Bring what resources have of a facet in line with what was said of their editions."""
    moved = schemes.moved(writer.conn)
    for start in range(0, len(resources), TOGETHER):
        some = resources[start : start + TOGETHER]
        chosen: dict[str, list[str]] = {}
        for resource, statements in _said(writer, facet, some).items():
            settled = decide(statements).get(facet)
            value = settled.value if settled else ()
            ids = (value,) if isinstance(value, str) else value
            now = dict.fromkeys(moved.get((facet, id_), id_) for id_ in ids)
            chosen[resource] = [id_ for id_ in now if id_]
        _file(writer, facet, some, chosen)
    tasks.owe(writer.conn, "index", resources)


def _said(writer: Writer, facet: str, resources: Sequence[str]) -> dict[str, list[Statement]]:
    table, editions = schema.statements, schema.editions
    query = (
        select(table, editions.c.resource)
        .join(editions, editions.c.id == table.c.edition)
        .where(editions.c.resource.in_(resources), table.c.field == facet)
        .order_by(table.c.id)
    )
    by_resource: dict[str, list[Statement]] = defaultdict(list)
    for row in writer.conn.execute(query):
        by_resource[row.resource].append(mapping.statement_of(row))
    return by_resource


def _file(
    writer: Writer, facet: str, resources: Sequence[str], chosen: dict[str, list[str]]
) -> None:
    conn, works, table = writer.conn, schema.resources, schema.concepts
    moment = mapping.now()
    mine = works.c.id.in_(resources)
    conn.execute(update(works).where(mine).values(changed=moment))
    conn.execute(delete(table).where(table.c.facet == facet, table.c.resource.in_(resources)))
    new = [
        {"resource": resource, "facet": facet, "concept": concept, "position": position}
        for resource, concepts in chosen.items()
        for position, concept in enumerate(concepts)
    ]
    if new:
        conn.execute(insert(table), new)
