"""Records of other libraries, by the edition each became: identifiers, all that stood there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from library.catalogue.storage import mapping, schema
from library.core.resource import JSON

_BATCH = 500  # below every database's limit on the values of one statement


@dataclass(frozen=True, slots=True)
class Imported:
    """A record as it stood in another library."""

    system: str  # the format it came in
    source: str  # the name of the archive, or an address
    at: str  # ISO 8601, UTC
    raw: JSON  # their field → values
    unmatched: tuple[tuple[str, str], ...]  # field, value: what nothing of ours is known for


def known(conn: Connection, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Identifier → the edition and resource it became, of those that are here."""
    table, imported, editions = schema.imported_names, schema.imported, schema.editions
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(names), _BATCH):
        query = (
            select(table.c.name, editions.c.id, editions.c.resource)
            .join(imported, imported.c.id == table.c.imported)
            .join(editions, editions.c.id == imported.c.edition)
            .where(table.c.name.in_(names[start : start + _BATCH]))
        )
        found |= {name: (edition, resource) for name, edition, resource in conn.execute(query)}
    return found


def keep(
    conn: Connection,
    edition: str,
    names: Iterable[str],
    *,
    system: str,
    source: str,
    raw: Mapping[str, Sequence[str]],
    unmatched: Iterable[tuple[str, str, str]],
) -> None:
    """Keep what an edition was elsewhere. unmatched: field, value as it is looked up, as written.

    An identifier that is known already stays with the edition it has.
    """
    names = list(dict.fromkeys(names))
    held = set(known(conn, names))
    row = conn.execute(
        insert(schema.imported).values(
            edition=edition,
            system=system,
            source=source,
            at=mapping.now(),
            raw={name: list(values) for name, values in raw.items()},
        )
    )
    number = row.inserted_primary_key[0] if row.inserted_primary_key else 0
    table = schema.imported_names
    fresh = [{"name": name, "imported": number} for name in names if name not in held]
    if fresh:
        conn.execute(insert(table), fresh)
    values = {
        (field, key): {"imported": number, "field": field, "key": key, "written": written}
        for field, key, written in unmatched
    }
    if values:
        conn.execute(insert(schema.imported_values), list(values.values()))


def of(conn: Connection, editions: Sequence[str]) -> list[Imported]:
    """What these editions were elsewhere, the oldest first."""
    table, values = schema.imported, schema.imported_values
    rows = conn.execute(
        select(table).where(table.c.edition.in_(editions)).order_by(table.c.id)
    ).all()
    numbers = [row.id for row in rows]
    unmatched: dict[int, list[tuple[str, str]]] = {}
    for row in conn.execute(select(values).where(values.c.imported.in_(numbers))):
        unmatched.setdefault(row.imported, []).append((row.field, row.written))
    return [
        Imported(row.system, row.source, row.at, row.raw, tuple(unmatched.get(row.id, [])))
        for row in rows
    ]
