"""Collections as staff make them at the desk: named, filled, ordered, and taken away.

A collection that staff touched here is theirs: what a folder's `collections.toml` says of it does
not count any more, not even where they took it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, insert, select, update

from library.catalogue.changes import history
from library.catalogue.resources import slugs
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import schema
from library.core.errors import Changed, UsageError
from library.core.resource import JSON, Collection

ACTION = "collection"
ORDERED = "collections ordered"
EVERY = "collection *"  # the subject of what is changed of all: no address begins with a star
KEPT, GONE = "kept", "gone"
LONGEST_TITLE = 200  # characters
LONGEST_SUMMARY = 2000


@dataclass(frozen=True, slots=True)
class Placing:
    """What goes into a collection, at its end, and what is taken out of it."""

    collection: str
    add: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


def subject(slug: str) -> str:
    """What the history calls a collection."""
    return f"collection {slug}"


def held(conn: Connection) -> list[Collection]:
    """Every collection in staff's order, with all that is in it, whatever its status."""
    table, items = schema.collections, schema.collection_items
    by_collection: dict[str, list[str]] = defaultdict(list)
    query = select(items.c.collection, items.c.resource).order_by(items.c.position)
    for slug, resource in conn.execute(query):
        by_collection[slug].append(resource)
    listed = select(table).where(table.c.desk != GONE).order_by(table.c.position, table.c.title)
    return [
        Collection(row.slug, row.title, row.summary, tuple(by_collection[row.slug]), row.kind)
        for row in conn.execute(listed)
    ]


def of(conn: Connection, slug: str) -> Collection | None:
    """One collection, with all that is in it."""
    return next((collection for collection in held(conn) if collection.slug == slug), None)


def is_of_the_desk(conn: Connection, slug: str) -> bool:
    """Whether staff have touched a collection at the desk, or taken it away there."""
    table = schema.collections
    return bool(conn.scalar(select(table.c.desk).where(table.c.slug == slug)))


def make(writer: Writer, title: str, summary: str, resources: Sequence[str], *, by: str) -> str:
    """A new collection, after all others; its address. Raises UsageError."""
    conn, table = writer.conn, schema.collections
    wanted = slugs.slug_of(title) or "collection"
    number, slug = 1, wanted
    while conn.scalar(select(table.c.slug).where(table.c.slug == slug)) is not None:
        number += 1
        slug = f"{wanted}-{number}"
    put(writer, slug, Collection(slug, title, summary, tuple(resources)), by=by)
    return slug


def put(
    writer: Writer,
    slug: str,
    wanted: Collection | None,
    *,
    by: str,
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """Let a collection be so, or be there no more (None); whether that is a change.

    version: the number of the last change of it that whoever wants it has seen. Raises Changed,
    and UsageError for what cannot be.
    """
    conn = writer.conn
    now = of(conn, slug)
    if wanted is not None:
        wanted = _checked(conn, wanted)
    before, after = told(now), told(wanted)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not changed:
        return False
    history.expect(conn, subject(slug), version)
    write(writer, slug, now, wanted)
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=subject(slug),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed if name in after},
        undoes=undoes,
    )
    return True


def place(writer: Writer, placing: Placing, *, by: str) -> bool:
    """Put resources into a collection, or take them out; whether that is a change."""
    now = of(writer.conn, placing.collection)
    if now is None:
        raise UsageError("collection gone")
    return put(writer, now.slug, replace(now, resources=placed(now, placing)), by=by)


def placed(now: Collection, placing: Placing) -> tuple[str, ...]:
    """What is in a collection afterwards, in order."""
    out = set(placing.out)
    stay = [id_ for id_ in now.resources if id_ not in out]
    return tuple(dict.fromkeys((*stay, *placing.add)))


