"""Addresses of what staff have joined or replaced go on working."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.editions import duplicates
from library.core.settings import Settings
from library.web.app import app_of
from library.web.links import original
from tests.library.web.conftest import Shelf, decide


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Settings(home=tmp_path / "library"))


def editions(shelf: Shelf, *resources: str) -> list[str]:
    return [one.editions[0].id for one in shelf.catalogue.resources(resources)]


def test_old_addresses_lead_to_what_was_joined(shelf: Shelf) -> None:
    stays = shelf.add("Our streets", ["Street vendors bargain."])
    goes = shelf.add("Nuestras calles", ["Las vendedoras negocian."], language="es")
    with shelf.catalogue.write() as writer:
        duplicates.join(writer, *editions(shelf, stays, goes), by="ana", decide=decide)
    shelf.index()
    client = TestClient(app_of(shelf.site()), follow_redirects=False)
    for old, new in (
        ("/resources/nuestras-calles", "/resources/our-streets"),
        ("/resources/nuestras-calles/es/1", "/resources/our-streets/es/1"),
        (f"/api/resources/{goes}", f"/api/resources/{stays}"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["location"]) == (308, new)
        assert client.get(new).status_code == 200
    assert client.get("/api/search?q=negocian").json()["hits"][0]["id"] == stays
    assert client.get("/api/resources/nothing").status_code == 404


def test_a_replaced_original_can_still_be_had(shelf: Shelf) -> None:
    older = shelf.add("Agreement 2019", ["The agreement of 2019."])
    newer = shelf.add("Agreement 2021", ["The agreement of 2021."])
    [before, after] = shelf.catalogue.resources([older, newer])
    with shelf.catalogue.write() as writer:
        pair = after.editions[0].id, before.editions[0].id
        duplicates.replace(writer, *pair, by="ana", decide=decide)
    shelf.index()
    client = TestClient(app_of(shelf.site()), follow_redirects=False)
    for one in (before, after):
        assert client.get(original(one.editions[0])).status_code == 200
    assert client.get("/resources/agreement-2021").headers["location"] == (
        "/resources/agreement-2019"
    )
    assert "The agreement of 2021." in client.get("/resources/agreement-2019/en/1").text
