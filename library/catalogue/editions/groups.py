"""Several resources that are editions of one work, and one edition that is a work of its own.

Both can be undone: what each resource was called, where it stood and what it held is kept in the
history, and is given back as far as nothing else has taken it since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sqlalchemy import Connection, delete, insert, or_, select, update

from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.editions.merge import absorb
from library.catalogue.queue import tasks
from library.catalogue.resources import collections, corrections, queries, slugs
from library.catalogue.resources.corrections import OF_RESOURCE
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import Changed, UsageError
from library.core.resource import JSON, Edition, Resource, Statement

GROUPED = "grouped"
PARTED = "parted"
UNGROUPED = "ungrouped"  # a group that was undone
REJOINED = "rejoined"  # a parting that was undone
BEGAN = "began"  # what the history of the new resource begins with
MOST = 40  # resources of one work

Why = Literal["one", "many", "language", "status"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why resources cannot be one work: about which languages or statuses."""

    why: Why
    about: tuple[str, ...] = ()


def obstacles(resources: Sequence[Resource]) -> tuple[Obstacle, ...]:
    """What keeps resources from being editions of one work."""
    if len(resources) < 2:
        return (Obstacle("one"),)
    if len(resources) > MOST:
        return (Obstacle("many"),)
    spoken = [edition.language for resource in resources for edition in resource.editions]
    twice = tuple(dict.fromkeys(language for language in spoken if spoken.count(language) > 1))
    stands = tuple(dict.fromkeys(str(resource.status) for resource in resources))
    return (
        *((Obstacle("language", twice),) if twice else ()),
        *((Obstacle("status", stands),) if len(stands) > 1 else ()),
    )


def group(writer: Writer, ids: Sequence[str], *, by: str, decide: Decide, stays: str = "") -> str:
    """Make all editions of these resources editions of one; its id.

    stays: whose address and identifier stay; that of the one added first, if it is not said.
    Raises UsageError where that cannot be.
    """
    conn = writer.conn
    resources = queries.resources(conn, list(dict.fromkeys(ids)), public=False)
    if len(resources) < len(set(ids)):
        raise UsageError("resource gone")
    if obstacles_found := obstacles(resources):
        raise _refusal(obstacles_found[0])
    resources.sort(key=lambda resource: (resource.id != stays, resource.added, resource.id))
    first, *others = resources
    parts = [_snapshot(conn, resource, first.id) for resource in others]
    titles = [resource.editions[0].title for resource in resources]
    for resource_gone in others:
        table = schema.editions
        moved = update(table).where(table.c.resource == resource_gone.id)
        conn.execute(moved.values(resource=first.id))
        absorb(writer, resource_gone.id, first.id)
    writer.settle(first.id, decide)
    history.note(
        conn,
        by=by,
        action=GROUPED,
        subject=first.id,
        before={"works": titles},
        after={"works": titles[:1], "parts": parts},
    )
    return first.id


def part(
    writer: Writer, edition: str, *, by: str, decide: Decide, version: int | None = None
) -> str:
    """Make an edition a work of its own, with an address of its own; the id of that.

    What staff say of the work is said of both from then on. The old address goes on leading to the
    others, collections hold them, and the two are not proposed as one again. Raises Changed,
    UsageError.
    """
    conn = writer.conn
    old = writer.resource_of(edition)
    history.expect(conn, old, version)
    [resource] = queries.resources(conn, [old], public=False)
    if len(resource.editions) < 2:
        raise UsageError("edition alone")
    [mine] = [each for each in resource.editions if each.id == edition]
    others = [each for each in resource.editions if each.id != edition]
    new = _free_id(conn, mine.sha256)
    stands = asdict(resource.standing)
    conn.execute(
        insert(schema.resources).values(
            id=new, added=resource.added.isoformat(timespec="microseconds"), changed=mapping.now(),
            **stands,
        )
    )  # fmt: skip
    copied = _copy_words(conn, mine, others)
    table = schema.editions
    conn.execute(update(table).where(table.c.id == edition).values(resource=new))
    slugs.give(conn, new, mine.title)
    for each in others:
        _verdict(conn, edition, each.id, "dismissed", by)
    writer.settle(old, decide)
    writer.settle(new, decide)
    facts = {"edition": edition, "title": mine.title, "to": new, "copied": copied}
    history.note(conn, by=by, action=PARTED, subject=old, after=facts)
    history.note(conn, by=by, action=BEGAN, subject=new, after={"title": mine.title})
    return new


