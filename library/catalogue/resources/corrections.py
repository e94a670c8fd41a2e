"""Staff's word on a resource, field by field, put in the place of what they said before.

What the file said and what was guessed stay beside it. An empty word of staff refuses a guess; no
word at all lets what was guessed count again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from index.fields import FILED
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import queries, slugs
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import UsageError
from library.core.resource import JSON, Edition, Statement

ACTION = "words"
OF_EDITION = ("title", "summary", "authors", "date", "language", "rights", "source_url")
COLUMNS = ("publisher", "series", "duration")
OF_RESOURCE = (*FILED, *COLUMNS)

_BATCH = 500  # below every database's limit on the values of one statement

Word = str | tuple[str, ...] | None
"""What staff say of a field: a value, an empty one for "none", None for nothing at all."""

Words = Mapping[str, Mapping[str, Word]]
"""Edition → field → word."""

SAME_LANGUAGE = "same language"  # the code of an error


def said(conn: Connection, editions: Sequence[str]) -> dict[str, dict[str, Word]]:
    """What staff say now of these editions."""
    table = schema.statements
    words: dict[str, dict[str, Word]] = {id_: {} for id_ in editions}
    for start in range(0, len(editions), _BATCH):
        part = editions[start : start + _BATCH]
        query = select(table.c.edition, table.c.field, table.c.value).where(
            table.c.edition.in_(part), table.c.source == "staff"
        )
        for edition, field, value in conn.execute(query.order_by(table.c.id)):
            words[edition][field] = value if isinstance(value, str) else tuple(value)
    return words


def correct(
    writer: Writer,
    resource: str,
    words: Words,
    *,
    by: str,
    decide: Decide,
    languages: Sequence[str] = (),
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """Keep staff's words on editions of a resource; whether that is a change.

    version: the number of the last change that whoever says this has seen. languages: the
    library's own, in order: the resource's address follows the title in the first of them.
    Raises Changed, UsageError.
    """
    conn = writer.conn
    resources = queries.resources(conn, [resource], public=False)
    if not resources:
        raise UsageError("resource unknown", id=resource)
    editions = {edition.id: edition for edition in resources[0].editions}
    if not words.keys() <= editions.keys():
        raise UsageError("edition elsewhere")
    now = said(conn, list(words))
    changed = {
        edition: {field: word for field, word in given.items() if now[edition].get(field) != word}
        for edition, given in words.items()
    }
    changed = {edition: given for edition, given in changed.items() if given}
    if not changed:  # sent twice, or what somebody else said too
        return False
    history.expect(conn, resource, version)
    for edition, given in changed.items():
        _say(writer, editions[edition], given, decide)
    writer.settle(resource, decide)
    _follow_title(writer, resource, list(editions.values()), languages)
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=resource,
        before=told({e: {f: now[e].get(f) for f in given} for e, given in changed.items()}),
        after=told(changed),
        undoes=undoes,
    )
    return True


def note(writer: Writer, edition: str, statements: Sequence[Statement], decide: Decide) -> None:
    """Keep what staff wrote beside a file since, from a command, with its history."""
    conn = writer.conn
    before = said(conn, [edition])[edition]
    writer.say(edition, statements, decide)
    after = said(conn, [edition])[edition]
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if changed:
        history.note(
            conn,
            by=history.COMMAND_LINE,
            action=ACTION,
            subject=writer.resource_of(edition),
            before=told({edition: {name: before.get(name) for name in changed}}),
            after=told({edition: {name: after.get(name) for name in changed}}),
        )


def _say(writer: Writer, edition: Edition, given: Mapping[str, Word], decide: Decide) -> None:
    conn, table = writer.conn, schema.statements
    conn.execute(
        delete(table).where(
            table.c.edition == edition.id, table.c.source == "staff", table.c.field.in_(given)
        )
    )
    new = [
        mapping.statement_values(edition.id, Statement(field, word, "staff"), mapping.now())
        for field, word in given.items()
        if word is not None
    ]
    if new:
        conn.execute(insert(table), new)
    if "language" in given:
        _check_language(writer, edition, decide)
    writer.settle_edition(edition.id, decide, blank=tuple(given))
    if "language" in given:
        tasks.owe(conn, "ocr", [edition.id] if edition.scanned else [])


def _check_language(writer: Writer, edition: Edition, decide: Decide) -> None:
    """Raises UsageError where another edition of the resource is in this one's new language."""
    conn, table = writer.conn, schema.editions
    settled = decide(queries.statements(conn, [edition.id])).get("language")
    taken = select(table.c.id).where(
        table.c.resource == writer.resource_of(edition.id),
        table.c.language == (settled.value if settled else ""),
        table.c.id != edition.id,
    )
    if conn.scalar(taken):
        raise UsageError("same language")


def _follow_title(
    writer: Writer, resource: str, before: Sequence[Edition], languages: Sequence[str]
) -> None:
    """The address follows a new title; the old one goes on leading there."""
    [changed] = queries.resources(writer.conn, [resource], public=False)
    main = changed.edition(*languages)
    old = next((edition.title for edition in before if edition.id == main.id), main.title)
    if main.title != old:
        slugs.give(writer.conn, resource, main.title)


def told(words: Words) -> JSON:
    """Words as the history keeps them."""
    return {
        edition: {
            field: list(word) if isinstance(word, tuple) else word for field, word in given.items()
        }
        for edition, given in words.items()
    }


def words_of(details: JSON) -> Words:
    """Words as history keeps them, as words."""
    return {
        edition: {
            field: tuple(word) if isinstance(word, list) else word for field, word in given.items()
        }
        for edition, given in details.items()
    }
