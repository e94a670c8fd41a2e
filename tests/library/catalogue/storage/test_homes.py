"""A home of each earlier schema, as the code of its time wrote it, is opened and loses nothing.

They are stored as small texts of SQL (tests/homes) and made by scripts/make-homes.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.catalogue.accounts import users
from library.catalogue.changes import history
from library.catalogue.storage import revisions, sums
from library.core.settings import Settings
from tests.needs import ROOT, SQLITE

HOMES = ROOT / "tests" / "homes"
STORED = sorted(path.name.partition(".")[0] for path in HOMES.glob("*.sql.gz"))
EVERY = sorted(revisions.every())
DOCUMENTS = {path.name: path.read_bytes() for path in (HOMES / "documents").iterdir()}


def test_there_is_one_of_the_schema_before_this_one() -> None:
    """And of each that people could have run; others came in together with a later one."""
    assert EVERY[-2] in STORED, "scripts/make-homes makes those that are missing"
    assert set(STORED) <= set(EVERY) and len(STORED) > 17
    assert all((HOMES / f"{number}.sql.gz").stat().st_size < 16_384 for number in STORED)


@SQLITE
@pytest.mark.parametrize("number", STORED)
def test_a_home_of_each_schema_is_brought_up_to_date(tmp_path: Path, number: str) -> None:
    stored = gzip.decompress((HOMES / f"{number}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as conn:
        conn.executescript(stored)
        before = {
            (title, language, sha256)
            for title, language, sha256 in conn.execute(
                "SELECT title, language, sha256 FROM editions"
            )
        }
        texts = dict(conn.execute("SELECT edition || '/' || number, text FROM pages").fetchall())
        addresses = {row[0] for row in conn.execute("SELECT slug FROM slugs")}
        accounts = {"ana"} if 'INSERT INTO "users"' in stored else set()
    assert len(before) == len(DOCUMENTS) and texts and len(addresses) >= 2
    with closing(open_catalogue(Settings(home=tmp_path))) as catalogue:
        assert catalogue.faults() == []
        works = catalogue.resources(catalogue.every())
        editions = [edition for work in works for edition in work.editions]
        after = {(edition.title, edition.language, edition.sha256) for edition in editions}
        assert after == before
        kept = {
            f"{edition.id}/{page.number}": page.text
            for edition in editions
            for page in catalogue.pages(edition.id)
        }
        assert kept == texts
        assert {work.filed("topic")[0] for work in works} == {"wages"}
        assert all(catalogue.by_slug(slug) for slug in addresses)
        with catalogue.read() as conn:
            assert list(sums.wrong(conn)) == [] and list(history.faults(conn)) == []
            assert {user.name for user in users.every(conn)} == accounts
        with catalogue.write() as writer:  # and it can be written
            writer.rename(works[0].id, "Another name")
        assert {one.sha256 for one in editions} == {
            hashlib.sha256(content).hexdigest() for content in DOCUMENTS.values()
        }
