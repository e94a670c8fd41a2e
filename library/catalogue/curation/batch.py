"""Many resources changed as one: all of it or none, in one transaction that is over in seconds.

What takes thirty questions for one resource is asked here for all at once, so that whoever reads
files meanwhile waits a moment and not minutes. Each resource has its own entries in the history;
one more, `many N`, stands for the whole, and is undone as a whole.

Long because the way there and the way back write the same rows, and must not come to differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, delete, insert, select, update

from library.catalogue.changes import history
from library.catalogue.changes.history import Change, Note
from library.catalogue.queue import tasks
from library.catalogue.resources import collections as catalogue_collections
from library.catalogue.resources import corrections, queries, slugs, status
from library.catalogue.resources.collections import Placing
from library.catalogue.resources.corrections import COLUMNS, OF_EDITION, OF_RESOURCE, Words
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import Changed, UsageError
from library.core.resource import JSON, Resource, Standing, Statement, Status, several

ACTION = history.MANY
MOST = 10_000  # resources of one change: others wait for the lock no longer than they can
_BATCH = 500  # below every database's limit on the values of one statement

Undoes = Mapping[str, int]
"""Action → the entry of a resource that is taken back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one resource is to become.

    seen: when it was last changed as whoever wishes this saw it. words: staff's, by edition, those
    fields only that are to change; standing: a whole one, or None to leave it as it is.
    """

    resource: str
    seen: str
    words: Words = field(default_factory=dict)
    standing: Standing | None = None
    undoes: Undoes = field(default_factory=dict)


@dataclass(slots=True)
class Prepared:
    """What wishes come to, worked out before the lock is asked for: rows to be written."""

    stamps: dict[str, str] = field(default_factory=dict)  # resource → when it was last changed
    writes: list[tuple[Executable, list[dict[str, Any]]]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    titles: dict[str, Resource] = field(default_factory=dict)  # as they were, of what is retitled
    scans: list[str] = field(default_factory=list)

    def write(self, statement: Executable, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.writes.append((statement, rows))


@dataclass(slots=True)
class Back:
    """What undoing a change of many comes to. left: what was changed again since."""

    prepared: Prepared
    left: list[str]
    collections: list[Change]


def seen(resource: Resource) -> str:
    """When a resource was last changed, as the catalogue keeps it."""
    return resource.changed.isoformat(timespec="microseconds")


def subject(number: int) -> str:
    """What the history calls a change of many."""
    return f"{ACTION} {number}"


def prepare(conn: Connection, wishes: Sequence[Wish], *, decide: Decide) -> Prepared:
    """Work out what is to be written, reading only. Raises Changed where a resource is not as it
    was seen, UsageError for what cannot be.
    """
    if len(wishes) > MOST:
        raise UsageError("too many at once", most=MOST)
    before = _as_seen(conn, wishes)
    made = Prepared(stamps={wish.resource: wish.seen for wish in wishes})
    made.notes += _stand(conn, made, wishes)
    made.notes += _say(conn, made, wishes, before, decide)
    return made


def carry_out(
    writer: Writer,
    wishes: Sequence[Wish],
    placings: Sequence[Placing] = (),
    *,
    by: str,
    decide: Decide,
    languages: Sequence[str] = (),
    told: JSON | None = None,
    undoes: int | None = None,
    prepared: Prepared | None = None,
) -> int:
    """Do all of it; the number of the entry that stands for the whole.

    told: what was asked for, for the history. prepared: the wishes worked out before, so that the
    lock is held for the writing alone. Raises Changed where a resource is not as it was seen,
    UsageError for what cannot be: nothing is done then.
    """
    conn = writer.conn
    made = prepared or prepare(conn, wishes, decide=decide)
    _expect(conn, made.stamps)
    first = history.head(conn) + 1
    for statement, values in made.writes:
        conn.execute(statement, values)
    _follow_titles(conn, made.titles, languages)
    tasks.owe(conn, "ocr", made.scans)
    history.note_all(conn, made.notes, by=by)
    touched = list(made.stamps)
    _touch(conn, touched)
    for placing in placings:
        catalogue_collections.place(writer, placing, by=by)
    writer.revise()
    last = history.head(conn)
    about = {**(told or {}), "first": first, "last": last, "resources": len(touched)}
    note = Note(ACTION, subject(last + 1), {}, about, undoes)
    return history.note_all(conn, [note], by=by)


def prepare_undo(conn: Connection, change: Change, *, decide: Decide) -> Back:
    """Work out what takes a whole change back, reading only."""
    parts = history.between(conn, change.after["first"], change.after["last"])
    gone = history.undone(conn, [part.id for part in parts])
    open_ = [part for part in parts if part.id not in gone]
    wishes, left = _back(conn, open_)
    collections = [part for part in open_ if part.action == catalogue_collections.ACTION]
    return Back(prepare(conn, wishes, decide=decide), left, collections)


def undo(
    writer: Writer,
    change: Change,
    *,
    by: str,
    decide: Decide,
    languages: Sequence[str] = (),
    back: Back | None = None,
) -> None:
    """Take a whole change back. What was changed again since is left as it is, and named.

    back: it, worked out before. Raises Changed where nothing of it is left to take back.
    """
    back = back or prepare_undo(writer.conn, change, decide=decide)
    left, collections = list(back.left), 0
    for part in back.collections:
        try:
            catalogue_collections.undo(writer, part, by=by)
            collections += 1
        except Changed:
            left.append(part.subject)
    if not back.prepared.stamps and not collections:
        raise Changed("changed since")
    content = {**{key: value for key, value in change.after.items() if key in KEPT}, "left": left}
    carry_out(
        writer,
        (),
        by=by,
        decide=decide,
        languages=languages,
        told=content,
        undoes=change.id,
        prepared=back.prepared,
    )


KEPT = ("asked", "name")
"""What of a change of many is said of its undoing too."""


def _expect(conn: Connection, stamps: Mapping[str, str]) -> None:
    """Raises Changed where a resource is not as it was seen."""
    table, now = schema.resources, dict[str, str]()
    for part in _parts(list(stamps)):
        query = select(table.c.id, table.c.changed).where(table.c.id.in_(part))
        now |= {row.id: row.changed for row in conn.execute(query)}
    if now != stamps:
        raise Changed("preview outdated")


def _as_seen(conn: Connection, wishes: Sequence[Wish]) -> dict[str, Resource]:
    """The resources as they are now. Raises Changed where one is not as it was seen."""
    by_id = {
        resource.id: resource
        for resource in queries.resources(conn, [wish.resource for wish in wishes], public=False)
    }
    for wish in wishes:
        now = by_id.get(wish.resource)
        if now is None or seen(now) != wish.seen:
            raise Changed("preview outdated")
        if not wish.words.keys() <= {edition.id for edition in now.editions}:
            raise Changed("edition elsewhere")
    return by_id


def _stand(conn: Connection, made: Prepared, wishes: Sequence[Wish]) -> Iterator[Note]:
    table, moment = schema.resources, mapping.now()
    changed: list[dict[str, Any]] = []
    standings = _standings(conn, [wish.resource for wish in wishes if wish.standing is not None])
    for wish in wishes:
        if wish.standing is None:
            continue
        now = standings[wish.resource]
        wanted = status.checked(conn, wish.resource, wish.standing)
        before, after = _standing(now), _standing(wanted)
        names = [name for name in after if after[name] != before[name]]
        if not names:
            continue
        since = now.since if now.status is wanted.status else moment
        values = {**after, "since": since}
        changed.append({"of": wish.resource, **{f"new_{key}": v for key, v in values.items()}})
        yield Note(
            status.ACTION,
            wish.resource,
            {name: before[name] for name in names},
            {name: after[name] for name in names},
            wish.undoes.get(status.ACTION),
        )
    _update(made, table, changed)


def _standing(standing: Standing) -> JSON:
    """As standing.told, without copying what cannot change: it is asked for thousands."""
    return {name: getattr(standing, name) for name in standing.__slots__ if name != "since"}


def _standings(conn: Connection, ids: Sequence[str]) -> dict[str, Standing]:
    table = schema.resources
    return {
        row.id: mapping.standing_of(row)
        for part in _parts(ids)
        for row in conn.execute(select(table).where(table.c.id.in_(part)))
    }


def _say(
    conn: Connection,
    made: Prepared,
    wishes: Sequence[Wish],
    before: Mapping[str, Resource],
    decide: Decide,
) -> Iterator[Note]:
    now = corrections.said(conn, [edition for wish in wishes for edition in wish.words])
    given: dict[str, dict[str, dict[str, corrections.Word]]] = {}
    for wish in wishes:
        changed = {
            edition: {
                name: word for name, word in words_of.items() if now[edition].get(name) != word
            }
            for edition, words_of in wish.words.items()
        }
        changed = {edition: words_of for edition, words_of in changed.items() if words_of}
        if changed:
            given[wish.resource] = changed
            yield Note(
                corrections.ACTION,
                wish.resource,
                corrections.told({e: {f: now[e].get(f) for f in s} for e, s in changed.items()}),
                corrections.told(changed),
                wish.undoes.get(corrections.ACTION),
            )
    if given:
        kept = _keep(
            made,
            {edition: words_of for each in given.values() for edition, words_of in each.items()},
        )
        _settle(conn, made, given, kept, before, decide)
        made.titles = {
            id_: before[id_]
            for id_, words in given.items()
            if any({"title", "language"}.intersection(words_of) for words_of in words.values())
        }
        made.scans = _scans(given, before)


def _keep(made: Prepared, words: Words) -> list[tuple[str, Statement]]:
    """Staff's statements in the place of those they made of the same fields before."""
    table, moment = schema.statements, mapping.now()
    same = (
        table.c.edition == bindparam("on"),
        table.c.field == bindparam("of"),
        table.c.source == "staff",
    )
    every = [(on, name, word) for on, by_name in words.items() for name, word in by_name.items()]
    made.write(delete(table).where(*same), [{"on": on, "of": name} for on, name, _ in every])
    new = [(on, Statement(name, word, "staff")) for on, name, word in every if word is not None]
    made.write(
        insert(table), [mapping.statement_values(on, statement, moment) for on, statement in new]
    )
    return new


