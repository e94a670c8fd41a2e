"""What was answered is given again, and never when it is not so any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.engine import IndexUnusable
from library.catalogue.resources import status
from library.catalogue.statistics import usage
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.web import response_cache
from library.web.app import ROUTES, app_of
from library.web.response_cache import ResponseCache
from library.web.site import Site
from tests.library.web.conftest import Shelf

READER = {"User-Agent": "Mozilla/5.0 (Linux; Android 10)", "Accept-Language": "en"}
LEDGER = "A ledger of the kitchen"
PATIENCE = 30  # seconds


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path))
    topics = made.vocabularies.order("topic")
    for title in (LEDGER, "The kitchen rota"):
        made.add(title, ["The kitchen keeps accounts.", "Rules of it."], topic=(topics[0],))
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


@pytest.fixture
def site(shelf: Shelf) -> Site:
    return shelf.site()


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(app_of(site), follow_redirects=False, headers=READER)


PAGES = (
    "/",
    "/search?q=kitchen",
    "/search/topic?q=kitchen",
    "/resources/the-kitchen-rota",
    "/suggest?q=kit",
    "/suggest?q=kit&as=page",
    "/feed.atom?q=kitchen",
    "/sitemap.xml",
    "/api/search?q=kitchen",
    "/browse/topic",
)


def withdraw(shelf: Shelf, title: str) -> None:
    """As the desk does, and before the index has heard of it."""
    [id_] = [
        id_
        for id_ in shelf.catalogue.every()
        if (held := shelf.catalogue.resource(id_)) and held.editions[0].title == title
    ]
    with shelf.catalogue.write() as writer:
        status.put(writer, id_, Standing(Status.WITHDRAWN, reason="Names."), by="ana")


def test_what_is_withdrawn_is_in_no_answer_from_the_next_one_on(
    client: TestClient, shelf: Shelf
) -> None:
    paths = (
        *PAGES,
        "/resources/a-ledger-of-the-kitchen",
        "/resources/a-ledger-of-the-kitchen/en/1",
    )
    shown = {path: client.get(path) for path in (*paths, *paths)}
    assert all(answer.status_code == 200 for answer in shown.values())
    assert LEDGER in shown["/search?q=kitchen"].text
    withdraw(shelf, LEDGER)
    for path, before in shown.items():
        own = {"If-None-Match": before.headers["etag"]}
        for headers in ({}, own):
            answer = client.get(path, headers=headers)
            assert answer.status_code in (200, 410), path
            assert LEDGER not in answer.text or answer.status_code == 410, path


def test_an_answer_is_given_again_without_asking_anything(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {path: client.get(path) for path in PAGES}

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("asked again")

    for name in ("resources", "resource", "by_slug", "newest", "totals", "labels", "read"):
        monkeypatch.setattr(type(site.catalogue), name, fail)
    monkeypatch.setattr(type(site.pages), "render", fail)
    for path, before in made.items():
        again = client.get(path)
        assert (again.status_code, again.content) == (200, before.content), path
        assert again.headers == before.headers
        assert client.get(path, headers={"If-None-Match": before.headers["etag"]}).content == b""
    with pytest.raises(AssertionError):
        client.get("/search?q=another")


def test_what_a_reader_has_is_told_while_every_thread_waits_for_a_search(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = client.get("/")
    going, searching = threading.Event(), threading.Semaphore(0)

    def slow(*_: object, **__: object) -> Any:
        searching.release()
        going.wait(PATIENCE)
        raise IndexUnusable("enough")

    monkeypatch.setattr(type(site.engine._engine), "search", slow)
    with client, ThreadPoolExecutor(60) as readers:
        asked = [readers.submit(client.get, f"/search?q=kitchen+{n}") for n in range(60)]
        for _ in range(30):  # of the forty threads there are
            assert searching.acquire(timeout=PATIENCE)
        told = client.get("/", headers={"If-None-Match": home.headers["etag"]})
        given = client.get("/")
        assert not any(one.done() for one in asked)
        going.set()
        assert {one.result().status_code for one in asked} == {503}
    assert told.status_code == 304
    assert given.content == home.content


def test_an_answer_that_is_given_again_is_counted_again_and_only_for_readers(
    client: TestClient, site: Site
) -> None:
    for headers in ({}, {}, {"User-Agent": "Somebot/1.0"}, {"Purpose": "prefetch"}):
        client.get("/search?q=kitchen", headers=headers)
        client.get("/resources/the-kitchen-rota", headers=headers)
    assert site.tally.flush(site.catalogue)
    counted = site.catalogue.ask(usage.totals)
    assert (counted["searched"], counted["opened"]) == (2, 2)


def test_the_first_to_ask_need_not_be_a_reader(client: TestClient, site: Site) -> None:
    for agent in ("Somebot/1.0", READER["User-Agent"]):
        client.get("/resources/the-kitchen-rota", headers={"User-Agent": agent})
    assert site.tally.flush(site.catalogue)
    assert site.catalogue.ask(usage.totals)["opened"] == 1


def test_words_that_find_nothing_are_noted_each_time(client: TestClient, site: Site) -> None:
    for _ in range(3):
        assert client.get("/search?q=zeppelin").status_code == 200
    assert [(one.words, one.times) for one in site.catalogue.unanswered("missed")] == [
        ("zeppelin", 3)
    ]


def test_answers_differ_by_all_they_depend_on(client: TestClient) -> None:
    seen = {
        client.get("/", headers=headers).text
        for headers in (
            {},
            {"Accept-Language": "es"},
            {"Cookie": "language=fr"},
            {"Host": "library.example"},
        )
        for _ in range(2)
    }
    assert len(seen) == 4
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text
    sent = [
        client.get("/", headers={"Accept-Encoding": accept}).headers["content-encoding"]
        for accept in ("br, gzip", "br;q=0, gzip", "gzip", "br") * 2
    ]
    assert sent == ["br", "gzip", "gzip", "br"] * 2


def test_what_is_so_at_this_moment_only_is_kept_by_nobody(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise IndexUnusable("a moment")

    with monkeypatch.context() as patched:
        patched.setattr(type(site.engine._engine), "search", fail)
        lame = client.get("/")
    assert lame.status_code == 200
    assert (lame.headers["cache-control"], "etag" in lame.headers) == ("no-store", False)
    whole = client.get("/")
    assert whole.text != lame.text
    assert whole.headers["cache-control"] == "no-cache"


def test_the_same_page_is_made_once_for_all_who_ask_at_once(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, began = threading.Event(), threading.Event()
    render, rendered = type(site.pages).render, []

    def slow(self: object, template: str, *more: Any) -> str:
        rendered.append(template)
        began.set()
        going.wait(PATIENCE)
        return str(render(self, template, *more))  # type: ignore[arg-type]

    monkeypatch.setattr(type(site.pages), "render", slow)
    with client, ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(client.get, "/about") for _ in range(8)]
        assert began.wait(PATIENCE)
        going.set()
        assert {one.result().status_code for one in asked} == {200}
    assert rendered == ["about.html"]


def test_what_is_kept_has_a_bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[ResponseCache] = []
    began = ResponseCache.__init__

    def watched(self: ResponseCache, *args: Any, **more: Any) -> None:
        began(self, *args, most=60_000, **more)
        held.append(self)

    monkeypatch.setattr(ResponseCache, "__init__", watched)
    client = TestClient(app_of(site), headers=READER)
    for number in range(40):
        client.get(f"/search?q=kitchen+{'x' * number}")
        client.get("/about", headers={"Host": f"host{number}.example"})
    [cache] = held
    kept = sum(len(one.body) + response_cache.BESIDES for one in cache._kept.values())
    assert kept == cache._bytes <= 60_000
    assert cache._kept


@pytest.mark.parametrize(
    ("path", "is_fresh"),
    [
        ("/", True),
        ("/search", True),
        ("/search/topic", True),
        ("/resources/a", True),
        ("/resources/a/en", True),
        ("/resources/a/en/3", True),
        ("/resources/a/cover.webp", False),
        ("/resources/a/en/3/picture.webp", False),
        ("/originals/aa/a.pdf", False),
        ("/healthz", False),
        ("/metrics", False),
        ("/language/es", False),
        ("/staff", False),
        ("/nowhere", False),
    ],
)
def test_only_pages_of_the_state_are_kept(path: str, is_fresh: bool) -> None:
    assert response_cache._fresh_paths(ROUTES)(path) is is_fresh


def test_a_site_is_prepared_for_its_first_readers(site: Site) -> None:
    site.prepare()
    known = site.engine._engine._known  # type: ignore[attr-defined]
    assert "words" in known.state.__dict__
    assert site.vocabularies._named
    assert site.glimpse() is not None
