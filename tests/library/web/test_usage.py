"""Reading is counted once for each time a person reads, and what is kept tells of nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from index.text.syntax import parse
from library.catalogue.statistics import latency, usage
from library.core.resource import Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from library.web.usage import UNCOUNTED, is_beginning, shape, today
from tests.library.web.conftest import Shelf

PHONE = "Mozilla/5.0 (Linux; Android 10; CUBOT_X30) AppleWebKit/537.36 Chrome/120.0 Mobile"
FUND, PAGE = "/resources/a-fund", "/resources/a-fund/en/1"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path))
    made.add("A fund", ["A strike fund.", "Rules."], work="fund")
    made.add("A draft", ["Not yet."], status=Status.DRAFT)
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


@pytest.fixture
def site(shelf: Shelf) -> Site:
    return shelf.site()


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(
        app_of(site), follow_redirects=False, headers={"User-Agent": PHONE, "Accept-Language": "en"}
    )


def held(site: Site) -> dict[str, int]:
    assert site.tally.flush(site.catalogue)
    with site.catalogue.read() as conn:
        return usage.totals(conn)


def original(site: Site) -> str:
    [id_] = site.catalogue.every()
    resource = site.catalogue.resource(id_)
    assert resource is not None
    return f"/originals/{resource.editions[0].sha256}/fund.pdf"


def test_what_is_opened_read_downloaded_and_searched_is_counted(
    client: TestClient, site: Site
) -> None:
    for path in (FUND, PAGE, f"{FUND}/en/2", original(site), "/search?q=fund", "/search"):
        assert client.get(path).status_code == 200
    assert client.get("/search?q=fund&page=2").status_code == 200
    assert client.get("/resources/a-draft").status_code == 404
    assert held(site) == {"opened": 1, "read": 2, "downloaded": 1, "searched": 1}
    [id_] = site.catalogue.every()
    with site.catalogue.read() as conn:
        assert usage.most_read(conn, today(), 9) == [(id_, 1, 2, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://example.org/bot.html)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        {"Cookie": f"{UNCOUNTED}=1"},
    ],
    ids=lambda headers: next(iter(headers.values())) or "no agent",
)
def test_nobody_reads_what_is_fetched_ahead_or_by_programs_or_staff(
    client: TestClient, site: Site, headers: dict[str, str]
) -> None:
    for path in (FUND, PAGE, original(site), "/search?q=fund"):
        assert client.get(path, headers=headers).status_code == 200
    assert held(site) == {}


def test_a_page_the_browser_has_already_and_a_look_at_its_head_count_nothing(
    client: TestClient, site: Site
) -> None:
    etag = client.get(PAGE).headers["etag"]
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    assert client.head(PAGE).status_code == 200
    assert client.head(original(site)).status_code == 200
    assert held(site) == {"read": 1}


def test_forty_parts_are_one_download(client: TestClient, site: Site) -> None:
    path = original(site)
    assert client.get(path).status_code == 200
    for start in range(1, 41):
        part = client.get(path, headers={"Range": f"bytes={start}-{start}"})
        assert part.status_code in (206, 416)
    assert held(site) == {"downloaded": 1}


@pytest.mark.parametrize(
    ("range_", "begins"),
    [
        (None, True),
        ("bytes=0-", True),
        ("bytes=0-65535", True),
        ("bytes=0-65535, 90000-99999", True),
        ("bytes=0-1", False),
        ("bytes=65536-131071", False),
        ("bytes=-1024", False),
        ("nonsense", False),
    ],
)
def test_the_first_part_of_a_file_counts(range_: str | None, begins: bool) -> None:
    assert is_beginning(range_) is begins


def test_counting_never_fails_a_reader_and_waits_for_a_catalogue_that_cannot_be_written(
    client: TestClient, site: Site
) -> None:
    def only_read(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    site.catalogue._engine.dispose()
    event.listen(site.catalogue._engine, "connect", only_read)
    assert client.get(PAGE).status_code == 200
    assert not site.tally.flush(site.catalogue)
    assert client.get(PAGE).status_code == 200
    event.remove(site.catalogue._engine, "connect", only_read)
    site.catalogue._engine.dispose()
    assert held(site) == {"read": 2}


def test_a_page_is_answered_without_writing(client: TestClient, site: Site) -> None:
    written = []
    event.listen(
        site.catalogue._engine,
        "begin",
        lambda conn: written.append(1) if conn.get_execution_options().get("write") else None,
    )
    for path in (FUND, PAGE, original(site), "/search?q=fund"):
        assert client.get(path).status_code == 200
    assert not written
    held(site)
    assert written == [1]


def test_nothing_is_lost_when_the_site_stops(site: Site) -> None:
    with TestClient(app_of(site), headers={"User-Agent": PHONE}) as client:
        assert client.get(PAGE).status_code == 200
    with site.catalogue.read() as conn:
        assert usage.totals(conn) == {"read": 1}


def test_several_sites_add_up(site: Site, shelf: Shelf) -> None:
    other = shelf.site()
    for one in (site, other):
        assert TestClient(app_of(one), headers={"User-Agent": PHONE}).get(PAGE).status_code == 200
        one.tally.flush(one.catalogue)
    assert held(site) == {"read": 2}


def test_a_library_may_count_nothing_and_says_so(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path, count_reading=False, count_unanswered=False))
    shelf.add("A fund", ["A strike fund."])
    shelf.index()
    site = shelf.site()
    client = TestClient(app_of(site), headers={"User-Agent": PHONE, "Accept-Language": "en"})
    assert client.get(PAGE).status_code == 200
    assert "is counted by day" not in client.get("/about").text
    assert "only words that found nothing" not in client.get("/about").text
    assert held(site) == {}
    site.close()


def test_readers_are_told_what_is_counted(client: TestClient) -> None:
    told = client.get("/about").text
    assert "is counted by day" in told
    assert "only words that found nothing are counted" in told


@pytest.mark.parametrize(
    ("words", "shaped"),
    [
        ("", (0, False)),
        ("fund", (1, False)),
        ("strike fund", (2, False)),
        ('"strike fund" rules -wages', (4, True)),
        ("organi* OR union", (2, False)),
    ],
)
def test_only_the_shape_of_a_search_is_kept(words: str, shaped: tuple[int, bool]) -> None:
    assert shape(parse(words).tree) == shaped


def test_how_long_searches_take_is_kept_by_shape(client: TestClient, site: Site) -> None:
    assert client.get("/search?q=fund&kind=toolkit").status_code == 200
    assert client.get('/api/search?q="strike+fund"').status_code == 200
    assert site.tally.flush(site.catalogue)
    with site.catalogue.read() as conn:
        kept = {
            (one.terms, one.phrase, one.narrowed) for one in latency.shapes(conn, "", "whoosh", 9)
        }
        assert kept == {(1, False, True), (2, True, False)}