def _settle(
    conn: Connection,
    made: Prepared,
    given: Mapping[str, Words],
    kept: Sequence[tuple[str, Statement]],
    before: Mapping[str, Resource],
    decide: Decide,
) -> None:
    """Bring columns and concepts in line with what is said now of the fields that changed."""
    statements = _statements(conn, given, kept, before)
    editions: list[dict[str, Any]] = []
    resources: list[dict[str, Any]] = []
    concepts: list[dict[str, Any]] = []
    emptied: list[dict[str, Any]] = []
    languages: list[dict[str, Any]] = []
    for id_, words in given.items():
        names = {name for each in words.values() for name in each}
        of_work = decide(
            [statement for _, statement in statements[id_] if statement.field in names]
        )
        values: dict[str, Any] = {
            f"new_{name}": str(of_work[name].value) if name in of_work else ""
            for name in COLUMNS
            if name in names
        }
        if values:
            resources.append({"of": id_, **values})
        for facet in names.intersection(OF_RESOURCE).difference(COLUMNS):
            emptied.append({"of": id_, "in": facet})
            ids = several(of_work[facet].value) if facet in of_work else ()
            concepts += [
                {"resource": id_, "facet": facet, "concept": concept, "position": position}
                for position, concept in enumerate(dict.fromkeys(ids))
            ]
        for edition, each in words.items():
            mine = decide(
                [
                    statement
                    for on, statement in statements[id_]
                    if on == edition and statement.field in each
                ]
            )
            values = {
                f"new_{name}": _column(name, mine)
                for name in each
                if name in OF_EDITION and (name in mine or name != "title")
            }
            if "new_language" in values:
                languages.append({"of": edition, "new_language": f"?{edition}"})
            if values:
                editions.append({"of": edition, **values})
    # Two editions may change languages with each other, and never have one in between.
    _update(made, schema.editions, languages)
    _update(made, schema.editions, editions)
    _update(made, schema.resources, resources)
    table = schema.concepts
    of = table.c.resource == bindparam("of"), table.c.facet == bindparam("in")
    made.write(delete(table).where(*of), emptied)
    made.write(insert(table), concepts)


