"""Maps for search engines, in parts where there is much, and whom to tell of a hole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from starlette.testclient import TestClient

from library.core.errors import UsageError
from library.core.settings import Settings, read
from library.web.app import app_of
from library.web.pages import feeds
from tests.library.web.conftest import Shelf

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
BASE = "https://library.example.org"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    shelf = Shelf(Settings(home=tmp_path, base_url=BASE, contact="us@library.example.org"))
    for number in range(5):
        shelf.add(f"Guide {number}", ["Words."], work=f"guide {number}")
    shelf.add("Guía", ["Palabras."], language="es", work="guide 0")
    shelf.index()
    yield TestClient(app_of(shelf.site()))
    shelf.catalogue.close()


def read_map(client: TestClient, path: str) -> etree._Element:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    return etree.fromstring(answer.content)


def test_one_map_names_editions(client: TestClient) -> None:
    tree = read_map(client, "/sitemap.xml")
    assert tree.tag == f"{MAPS}urlset"
    assert len(tree.findall(f".//{MAPS}loc")) == 8
    told = [(one.get("hreflang"), one.get("href")) for one in tree.iter(ALTERNATE)]
    assert {language for language, _ in told} == {"en", "es"}
    assert all(str(href).startswith(f"{BASE}/resources/guide-0?language=") for _, href in told)


def test_many_pages_are_mapped_in_parts(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {one.text for one in read_map(client, "/sitemap.xml").iter(f"{MAPS}loc")}
    monkeypatch.setattr(feeds, "MOST_PAGES", 3)
    fresh = {"If-None-Match": "none", "Accept-Language": "fr"}  # not what was kept before
    tree = etree.fromstring(client.get("/sitemap.xml", headers=fresh).content)
    assert tree.tag == f"{MAPS}sitemapindex"
    parts = [one.text for one in tree.iter(f"{MAPS}loc")]
    assert parts == [f"{BASE}/sitemap/{number}.xml" for number in (1, 2, 3)]
    found = [
        one.text
        for part in parts
        for one in read_map(client, str(part).removeprefix(BASE)).iter(f"{MAPS}loc")
    ]
    assert (len(found), set(found)) == (8, whole)
    for number in (0, 4):
        assert client.get(f"/sitemap/{number}.xml").status_code == 404


def test_security_txt(client: TestClient, tmp_path: Path) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert told["Contact"] == "mailto:us@library.example.org"
    assert told["Canonical"] == f"{BASE}/.well-known/security.txt"
    expires = datetime.fromisoformat(told["Expires"])
    assert 0 < (expires - datetime.now(UTC)).days < 365
    nobody = Shelf(Settings(home=tmp_path / "other"))
    assert TestClient(app_of(nobody.site())).get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("value", ["us", "us@", "http://x.example", "a b@c.example", "https://"])
def test_a_contact_that_is_none_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read({"LIBRARY_CONTACT": value}, tmp_path)
    for well in ("us@x.example", "https://x.example/contact"):
        assert read({"LIBRARY_CONTACT": well}, tmp_path).contact == well