def order(
    writer: Writer,
    wanted: Sequence[str],
    *,
    by: str,
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """The order of the collections among each other; whether that is a change. Raises Changed."""
    conn, table = writer.conn, schema.collections
    now = [collection.slug for collection in held(conn)]
    named = [id_ for id_ in dict.fromkeys(wanted) if id_ in set(now)]
    after = [*named, *(id_ for id_ in now if id_ not in set(named))]
    if after == now:
        return False
    history.expect(conn, EVERY, version)
    for position, slug in enumerate(after):
        conn.execute(update(table).where(table.c.slug == slug).values(position=position))
    writer.revise()
    history.note(
        conn,
        by=by,
        action=ORDERED,
        subject=EVERY,
        before={"collections": now},
        after={"collections": after},
        undoes=undoes,
    )
    return True


def undo(writer: Writer, change: history.Change, *, by: str) -> None:
    """Let a collection be as it was before a change. Raises Changed."""
    slug = change.subject.partition(" ")[2]
    conn = writer.conn
    if change.action == ORDERED:
        if [collection.slug for collection in held(conn)] != change.after["collections"]:
            raise Changed("changed since")
        order(writer, change.before["collections"], by=by, undoes=change.id)
        return
    now = of(conn, slug)
    is_now = told(now)
    if (not change.after and now is not None) or any(
        is_now.get(name) != value for name, value in change.after.items()
    ):
        raise Changed("changed since")
    if now is not None and "title" in change.after and "title" not in change.before:
        put(writer, slug, None, by=by, undoes=change.id)
        return
    was = {**is_now, **change.before}
    for name in change.after.keys() - change.before.keys():
        was.pop(name)
    there = set(conn.scalars(select(schema.resources.c.id)))
    wanted = Collection(
        slug,
        was["title"],
        was["summary"],
        tuple(r for r in was["resources"] if r in there),
        "course" if was.get("course") else "",
    )
    put(writer, slug, wanted, by=by, undoes=change.id)


def told(collection: Collection | None) -> JSON:
    """A collection as the history keeps it; nothing for none."""
    if collection is None:
        return {}
    return {
        "title": collection.title,
        "summary": collection.summary,
        "resources": list(collection.resources),
        **({"course": True} if collection.kind else {}),
    }


def _checked(conn: Connection, wanted: Collection) -> Collection:
    title, summary = " ".join(wanted.title.split()), wanted.summary.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise UsageError("collection title", most=LONGEST_TITLE)
    if len(summary) > LONGEST_SUMMARY:
        raise UsageError("collection summary", most=LONGEST_SUMMARY)
    resources = tuple(dict.fromkeys(wanted.resources))
    there = set(conn.scalars(select(schema.resources.c.id)))
    if not there.issuperset(resources):
        raise UsageError("resource gone")
    return replace(wanted, title=title, summary=summary, resources=resources)


def write(writer: Writer, slug: str, now: Collection | None, wanted: Collection | None) -> None:
    """Put a collection in the place of what it is now, without a word of history."""
    conn, table, items = writer.conn, schema.collections, schema.collection_items
    if now is None or wanted is None or now.resources != wanted.resources:
        conn.execute(delete(items).where(items.c.collection == slug))
    if wanted is None:
        conn.execute(update(table).where(table.c.slug == slug).values(desk=GONE))
        writer.revise()
        return
    values = {
        "title": wanted.title,
        "summary": wanted.summary,
        "kind": wanted.kind,
        "desk": KEPT,
    }
    known = conn.scalar(select(table.c.slug).where(table.c.slug == slug)) is not None
    if known:
        conn.execute(update(table).where(table.c.slug == slug).values(**values))
    else:
        last = conn.scalar(select(func.max(table.c.position)))
        position = 0 if last is None else last + 1
        conn.execute(insert(table).values(slug=slug, position=position, **values))
    if wanted.resources and (now is None or now.resources != wanted.resources):
        conn.execute(
            insert(items),
            [
                {"collection": slug, "resource": resource, "position": position}
                for position, resource in enumerate(wanted.resources)
            ],
        )
    writer.revise()
