"""What staff do with two editions that look alike: join them, replace one by the other, or neither.

Each is one transaction of a Writer, and each is noted with who said it, so that later looks respect
it. No file is lost, and no address: that of a resource which goes leads to the one it went into.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, or_, select, update

from library.catalogue.changes import history
from library.catalogue.editions import groups, likenesses
from library.catalogue.editions.merge import absorb, same_readers
from library.catalogue.queue import tasks, undescribed
from library.catalogue.resources import queries
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import UsageError
from library.core.resource import JSON, Edition, Resource

# What staff said of the older file itself, and not of the work that both are.
OF_THE_FILE = ("title", "summary", "authors", "date", "language", "rights", "source_url", "work")


def dismiss(writer: Writer, one: str, other: str, *, by: str) -> None:
    """Say that two editions are two works: they are not proposed again."""
    for id_ in (one, other):
        _edition(writer, id_)
    _note(writer, one, other, "dismissed", by)
    _tell(writer, "dismissed", one, other, by)


def reconsider(writer: Writer, one: str, other: str, *, by: str, undoes: int | None = None) -> bool:
    """Take back that two editions were dismissed; whether they were."""
    table = schema.verdicts
    one, other = sorted((one, other))
    gone = writer.conn.execute(
        delete(table).where(
            table.c.one == one, table.c.other == other, table.c.verdict == "dismissed"
        )
    )
    if not gone.rowcount:
        return False
    _tell(writer, "reconsidered", one, other, by, undoes=undoes)
    return True


def join(writer: Writer, one: str, other: str, *, by: str, decide: Decide) -> str:
    """Make two editions, with all others of their resources, editions of one resource; its id.

    The resource that was added first stays. Raises UsageError where that cannot be: both have an
    edition in one language, or readers may see only one of them.
    """
    first, second = (_resource(writer, id_) for id_ in (one, other))
    _note(writer, one, other, "joined", by)
    if first.id == second.id:
        return first.id
    return groups.group(writer, [first.id, second.id], by=by, decide=decide)


def replace(writer: Writer, newer: str, older: str, *, by: str, decide: Decide) -> str:
    """Let an edition take the place of an older version of itself; the resource's id.

    The older one's address, identifier and place in collections stay, and its original is kept.
    What staff said of the work stays too; of the file, what was said of the newer one counts.
    Raises UsageError where that cannot be: another language, or readers may see only one of them.
    """
    new, old = _edition(writer, newer), _edition(writer, older)
    source, target = _resource(writer, newer), _resource(writer, older)
    if newer == older or new.language != old.language:
        raise UsageError("editions in two languages")
    same_readers(target, source)
    conn = writer.conn
    _note(writer, newer, older, "replaced", by)
    _tell(writer, "replaced", newer, older, by)
    _move_words(writer, newer, older)
    likenesses.forget(conn, older)
    likenesses.forget(conn, newer)
    _move_tasks(writer, newer, older)
    _move_verdicts(writer, newer, older)
    aimed = update(schema.arrivals).where(schema.arrivals.c.replaces == newer)
    conn.execute(aimed.values(replaces=older))
    for table in (schema.arrivals, schema.versions):
        moved = update(table).where(table.c.edition == newer).values(edition=older)
        conn.execute(moved)
    editions = schema.editions
    row = conn.execute(select(editions).where(editions.c.id == newer)).one()
    conn.execute(delete(editions).where(editions.c.id == newer))
    writer.supersede(old, new.sha256, by=by)
    kept = {name: value for name, value in row._mapping.items() if name not in ("id", "resource")}
    conn.execute(
        update(editions).where(editions.c.id == older).values(**{**kept, "added": mapping.now()})
    )
    if len(source.editions) == 1:
        absorb(writer, source.id, target.id)
    else:
        writer.settle(source.id, decide)
    writer.settle_edition(older, decide)
    writer.settle(target.id, decide)
    return target.id


def _move_words(writer: Writer, newer: str, older: str) -> None:
    """Pages and statements of the newer take the place of the older's."""
    conn, pages, statements = writer.conn, schema.pages, schema.statements
    conn.execute(delete(pages).where(pages.c.edition == older))
    conn.execute(update(pages).where(pages.c.edition == newer).values(edition=older))
    corrected = select(statements.c.field).where(
        statements.c.edition == newer, statements.c.source == "staff"
    )
    fields = [*OF_THE_FILE, *conn.scalars(corrected)]
    conn.execute(
        delete(statements).where(
            statements.c.edition == older,
            or_(statements.c.source != "staff", statements.c.field.in_(fields)),
        )
    )
    conn.execute(update(statements).where(statements.c.edition == newer).values(edition=older))


def _move_tasks(writer: Writer, newer: str, older: str) -> None:
    """What was owed for the newer is owed under the older's name, and nothing else for it."""
    conn, table = writer.conn, schema.tasks
    undescribed.move(conn, newer, older)
    for kind in (undescribed.KIND, "layout", "ocr"):
        owed = list(conn.scalars(select(table.c.subject).where(table.c.kind == kind)))
        conn.execute(
            delete(table).where(
                table.c.kind == kind, table.c.subject.in_([*_of(owed, newer), *_of(owed, older)])
            )
        )
        tasks.owe(conn, kind, [older + subject[len(newer) :] for subject in _of(owed, newer)])


def _of(subjects: Iterable[str], edition: str) -> list[str]:
    """Subjects of tasks on an edition, with the languages that may follow its id."""
    return [subject for subject in subjects if subject.partition("/")[0] == edition]


def _move_verdicts(writer: Writer, newer: str, older: str) -> None:
    """What was said of the newer and others is said of the one it became."""
    conn, table = writer.conn, schema.verdicts
    about = or_(table.c.one == newer, table.c.other == newer)
    for row in conn.execute(select(table).where(about)).all():
        third = row.other if row.one == newer else row.one
        if row.verdict == "dismissed" and third != older:
            _note(writer, older, third, row.verdict, row.by)


def _note(writer: Writer, one: str, other: str, verdict: str, by: str) -> None:
    if one == other:
        raise UsageError("edition itself")
    table = schema.verdicts
    one, other = sorted((one, other))
    writer.conn.execute(delete(table).where(table.c.one == one, table.c.other == other))
    writer.conn.execute(
        insert(table).values(one=one, other=other, verdict=verdict, by=by, at=mapping.now())
    )


def _tell(
    writer: Writer, action: str, one: str, other: str, by: str, undoes: int | None = None
) -> None:
    """Add to the history of both resources what was said of two of their editions."""
    pair = {"one": _titled(writer, one), "other": _titled(writer, other)}
    both = [writer.resource_of(id_) for id_ in (one, other) if queries.edition(writer.conn, id_)]
    for resource in dict.fromkeys(both):
        history.note(writer.conn, by=by, action=action, subject=resource, after=pair, undoes=undoes)


def _titled(writer: Writer, id_: str) -> JSON:
    edition = queries.edition(writer.conn, id_)
    if edition is None:
        return {"edition": id_}
    return {"edition": id_, "title": edition.title, "sha256": edition.sha256}


def _edition(writer: Writer, id_: str) -> Edition:
    edition = queries.edition(writer.conn, id_)
    if edition is None:
        raise UsageError("edition unknown", id=id_)
    return edition


def _resource(writer: Writer, edition: str) -> Resource:
    _edition(writer, edition)
    resource = writer.resource_of(edition)
    return queries.resources(writer.conn, [resource], public=False)[0]
