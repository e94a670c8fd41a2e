"""Short addresses lead to what they name, and phones read them from a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import status
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.web.app import app_of
from tests.library.web.conftest import Shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(
        Settings(home=Path(tmp_path_factory.mktemp("short")), base_url="https://l.example")
    )
    made.add("On wages", ["Wages.", "More wages."], language="en")
    made.add("A draft", ["Nothing yet."], status=Status.DRAFT)
    made.add("Withdrawn", ["Names."])
    made.index()
    return made


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> TestClient:
    return TestClient(app_of(shelf.site()), follow_redirects=False)


def id_of(shelf: Shelf, slug: str) -> str:
    for id_ in shelf.catalogue.every(public=False):
        found = shelf.catalogue.resource(id_, public=False)
        if found and found.slug == slug:
            return id_
    raise LookupError(slug)


@pytest.mark.parametrize("letters", [8, 9, 10])
def test_a_key_or_its_beginning_leads_to_the_work(
    client: TestClient, shelf: Shelf, letters: int
) -> None:
    key = id_of(shelf, "on-wages")[:letters]
    for written in (key, key.upper()):
        answer = client.get(f"/r/{written}")
        assert (answer.status_code, answer.headers["location"]) == (302, "/resources/on-wages")
    page = client.get(f"/r/{key}/en/2")
    assert page.headers["location"] == "/resources/on-wages/en/2"


def test_what_is_not_there(client: TestClient, shelf: Shelf) -> None:
    key = id_of(shelf, "on-wages")
    for path in (key[:7], "0" * 10, "%25" * 8, f"{key}/en/3", f"{key}/es/1", f"{key}x"):
        assert client.get(f"/r/{path}").status_code == 404, path


def test_two_works_whose_ids_begin_alike_are_not_mixed_up(shelf: Shelf) -> None:
    from sqlalchemy import text

    key = id_of(shelf, "on-wages")
    catalogue = shelf.catalogue
    assert catalogue.id_beginning(key[:8]) == key
    with catalogue.write() as writer:
        writer.conn.execute(
            text(
                "INSERT INTO resources (id, status, publisher, series, added, changed)"
                " VALUES (:id, 'draft', '', '', '2024-01-01', '2024-01-01')"
            ),
            {"id": f"{key[:8]}~~"},
        )
    assert catalogue.id_beginning(key[:8]) == ""
    assert catalogue.id_beginning(key) == key
    with catalogue.write() as writer:
        writer.conn.execute(text("DELETE FROM resources WHERE id = :id"), {"id": f"{key[:8]}~~"})


def test_hidden_works_answer_like_their_page(client: TestClient, shelf: Shelf) -> None:
    draft, withdrawn = id_of(shelf, "a-draft"), id_of(shelf, "withdrawn")
    for path in (draft, draft[:8], f"{draft}.svg", f"{draft}/en/1"):
        assert client.get(f"/r/{path}").status_code == 404
    with shelf.catalogue.write() as writer:
        status.put(writer, withdrawn, Standing(Status.WITHDRAWN, reason="Names."), by="ana")
    for path in (withdrawn, withdrawn[:8], f"{withdrawn}.svg", f"{withdrawn}/en/1"):
        assert client.get(f"/r/{path}").status_code == 410


def test_a_phone_reads_the_address_from_the_picture(client: TestClient, shelf: Shelf) -> None:
    """Drawn by Chromium, read by OpenCV or ZXing where one is installed."""
    key = id_of(shelf, "on-wages")
    answer = client.get(f"/r/{key}.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert len(answer.content) < 4000
    assert read(answer.text) == f"https://l.example/r/{key}"


def read(svg: str) -> str:
    zxing = pytest.importorskip("zxingcpp", reason="zxing-cpp reads codes in tests")
    from PIL import Image

    image = Image.fromarray(modules(svg))
    [found] = zxing.read_barcodes(image)
    return str(found.text)


def modules(svg: str) -> object:
    """The picture as an array: segno draws rows of dark modules as one path of runs."""
    import re

    import numpy as np

    side = int(re.search(r'height="(\d+)"', svg).group(1)) // 4  # type: ignore[union-attr]
    grid = np.full((side, side), 255, np.uint8)
    path = re.findall(r' d="(M4[^"]*)"', svg)[-1]
    x = y = 0.0
    for kind, given in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", given)]
        if kind == "M":
            x, y = numbers
        elif kind == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            grid[int(y), int(x) : int(x + numbers[0])] = 0
            x += numbers[0]
    return np.kron(grid, np.ones((4, 4), np.uint8))


def test_a_name_that_lasts_leads_to_the_work_and_is_what_is_cited(tmp_path: Path) -> None:
    made = Shelf(Settings(home=tmp_path, base_url="https://l.example", ark="12345/w1"))
    id_ = made.add("On wages", ["Wages."])
    gone = made.add("Withdrawn", ["Names."])
    made.index()
    with made.catalogue.write() as writer:
        withdrawn = Standing(Status.WITHDRAWN, reason="Names in it.")
        status.put(writer, gone, withdrawn, by="ben")
    client = TestClient(app_of(made.site()), follow_redirects=False)
    for written in (f"/ark:/12345/w1{id_}", f"/ark:12345/w1{id_[:5]}-{id_[5:]}"):
        answer = client.get(written)
        assert (answer.status_code, answer.headers["location"]) == (302, "/resources/on-wages")
    tombstone = client.get(f"/ark:/12345/w1{gone}")
    assert tombstone.status_code == 410 and "Names in it." in tombstone.text
    for written in (f"/ark:/99999/w1{id_}", f"/ark:/12345/{id_}", "/ark:/12345/w1"):
        assert client.get(written).status_code == 404, written
    lasting = f"https://l.example/ark:/12345/w1{id_}"
    link = client.get("/resources/on-wages").headers["link"]
    assert lasting in link and "cite-as" in link
    harvested = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
    assert lasting in harvested
