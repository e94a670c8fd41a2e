"""The whole library as a bag that an archive can verify, and the same library of it again."""

from __future__ import annotations

import json
from pathlib import Path

import bagit
import pytest
from sqlalchemy import Connection

from library import sheets
from library.catalogue.resources import status
from library.catalogue.storage import rows
from library.core.errors import Damaged, UsageError
from library.core.resource import Collection, PartialDate, Standing, Status
from library.core.settings import Settings
from library.operations import bag
from library.search import indexer
from tests.library.web.conftest import Shelf


def filled(home: Path) -> tuple[Shelf, str]:
    """A library with editions, a draft, a withdrawal, a collection and a word of staff."""
    shelf = Shelf(Settings(home=home, name="Our library", base_url="https://ours.example"))
    first = shelf.add(
        "A fund",
        ["Wages. " * 30, "Strikes."],
        work="fund",
        topic=("wages",),
        date=PartialDate(2019, 5),
    )
    shelf.add("Un fondo", ["Salarios."], language="es", work="fund")
    shelf.add("Not yet", ["Words."], status=Status.DRAFT)
    gone = shelf.add("Gone", ["Away."])
    with shelf.catalogue.write() as writer:
        writer.set_collection(Collection("shelf", "A shelf", "With a word.", (first,)))
        writer.rename(first, "A fund of our own")
        withdrawn = Standing(Status.WITHDRAWN, reason="Asked to.")
        status.put(writer, gone, withdrawn, by="ben")
    return shelf, first


def said(conn: Connection) -> list[tuple[str, rows.Row]]:
    return list(rows.every(conn))


def test_a_bag_makes_the_same_library_again(tmp_path: Path) -> None:
    shelf, first = filled(tmp_path / "home")
    made = bag.write(shelf.settings, shelf.catalogue, tmp_path / "bag")
    assert (made.originals, made.missing) == (4, ())
    seen = bagit.Bag(str(tmp_path / "bag"))
    assert seen.validate() and seen.info["Source-Organization"] == "Our library"
    with pytest.raises(UsageError):
        bag.write(shelf.settings, shelf.catalogue, tmp_path / "bag")
    with pytest.raises(UsageError):
        bag.take(shelf.settings, shelf.catalogue, tmp_path / "bag")
    other = Shelf(Settings(home=tmp_path / "other", base_url="https://ours.example"))
    assert bag.take(other.settings, other.catalogue, tmp_path / "bag") == 4
    with shelf.catalogue.read() as one, other.catalogue.read() as two:
        assert said(one) == said(two)
    assert table_of(shelf) == table_of(other)
    indexer.rebuild(other.catalogue, other.engine, other.vocabularies)
    assert [work.id for work in other.catalogue.resources(other.catalogue.every())] == [first]
    assert {one.name for one in other.settings.originals.rglob("*") if one.is_file()} == {
        one.name for one in shelf.settings.originals.rglob("*") if one.is_file()
    }
    bag.write(other.settings, other.catalogue, tmp_path / "again")
    kept, again = (
        (tmp_path / one / bag.MANIFEST).read_text().splitlines() for one in ("bag", "again")
    )
    assert [line for line in kept if bag.TABLE not in line] == [
        line for line in again if bag.TABLE not in line
    ]


def table_of(shelf: Shelf) -> list[dict[str, object]]:
    """The table of a catalogue, without the number of the history, which is of one home."""
    table = sheets.json_of(shelf.catalogue, shelf.catalogue.every(public=False))
    held = json.loads(b"".join(table))
    assert held
    return [{name: row[name] for name in row if name != "version"} for row in held]


@pytest.mark.parametrize("what", ["original", "rows", "link", "other table"])
def test_a_bag_that_was_changed_is_refused_and_nothing_comes(tmp_path: Path, what: str) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("A fund", ["Wages."])
    bag.write(shelf.settings, shelf.catalogue, tmp_path / "bag")
    table = tmp_path / "bag" / bag.ROWS
    if what == "original":
        [original] = (path for path in (tmp_path / "bag/data/originals").rglob("*.pdf"))
        original.write_bytes(original.read_bytes() + b" ")
    elif what == "rows":
        table.write_text(table.read_text().replace("A fund", "A find"))
    elif what == "link":
        secret = tmp_path / "secret"
        secret.write_bytes(table.read_bytes())
        table.unlink()
        table.symlink_to(secret)
    else:
        table.write_text(table.read_text() + '["users", {"id": 1}]\n')
        sums = {
            line.partition("  ")[2]: line.partition("  ")[0]
            for line in (tmp_path / "bag" / bag.MANIFEST).read_text().splitlines()
        }
        bag._manifest(tmp_path / "bag" / bag.MANIFEST, sums | {bag.ROWS: bag._sum(table)})
        tags = {
            n: bag._sum(tmp_path / "bag" / n) for n in ("bagit.txt", "bag-info.txt", bag.MANIFEST)
        }
        bag._manifest(tmp_path / "bag" / bag.TAGS, tags)
    other = Shelf(Settings(home=tmp_path / "other"))
    with pytest.raises(Damaged):
        bag.take(other.settings, other.catalogue, tmp_path / "bag")
    with other.catalogue.read() as conn:
        assert rows.is_empty(conn)
