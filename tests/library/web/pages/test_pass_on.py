"""Passing on: the card, the preview of a link, the page as a browser shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import bibtexparser
import pytest
import rispy
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from library.core.extras import print_installed
from library.web.site import Site
from tests import markup
from tests.library.web.test_browser import served

STREETS = "/resources/our-streets-our-table"
PASS_ON = f"{STREETS}/pass-on"


def test_the_card_is_ready_for_a_message(client: TestClient) -> None:
    card = markup.one(client.get(f"{PASS_ON}?language=en"), "#card").text()
    lines = card.strip().split("\n")
    assert lines[0] == "Our streets, our table"
    assert lines[1] == "A. Organiser · 2019"
    assert lines[2] == "From the first meeting to a signed agreement."
    assert "English" in lines[3]
    assert "text only 1 KB" in lines[3]
    assert "/r/" in lines[4]
    spanish = markup.one(client.get(f"{PASS_ON}?language=es"), "#card").text()
    assert spanish.startswith("Nuestras calles")


def test_a_card_has_no_empty_line(client: TestClient) -> None:
    card = markup.one(client.get("/resources/notes-on-a-strike-fund/pass-on"), "#card").text()
    assert "" not in card.strip().split("\n")


def test_it_is_linked_from_the_work_and_from_a_page(client: TestClient) -> None:
    for path in (STREETS, f"{STREETS}/en/2"):
        assert f"{PASS_ON}?language=en" in markup.values(client.get(path), "a", "href")


def test_the_preview_of_a_link(client: TestClient) -> None:
    page = client.get(STREETS)
    told = dict(
        zip(
            markup.values(page, "meta[property]", "property"),
            markup.values(page, "meta[property]", "content"),
            strict=True,
        )
    )
    assert told["og:title"] == "Our streets, our table"
    assert told["og:url"].endswith(STREETS)
    assert told["og:locale"] == "en_US"
    assert told["og:description"] == "From the first meeting to a signed agreement."
    assert ("/card.png?" in told.get("og:image", "")) == print_installed()
    assert all(told.values())


@pytest.mark.parametrize("form", ["ris", "bib", "json"])
def test_a_citation_as_a_file(client: TestClient, form: str) -> None:
    answer = client.get(f"{STREETS}/cite.{form}")
    assert f"our-streets-our-table.{form}" in answer.headers["content-disposition"]
    assert f"{STREETS}/cite.{form}?language=en" in markup.values(client.get(PASS_ON), "a", "href")
    title = {
        "ris": lambda text: rispy.loads(text)[0]["title"],
        "bib": lambda text: bibtexparser.parse_string(text).entries[0]["title"],
        "json": lambda text: json.loads(text)[0]["title"],
    }[form](answer.text)
    assert title == "Our streets, our table"


def test_what_is_hidden_or_not_there(client: TestClient) -> None:
    for path in ("a-secret-draft", "nowhere"):
        assert client.get(f"/resources/{path}/pass-on").status_code == 404
        assert client.get(f"/resources/{path}/cite.ris").status_code == 404
    assert client.get(f"{STREETS}/cite.exe").status_code == 404


@pytest.fixture
def screen(browser: Browser, site: Site) -> Iterator[Page]:
    with served(site) as address:
        context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=address)
        yield context.new_page()
        context.close()


def test_a_phone_sends_it(screen: Page) -> None:
    screen.add_init_script("navigator.share = async (what) => { window.sent = what; }")
    screen.goto(PASS_ON)
    screen.locator("button[data-do=share]").click()
    expect.set_options(timeout=30_000)
    screen.wait_for_function("window.sent")
    sent = screen.evaluate("window.sent")
    assert sent["title"] == "Our streets, our table"
    assert "/r/" in sent["text"]
    assert screen.evaluate("document.documentElement.scrollWidth") == 320


def test_without_means_to_send_there_is_no_button_for_it(screen: Page) -> None:
    screen.add_init_script("delete Navigator.prototype.share")
    screen.goto(PASS_ON)
    expect(screen.locator("button[data-do=share]")).to_be_hidden()
