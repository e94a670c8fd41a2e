"""What one question needs of a catalogue, read by SQLite's own driver.

A command that searches asks four tables for twenty works and ends. Loading SQLAlchemy and the
tables it knows takes longer than all that it does besides, so what such a command asks is written
here once more, as SQL, and made into the same values by the same functions (`storage.mapping`). A
test holds each answer against the catalogue's own. Where the catalogue is no file of SQLite's, or
is of another revision, there is no lookup; what a lookup cannot read, the catalogue is asked,
which reads it or says what is wrong.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from library.catalogue.storage import mapping, revisions, sqlite_file
from library.core import permissions
from library.core.errors import LibraryError
from library.core.resource import LISTED, Edition, Resource
from library.core.settings import CATALOGUE, Settings
from library.vocabularies import Vocabularies
from library.vocabularies.records import Record

if TYPE_CHECKING:
    from library.catalogue.database import Catalogue

WAIT = 15.0  # seconds for a lock, as everywhere (storage/sqlite.py)
JSON_OF = frozenset(("authors", "unread", "contents", "record"))
TRUTH_OF = frozenset(("laid_out",))

_RESOURCES = "SELECT * FROM resources WHERE id IN ({ids}) AND status IN ({among})"
_SLUGS = "SELECT resource, slug FROM slugs WHERE resource IN ({ids}) AND current"
_CONCEPTS = "SELECT * FROM concepts WHERE resource IN ({ids}) ORDER BY position"
_EDITIONS = "SELECT * FROM editions WHERE resource IN ({ids}) ORDER BY added, id"
_STATE = "SELECT name, number FROM state"
_RECORDS = "SELECT facet, concept, record FROM vocabulary ORDER BY facet, concept"

_BATCH = 500


class Row:
    """A row by the names of its columns, as SQLAlchemy gives it."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            if name in JSON_OF:
                value = json.loads(value)
            elif name in TRUTH_OF:
                value = bool(value)
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


class Lookup:
    """Answers as the catalogue does. Raises NotUsable, as that does."""

    def __init__(self, conn: sqlite3.Connection, settings: Settings) -> None:
        self._conn = conn
        self._settings = settings

    def resources(self, ids: Sequence[str]) -> list[Resource]:
        """These resources in this order, unknown ones and those that cannot be found left out."""
        by_id: dict[str, Resource] = {}
        try:
            with self._moment():
                for start in range(0, len(ids), _BATCH):
                    by_id.update(self._resources(ids[start : start + _BATCH]))
        except sqlite3.Error:
            with self._catalogue() as catalogue:
                return catalogue.resources(ids)
        return [by_id[id_] for id_ in ids if id_ in by_id]

    def vocabularies(self, held: Vocabularies) -> Vocabularies:
        """The vocabularies as staff have them now: `held`, if nothing changed since."""
        by_facet: dict[str, dict[str, Record]] = defaultdict(dict)
        try:
            with self._moment():
                number = self._states().get("vocabulary", 0)
                if number == held.number:
                    return held
                for row in self._ask(_RECORDS):
                    by_facet[row.facet][row.concept] = row.record
        except sqlite3.Error:
            with self._catalogue() as catalogue:
                return catalogue.vocabularies(held)
        return held.changed(by_facet, number)

    def behind(self, engine: str) -> bool:
        """Whether the index of another engine was kept up to date longer than that of this one."""
        try:
            with self._moment():
                states = self._states()
        except sqlite3.Error:
            return True  # whoever brings the index up to date opens the catalogue
        counts = {
            name.removeprefix("index "): number
            for name, number in states.items()
            if name.startswith("index ")
        }
        return counts.get(engine, 0) < max(counts.values(), default=0)

    def close(self) -> None:
        self._conn.close()

    @contextmanager
    def _catalogue(self) -> Iterator[Catalogue]:
        from library.catalogue.database import open_catalogue  # with all that a lookup does without

        with closing(open_catalogue(self._settings)) as catalogue:
            yield catalogue

    @contextmanager
    def _moment(self) -> Iterator[None]:
        """Several questions of one moment; it writes nothing."""
        self._conn.execute("BEGIN")
        try:
            yield
        finally:
            self._conn.execute("ROLLBACK")

    def _states(self) -> dict[str, int]:
        return dict(self._conn.execute(_STATE))

    def _ask(self, statement: str, **lists: Sequence[str]) -> Iterator[Any]:
        marks = {name: ", ".join("?" * len(values)) for name, values in lists.items()}
        given = [value for values in lists.values() for value in values]
        cursor = self._conn.execute(statement.format(**marks), given)
        names = [column[0] for column in cursor.description]
        return (Row(names, values) for values in cursor)

    def _resources(self, ids: Sequence[str]) -> dict[str, Resource]:
        rows = [*self._ask(_RESOURCES, ids=ids, among=sorted(LISTED))]
        slugs = {row.resource: row.slug for row in self._ask(_SLUGS, ids=ids)}
        concepts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self._ask(_CONCEPTS, ids=ids):
            concepts[row.resource][row.facet].append(row.concept)
        editions: dict[str, list[Edition]] = defaultdict(list)
        for row in self._ask(_EDITIONS, ids=ids):
            editions[row.resource].append(mapping.edition_of(row))
        return {
            row.id: mapping.resource_of(row, slugs[row.id], concepts[row.id], editions[row.id])
            for row in rows
            if editions[row.id]
        }


def open_lookup(settings: Settings) -> Lookup | None:
    """A lookup of a library's catalogue; None where only the catalogue can tell."""
    path = settings.home / CATALOGUE
    if settings.database or not path.is_file():
        return None
    permissions.begin(settings)
    permissions.close(settings)
    try:
        sqlite_file.look(path)
        # A file that is gone is not made; and it is one that may be written in, as readers of a
        # file with a log beside it need.
        address = f"{path.absolute().as_uri()}?mode=rw"
        conn = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)
    except (LibraryError, sqlite3.Error):
        return None
    try:
        conn.execute("PRAGMA trusted_schema=OFF")
        found = conn.execute(f"SELECT version_num FROM {revisions.TABLE}").fetchall()  # noqa: S608
    except sqlite3.Error:
        found = []
    if found != [(revisions.newest(),)]:
        conn.close()
        return None
    return Lookup(conn, settings)