def undo_group(writer: Writer, change: Change, *, by: str, decide: Decide) -> None:
    """Let each resource be one of its own again. Raises Changed where that is not well defined."""
    conn, stays = writer.conn, change.subject
    resources = queries.resources(conn, [stays], public=False)
    mine = {edition.id for resource in resources for edition in resource.editions}
    moved = [edition for entry in change.after["parts"] for edition in entry["editions"]]
    if not mine.issuperset(moved) or not mine.difference(moved):
        raise Changed("changed since")
    for entry in change.after["parts"]:
        _restore(writer, entry, resources[0])
    for entry in change.after["parts"]:
        writer.settle(entry["row"]["id"], decide)
    writer.settle(stays, decide)
    history.note(
        conn, by=by, action=UNGROUPED, subject=stays, before={"works": change.after["works"]},
        after={"works": change.before["works"]}, undoes=change.id,
    )  # fmt: skip
    for entry in change.after["parts"]:
        history.note(conn, by=by, action=BEGAN, subject=entry["row"]["id"])


def undo_part(writer: Writer, change: Change, *, by: str, decide: Decide) -> None:
    """Let an edition go back to the others. Raises Changed where that is not well defined."""
    conn, values = writer.conn, change.after
    edition, new = values["edition"], values["to"]
    resources = queries.resources(conn, [change.subject, new], public=False)
    if len(resources) < 2 or [edition.id for edition in resources[1].editions] != [edition]:
        raise Changed("changed since")
    if obstacles(resources):
        raise Changed("group changed")
    words = corrections.said(conn, [copy for copy, _, _ in values["copied"]])
    for copy, field, word in values["copied"]:
        if words[copy].get(field) == (tuple(word) if isinstance(word, list) else word):
            _unsay(conn, copy, field)
    table, verdicts = schema.editions, schema.verdicts
    conn.execute(update(table).where(table.c.id == edition).values(resource=change.subject))
    about = or_(verdicts.c.one == edition, verdicts.c.other == edition)
    mine = [edition.id for edition in resources[0].editions]
    pairs = or_(verdicts.c.one.in_(mine), verdicts.c.other.in_(mine))
    conn.execute(delete(verdicts).where(about, pairs, verdicts.c.verdict == "dismissed"))
    absorb(writer, new, change.subject)
    writer.settle(change.subject, decide)
    history.note(
        conn,
        by=by,
        action=REJOINED,
        subject=change.subject,
        after={"title": values["title"]},
        undoes=change.id,
    )


def _snapshot(conn: Connection, resource: Resource, stays: str) -> JSON:
    """All that a resource is beside its editions, to be given back."""
    works, addresses, names = schema.resources, schema.slugs, schema.works
    row = conn.execute(select(works).where(works.c.id == resource.id)).one()
    items = schema.collection_items
    inside = select(items.c.collection, items.c.position).where(items.c.resource == resource.id)
    beside = set(conn.scalars(select(items.c.collection).where(items.c.resource == stays)))
    return {
        "row": dict(row._mapping),
        "editions": [edition.id for edition in resource.editions],
        "slugs": [
            [slug, current]
            for slug, current in conn.execute(
                select(addresses.c.slug, addresses.c.current).where(
                    addresses.c.resource == resource.id
                )
            )
        ],
        "names": list(conn.scalars(select(names.c.work).where(names.c.resource == resource.id))),
        "collections": [
            [slug, position, slug in beside] for slug, position in conn.execute(inside)
        ],
        "led": list(conn.scalars(select(works.c.id).where(works.c.successor == resource.id))),
    }


