"""All of an edition on one page, a range of its pages, and its plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Block, Page
from library.core.settings import Settings
from library.web.app import app_of
from library.web.parts import passing
from tests import markup
from tests.library.web.conftest import Shelf

WHOLE = "/resources/our-streets-our-table/en/all"
TEXT = "/resources/our-streets-our-table/en/text"


def test_all_pages_stand_on_one_with_their_source(client: TestClient) -> None:
    page = client.get(WHOLE)
    assert markup.values(page, ".text section", "id") == ["p1", "p2", "p3"]
    assert markup.has(page, "#p2 table")
    assert "A. Organiser · 2019" in markup.texts(page, ".source")[0]
    assert "/r/" in markup.texts(page, ".leaf .source")[0]
    assert markup.values(page, "meta[name=robots]", "content") == ["noindex"]
    [canonical] = markup.values(page, "link[rel=canonical]", "href")
    assert canonical.endswith("/resources/our-streets-our-table")
    assert markup.values(page, ".contents a", "href") == ["#p2"]
    assert not markup.has(page, ".turn")


def test_places_are_named_once(client: TestClient) -> None:
    ids = markup.values(client.get(WHOLE), "main *", "id")
    assert len(ids) == len(set(ids))


def test_it_is_linked_from_the_work_and_from_a_page(client: TestClient) -> None:
    assert WHOLE in markup.values(client.get("/resources/our-streets-our-table"), "a", "href")
    assert TEXT in markup.values(client.get("/resources/our-streets-our-table"), "a", "href")
    reading = client.get("/resources/our-streets-our-table/en/2")
    assert f"{WHOLE}#p2" in markup.values(reading, ".reading-tools a", "href")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("from=2", ["p2", "p3"]),
        ("to=2", ["p1", "p2"]),
        ("from=3&to=2", ["p2", "p3"]),
        ("from=2&to=2", ["p2"]),
        ("from=99", ["p3"]),
        ("from=٢&to=٣", ["p2", "p3"]),
    ],
)
def test_a_range_of_pages(client: TestClient, asked: str, shown: list[str]) -> None:
    page = client.get(f"{WHOLE}?{asked}")
    assert markup.values(page, ".text section", "id") == shown
    assert markup.has(page, "p.printed")


@pytest.mark.parametrize("asked", ["from=-1", "to=x", "from=9999999999"])
def test_what_is_no_page_is_said(client: TestClient, asked: str) -> None:
    assert client.get(f"{WHOLE}?{asked}").status_code == 422
    assert client.get(f"{TEXT}?{asked}").status_code == 422


def test_a_long_edition_is_divided_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing, "SHOWN", 1000)
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("A long report", [f"Page {number}. " + "word " * 60 for number in range(1, 9)])
    shelf.index()
    client = TestClient(app_of(shelf.site()))
    first = client.get("/resources/a-long-report/en/all")
    assert markup.values(first, ".text section", "id") == ["p1", "p2", "p3"]
    assert any("divided" in text for text in markup.texts(first, ".notice"))
    seen, address = ["p1", "p2", "p3"], markup.values(first, "a[rel=next]", "href")[:1]
    while address:
        page = client.get(address[0])
        seen += markup.values(page, ".text section", "id")
        address = markup.values(page, "a[rel=next]", "href")[:1]
    assert seen == [f"p{number}" for number in range(1, 9)]
    reading = client.get("/resources/a-long-report/en/7")
    [led] = [a for a in markup.values(reading, ".reading-tools a", "href") if "/all" in a]
    assert markup.has(client.get(led), "#p7")


def test_plain_text_has_the_words_and_where_they_are_from(client: TestClient) -> None:
    answer = client.get(TEXT)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-robots-tag"] == "noindex"
    lines = answer.text.split("\n")
    assert lines[0] == "Our streets, our table"
    assert "A. Organiser · 2019" in lines[1]
    assert "[p. iv]" in lines
    assert "We ask\tWe give" in lines
    assert lines[lines.index("1. Choose three people") + 1] == "  • one speaks"
    assert markup.count(answer.text, "p, li, table") == 0
    assert "[p. 3]" in client.get(f"{TEXT}?from=3").text
    assert "vendors" not in client.get(f"{TEXT}?from=3").text


def test_pages_that_could_not_be_read_are_named(client: TestClient) -> None:
    page = client.get("/resources/a-scan-of-a-leaflet/en/all")
    assert len(markup.texts(page, ".text section")) == 4
    assert "no words" in markup.texts(page, "#p4 .pageno")[0]


def test_right_to_left(client: TestClient) -> None:
    cards = markup.values(client.get("/search?language=ar"), ".card a", "href")
    slug = next(link for link in cards if link.startswith("/resources/")).split("/")[2]
    slug = slug.partition("?")[0]
    page = client.get(f"/resources/{slug}/ar/all")
    assert markup.values(page, ".text", "dir") == ["rtl"]
    assert "للعاملات" in client.get(f"/resources/{slug}/ar/text").text


def test_drafts_and_what_is_not_there(client: TestClient) -> None:
    for path in ("a-secret-draft/en", "nowhere/en", "our-streets-our-table/hi"):
        assert client.get(f"/resources/{path}/all").status_code == 404
        assert client.get(f"/resources/{path}/text").status_code == 404


def test_notes_come_after_in_plain_text() -> None:
    from library.web.parts.plain_text import plain

    page = Page(
        1,
        "",
        (
            Block("heading", "Wages", level=1),
            Block("paragraph", "They fell.[1]"),
            Block("note", "By a tenth.", marker="1"),
        ),
    )
    assert plain(page) == "Wages\n\nThey fell.[1]\n\n[1] By a tenth."