def _column(name: str, statements: Mapping[str, Statement]) -> object:
    if name == "authors":
        return list(statements[name].value) if name in statements else []
    return statements[name].value if name in statements else ""


def _scans(given: Mapping[str, Words], before: Mapping[str, Resource]) -> list[str]:
    """Editions whose pages of pictures are read again, in a language that was put right."""
    return [
        edition.id
        for id_, words in given.items()
        for edition in before[id_].editions
        if edition.scanned and "language" in words.get(edition.id, {})
    ]


def _statements(
    conn: Connection,
    given: Mapping[str, Words],
    kept: Sequence[tuple[str, Statement]],
    before: Mapping[str, Resource],
) -> dict[str, list[tuple[str, Statement]]]:
    """All that will be said of the fields that change, by resource, in the order it was said."""
    table = schema.statements
    names = {name for words in given.values() for by_name in words.values() for name in by_name}
    whose = {edition.id: id_ for id_ in given for edition in before[id_].editions}
    by_resource: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
    columns = (table.c.edition, table.c.field, table.c.source, table.c.value, table.c.confidence)
    for part in _parts(list(whose)):
        query = select(*columns).where(table.c.edition.in_(part), table.c.field.in_(names))
        for row in conn.execute(query.order_by(table.c.id)):
            id_ = whose[row.edition]
            if row.source == "staff" and row.field in given[id_].get(row.edition, ()):
                continue  # another word takes its place
            value = row.value if isinstance(row.value, str) else tuple(row.value)
            statement = Statement(row.field, value, row.source, (), row.confidence)
            by_resource[id_].append((row.edition, statement))
    for edition, statement in kept:
        by_resource[whose[edition]].append((edition, statement))
    return by_resource


