"""Take with you: from a search to a file, by way of a worker."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import status
from library.cli.packs import typeset
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.packs import shelf as packs
from library.web.packs.make import Packer
from library.web.packs.order import Order
from library.web.site import Site
from tests import markup
from tests.library.web.conftest import Shelf


@pytest.fixture
def own(tmp_path: Path) -> Shelf:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("On wages", ["Wages are paid by the week."], language="en")
    shelf.add("Sobre salarios", ["El salario se paga cada semana."], language="es")
    shelf.index()
    return shelf


@pytest.fixture
def at(own: Shelf) -> Site:
    return own.site()


def work(site: Site) -> int:
    """What a worker does; how many packs it made."""
    packer = Packer(site.settings, site.catalogue, site.engine, site.vocabularies, typeset=typeset)
    claimed = site.catalogue.claim("pack", 60, 10)
    for task in claimed:
        packs.fill(packer, task.subject)
    site.catalogue.finish(claimed)
    return len(claimed)


def wished(client: TestClient, **fields: str) -> str:
    answer = client.post("/packs", data={"take": "en", "format": "zip", **fields})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_a_document_is_printed_as_a_booklet(at: Site) -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    client = TestClient(app_of(at), follow_redirects=False)
    offered = client.get("/packs/new?resource=on-wages").text
    assert "pdf-a5" in markup.values(offered, "input[name=format]", "value")
    place = wished(client, resource="on-wages", format="pdf-a5")
    assert work(at) == 1
    [file] = markup.values(client.get(place).text, "main a.button, main .take a", "href")[:1]
    answer = client.get(file)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert markup.has(offered, "input[name=first]")
    assert wished(client, resource="on-wages", format="pdf-a5", first="2", last="3") != place


def test_a_search_is_taken_along(at: Site) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    offered = client.get("/packs/new?q=wages").text
    assert "1 resource" in markup.texts(offered, ".packings label")[0]
    place = wished(client, q="wages")
    assert markup.has(client.get(place).text, "meta[http-equiv=refresh]")
    assert work(at) == 1
    (link,) = markup.values(client.get(place).text, "a[download]", "href")
    with zipfile.ZipFile(io.BytesIO(client.get(link).content)) as archive:
        assert "r/on-wages/1.html" in archive.namelist()
    assert wished(client, q="wages") == place
    assert work(at) == 0


def test_what_was_withdrawn_since_is_not_given_out(at: Site, own: Shelf) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    place = wished(client)
    work(at)
    (link,) = markup.values(client.get(place).text, "a[download]", "href")
    resource = at.catalogue.by_slug("on-wages")
    assert resource
    with at.catalogue.write() as writer:
        status.put(writer, resource.id, Standing(Status.DRAFT), by="ana")
    assert client.get(link).status_code == 410
    assert "ask for it again" in markup.texts(client.get(place).text, "main p")[0]


def test_a_language_that_is_not_there_is_refused(at: Site) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    assert client.post("/packs", data={"take": "fr"}).status_code == 422
    assert client.post("/packs", data={}).status_code == 422


def test_another_site_can_have_nothing_made(at: Site) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    answer = client.post("/packs", data={"take": "en"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert at.catalogue.claim("pack", 60) == []


def test_no_more_wait_than_may(at: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "WAITING", 1)
    client = TestClient(app_of(at), follow_redirects=False)
    wished(client, format="zip")
    assert client.post("/packs", data={"take": "en", "format": "epub"}).status_code == 503


@pytest.mark.parametrize("id_", ["nowhere", "0" * 20, "%2e%2e%2fcatalogue"])
def test_nothing_else_is_given_out(at: Site, id_: str) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    assert client.get(f"/packs/{id_}").status_code == 404
    assert client.get(f"/packs/{id_}/library.db").status_code == 404


def test_a_day_later_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"x")
    (tmp_path / "x.json").write_text("{}")
    assert packs.sweep(tmp_path, now=0) == 0
    assert packs.sweep(tmp_path, now=4e9) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_failed_is_told(at: Site) -> None:
    client = TestClient(app_of(at), follow_redirects=False)
    id_ = packs.ask(at.settings, Order("hi"), at.catalogue)
    assert id_
    work(at)
    told = markup.texts(client.get(f"/packs/{id_}").text, "main p")[0]
    assert "None of what was chosen" in told
