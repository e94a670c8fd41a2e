"""The page for educators, what cards and pages say of a session, and courses."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Collection, Statement
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf, decide
from tests.markup import count, has, one, text, texts, values

LONG, SHORT = "A workshop on wages", "A talk in the market"
BYTES = 14_000  # of a first visit


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    shelf = Shelf(Settings(home=Path(tmp_path_factory.mktemp("home"))))
    ids = [
        shelf.add(
            LONG,
            ["Words of the workshop."],
            use=("session-plan",),
            audience=("educators",),
            time=("half-a-day",),
            duration="PT1H30M",
            size=("up-to-30",),
            needs=("only-paper", "flipchart"),
        ),
        shelf.add(
            SHORT,
            ["Words of the talk."],
            use=("session-plan",),
            time=("an-hour",),
            duration="PT45M",
        ),
        shelf.add("Contradicted", ["Other words."], time=("half-a-day",), duration="PT30M"),
        shelf.add("A report", ["Words about something else."]),
    ]
    with shelf.catalogue.write() as writer:
        edition = writer.conn.exec_driver_sql(
            "select id from editions where resource = ?", (ids[0],)
        ).scalar_one()
        writer.say(edition, [Statement("reading", "flesch-kincaid 7.2", "guess")], decide)
        course = Collection("course", "Wages", "In order.", tuple(reversed(ids)), "course")
        writer.set_collection(course)
        writer.set_collection(Collection("plain", "Plain", "", (ids[0],)))
    shelf.index()
    made = shelf.site()
    yield made
    made.close()


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(app_of(site))


def test_the_page_leads_to_what_fits_without_a_script(client: TestClient) -> None:
    page = client.get("/educators")
    assert texts(page, "h1") == ["For educators"]
    assert set(values(page, ".prepare select", "name")) == {"use", "audience", "size", "needs"}
    assert values(page, '.prepare [type="checkbox"]', "value") == ["an-hour", "half-a-day"]
    chosen = "/search?use=session-plan&time=an-hour&time=half-a-day&audience=&needs=no-projector"
    assert texts(client.get(chosen), ".card h2") == [LONG]
    assert has(page, '.collections a[href="/collections/course"]')
    assert not has(page, '[href="/collections/plain"]')


def test_it_is_led_to_from_every_page_and_from_home(client: TestClient) -> None:
    assert has(client.get("/about"), '.masthead a[href="/educators"]')
    assert has(client.get("/"), '.tasks a[href="/educators"]')


def test_a_first_visit_fits_the_budget(client: TestClient) -> None:
    page = client.get("/educators")
    sheets = values(page, 'link[rel="stylesheet"]', "href")
    sent = [page.content, *(client.get(sheet).content for sheet in sheets)]
    assert sum(len(gzip.compress(part)) for part in sent) < BYTES


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "hi", "ar"])
def test_it_speaks_every_language(client: TestClient, language: str) -> None:
    page = client.get("/educators", headers={"Accept-Language": language})
    assert has(page, f'html[lang="{language}"]')
    assert page.status_code == 200


def test_a_card_says_what_a_session_takes(client: TestClient) -> None:
    page = client.get("/search?q=workshop")
    assert texts(page, ".card .session")[:1] == [
        "1 hr 30 min · 16 to 30 people · Only paper and pens · Flipchart or board"
    ]
    assert not has(client.get("/search?q=something+else"), ".card .session")


def test_where_staff_say_otherwise_the_length_is_not_shown(client: TestClient) -> None:
    assert texts(client.get("/search?q=contradicted"), ".card .session") == ["Half a day"]


def test_the_reader_says_it_behind_the_text(client: TestClient) -> None:
    page = client.get("/resources/a-workshop-on-wages/en/1")
    assert texts(page, "#more .session")[0].startswith("1 hr 30 min")


def test_a_resource_says_how_easy_it_is_and_by_which_formula(client: TestClient) -> None:
    page = client.get("/resources/a-workshop-on-wages")
    [box] = [node for node in one(page, ".editions").css("details") if "Easy to read" in text(node)]
    assert "Flesch-Kincaid: 7.2, about as many years of school." in text(box)
    record = client.get(
        f"/api/resources/{client.get('/api/search?q=workshop').json()['hits'][0]['id']}"
    )
    assert record.json()["duration"] == "PT1H30M"
    assert record.json()["editions"][0]["reading"] == {
        "formula": "flesch-kincaid", "score": 7.2, "level": "easy",
    }  # fmt: skip
    assert "Easy to read" not in client.get("/resources/a-report").text


def test_a_course_is_numbered_with_its_total_time(client: TestClient) -> None:
    page = client.get("/collections/course")
    assert texts(page, "header .kind") == ["Course · 4 resources"]
    assert texts(page, "header .session") == ["Total time: 2 hr 15 min 2 of 4 have a time"]
    assert texts(page, "ol.course > li h2") == ["A report", "Contradicted", SHORT, LONG]
    assert "/collections/course" in texts(page, ".printed")[0]
    plain = client.get("/collections/plain")
    assert count(plain, "ol.course") == 0
    assert texts(plain, "header .kind") == ["Collection · 1 resource"]


def test_a_course_for_programs(client: TestClient) -> None:
    answer = client.get("/api/collections/course").json()
    assert (answer["kind"], answer["duration"], answer["timed"]) == ("course", "PT2H15M", 2)
    assert [each["duration"] for each in answer["resources"]] == [None, None, "PT45M", "PT1H30M"]
    assert client.get("/api/collections/nothing").status_code == 404
