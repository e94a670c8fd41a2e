"""What is withdrawn is in no answer from that moment on, though nobody can write the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import status
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.web.app import app_of
from tests.library.web.conftest import Shelf

GONE = "The zanjero papers"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A work is withdrawn; the index, which somebody else is writing, does not follow."""
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("Water rights", ["Water for every market, said the porters of the market."])
    shelf.add("Market fees", ["The market and its fees. The water of the market."])
    gone = shelf.add(GONE, ["A zanjero guards the water of the market by night."], topic="law")
    shelf.index()
    client = TestClient(app_of(shelf.site()))
    assert total(client, "q=water") == 3 and "zanjero" in client.get("/suggest?q=zanj").text
    with shelf.catalogue.write() as writer:
        status.put(writer, gone, Standing(Status.WITHDRAWN, reason="Names."), by="ana")
    yield client
    shelf.engine.close()
    shelf.catalogue.close()


def total(client: TestClient, query: str) -> int:
    number: int = client.get(f"/api/search?{query}").json()["total"]
    return number


def test_totals_and_counts_are_without_it(client: TestClient) -> None:
    assert total(client, "q=water") == 2
    assert total(client, "q=") == 2
    assert total(client, "q=zanjero") == 0
    counts = client.get("/api/search?q=water").json()["facets"]
    numbers = [
        value["count"]
        for facet in (counts.values() if isinstance(counts, dict) else counts)
        for value in (facet if isinstance(facet, list) else facet["values"])
    ]
    assert numbers and max(numbers) <= 2


@pytest.mark.parametrize("typed", ["zanj", "zanjero", "the zan", "papers"])
def test_nothing_of_it_is_suggested(client: TestClient, typed: str) -> None:
    answer = client.get("/suggest", params={"q": typed}).json()
    assert not [word for word in answer[1] if "zanjero" in word.lower()]


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=zanjerro",
        "/search?q=water",
        "/search?q=zanjero",
        "/",
        "/feed.atom",
        "/feed.atom?q=water",
        "/sitemap.xml",
        "/resources",
        "/resources/water-rights",
        "/suggest?q=zanj&as=page",
        "/api/search?q=zanjerro",
        "/no-such-page/zanjero-papers",
    ],
)
def test_no_page_names_it(client: TestClient, path: str) -> None:
    text = client.get(path).text.lower().replace("zanjerro", "").replace("q=zanj", "")
    for asked in ('value="zanjero"', 'value="zanj"', "zanjero-papers", "“zanjero”", "q=zanjero"):
        text = text.replace(asked, "")
    assert GONE.lower() not in text
    assert "a zanjero guards" not in text
    assert "did you mean" not in text or "zanjero" not in text