def _follow_titles(
    conn: Connection, before: Mapping[str, Resource], languages: Sequence[str]
) -> None:
    """The address follows a new title; the old one goes on leading there."""
    for now in queries.resources(conn, list(before), public=False):
        main = now.edition(*languages)
        old = next(
            (edition.title for edition in before[now.id].editions if edition.id == main.id), ""
        )
        if main.title != old:
            slugs.give(conn, now.id, main.title)


def _touch(conn: Connection, ids: Sequence[str]) -> None:
    table = schema.resources
    for part in _parts(ids):
        conn.execute(update(table).where(table.c.id.in_(part)).values(changed=mapping.now()))
    tasks.owe(conn, "index", ids)


def _back(conn: Connection, parts: Sequence[Change]) -> tuple[list[Wish], list[str]]:
    """What brings resources to where they were before these entries; and those left as they are,
    because something changed them again since.
    """
    by_resource: dict[str, list[Change]] = defaultdict(list)
    for part in parts:
        if part.action in (status.ACTION, corrections.ACTION):
            by_resource[part.subject].append(part)
    ids = list(by_resource)
    resources = {resource.id: resource for resource in queries.resources(conn, ids, public=False)}
    editions = [edition.id for resource in resources.values() for edition in resource.editions]
    now = corrections.said(conn, editions)
    wishes: list[Wish] = []
    left: list[str] = []
    for id_, changes in by_resource.items():
        resource = resources.get(id_)
        if resource is None or not all(_stands(change, resource, now) for change in changes):
            left.append(id_)
            continue
        wish = Wish(id_, seen(resource), undoes={change.action: change.id for change in changes})
        for change in changes:
            if change.action == status.ACTION:
                standing = dict(change.before)
                if "status" in standing:
                    standing["status"] = Status(standing["status"])
                wish = replace(wish, standing=replace(resource.standing, **standing))
            else:
                wish = replace(wish, words=corrections.words_of(change.before))
        try:
            if wish.standing is not None:
                status.checked(conn, id_, wish.standing)
        except UsageError:  # an embargo that is over since, or what took its place is gone
            left.append(id_)
            continue
        wishes.append(wish)
    return wishes, left


def _stands(change: Change, resource: Resource, now: Words) -> bool:
    """Whether what a change made is still so."""
    if change.action == status.ACTION:
        standing = asdict(resource.standing)
        return all(standing[name] == value for name, value in change.after.items())
    mine = {edition.id for edition in resource.editions}
    return all(
        edition in mine and all(now[edition].get(name) == word for name, word in words.items())
        for edition, words in corrections.words_of(change.after).items()
    )


def _update(made: Prepared, table: Table, values: Iterable[dict[str, Any]]) -> None:
    """Update rows by their id (`of`) with columns (`new_…`), those alike in one go."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for each in values:
        alike[tuple(sorted(each))].append(each)
    for names, ids in alike.items():
        columns = {
            name.removeprefix("new_"): bindparam(
                name, type_=table.c[name.removeprefix("new_")].type
            )
            for name in names
            if name != "of"
        }
        made.write(update(table).where(table.c.id == bindparam("of")).values(columns), ids)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
