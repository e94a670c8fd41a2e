"""The reading page: words as HTML, marked, turned page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.inversion import cut
from library.core.resource import Block, Page
from library.core.settings import Settings
from library.extractors.pages import plain
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import count, has, one, parsed, text, texts

STREETS = "/resources/our-streets-our-table"


def test_blocks_are_real_html_in_their_language(client: TestClient) -> None:
    page = client.get(f"{STREETS}/en/2?q=municipality").text
    assert has(page, 'div[class="text"][lang="en"][dir="ltr"]')
    assert "Before the first meeting" in texts(page, "h2")
    assert "We ask" in texts(page, 'th[scope="col"]')
    assert "Clean pavement" in texts(page, "td")
    [item, *_] = parsed(page).css("li.marked:has(> ul)")
    assert texts(item, ".marker") == ["1."]
    assert text(item).startswith("1. Choose three people")
    assert texts(one(item, "ul"), "li") == ["one speaks", "one writes"]
    assert "Nobody <speaks> alone & unheard." in texts(page, "blockquote")
    assert "municipality" in texts(page, "mark")
    assert "found 1 time on this page" in page


def test_pages_turn_and_keep_the_words(client: TestClient) -> None:
    text = client.get(f"{STREETS}/en/2?q=municipality").text
    assert count(text, f'a[rel="prev"][href="{STREETS}/en/1?q=municipality"]') == 1
    assert count(text, f'a[rel="next"][href="{STREETS}/en/3?q=municipality"]') == 1
    assert "Page 2 of 3" in text
    assert "printed as iv" in text
    assert not has(client.get(f"{STREETS}/en/1"), '[rel="prev"]')
    assert not has(client.get(f"{STREETS}/en/3"), '[rel="next"]')


def test_from_match_to_match_through_the_document(client: TestClient) -> None:
    first = client.get(f"{STREETS}/en/1?q=municipality").text
    assert "“municipality” is not on this page." in first
    assert "2 matches" in first
    [onwards] = parsed(first).css(f'.bar a[href="{STREETS}/en/2?q=municipality&at=1#match"]')
    assert onwards.attributes["aria-label"] == "Next match"
    assert "Previous match" not in first
    second = client.get(f"{STREETS}/en/2?q=municipality").text
    assert "Match 1 of 2" in second
    assert texts(second, "#match + mark") == ["municipality"]
    assert has(second, f'[href="{STREETS}/en/3?q=municipality&at=1#match"]')
    third = client.get(f"{STREETS}/en/3?q=municipality").text
    assert "Match 2 of 2" in third
    assert has(third, f'[href="{STREETS}/en/2?q=municipality&at=1#match"]')
    assert "Next match" not in third
    assert not has(client.get(f"{STREETS}/en/1"), 'a[href$="#match"]')


def test_matches_of_one_page_are_counted_too(client: TestClient) -> None:
    text = client.get(f"{STREETS}/en/2?q=speaks+one").text
    assert "Match 1 of 2" in text  # where both words stand together; three stand alone
    assert has(text, f'[href="{STREETS}/en/2?q=speaks+one&at=2#match"]')
    text = client.get(f"{STREETS}/en/2?q=speaks+one&at=2").text
    assert "Match 2 of 2" in text
    assert count(text, "mark") == 5
    assert count(text, '[id="match"]') == 1
    assert "Match 2 of 2" in client.get(f"{STREETS}/en/2?q=speaks+one&at=99").text
    assert "Match 1 of 2" in client.get(f"{STREETS}/en/2?q=speaks+one&at=x").text


def test_a_document_is_searched_from_its_page_and_its_reader(client: TestClient) -> None:
    form = f'form.within[action="{STREETS}/en"]'
    assert has(client.get(STREETS), form)
    assert has(client.get(f"{STREETS}/en/1"), form)
    found = client.get(f"{STREETS}/en?q=municipality").text
    assert "“municipality” in this document" in found
    assert "2 matches · 2 pages" in found
    to = f"{STREETS}/en/2?q=municipality&shown=1."  # its first piece
    assert texts(found, f'li > a[href^="{to}"][href$="#match"] .page') == ["p. iv"]
    assert "municipality" in texts(found, "mark")
    assert has(found, '[aria-label="Pages with matches: 2, 3"]')
    assert has(found, f'[href="{STREETS}/es?q=municipality"]')
    assert has(found, '[href="/search?q=municipality"]')


def test_a_document_without_the_words_says_so(client: TestClient) -> None:
    text = client.get(f"{STREETS}/en?q=zeppelin").text
    assert "None of these words is in this document." in text
    assert client.get(f"{STREETS}/en?q=municipality&part=99").status_code == 200
    assert client.get(f"{STREETS}/xx?q=municipality").status_code == 404


def test_other_editions_open_at_the_same_page(client: TestClient) -> None:
    assert has(client.get(f"{STREETS}/en/3"), f'[href="{STREETS}/es/2"]')


def test_the_original_opens_at_this_page(client: TestClient) -> None:
    text = client.get(f"{STREETS}/en/2").text
    assert "#page=2" in text
    notes = client.get("/resources/notes-on-a-strike-fund/en/1").text
    assert "#page=" not in notes
    assert "picture" not in notes


def test_a_picture_is_a_plain_link_and_stays_while_turning(client: TestClient) -> None:
    assert has(client.get(f"{STREETS}/en/2"), f'[href="{STREETS}/en/2?picture=1"]')
    text = client.get(f"{STREETS}/en/2?picture=1").text
    assert has(text, f'img[src="{STREETS}/en/2/picture.webp"]')
    assert has(text, f'[href="{STREETS}/en/3?picture=1"]')
    assert not has(text, 'div[class="text"]')


def test_a_page_without_words_says_so_and_offers_the_picture(client: TestClient) -> None:
    scan = "/resources/a-scan-of-a-leaflet/en"
    empty = client.get(f"{scan}/1").text
    assert "no words that could be read" in empty
    assert has(empty, f'[href="{scan}/1?picture=1"]')
    unread = client.get(f"{scan}/4")
    assert unread.status_code == 200
    assert "This page could not be read." in unread.text
    assert "Page 4 of 4" in unread.text


def test_a_page_that_was_scanned_says_so(client: TestClient) -> None:
    page = "/resources/a-scan-of-a-leaflet/en/2"
    text = client.get(page).text
    assert "This page was scanned; words may be wrong." in text
    assert has(text, f'[href="{page}?picture=1"]')


def test_an_arabic_page_runs_from_right_to_left(client: TestClient) -> None:
    text = client.get("/resources/عملك-عمل/ar/1").text
    assert has(text, 'html[lang="en"][dir="ltr"]')
    assert has(text, 'div[class="text"][lang="ar"][dir="rtl"]')


def test_a_page_in_another_language_than_its_edition_says_so(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "library"))
    pages = ["Antes de la primera reunión.", Page(2, "قبل الاجتماع الأول", language="ar")]
    shelf.add("Nuestras calles", pages, language="es")
    shelf.index()
    client = TestClient(app_of(shelf.site()))
    text = client.get("/resources/nuestras-calles/es/2").text
    assert has(text, 'h1[lang="es"][dir="ltr"]')
    assert has(text, 'div[class="text"][lang="ar"][dir="rtl"]')


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("page=2", 303, f"{STREETS}/en/2"),
        ("page=99&q=fund", 303, f"{STREETS}/en/3?q=fund"),
        ("page=0", 303, f"{STREETS}/en/1"),
        ("", 303, f"{STREETS}/en/1"),
        ("page=ten", 422, None),
        ("page=" + "9" * 400, 422, None),
    ],
)
def test_go_to_page(client: TestClient, asked: str, status: int, location: str | None) -> None:
    response = client.get(f"{STREETS}/en?{asked}")
    assert (response.status_code, response.headers.get("location")) == (status, location)


@pytest.mark.parametrize("end", ["en/4", "en/0", "fr/1", "en/99999999999999999999", "en/x"])
def test_a_page_that_is_not_there(client: TestClient, end: str) -> None:
    response = client.get(f"{STREETS}/{end}")
    assert response.status_code == 404
    assert "Our streets, our table" in response.text  # the nearest title is offered


def test_notes_stand_at_the_end_and_pages_know_what_goes_on(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    pages = [
        page(
            1,
            Block("paragraph", "They won[1] the right to a strike", continues=True),
            Block("note", "In 1987.", marker="1"),
        ),
        page(
            2,
            Block("paragraph", "fund of their own.", continued=True),
            Block("caption", "Table 1. Pay"),
            Block("table", rows=(("Task", "Pay"), ("Sewing", "40"))),
        ),
    ]
    shelf.add("Won rights", pages)
    shelf.index()
    site = shelf.site()
    client = TestClient(app_of(site), follow_redirects=False)
    first = client.get("/resources/won-rights/en/1?q=%22strike+fund%22").text
    assert text(one(first, "p#onwards")).startswith("They won1 the right")
    assert texts(first, 'p#onwards > sup > a#ref-1[href="#note-1"]') == ["1"]
    assert texts(first, "li#note-1") == ["1 In 1987."]
    assert texts(first, 'li#note-1 > a.marker[href="#ref-1"]') == ["1"]
    assert "strike" in texts(first, "mark")
    onwards = one(first, '[href="/resources/won-rights/en/2?q=%22strike+fund%22#continued"]')
    assert text(onwards).startswith("Continued on p. 2")
    second = client.get("/resources/won-rights/en/2?q=%22strike+fund%22").text
    assert texts(second, "p#continued") == ["fund of their own."]
    assert texts(second, "p#continued > #match + mark") == ["fund"]
    assert texts(second, 'a[href$="#onwards"]') == ["Continued from p. 1"]
    assert "Table 1. Pay" in texts(second, "figcaption")
    assert [node.tag for node in parsed(second).css("figcaption, table")] == ["figcaption", "table"]
    found = client.get("/search?q=%22strike+fund+of+their+own%22").text
    assert "Won rights" in found
    site.close()


def page(number: int, *blocks: Block) -> Page:
    return Page(number, plain(blocks), blocks, layout="x")


@pytest.mark.parametrize("often", [12, 0], ids=["a page of pieces", "a page of one piece"])
def test_a_result_leads_to_the_very_sentence_it_showed(tmp_path: Path, often: int) -> None:
    """Also where another part of the page holds more of what was asked for."""
    filler = "Nobody was asked about it before the summer came and went again. " * often
    said = (
        "The kiosk closes at noon. " + filler,
        "The kiosk opens at noon and the depot opens at noon. " + filler,
        "Whoever sweeps the depot has a key to the kiosk. " + filler,
    )
    read = page(1, *(Block("paragraph", one) for one in said))
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add(f"Keys {often}", [read])
    shelf.index()
    site = shelf.site()
    client = TestClient(app_of(site), follow_redirects=False)
    parts = cut(read.text)
    assert (len(parts) > 1) is (often > 0)
    for sentence in ("The kiosk closes", "The kiosk opens", "a key to the kiosk"):
        number, part = next((n, p) for n, p in enumerate(parts, 1) if sentence in p)
        spaced = " ".join(part.split())
        at = spaced.index("kiosk", spaced.index(sentence))
        led = client.get(f"/resources/keys-{often}/en/1?q=kiosk+depot&shown={number}.{at}").text
        assert texts(led, "#match + mark") == ["kiosk"]
        assert sentence in text(one(led, "p:has(> #match)"))
    astray = client.get(f"/resources/keys-{often}/en/1?q=kiosk+depot&shown=99.1").text
    assert count(astray, "#match") == 1
    site.close()
