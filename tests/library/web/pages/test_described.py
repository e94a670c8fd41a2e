"""What programs find on a resource's page, read as they read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import brotli
import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from library.core.resource import Collection, PartialDate
from library.core.settings import Settings
from library.web.app import app_of
from library.web.parts.described import license_of
from tests import markup
from tests.library.web.conftest import Shelf

BASE = "https://library.example.org"
TITLE = "Strike funds </script><b> & “kitchens”"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    shelf = Shelf(Settings(home=tmp_path, base_url=BASE))
    topics = shelf.vocabularies.order("topic")
    id_ = shelf.add(
        TITLE,
        ["Of the strike."],
        work="funds",
        summary="What is put by, and <who> keeps it.",
        date=PartialDate(2019, 5),
        topic=topics[:2],
        kind="report",
        use=(shelf.vocabularies.order("use")[0],),
        audience=(shelf.vocabularies.order("audience")[0],),
        publisher="The union",
        series="Kitchens",
        duration="PT90M",
        place=("ke",),
    )
    shelf.add("Cajas de huelga", ["De la huelga."], language="es", work="funds")
    with shelf.catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start here", "", (id_,)))
        table = writer.conn.exec_driver_sql
        table("UPDATE editions SET rights = 'CC BY-SA 4.0' WHERE language = 'en'")
    shelf.index()
    yield TestClient(app_of(shelf.site()))
    shelf.engine.close()
    shelf.catalogue.close()


@pytest.fixture
def slug(client: TestClient) -> str:
    hit = client.get("/api/search").json()["hits"][0]["url"]
    return str(hit).rpartition("/")[2]


@pytest.fixture
def tree(client: TestClient, slug: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"/resources/{slug}").text)


def test_search_engines_read_schema_org(tree: LexborHTMLParser, slug: str) -> None:
    [script] = tree.css('script[type="application/ld+json"]')
    said = json.loads(script.text())
    assert said["@context"] == "https://schema.org"
    assert said["@type"] == ["Report", "LearningResource"]
    assert said["@id"] == f"{BASE}/resources/{slug}"
    assert (said["name"], said["inLanguage"]) == (TITLE, "en")
    assert said["timeRequired"] == "PT90M"
    assert said["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert [part["@type"] for part in said["isPartOf"]] == ["CreativeWorkSeries", "Collection"]
    [other] = said["workTranslation"]
    assert (other["name"], other["inLanguage"]) == ("Cajas de huelga", "es")
    assert said["audience"] and said["educationalUse"] and len(said["about"]) == 2
    assert said["encoding"]["contentUrl"].startswith(f"{BASE}/originals/")


def test_reference_managers_read_highwire_dublin_core_and_coins(tree: LexborHTMLParser) -> None:
    metas: dict[str, list[str]] = {}
    for one in tree.css("head meta[name]"):
        metas.setdefault(str(one.attributes["name"]), []).append(str(one.attributes["content"]))
    assert metas["citation_title"] == metas["DC.title"] == [TITLE]
    assert metas["citation_author"] == metas["DC.creator"] == ["A. Organiser"]
    assert metas["citation_publication_date"] == ["2019/05"]
    assert metas["DC.date"] == ["2019-05"]
    assert metas["citation_pdf_url"][0].startswith(f"{BASE}/originals/")
    [span] = tree.css("span.Z3988")
    told = parse_qs(str(span.attributes["title"]))
    assert told["ctx_ver"] == ["Z39.88-2004"]
    assert (told["rft.btitle"], told["rft.au"]) == ([TITLE], ["A. Organiser"])
    assert told["rft.genre"] == ["report"]


def test_each_edition_has_its_alternate(tree: LexborHTMLParser, slug: str) -> None:
    found = {
        one.attributes["hreflang"]: one.attributes["href"]
        for one in tree.css('link[rel="alternate"][hreflang]')
    }
    page = f"{BASE}/resources/{slug}"
    assert found == {"en": f"{page}?language=en", "es": f"{page}?language=es", "x-default": page}


def test_signposts_lead_there_and_back(client: TestClient, slug: str) -> None:
    answer = client.get(f"/resources/{slug}")
    relations = re.findall(r"; rel=.([a-z-]+)", answer.headers["link"])
    for relation in ("cite-as", "type", "describedby", "item", "license", "collection", "linkset"):
        assert relation in relations
    linkset = client.get(f"/resources/{slug}/linkset.json")
    assert linkset.headers["content-type"] == "application/linkset+json"
    ahead, *back = linkset.json()["linkset"]
    assert ahead["anchor"] == f"{BASE}/resources/{slug}"
    for relation in ("item", "describedby", "collection"):
        for target in ahead[relation]:
            path = target["href"].removeprefix(BASE)
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(target["type"])
    assert [one["anchor"] for one in back] == [
        target["href"] for name in ("describedby", "item") for target in ahead[name]
    ]
    assert client.get("/resources/nowhere/linkset.json").status_code == 404


def test_the_page_does_not_grow_by_much(client: TestClient, slug: str) -> None:
    page = client.get(f"/resources/{slug}").text
    tree = LexborHTMLParser(page)
    for one in tree.css(
        'script[type="application/ld+json"], head meta[name^="citation_"], '
        'head meta[name^="DC."], link[hreflang], span.Z3988'
    ):
        one.decompose()
    without = tree.html or ""
    grown = len(brotli.compress(page.encode())) - len(brotli.compress(without.encode()))
    assert grown < 1500


@pytest.mark.parametrize(
    ("rights", "address"),
    [
        ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("Licensed under cc-by 3.0 here", "https://creativecommons.org/licenses/by/3.0/"),
        ("See https://example.org/licence.", "https://example.org/licence"),
        ("All rights reserved", ""),
        ("", ""),
    ],
)
def test_licences_are_read_off_rights(rights: str, address: str) -> None:
    assert license_of(rights) == address


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/browse/topic", "rganising"),
        ("/about", "worker organisers"),
        ("{slug}/en/1", "Of the strike."),
        ("{slug}/en/1?q=strike", ""),
    ],
)
def test_a_page_that_may_be_found_elsewhere_is_described(
    client: TestClient, slug: str, path: str, words: str
) -> None:
    page = client.get(path.format(slug=f"/resources/{slug}"))
    assert page.status_code == 200
    told = markup.values(page, 'meta[name="description"]', "content")
    assert bool(told) == bool(words)
    assert words in "".join(told)
    assert len("".join(told)) <= 170
