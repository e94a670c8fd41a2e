"""The catalogue as files: whole, of a search, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf


def rows_of(client: TestClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/export.csv{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def records_of(client: TestClient, query: str = "") -> list[dict[str, object]]:
    return [json.loads(line) for line in client.get(f"/export.jsonl{query}").text.splitlines()]


def test_the_whole_catalogue(client: TestClient, site: Site) -> None:
    every = site.catalogue.every()
    records = records_of(client)
    assert [one["id"] for one in records] == every
    asked = client.get(f"/api/resources/{every[0]}").json()
    assert {**records[0], "url": asked["url"]}.keys() == asked.keys()
    rows = rows_of(client)
    assert len(rows) == sum(len(one["editions"]) for one in records)  # type: ignore[arg-type]
    assert {row["language"] for row in rows if row["id"] == every[0]} == {"en", "es"}
    assert "A secret draft" not in str(rows) + str(records)


@pytest.mark.parametrize("query", ["?q=wages", "?topic=-law&from=2005", "?q=zzzz", "?kind=nothing"])
def test_of_a_search_all_that_it_finds(client: TestClient, query: str) -> None:
    total = client.get(f"/api/search{query}").json()["total"]
    ids = [one["id"] for one in records_of(client, query)]
    assert len(ids) == len(set(ids)) == total
    assert {row["id"] for row in rows_of(client, query)} == set(ids)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    shelf = Shelf(Settings(home=tmp_path))
    for title in ("=1+1", "@SUM(A1)", "+44", "-2", "\tx", 'a "quoted", line'):
        shelf.add(title, [f"Words of {title}."], summary="=HYPERLINK(1)", series="=2+2")
    shelf.add("=DRAFT", ["No."], status=Status.DRAFT)
    yield TestClient(app_of(shelf.site()))
    shelf.catalogue.close()


def test_no_cell_is_a_formula(hostile: TestClient) -> None:
    rows = rows_of(hostile)
    assert len(rows) == 6
    cells = [cell for row in rows for cell in row.values() if cell]
    assert not [cell for cell in cells if cell[0] in "=@+\t\r-"]
    assert any(row["title"] == 'a "quoted", line' for row in rows)
