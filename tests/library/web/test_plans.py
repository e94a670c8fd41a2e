"""Every statement that a reader waits for uses an index, whatever page it is for.

The statements are those that visiting every public address asks, so none can be forgotten: an
address without a visit fails. SQLite says how it would find the rows (`EXPLAIN QUERY PLAN`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from starlette.routing import Match, Route
from starlette.testclient import TestClient

from library.catalogue.resources import series, status
from library.catalogue.storage import moment
from library.core.resource import Collection, Page, PartialDate, Standing, Status
from library.core.settings import Settings
from library.store.originals import picture_path
from library.web.app import ROUTES, app_of
from library.web.oai.request import Wanted, token_of
from library.web.site import Site
from library.web.staff.routes import ROUTES as STAFF
from tests.library.catalogue.builders import NAME
from tests.library.web.conftest import Shelf

PUBLIC = [route for route in ROUTES if isinstance(route, Route) and route not in STAFF]
# Asked by a program once a minute, about the whole library; and by those who work on the site.
NOT_READERS = {"/metrics", "/about/style"}
LISTED_WHOLE = {"collections", "collection_items"}  # staff make them by hand: they stay few
EMPTIED = {"touched"}  # as each transaction ends
READER = {"User-Agent": "Mozilla/5.0 (Linux; Android 10)", "Accept-Language": "en"}
KEPT = "/kept/now"
WRITING = ("/ask", "/report/guide-1/en/1", "/packs", KEPT)
WRITTEN = {"q": "words", "words": "The number is wrong."}
TOKEN = token_of(Wanted("mods", after=("2020-01-01T00:00:00.000000+00:00", "0"), cursor=1))
STEERING = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """What a page may ask for: a series, collections, a newer work, one withdrawn, page labels."""
    made = Shelf(Settings(home=tmp_path_factory.mktemp("plans")))
    topics = made.vocabularies.order("topic")
    ids = [
        made.add(
            f"Guide {number}",
            [Page(1, "The kitchen keeps accounts.", label="iv"), "Rules of the strike fund."],
            date=PartialDate(2000 + number),
            topic=(topics[number % 3],),
            series="Kitchens",
        )
        for number in range(6)
    ]
    with made.catalogue.write() as writer:
        for slug in ("start", "more"):
            writer.set_collection(Collection(slug, slug.title(), "Read these.", tuple(ids[:5])))
        series.put(writer, "Kitchens", list(reversed(ids)), by="ana")
        status.put(writer, ids[4], Standing(Status.SUPERSEDED, successor=ids[0]), by="ana")
        status.put(writer, ids[5], Standing(Status.WITHDRAWN, reason="Names."), by="ana")
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


@pytest.fixture(scope="module")
def site(shelf: Shelf) -> Site:
    return shelf.site()


@pytest.fixture(scope="module")
def asked(site: Site) -> dict[str, tuple[str, Any]]:
    """Each statement that a visit asked, once: where, and with which values."""
    client = TestClient(app_of(site), follow_redirects=False, headers=READER)
    statements: dict[str, tuple[str, Any]] = {}
    here = ""

    def note(
        conn: object, cursor: object, statement: str, values: Any, context: object, many: bool
    ) -> None:
        if not statement.startswith(STEERING):
            statements.setdefault(statement, (here, values[0] if many else values))

    engine = site.catalogue._engine
    event.listen(engine, "before_cursor_execute", note)
    visits = visits_of(site)
    assert {route.path for route in PUBLIC} - NOT_READERS == set(visits), "an address has no visit"
    for path, addresses in visits.items():
        for here in addresses:
            answer = client.post(here, data=WRITTEN) if here in WRITING else None
            answer = answer or client.get(here)
            assert answer.status_code in (200, 302, 303, 308, 404, 410, 422), here
            route = next(one for one in PUBLIC if one.matches(_scope(here))[0] is Match.FULL)
            assert route.path == path, here
    site.tally.flush(site.catalogue)
    event.remove(engine, "before_cursor_execute", note)
    statements[moment._NUMBERS] = ("every page", (moment.REVISION, moment.VOCABULARY))
    return statements


def _scope(address: str) -> dict[str, Any]:
    method = "POST" if address in ("/packs", "/kept/now") else "GET"
    return {"type": "http", "method": method, "path": address.partition("?")[0]}


def visits_of(site: Site) -> dict[str, list[str]]:
    """By address as it is routed, addresses that make its page ask for all it may."""
    guide = site.catalogue.by_slug("guide-1")
    assert guide is not None
    edition = guide.editions[0]
    small = picture_path(site.settings.images, edition.sha256, 1)
    small.parent.mkdir(parents=True, exist_ok=True)
    small.write_bytes(b"RIFF")
    [style] = [name for name in site.pages.static if name.startswith("site.")]
    return {
        "/": ["/"],
        "/about": ["/about"],
        "/about/following": ["/about/following"],
        "/alerts/new": ["/alerts/new?q=kitchen"],
        "/alerts/{token}": ["/alerts/none"],
        "/alerts/{token}/end": ["/alerts/none/end"],
        "/ark:/{authority}/{name:path}": ["/ark:/12345/none"],
        "/ark:{authority}/{name:path}": ["/ark:12345/none"],
        "/language/{code}": ["/language/es"],
        "/search": [
            "/search",
            "/search?q=kitchen",
            "/search?q=strike+fund&topic=law&language=en&from=2001&sort=newest",
            "/search?q=kitchn",
            "/search?q=zeppelin",
            "/search?q=kitchen&page=9",
        ],
        "/search/narrow": ["/search/narrow", "/search/narrow?q=kitchen&topic=law"],
        "/search/{facet}": ["/search/topic?q=kitchen", "/search/place?facet-q=ken"],
        "/resources/{slug}": [
            "/resources/guide-1",
            "/resources/guide-4",
            "/resources/guide-5",
            "/resources/nowhere",
        ],
        "/resources/{slug}/cover.webp": ["/resources/guide-1/cover.webp"],
        "/resources/{slug}/card.png": ["/resources/nowhere/card.png"],
        "/resources/{slug}/{language}": ["/resources/guide-1/en?q=kitchen"],
        "/resources/{slug}/{language}/{page:int}": [
            "/resources/guide-1/en/1?q=kitchen",
            "/resources/guide-1/en/2",
            "/resources/guide-1/en/99",
        ],
        "/resources/{slug}/pass-on": ["/resources/guide-1/pass-on"],
        "/resources/{slug}/cite.{form}": ["/resources/guide-1/cite.ris"],
        "/resources/{slug}/{language}/{page:int}/quote": [
            "/resources/guide-1/en/1/quote?passage=1"
        ],
        "/resources/{slug}/{language}/all": ["/resources/guide-1/en/all?from=1&to=1"],
        "/resources/{slug}/{language}/text": ["/resources/guide-1/en/text"],
        "/r/{key}.svg": [f"/r/{guide.id}.svg"],
        "/r/{key}": [f"/r/{guide.id}", f"/r/{guide.id[:8]}", "/r/nowhere"],
        "/r/{key}/{language}/{page:int}": [f"/r/{guide.id}/en/1"],
        "/resources/{slug}/{language}/{page:int}/picture.webp": [
            "/resources/guide-1/en/1/picture.webp"
        ],
        "/originals/{sha256}/{name:path}": [
            f"/originals/{edition.sha256}/a.pdf",
            f"/originals/{'0' * 64}/a.pdf",
        ],
        "/favicon.ico": ["/favicon.ico"],
        "/static/{name}": [f"/static/{style}"],
        "/browse/{facet}": ["/browse/topic", "/browse/place"],
        "/collections/{slug}": ["/collections/start", "/collections/nowhere"],
        "/api/collections/{slug}": ["/api/collections/start", "/api/collections/nowhere"],
        "/educators": ["/educators"],
        "/suggest": ["/suggest?q=kit", "/suggest?q=gui&as=page"],
        "/ask": ["/ask?q=words", "/ask"],
        "/report/{slug}/{language}/{page:int}": ["/report/guide-1/en/1?sent=1", WRITING[1]],
        "/packs/new": ["/packs/new?q=kitchen", "/packs/new?resource=guide-1"],
        "/packs": [],  # what is asked for there is asked for by the one above
        "/packs/{id}": ["/packs/none"],
        "/packs/{id}/{name}": ["/packs/none/a.zip"],
        "/kept": ["/kept"],
        "/kept/now": [KEPT],
        "/kept/{slug}/{language}": ["/kept/guide-1/en"],
        "/kept/{slug}/{language}/text.json": ["/kept/guide-1/en/text.json"],
        "/kept/{slug}/{language}/{page:int}": ["/kept/guide-1/en/1"],
        "/list": [f"/list?r={guide.id},nowhere"],
        "/sw.js": ["/sw.js"],
        "/manifest/{language}.webmanifest": ["/manifest/en.webmanifest"],
        "/feed.atom": ["/feed.atom", "/feed.atom?q=kitchen"],
        "/resources/{slug}/linkset.json": ["/resources/guide-1/linkset.json"],
        "/sitemap/{number:int}.xml": ["/sitemap/1.xml", "/sitemap/0.xml"],
        "/.well-known/security.txt": ["/.well-known/security.txt"],
        "/opds": ["/opds", "/opds?q=kitchen"],
        "/export.csv": ["/export.csv", "/export.csv?q=kitchen"],
        "/export.jsonl": ["/export.jsonl", "/export.jsonl?q=kitchen"],
        "/api/openapi.json": ["/api/openapi.json"],
        "/oai": [
            "/oai?verb=Identify",
            "/oai?verb=ListSets",
            "/oai?verb=ListRecords&metadataPrefix=oai_dc",
            "/oai?verb=ListRecords&metadataPrefix=mods&set=topic:law&from=2020-01-01",
            "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=language:en&until=2999-01-01",
            "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=collection:start",
            f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:{guide.id}",
            f"/oai?verb=ListRecords&resumptionToken={TOKEN}",
        ],
        "/opensearch.xml": ["/opensearch.xml"],
        "/sitemap.xml": ["/sitemap.xml"],
        "/api/search": ["/api/search?q=kitchen"],
        "/api/facets/{facet}": ["/api/facets/topic?q=kitchen"],
        "/api/resources/{id}": [
            f"/api/resources/{guide.id}",
            "/api/resources/guide-2",
            "/api/resources/nowhere",
        ],
        "/healthz": ["/healthz"],
        "/robots.txt": ["/robots.txt"],
        "/vocabularies/{facet}": ["/vocabularies/topic"],
        "/vocabularies/{facet}/{id}": ["/vocabularies/topic/law"],
    }


def scans(home: Path, statement: str, values: Any) -> list[str]:
    """The tables that a statement reads from end to end, as SQLite plans it."""
    with closing(sqlite3.connect(home / NAME)) as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    return [
        line
        for line in plan
        if line.startswith("SCAN ")
        and line != "SCAN CONSTANT ROW"
        and line.split()[1] not in EMPTIED
        and not ("INDEX" in line and line.split()[1] in LISTED_WHOLE)
    ]


def test_no_statement_reads_a_whole_table(
    asked: Mapping[str, tuple[str, Any]], shelf: Shelf
) -> None:
    assert len(asked) > 25
    home = shelf.settings.home
    found = {
        f"{where}: {statement}": whole
        for statement, (where, values) in asked.items()
        if (whole := scans(home, statement, values))
    }
    assert found == {}


def test_a_scan_is_told(shelf: Shelf) -> None:
    home = shelf.settings.home
    assert scans(home, "SELECT id FROM editions WHERE title = ?", ("x",))
    assert scans(home, "SELECT count(*) FROM resources WHERE publisher = ?", ("x",))
    pairs = "SELECT label FROM pages WHERE (edition, number) IN (VALUES (?, ?), (?, ?))"
    assert scans(home, pairs, ("a", 1, "b", 2))  # why numbers and editions are asked for apart
    assert not scans(home, "SELECT id FROM editions WHERE sha256 = ?", ("x",))
