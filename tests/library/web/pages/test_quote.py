"""A passage with its source, and the way back to its first sentence."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from library.core.resource import Block
from library.core.resource import Page as Read
from library.web.pages.quote import passages_of
from library.web.site import Site
from tests import markup
from tests.library.web.test_browser import served

QUOTE = "/resources/our-streets-our-table/en/2/quote"


def quoted(client: TestClient, address: str) -> list[str]:
    return markup.one(client.get(address), "#quoted").text().strip().split("\n")


def test_passages_are_listed_without_scripts(client: TestClient) -> None:
    page = client.get(QUOTE)
    passages = markup.texts(page, ".passages label")
    assert passages[0] == "Agree on what you ask of the municipality, and who speaks."
    assert any(words.startswith("Nobody") and words.endswith("unheard.") for words in passages)
    assert not markup.has(page, "#quoted")
    reading = client.get("/resources/our-streets-our-table/en/2")
    assert QUOTE in markup.values(reading, ".reading-tools a", "href")


def test_a_passage_comes_with_all_that_a_letter_says(client: TestClient) -> None:
    words, source, address = quoted(client, f"{QUOTE}?passage=1")
    assert words == "“Agree on what you ask of the municipality, and who speaks.”"
    assert source == "— A. Organiser, Our streets, our table, 2019, p. iv"
    place, _, fragment = address.partition("#:~:text=")
    assert place.rpartition("/r/")[2].endswith("/en/2")
    assert words.strip("“”").startswith(unquote(fragment).rstrip("…"))


def test_what_is_not_known_leaves_nothing_behind(client: TestClient) -> None:
    _, source, _ = quoted(client, "/resources/notes-on-a-strike-fund/en/1/quote?passage=1")
    assert source == "— A. Organiser, Notes on a strike fund, p. 1"


def test_only_words_of_the_page_are_quoted(client: TestClient) -> None:
    assert quoted(client, f"{QUOTE}?words=the+municipality,++and")[0] == "“the municipality, and”"
    page = client.get(f"{QUOTE}?words=We+surrender")
    assert not markup.has(page, "#quoted")
    assert markup.has(page, ".notice")
    for wrong in ("passage=0", "passage=99", "passage=x", "passage=²"):
        assert not markup.has(client.get(f"{QUOTE}?{wrong}"), "#quoted")


def test_a_page_without_words(client: TestClient) -> None:
    page = client.get("/resources/a-scan-of-a-leaflet/en/1/quote")
    assert markup.has(page, ".notice")
    assert client.get("/resources/a-secret-draft/en/1/quote").status_code == 404
    assert client.get("/resources/our-streets-our-table/en/99/quote").status_code == 404


def test_only_numbers_of_notes_are_left_out() -> None:
    page = Read(
        1,
        "",
        (
            Block("paragraph", "They fell [sic] by a tenth.[1]"),
            Block("note", "Of the wages of 2019.", marker="1"),
        ),
    )
    assert passages_of(page)[0] == "They fell [sic] by a tenth."


@pytest.fixture
def screen(browser: Browser, site: Site) -> Iterator[Page]:
    with served(site) as address:
        context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=address)
        yield context.new_page()
        context.close()


def test_marked_words_are_quoted_and_lead_back(screen: Page) -> None:
    screen.goto(QUOTE)
    screen.evaluate(
        """() => {
          const text = document.querySelector(".passages label").firstChild;
          getSelection().setBaseAndExtent(text, 9, text, 38);
        }"""
    )
    screen.locator("form[data-choose] button").press("Enter")
    expect(screen.locator("#quoted")).to_contain_text("“what you ask of the municipal")
    assert screen.evaluate("document.documentElement.scrollWidth") == 320
    screen.get_by_text("To these words in the document").click()
    expect(screen.locator(".text")).to_contain_text("Agree on what you ask")
    assert screen.url.partition("#")[0].endswith("/resources/our-streets-our-table/en/2")
