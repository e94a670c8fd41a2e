"""A lookup answers as the catalogue does, without what the catalogue needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import Catalogue, Lookup, open_catalogue, open_lookup
from library.catalogue.queue import tasks
from library.catalogue.storage import sqlite
from library.catalogue.vocabulary import schemes
from library.core.messages import Message
from library.core.resource import Statement, Status
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from tests import needs
from tests.library.catalogue.builders import edition, put

pytestmark = needs.SQLITE
FILES = Vocabularies.load(("en", "es"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def lookup(catalogue: Catalogue, settings: Settings) -> Iterator[Lookup]:
    made = open_lookup(settings)
    assert made is not None
    yield made
    made.close()


@pytest.fixture
def ids(catalogue: Catalogue) -> list[str]:
    """Works of every sort: in two languages, with concepts, half read, hidden from readers."""
    said = (
        Statement("topic", ("wages", "hours"), "staff"),
        Statement("kind", "toolkit", "guess"),
        Statement("duration", "PT90M", "staff"),
        Statement("publisher", "The Union", "staff"),
    )
    filed = [
        put(catalogue, edition("a"), *said, work="w"),
        put(catalogue, replace(edition("b", "Nuestras calles", "es"), date=None), *said, work="w"),
        put(catalogue, replace(edition("c", "Half"), unread=(Message("page empty", {"page": 3}),))),
        put(catalogue, edition("d", "A draft"), status=Status.DRAFT),
        put(catalogue, replace(edition("e", "Laid out"), laid_out=True, reading="flesch 61.5")),
    ]
    return [*dict.fromkeys(one.resource for one in filed)]


def test_it_finds_the_same_works(catalogue: Catalogue, lookup: Lookup, ids: list[str]) -> None:
    asked = [*reversed(ids), "unknown", ids[0]]
    found = lookup.resources(asked)
    assert found == catalogue.resources(asked)
    assert len(found) == 4  # one is a draft, one was asked for twice
    assert lookup.resources([]) == []


def test_so_it_does_of_more_works_than_one_statement_takes(
    catalogue: Catalogue, lookup: Lookup, ids: list[str]
) -> None:
    asked = [f"unknown{n}" for n in range(700)] + ids
    assert lookup.resources(asked) == catalogue.resources(asked) != []


def test_it_knows_what_staff_changed_of_the_vocabularies(
    catalogue: Catalogue, lookup: Lookup
) -> None:
    assert lookup.vocabularies(FILES) is FILES
    with catalogue.write() as writer:
        schemes.put(writer.conn, "topic", {"rent": {"preferred": {"en": "Rent"}}})
        schemes.put(writer.conn, "kind", {"song": {"preferred": {"en": "Song"}}})
    there, here = catalogue.vocabularies(FILES), lookup.vocabularies(FILES)
    assert here.number == there.number == 2
    assert here.records == there.records
    assert here.label("topic", "rent", "en") == "Rent"


def test_it_knows_whether_another_engine_was_kept_up_to_date(
    catalogue: Catalogue, lookup: Lookup
) -> None:
    def behind(engine: str) -> bool:
        with catalogue.read() as conn:
            return tasks.behind(conn, engine)

    for revision, engine in enumerate(("whoosh", "other", "whoosh"), 1):
        assert (lookup.behind("whoosh"), lookup.behind("other")) == (
            behind("whoosh"),
            behind("other"),
        )
        with catalogue.write() as writer:
            tasks.brought(writer.conn, engine, revision)


def test_what_it_cannot_read_the_catalogue_is_asked(
    catalogue: Catalogue, lookup: Lookup, ids: list[str]
) -> None:
    lookup._conn.close()  # whatever is asked of it now is an error of SQLite's
    assert lookup.resources(ids) == catalogue.resources(ids)
    assert lookup.vocabularies(FILES) is FILES
    assert lookup.behind("whoosh")  # so that whoever can tell opens the catalogue
    lookup._conn = sqlite3.connect(":memory:")


def test_there_is_none_of_a_catalogue_that_is_not_of_this_code(settings: Settings) -> None:
    assert open_lookup(settings) is None  # none is there, and none is made
    assert not (settings.home / "catalogue.sqlite").exists()
    open_catalogue(settings, make=True).close()
    with closing(sqlite3.connect(settings.home / "catalogue.sqlite")) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '0001'")
    assert open_lookup(settings) is None
    (settings.home / "catalogue.sqlite").write_bytes(b"no database at all")
    assert open_lookup(settings) is None


def test_there_is_none_of_a_database_that_a_setting_names(
    catalogue: Catalogue, settings: Settings
) -> None:
    assert open_lookup(replace(settings, database=f"sqlite:///{settings.home}/x.sqlite")) is None


def test_it_writes_nothing(catalogue: Catalogue, lookup: Lookup, ids: list[str]) -> None:
    before = catalogue.revision()
    lookup.resources(ids)
    with catalogue.write() as writer:  # which nobody keeps it from
        writer.store_original("f" * 64, 1, "f.pdf")
    assert not lookup._conn.in_transaction
    assert catalogue.revision() >= before
    assert "busy_timeout=15000" in sqlite.PRAGMAS  # the same as its own
