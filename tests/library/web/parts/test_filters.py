"""Narrowing a search: what is left out, what is not stated, places by region, years, any name."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.document import Document
from index.engines import open_engine
from index.query import Query, Years
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from library.web.app import app_of
from library.web.i18n import interfaces
from library.web.links import Asked
from library.web.pages.years import MOST_BARS, drawn, len_of
from library.web.parts.concept_tree import branches_of
from tests.library.web.conftest import Shelf
from tests.library.web.pages.test_search import boxes
from tests.markup import Node, Source, has, one, parsed, said, text, texts, title, values

WORDS = Vocabularies.load(Settings().languages)


def box(page: Source, facet: str) -> Node:
    return one(page, f"#narrow-{facet}")


def chips(page: Source) -> list[tuple[str, str]]:
    """(label, address) of each chip."""
    found = parsed(page).css(".chip.on")
    return [(said(chip).removeprefix("Remove "), chip.attributes["href"] or "") for chip in found]


# Left out


def test_a_value_is_left_out_and_can_be_let_in_again(client: TestClient, shelf: Shelf) -> None:
    kind = shelf.vocabularies.order("kind")[0]
    label = shelf.vocabularies.label("kind", kind, "en")
    every = client.get("/api/search?q=wages").json()
    held = next(one["count"] for one in every["facets"]["kind"] if one["id"] == kind)
    answer = client.get(f"/api/search?q=wages&kind=-{kind}").json()
    assert answer["total"] == every["total"] - held
    assert answer["query"]["kind"] == [f"-{kind}"]
    (entry,) = [one for one in answer["facets"]["kind"] if one["id"] == kind]
    assert entry == {"id": kind, "label": label, "count": held, "selected": False, "excluded": True}
    assert all(hit["kind"] != kind for hit in answer["hits"])
    page = client.get(f"/search?q=wages&kind=-{kind}").text
    assert chips(page) == [(f"not: {label}", "/search?q=wages")]
    form = client.get(f"/search/narrow?q=wages&kind=-{kind}")
    assert has(form, f'[name="kind"][value="-{kind}"][checked]')
    assert has(form, 'details[class="leaving"][open]')
    assert boxes(form)["kind", kind][0] is False
    assert f"not: {label}" in title(page)


def test_nothing_about_leaving_out_stands_open_without_need(client: TestClient) -> None:
    page = client.get("/search/narrow").text
    assert has(page, 'details[class="leaving"]')
    assert "not: " not in title(page)


def test_asked_for_and_left_out_at_once_is_left_out_and_said(
    client: TestClient, shelf: Shelf
) -> None:
    kind = shelf.vocabularies.order("kind")[0]
    page = client.get(f"/search?q=wages&kind={kind}&kind=-{kind}").text
    assert "was both asked for and left out" in page
    assert [url for _, url in chips(page)] == ["/search?q=wages"]


# Not stated


def test_not_stated_is_a_value_of_each_facet_and_of_the_year(client: TestClient) -> None:
    answer = client.get("/api/search").json()
    for facet, listed in answer["facets"].items():
        if facet == "language":
            continue
        unsaid = listed[-1]
        assert (unsaid["id"], unsaid["label"]) == ("none", "Not stated"), facet
        found = client.get(f"/api/search?{facet}=none").json()
        assert found["total"] == unsaid["count"] > 0
        others = client.get(f"/api/search?{facet}=-none").json()
        assert others["total"] == answer["total"] - unsaid["count"]
    page = client.get("/search?year=none&topic=-none").text
    assert [label for label, _ in chips(page)] == ["Topic: stated", "Year: not stated"]
    assert boxes(client.get("/search/narrow?year=none"))["year", "none"][0] is True


def test_not_stated_is_no_way_in_on_the_front_page(client: TestClient) -> None:
    assert "Not stated" not in client.get("/").text
    assert has(client.get("/browse/topic"), '[href="/search?topic=none"]')


# Renamed


def test_a_former_identifier_leads_to_the_present_one(client: TestClient) -> None:
    moved = client.get("/search?q=a+b&topic=organizing&topic=-osh&colour=red")
    assert moved.status_code == 301
    assert (
        moved.headers["location"]
        == "/search?q=a+b&topic=organising&topic=-safety-health&colour=red"
    )
    feed = client.get("/feed.atom?topic=rights")
    assert (feed.status_code, feed.headers["location"]) == (301, "/feed.atom?topic=law")
    page = client.get("/search/topic?topic=rights&facet-q=x")
    assert page.headers["location"] == "/search/topic?topic=law&facet-q=x"
    assert client.get("/api/search?topic=rights").json()["query"]["topic"] == ["law"]
    assert client.get("/api/facets/topic?topic=rights").status_code == 200


def test_what_was_filed_under_a_former_identifier_is_found_by_the_present_one(
    tmp_path: Path,
) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("One", ["Words."], kind="manual", topic=("osh",))
    assert shelf.vocabularies.renamed("kind", "manual")
    shelf.index()
    client = TestClient(app_of(shelf.site()), follow_redirects=False)
    now = shelf.vocabularies.current("kind", "manual")
    assert client.get(f"/api/search?kind={now}&topic=safety-health").json()["total"] == 1


# Places


def test_places_stand_under_their_regions(client: TestClient) -> None:
    places = box(client.get("/search/narrow"), "place")
    assert [value for _, value in boxes(places)][:3] == ["africa", "eastern-africa", "ke"]
    inside = one(places, 'details[class="within"]')
    assert texts(inside, "summary") == ["Within Africa (2)"]
    assert [value for _, value in boxes(inside)] == ["eastern-africa", "ke"]
    assert has(inside, '.choice.level-2 [value="ke"]')
    chosen = box(client.get("/search/narrow?place=ke"), "place")
    assert has(chosen, 'details[class="within"][open]')
    assert client.get("/api/search?place=africa").json()["total"] == 1
    assert client.get("/api/search?place=-africa").json()["total"] == 28


def test_a_value_stands_under_the_nearest_one_that_is_listed() -> None:
    tree = branches_of(WORDS, "place", ["africa", "ke", "mx", "zw", "eastern-africa"])
    assert tree == [
        ("africa", [("eastern-africa", 1), ("ke", 2), ("zw", 2)]),
        ("mx", []),
    ]
    assert branches_of(WORDS, "place", ["africa", "ke"]) == [("africa", [("ke", 1)])]


PLACES = WORDS.order("place")[:90]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PLACES), max_size=3, unique=True), max_size=10),
    st.sampled_from(PLACES),
)
def test_a_region_counts_every_work_of_its_places_once(works: list[list[str]], chosen: str) -> None:
    engine = open_engine("whoosh", None, ("en",), "")
    engine.rebuild(
        Document(str(n), "x", labels={"place": WORDS.expand("place", held)})
        for n, held in enumerate(works)
    )

    def within(place: str, region: str) -> bool:
        above: str | None = place
        while above and above != region:
            above = WORDS.broader("place", above)
        return above == region

    def holds(held: list[str], region: str) -> bool:
        return any(within(place, region) for place in held)

    for query, left in (
        (Query(), works),
        (Query(chosen={"place": frozenset({chosen})}), [w for w in works if holds(w, chosen)]),
        (
            Query(without={"place": frozenset({chosen})}),
            [w for w in works if not holds(w, chosen)],
        ),
    ):
        counts = dict(engine.search(query).counts["place"])
        if query.without:
            counts.pop(chosen, None)
        expected = {place: sum(holds(held, place) for held in left) for place in PLACES}
        expected["none"] = sum(not held for held in left)
        assert counts == {place: count for place, count in expected.items() if count}
        tree = branches_of(WORDS, "place", [place for place in counts if place != "none"])
        for top, below in tree:
            for place, _ in below:
                assert within(place, top)
                assert counts[place] <= counts[top]
    engine.close()


# Any name


def test_a_value_is_found_by_any_label_and_a_hidden_one_is_not_shown(
    tmp_path: Path,
) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("One", ["Words."], group=("waste-pickers", "street-vendors"), kind="toolkit")
    shelf.index()
    client = TestClient(app_of(shelf.site()))
    for typed, value, shown in (
        ("waste", "waste-pickers", ""),
        ("catad", "waste-pickers", "catador"),
        ("scavenger", "waste-pickers", ""),
        ("RÉCUPÉRATRICES", "waste-pickers", "Récupératrices et récupérateurs de déchets"),
        ("hawkers", "street-vendors", "hawker"),
        ("vendor street", "street-vendors", ""),
    ):
        answer = client.get("/api/facets/group", params={"facet-q": typed}).json()
        assert [one["id"] for one in answer["values"]] == [value], typed
        listing = one(client.get("/search/group", params={"facet-q": typed}), ".all")
        assert texts(listing, "small[lang]") == [shown] * bool(shown), typed
        assert has(listing, f'[name="group"][value="{value}"]')
        assert "cavenger" not in (listing.html or "")
    nobody = client.get("/search/group?facet-q=zzz")
    assert "0 values" in nobody.text
    assert boxes(nobody) == {}


def test_the_page_of_values_keeps_all_that_was_typed_and_ticked(
    client: TestClient, shelf: Shelf
) -> None:
    first, second, third = shelf.vocabularies.order("topic")[:3]
    label = shelf.vocabularies.label("topic", third, "en")
    page = client.get(
        f"/search/topic?q=wages&topic={first}&topic=-{second}&kind=-none&from=2001&year=-none"
        f"&sort=title&page=2&facet-q={quote(label)}"
    )
    hidden = [one.attributes for one in parsed(page).css('[type="hidden"]')]
    assert [(one["name"], one["value"]) for one in hidden] == [
        ("q", "wages"),
        ("topic", first),
        ("topic", f"-{second}"),
        ("kind", "-none"),
        ("year", "-none"),
        ("from", "2001"),
        ("sort", "title"),
    ]
    assert ("topic", third) in boxes(page)
    every = client.get(f"/search/topic?topic={first}&topic=-{second}")
    assert not has(every, '[type="hidden"]')
    assert boxes(every)["topic", first][0] is True
    assert has(every, f'[value="-{second}"][checked]')
    assert client.get("/search/colour").status_code == 404
    assert client.get("/api/facets/colour").status_code == 404


def test_values_for_programs(client: TestClient, shelf: Shelf) -> None:
    answer = client.get("/api/facets/place?q=municipality&place=-ke").json()
    assert (answer["facet"], answer["operator"]) == ("place", "all")
    values = {one["id"]: one for one in answer["values"]}
    assert values["ke"] == {
        "id": "ke",
        "label": "Kenya",
        "count": 1,
        "selected": False,
        "excluded": True,
        "broader": "eastern-africa",
    }
    assert values["africa"]["count"] == 0


def test_long_facets_have_a_button_that_keeps_the_form(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("One", ["Words."], topic=tuple(shelf.vocabularies.order("topic")))
    shelf.index()
    page = TestClient(app_of(shelf.site())).get("/search/narrow")
    button = one(page, "button.find")
    assert text(button) == "Find in “Topic”"
    assert (
        button.attributes.items()
        >= {
            "form": "ask",
            "formaction": "/search/topic",
            "data-values": "/api/facets/topic",
        }.items()
    )


# Years


def test_each_bar_and_each_line_of_the_table_narrows(client: TestClient) -> None:
    years = box(client.get("/search/narrow?q=wages"), "year")
    bars = one(years, "svg").css("a")
    assert 2 <= len(bars) <= MOST_BARS
    for bar in bars:
        assert texts(bar, "title") == [bar.attributes["aria-label"]]
    assert bars[0].attributes["aria-label"] == "2000 to 2004: 5 resources"
    assert bars[0].attributes["href"] == "/search?q=wages&from=2000&to=2004"
    assert texts(years, 'th[scope="row"]') == [str(year) for year in range(2024, 1999, -1)]
    assert texts(years, 'th[scope="row"] + td') == ["1"] * 25
    assert values(years, 'th[scope="row"] a', "href")[0] == "/search?q=wages&from=2024&to=2024"
    inside = box(client.get("/search/narrow?q=wages&from=2000&to=2004"), "year")
    assert "2003 to" not in text(inside)
    assert has(inside, '[aria-label="2003: 1 resource"]')
    assert texts(inside, 'a[href="/search?q=wages"]') == ["All years"]


YEARS = st.dictionaries(st.integers(1, 9999), st.integers(1, 50), min_size=2, max_size=40)


@settings(max_examples=200, deadline=None)
@given(YEARS, st.integers(1, 9999), st.integers(1, 9999))
def test_bars_stand_for_every_year_once(found: dict[int, int], one: int, other: int) -> None:
    window = Years(min(one, other), max(one, other))
    shown = {year: n for year, n in found.items() if year in window}
    if len(shown) < 2:
        shown, window = found, Years()
    visit = SimpleNamespace(interface=interfaces(("en",))["en"])
    bars = drawn(visit, Asked(Query()), shown, window)  # type: ignore[arg-type]
    assert len(bars) <= len_of(shown) <= MOST_BARS
    spans = []
    for bar in bars:
        first, last = (int(re.search(rf"{name}=(\d+)", bar.url)[1]) for name in ("from", "to"))
        assert not window or (first in window and last in window)
        counted = sum(n for year, n in shown.items() if first <= year <= last)
        assert bar.label.endswith(f": {counted} resource" + "s" * (counted != 1))
        assert 0 <= bar.y < bar.y + bar.height
        spans.append((first, last))
    assert spans == sorted(spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))
    assert all(any(first <= year <= last for first, last in spans) for year in shown)


# Words, and editions


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ", 1 resource"),
        ("es", ", 1 recurso"),
        ("fr", ", 0 ressource"),
        ("pt", ", 1 recurso"),
        ("ar", ", مورد واحد"),
        ("hi", ", 1 संसाधन"),
    ],
)
def test_every_count_is_said_with_what_it_counts(
    client: TestClient, language: str, counted: str
) -> None:
    page = client.get("/search/narrow?q=municipality", headers={"Accept-Language": language})
    assert counted in texts(page, ".choice .hidden")


@pytest.mark.parametrize(
    ("language", "first"), [("en", "English"), ("es", "Español"), ("fr", "English")]
)
def test_a_work_is_one_hit_with_the_readers_language_first(
    client: TestClient, language: str, first: str
) -> None:
    page = client.get("/search?q=municip*", headers={"Accept-Language": language})
    (card,) = [one for one in parsed(page).css("article") if has(one, '[href*="our-streets"]')]
    named = texts(card, 'a[class="chip"]')
    assert named[0] == first
    assert sorted(named) == ["English", "Español"]
