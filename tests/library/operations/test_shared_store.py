"""A library whose originals are in a store is served, backed up, tried out and restored as any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue import open_catalogue
from library.catalogue.upkeep import fixity
from library.core.settings import Settings
from library.operations import backup, bag, restore_drill, upkeep
from library.operations.check import check
from library.operations.health import look_at
from library.store import originals
from library.store.holdings import holdings_of, prepare, store_of
from library.store.protocol import name_of
from library.web.app import app_of
from tests import s3
from tests.library.web.conftest import Shelf


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path / "home", store=setting(request.param, tmp_path / "store")))
    prepare(made.settings)
    made.add("Our streets", ["We swept the pavement."])
    made.add("Our market", ["We opened the market."])
    made.index()
    yield made
    made.catalogue.close()


def setting(kind: str, folder: Path) -> str:
    if kind == "s3":
        return s3.setting()
    folder.mkdir()
    return f"file://{folder}"


def sums(shelf: Shelf) -> list[str]:
    return sorted(holdings_of(shelf.settings, shelf.catalogue).every())


def test_it_is_backed_up_tried_out_and_restored_into_another_store(
    shelf: Shelf, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    target = tmp_path / "copy"
    made = backup.backup(shelf.settings, shelf.catalogue, target)
    assert (made.originals, made.missing, made.new) == (2, (), 2)
    assert backup.backup(shelf.settings, shelf.catalogue, target).new == 0
    assert all(originals.verify(target / "originals", one) for one in sums(shelf))
    assert restore_drill.drill(shelf.settings, target, shelf.catalogue).resources == 2
    kind = request.node.callspec.params["shelf"]
    there = Settings(home=tmp_path / "other", store=setting(kind, tmp_path / "other-store"))
    assert backup.restore(there, target) == 2
    assert not there.originals.exists()
    with closing(open_catalogue(there)) as catalogue:
        held = holdings_of(there, catalogue)
        assert sorted(held.every()) == sums(shelf)
        assert all(held.verify(one) for one in held.every())


def test_one_that_is_lost_or_changed_is_found_and_brought_back(
    shelf: Shelf, tmp_path: Path
) -> None:
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    lost, changed = sums(shelf)
    store = store_of(shelf.settings)
    assert store is not None
    store.remove(name_of(lost))
    store.write(name_of(changed), b"rotten")
    parts = shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies
    found = [one for one in check(*parts, target) if "original" in one.finding]
    assert {one.subject: one.finding for one in found} == {
        lost: "an original is missing", changed: "an original has changed on the disk"
    }  # fmt: skip
    missing = backup.backup(shelf.settings, shelf.catalogue, tmp_path / "second").missing
    assert set(missing) == {lost, changed}
    for one in found:
        assert one.mend is not None
        one.mend()
    assert [one for one in check(*parts) if "original" in one.finding] == []
    holdings = holdings_of(shelf.settings, shelf.catalogue)
    store.remove(name_of(lost))
    assert upkeep.fault_of(holdings, lost) == upkeep.MISSING
    backup.backup(shelf.settings, shelf.catalogue, target)
    assert upkeep.bring_back(holdings, shelf.catalogue, lost)  # from the backup made last
    assert holdings.verify(lost)


def test_a_bag_holds_what_the_store_does(shelf: Shelf, tmp_path: Path) -> None:
    told = bag.write(shelf.settings, shelf.catalogue, tmp_path / "bag")
    assert (told.originals, told.missing) == (2, ())


def test_downloads_come_whole_and_in_ranges(shelf: Shelf) -> None:
    app = app_of(shelf.site())
    sha256 = sums(shelf)[0]
    with holdings_of(shelf.settings, shelf.catalogue).open(sha256) as file:
        data = file.read()
    with TestClient(app) as reader:
        path = f"/originals/{sha256}/a.pdf"
        whole = reader.get(path)
        assert (whole.status_code, whole.content) == (200, data)
        assert whole.headers["accept-ranges"] == "bytes"
        tag = whole.headers["etag"]
        part = reader.get(path, headers={"Range": "bytes=3-7"})
        assert (part.status_code, part.content) == (206, data[3:8])
        assert part.headers["content-range"] == f"bytes 3-7/{len(data)}"
        end = reader.get(path, headers={"Range": "bytes=-4", "If-Range": tag})
        assert (end.status_code, end.content) == (206, data[-4:])
        other = reader.get(path, headers={"Range": "bytes=-4", "If-Range": '"other"'})
        assert (other.status_code, other.content) == (200, data)
        several = reader.get(path, headers={"Range": "bytes=0-1,4-5"})
        assert several.status_code == 206
        assert data[:2] in several.content and data[4:6] in several.content
        beyond = reader.get(path, headers={"Range": f"bytes={len(data)}-"})
        assert beyond.status_code == 416
        head = reader.head(path)
        assert (head.content, head.headers["content-length"]) == (b"", str(len(data)))
        assert reader.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_while_the_store_is_away_the_site_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    sha256 = sums(shelf)[0]
    away = replace(shelf.settings, store="s3+http://ana:hush-hush@127.0.0.1:9/bucket")
    with TestClient(
        app_of(replace(shelf.site(), settings=away)), raise_server_exceptions=False
    ) as reader:
        assert reader.get("/").status_code == 200
        assert reader.get("/search?q=pavement").status_code == 200
        answer = reader.get(f"/originals/{sha256}/a.pdf")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "hush-hush" not in answer.text
        parts = away, shelf.catalogue, shelf.engine, shelf.vocabularies
        [fault] = [one for one in check(*parts) if "store" in one.finding]
        assert "does not answer" in fault.subject
        assert fault.remedy
        with shelf.catalogue.read() as conn:
            assert fixity.damaged(conn) == []  # nothing is taken for lost


def test_health_says_that_the_store_does_not_answer_and_what_to_do(shelf: Shelf) -> None:
    assert look_at(shelf.settings, shelf.catalogue, shelf.engine).fixity.fault is None
    for address, code in (
        ("s3+http://ana:hush-hush@127.0.0.1:9/bucket", "store unreachable"),
        (f"file://{shelf.settings.home / 'nothing-mounted'}", "store folder missing"),
    ):
        part = look_at(replace(shelf.settings, store=address), shelf.catalogue, shelf.engine).fixity
        assert part.state == "act"
        assert part.fault is not None
        assert part.fault.code == code
        assert "hush-hush" not in part.fault.whole()
