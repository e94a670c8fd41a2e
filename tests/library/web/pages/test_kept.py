"""What a phone is given to keep, what it is told of it later, and lists passed on as a link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import status
from library.core.resource import Page, Standing, Status
from library.core.settings import Settings
from library.web.app import app_of
from tests.library.web.conftest import LAID_OUT, Shelf
from tests.markup import has, one, text, texts

GUIDE = "/kept/a-guide/en"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(Settings(home=tmp_path / "home"))
    made.add("A guide", [Page(1, "Before", LAID_OUT, layout="test"), "Second <page>.", Page(3, "")])
    made.add("Notes", ["On the <script> of a meeting."])
    made.add("A draft", ["Not for readers."], status=Status.DRAFT)
    made.index()
    return made


@pytest.fixture
def client(shelf: Shelf) -> Iterator[TestClient]:
    with TestClient(app_of(shelf.site()), follow_redirects=False) as client:
        yield client


def test_an_edition_is_given_whole_and_stays_in_no_other_cache(client: TestClient) -> None:
    answer = client.get(f"{GUIDE}/text.json")
    assert answer.headers["cache-control"] == "no-store"
    whole = answer.json()
    assert (whole["key"], whole["title"], whole["direction"]) == ("a-guide/en", "A guide", "ltr")
    assert [name for name, _ in whole["pages"]] == ["p. 1", "p. 2", "p. 3"]
    assert texts(whole["pages"][0][1], "h2") == ["Before the first meeting"]
    assert texts(whole["pages"][1][1], "p")[0].startswith("Second ")
    assert text(one(whole["pages"][2][1], ".notice")).startswith("This page has no words")
    assert has(whole["leaf"], 'a[href="/kept/a-guide/en/1"]')  # its contents
    places = {part[0] for part in whole["leaf"].split("\x01")[1:]}
    assert places == set("pbnflwti")  # static/sw.js has a value for each


@pytest.mark.parametrize("path", ["a-draft/en", "a-guide/fr", "nowhere/en"])
@pytest.mark.parametrize("rest", ["", "/text.json", "/1"])
def test_what_readers_may_not_see_is_not_kept(client: TestClient, path: str, rest: str) -> None:
    assert client.get(f"/kept/{path}{rest}").status_code == 404


def test_a_page_is_led_to_where_it_is_read_with_a_network(client: TestClient) -> None:
    assert client.get(f"{GUIDE}/2").headers["location"] == "/resources/a-guide/en/2"
    assert client.get(f"{GUIDE}/9").status_code == 404


def version(client: TestClient, key: str) -> str:
    known: str = client.get(f"/kept/{key}/text.json").json()["version"]
    return known


def test_only_what_is_different_now_is_told(client: TestClient, shelf: Shelf) -> None:
    held = {key: version(client, key) for key in ("a-guide/en", "notes/en")}
    body = "\n".join(f"{key} {known}" for key, known in held.items())
    answer = client.post("/kept/now", content=body)
    assert (answer.json(), answer.headers["cache-control"]) == ({}, "no-store")
    guide = shelf.catalogue.by_slug("a-guide")
    assert guide
    with shelf.catalogue.write() as writer:
        gone = Standing(Status.WITHDRAWN, reason="Names.")
        status.put(writer, guide.id, gone, by="ana")
        notes = shelf.catalogue.by_slug("notes")
        assert notes
        writer.reread(notes.editions[0].id, [Page(1, "Read better now.")], ())
    told = client.post("/kept/now", content=f"{body}\na-draft/en x\n\nodd line\n").json()
    assert told["a-guide/en"] == {
        "note": "This is no longer in the library. Names.",
        "renew": False,
    }
    assert told["notes/en"]["renew"] is True
    assert told["a-draft/en"]["renew"] is False


def test_of_a_very_long_question_the_beginning_is_answered(client: TestClient) -> None:
    body = "\n".join(f"nowhere-{number}/en x" for number in range(1000))
    assert len(client.post("/kept/now", content=body).json()) == 200


def test_a_list_is_its_link(client: TestClient, shelf: Shelf) -> None:
    guide, notes, draft = (
        shelf.catalogue.resource(id_, public=False) for id_ in shelf.catalogue.every(public=False)
    )
    known = {one.slug: one.id for one in (guide, notes, draft) if one}
    ids = ",".join((known["notes"], known["a-guide"], known["a-draft"], "zzz", known["notes"]))
    answer = client.get(f"/list?r={ids}")
    assert texts(answer, ".card h2") == ["Notes", "A guide"]
    assert text(one(answer, "main .notice")) == "2 more are not in the library any more."
    assert has(answer, 'meta[name=robots][content="noindex"]')
    assert has(answer, 'a[href="/packs/new?resource=notes&resource=a-guide"]')
    assert client.get("/list").status_code == 200
    assert client.get(f"/list?r={',' * 5000}").status_code == 200


def test_the_worker_is_asked_about_each_time_and_names_what_it_keeps(client: TestClient) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    first = answer.text.splitlines()[0]
    files = json.loads(first[first.index("[") : first.index("]") + 1])
    page = client.get("/kept").text
    assert files[0] == "/kept" and len(files) == 7
    for file in files[1:]:
        assert client.get(file).status_code == 200
        assert file in page  # the worker knows by that whether a page is of its shell


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_can_be_installed(client: TestClient, language: str) -> None:
    page = client.get("/", headers={"Accept-Language": language})
    address = one(page, "link[rel=manifest]").attributes["href"]
    assert address
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/manifest+json"
    said = answer.json()
    assert (said["lang"], said["start_url"], said["scope"]) == (language, "/", "/")
    assert said["dir"] == ("rtl" if language == "ar" else "ltr")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
    for icon in said["icons"]:
        image = client.get(icon["src"])
        assert (image.headers["content-type"], image.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get("/manifest/xx.webmanifest").status_code == 404
