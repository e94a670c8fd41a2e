"""Each control of each page is called something, and what is called the same leads to the same."""

from __future__ import annotations

from collections import defaultdict

import pytest
from starlette.testclient import TestClient

from tests.library.web.test_pages import PAGES, STREETS
from tests.markup import Node, around, has, name, one, parsed, text
from tests.needs import ROOT

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
LABELLED = "nav, ul.chips, ul.notes, [role=group], [role=img], [role=region]"
PLACES = (
    "nav, fieldset, table, [role=search]:not(form), [role=group], [role=region], [role=img], "
    "section[aria-label], section[aria-labelledby], ul[aria-label]"
)


def nameless(page: Node) -> list[str | None]:
    """Controls, and parts of the page that one may go to, which are called nothing."""
    theirs = {node.mem_id for node in page.css(".text table")}  # a document's own
    found = [node for node in page.css(f"{CONTROLS}, {PLACES}") if node.mem_id not in theirs]
    return [node.html for node in found if not name(page, node)]


def told_apart(page: Node) -> list[str]:
    """Names that two links of one part of the page have, and that lead to different places."""
    found = defaultdict(set)
    for link in page.css("a[href]"):
        part = around(link)
        found[part.mem_id, name(page, link)].add(link.attributes["href"])
    return [called for (_, called), places in found.items() if len(places) > 1]


def same_places(page: Node) -> list[str]:
    """Names that several parts of a page share: who jumps from one to the next is lost."""
    names = [name(page, node) for node in page.css("nav, [role=region]")]
    return sorted({one for one in names if names.count(one) > 1})


@pytest.mark.parametrize("path", PAGES)
def test_each_control_of_a_page_has_a_name_of_its_own(client: TestClient, path: str) -> None:
    page = parsed(client.get(path))
    assert page.css(CONTROLS)
    assert nameless(page) == []
    assert told_apart(page) == []
    assert same_places(page) == []


@pytest.mark.parametrize("language", ["es", "ar", "hi"])
@pytest.mark.parametrize("path", ["/search?q=fund&topic=organising&from=2001", f"{STREETS}/en/2"])
def test_names_are_said_in_the_readers_language(
    client: TestClient, path: str, language: str
) -> None:
    english = parsed(client.get(path))
    page = parsed(client.get(path, headers={"Accept-Language": language}))
    assert nameless(page) == []
    for part in ("nav[aria-label]", "ul.chips", "input[type=search]", "section[aria-label]"):
        for ours, theirs in zip(english.css(part), page.css(part), strict=True):
            assert name(english, ours) != name(page, theirs)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (
            "/search?q=wages&topic=organising",
            {
                "nav.sorts": "Order",
                "ul.chips": "Filtered by",
                "#narrow": "Filter",
                "header nav.ways, nav.ways:first-of-type": "Ways in",
                "form#ask input[type=search]": "Search the library",
            },
        ),
        (STREETS, {"section.editions": "Editions"}),
        (
            f"{STREETS}/en/2?q=municipality",
            {
                "nav.bar": "Pages and matches",
                "ul.chips": "This page in another language",
                "form.within input[type=search]": "Search inside this document",
            },
        ),
        ("/search/place?q=fund", {"input[name=facet-q]": ""}),
        ("/browse/topic", {"nav.tabs": "Other lists"}),
    ],
)
def test_parts_are_called_what_they_are(
    client: TestClient, path: str, names: dict[str, str]
) -> None:
    page = parsed(client.get(path))
    for selector, called in names.items():
        found = page.css_first(selector)
        assert found is not None, selector
        assert name(page, found).startswith(called) and name(page, found)


def test_orders_and_choices_say_which_is_on(client: TestClient) -> None:
    page = parsed(client.get("/search?q=wages&sort=title"))
    assert text(one(page, "nav.sorts [aria-current]")) == "Title"
    assert has(page, "nav.paging [aria-current=page]")
    assert [name(page, link) for link in page.css("nav.paging a:not([rel])")] == [
        "page 1",
        "page 2",
    ]


def test_each_part_that_one_may_go_to_is_labelled_in_its_template() -> None:
    """Also those that none of the pages above has."""
    found = [
        (file.name, node.tag, {"aria-label", "aria-labelledby"} & set(node.attributes))
        for file in sorted((ROOT / "templates").rglob("*.html"))
        for node in parsed(file.read_text("utf-8")).css(LABELLED)
    ]
    assert len(found) > 20
    assert [one for one in found if not one[-1]] == []