def _restore(writer: Writer, snapshot: JSON, stays: Resource) -> None:
    """Give a resource back what it was. Its status is that of the whole, where that changed."""
    conn, works, names = writer.conn, schema.resources, schema.works
    row = dict(snapshot["row"])
    id_ = row["id"]
    if conn.scalar(select(works.c.id).where(works.c.id == id_)) is not None:
        raise Changed("resource there again")
    if row["status"] != stays.status:
        row |= asdict(stays.standing)
    name = row["work"]
    if name is not None:
        gone = conn.execute(delete(names).where(names.c.work == name, names.c.resource == stays.id))
        row["work"] = name if gone.rowcount else None
    conn.execute(insert(works).values(**{**row, "changed": mapping.now()}))
    table = schema.editions
    conn.execute(update(table).where(table.c.id.in_(snapshot["editions"])).values(resource=id_))
    conn.execute(
        update(names)
        .where(names.c.work.in_(snapshot["names"]), names.c.resource == stays.id)
        .values(resource=id_)
    )
    _restore_addresses(conn, id_, snapshot["slugs"], stays.id)
    led = works.c.id.in_(snapshot["led"]), works.c.successor == stays.id
    conn.execute(update(works).where(*led).values(successor=id_))
    for slug, position, both in snapshot["collections"]:
        _restore_place(writer, slug, id_, position, None if both else stays.id)
    verdicts = schema.verdicts
    mine = snapshot["editions"]
    about = or_(verdicts.c.one.in_(mine), verdicts.c.other.in_(mine))
    conn.execute(delete(verdicts).where(about, verdicts.c.verdict == "joined"))
    tasks.owe(conn, "index", [id_])


def _restore_addresses(
    conn: Connection, id_: str, addresses: Sequence[tuple[str, bool]], stays: str
) -> None:
    table = schema.slugs
    # Its identifier was an address of the other; it answers for itself again.
    conn.execute(delete(table).where(table.c.slug == id_, table.c.resource == stays))
    given = False
    for slug, current in addresses:
        free = table.c.slug == slug, table.c.resource == stays, table.c.current.is_(False)
        updated = conn.execute(update(table).where(*free).values(resource=id_, current=current))
        given = given or bool(updated.rowcount and current)
    if not given:
        slugs.give(conn, id_, addresses[0][0] if addresses else id_)


def _restore_place(writer: Writer, slug: str, id_: str, position: int, instead: str | None) -> None:
    """Where it stood in a collection that is still there; `instead` stood there for it."""
    collection = collections.of(writer.conn, slug)
    if collection is None or id_ in collection.resources:
        return
    resources = [resource for resource in collection.resources if resource != instead]
    resources.insert(min(position, len(resources)), id_)
    collections.write(writer, slug, collection, replace(collection, resources=tuple(resources)))


def _copy_words(conn: Connection, mine: Edition, others: Sequence[Edition]) -> list[list[object]]:
    """Let what staff say of the work be said of both; what was said so anew."""
    ids = [mine.id, *(edition.id for edition in others)]
    statements = corrections.said(conn, ids)
    moment = mapping.now()
    copied: list[list[object]] = []
    new: list[JSON] = []
    for field in OF_RESOURCE:
        here = field in statements[mine.id]
        there = [edition.id for edition in others if field in statements[edition.id]]
        if here == bool(there):
            continue
        to, word = (others[0].id, statements[mine.id][field]) if here else (
            mine.id, statements[there[0]][field]
        )  # fmt: skip
        if word is None:
            continue
        statement = Statement(field, word, "staff")
        new.append(mapping.statement_values(to, statement, moment))
        copied.append([to, field, list(word) if isinstance(word, tuple) else word])
    if new:
        conn.execute(insert(schema.statements), new)
    return copied


def _unsay(conn: Connection, edition: str, field: str) -> None:
    table = schema.statements
    same = table.c.edition == edition, table.c.field == field, table.c.source == "staff"
    conn.execute(delete(table).where(*same))


def _verdict(conn: Connection, one: str, other: str, verdict: str, by: str) -> None:
    table = schema.verdicts
    one, other = sorted((one, other))
    conn.execute(delete(table).where(table.c.one == one, table.c.other == other))
    conn.execute(
        insert(table).values(one=one, other=other, verdict=verdict, by=by, at=mapping.now())
    )


def _free_id(conn: Connection, sha256: str) -> str:
    """An identifier that no resource has, and that leads to none."""
    works, addresses = schema.resources, schema.slugs
    length = 10
    while True:
        id_ = sha256[:length]
        taken = conn.scalar(select(works.c.id).where(works.c.id == id_))
        if (
            taken is None
            and conn.scalar(select(addresses.c.slug).where(addresses.c.slug == id_)) is None
        ):
            return id_
        length += 1


def _refusal(obstacle: Obstacle) -> UsageError:
    about = ", ".join(filter(None, obstacle.about))
    if obstacle.why == "language":
        return UsageError("group language", languages=about or "?")
    if obstacle.why == "status":
        return UsageError("group status", statuses=about)
    return UsageError("group size", most=MOST)
