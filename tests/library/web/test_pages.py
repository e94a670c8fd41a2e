"""Every page, as a reader without scripts gets it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Collection, PartialDate, Status
from library.core.settings import Settings
from library.web.app import ROUTES, app_of
from library.web.headers import SECURITY_HEADERS
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.markup import count, has, parsed, text, texts, title, values, within

STREETS = "/resources/our-streets-our-table"
PAGES = [
    "/",
    "/search",
    "/search?q=fund&topic=organising&from=2001&sort=title&page=1",
    STREETS,
    f"{STREETS}/en/2?q=municipality",
    f"{STREETS}/es/1?picture=1",
    f"{STREETS}/en?q=municipality",
    "/search?q=zeppelin&from=2030",
    "/suggest?q=stri&as=page",
    "/ask?q=zeppelin",
    STREETS.replace("/resources/", "/report/") + "/en/2",
    f"{STREETS}/en/all",
    f"{STREETS}/pass-on",
    f"{STREETS}/en/2/quote?passage=1",
    "/search/topic",
    "/search/place?q=fund&facet-q=ken&topic=-organising",
    "/browse/topic",
    "/browse/place",
    "/collections/start",
    "/about",
    "/about/following",
    "/kept",
    STREETS.replace("/resources/", "/kept/") + "/en",
    "/list?r=nowhere",
]
OWN_SCRIPT = re.compile(r"/static/[\w.-]+\.js")
OTHERS = [
    "/feed.atom",
    "/feed.atom?q=fund",
    "/opensearch.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/favicon.ico",
    "/api/search?q=fund",
    "/suggest?q=fund",
    "/api/facets/topic",
    "/healthz",
    "/sw.js",
    "/manifest/en.webmanifest",
]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "ar", "hi"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_every_language(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response.headers["content-language"] == language
    facing = "rtl" if language == "ar" else "ltr"
    assert has(response.text, f'html[lang="{language}"][dir="{facing}"]')
    assert title(response).endswith("Worker Education Library")
    assert count(response, "h1") == 1
    assert count(response, "script:not([src], [type])") == 1  # tests/library/web/test_headers.py
    for script in parsed(response).css("script[src]"):
        assert OWN_SCRIPT.fullmatch(script.attributes["src"] or "")
        assert "defer" in script.attributes
        assert not script.text()
    for element in parsed(response).css("*"):
        assert not [one for one in element.attributes if one == "style" or one.startswith("on")]


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/nowhere", "/api/nowhere"])
def test_every_answer_says_what_is_safe(client: TestClient, path: str) -> None:
    response = client.get(path)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value
    assert "unsafe" not in response.headers["content-security-policy"]


def test_every_address_is_tried_here() -> None:
    """A new route needs a line in this file or in one beside it."""
    tried = {
        "/", "/search", "/search/{facet}", "/resources/{slug}", "/resources/{slug}/{language}",
        "/resources/{slug}/{language}/{page:int}", "/resources/{slug}/{language}/all",
        "/resources/{slug}/{language}/{page:int}/quote",
        "/resources/{slug}/{language}/text", "/resources/{slug}/pass-on",
        "/resources/{slug}/cite.{form}", "/r/{key}", "/r/{key}.svg",
        "/r/{key}/{language}/{page:int}",
        "/packs/new", "/packs", "/packs/{id}", "/packs/{id}/{name}",
        "/resources/{slug}/{language}/{page:int}/picture.webp", "/originals/{sha256}/{name:path}",
        "/resources/{slug}/cover.webp", "/resources/{slug}/card.png", "/browse/{facet}",
        "/collections/{slug}", "/about", "/about/following",
        "/alerts/new", "/alerts/{token}", "/alerts/{token}/end",
        "/ark:/{authority}/{name:path}", "/ark:{authority}/{name:path}",
        "/language/{code}", "/feed.atom", "/educators", "/api/collections/{slug}",
        "/opensearch.xml", "/sitemap.xml", "/robots.txt", "/favicon.ico", "/static/{name}",
        "/api/search", "/api/facets/{facet}", "/api/resources/{id}", "/healthz", "/metrics",
        "/search/narrow", "/about/style", "/suggest", "/ask",
        "/report/{slug}/{language}/{page:int}",
        "/vocabularies/{facet}", "/vocabularies/{facet}/{id}", "/opds", "/oai",
        "/.well-known/security.txt", "/sitemap/{number:int}.xml", "/export.csv", "/export.jsonl",
        "/resources/{slug}/linkset.json", "/api/openapi.json",
        "/kept", "/kept/now", "/kept/{slug}/{language}", "/kept/{slug}/{language}/text.json",
        "/kept/{slug}/{language}/{page:int}", "/list", "/sw.js",
        "/manifest/{language}.webmanifest",
    }  # fmt: skip
    # Those of the staff desk are walked in staff/test_roles.py.
    assert {route.path for route in ROUTES if not route.path.startswith("/staff")} == tried


def test_the_front_page_is_light(client: TestClient) -> None:
    page = client.get("/")
    sheets = [client.get(sheet) for sheet in values(page, '[rel="stylesheet"]', "href")]
    assert sum(len(gzip.compress(sheet.content)) for sheet in sheets) < 6 * 1024
    assert len(gzip.compress(page.content)) < 8 * 1024


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
    ],
)
def test_what_is_read_is_sent_small(client: TestClient, accepted: str, sent: str | None) -> None:
    sheet = values(client.get("/"), '[rel="stylesheet"]', "href")[0]
    for path in ("/", sheet):
        with client.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers.get("content-encoding") == sent
            assert "Accept-Encoding" in answer.headers["vary"]


def test_the_front_page_leads_in(client: TestClient, shelf: Shelf) -> None:
    text = client.get("/").text
    topic = shelf.vocabularies.order("topic")[0]
    assert has(text, f'[href="/search?topic={topic}"]')
    assert has(text, '[href="/collections/start"]')
    assert "29 resources · 35 pages" in text
    assert "A secret draft" not in text


def test_a_resource_says_what_is_known_and_nothing_else(client: TestClient) -> None:
    text = client.get(STREETS).text
    assert "Our streets, our table" in text
    assert "May 2019" in text
    assert "A. Organiser" in text
    assert "Kenya" in text
    assert has(text, f'[href="{STREETS}/es/1"]')
    assert has(text, f'[href="{STREETS}/en/2"]')  # a contents line leads to its page
    assert "Rights" not in text
    assert "Publisher" not in text
    spanish = client.get(f"{STREETS}?language=es").text
    assert "Nuestras calles, nuestra mesa" in texts(spanish, 'h1[lang="es"][dir="ltr"]')


def test_a_partial_edition_says_how_much_was_read(client: TestClient) -> None:
    text = client.get("/resources/a-scan-of-a-leaflet").text
    assert "Only 2 of 4 pages could be read" in text
    assert "scanned; words may be wrong" in text


def test_a_draft_is_nowhere(client: TestClient) -> None:
    assert client.get("/resources/a-secret-draft").status_code == 404
    for path in ("/search?q=secret", "/feed.atom", "/sitemap.xml", "/api/search?q=secret"):
        assert "a-secret-draft" not in client.get(path).text


def test_an_old_address_leads_to_the_new_one(own_shelf: Shelf) -> None:
    shelf = own_shelf
    client = TestClient(app_of(shelf.site()), follow_redirects=False)
    resource = shelf.catalogue.by_slug("report-24-on-wages")
    assert resource is not None
    with shelf.catalogue.write() as writer:
        writer.rename(resource.id, "The year of wages")
    moved = client.get("/resources/report-24-on-wages")
    assert (moved.status_code, moved.headers["location"]) == (308, "/resources/the-year-of-wages")
    page = client.get("/resources/report-24-on-wages/en/1?q=fund")
    assert page.headers["location"] == "/resources/the-year-of-wages/en/1?q=fund"


def test_browsing_shows_places_by_region(client: TestClient) -> None:
    text = client.get("/browse/place").text
    assert text.index("Africa") < text.index("Kenya")
    assert has(text, '[href="/search?place=ke"]')


def test_a_collection_keeps_its_order_and_words(client: TestClient) -> None:
    text = client.get("/collections/start").text
    assert "Read these first." in text
    assert STREETS in text


def test_the_language_is_chosen_and_kept(client: TestClient) -> None:
    chosen = client.get("/language/fr?to=/search%3Fq%3Dfund")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/search?q=fund")
    cookie = chosen.headers["set-cookie"]
    assert "language=fr" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert has(client.get("/about", headers={"Accept-Language": "en"}), 'html[lang="fr"]')
    assert client.get("/language/xx?to=/about").status_code == 404
    assert client.get("/language/es?to=//evil.example").headers["location"] == "/"


def test_a_resource_shows_what_else_is_in_its_series_and_collections(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    ids = [
        shelf.add(f"Sheet {n}", ["Words."], series="Sheets", date=PartialDate(2000 + n))
        for n in range(3)
    ]
    shelf.add("A draft sheet", ["More words."], series="Sheets", status=Status.DRAFT)
    other = shelf.add("Another", ["Other words."])
    with shelf.catalogue.write() as writer:
        writer.set_collection(Collection("first", "First aid", "", (ids[0], other)))
    shelf.index()
    site = shelf.site()
    page = TestClient(app_of(site)).get("/resources/sheet-0")
    series = text(within(page, "section", "Also in the series “Sheets”"))
    assert re.findall(r"Sheet \d", series) == ["Sheet 2", "Sheet 1"]
    assert "draft" not in series
    collection = within(page, "section", "Also in “First aid”")
    assert "Another" in text(collection)
    assert has(collection, '[href="/collections/first"]')
    assert "First aid" not in TestClient(app_of(site)).get("/resources/sheet-1").text
    site.close()


def test_the_house_style_is_shown_on_ones_own_computer_only(site: Site) -> None:
    app = app_of(site)
    page = TestClient(app, base_url="http://localhost:8000").get("/about/style")
    assert texts(page, "h1")[0] == "House style"
    assert has(page, ".card .answers mark")
    assert (
        TestClient(app, base_url="https://library.example").get("/about/style").status_code == 404
    )
