"""What a monitoring system reads: in its format, to whom it may concern, and of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Status
from library.core.settings import Settings
from library.operations import upkeep
from library.web.app import app_of
from library.web.metrics import Metric, written
from library.web.site import Site
from tests.library.web.conftest import Shelf

HERE = "http://127.0.0.1:8000"
SAMPLE = re.compile(
    r"([a-z_]+)(?:\{((?:[a-z]+=\"(?:[^\"\\\n]|\\.)*\",?)*)\})? (-?[0-9.e+-]+|\+Inf)"
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("A fund", ["A strike fund."])
    shelf.add("A secret draft", ["Zanzibar."], status=Status.DRAFT)
    shelf.index()
    made = shelf.site()
    yield made
    made.close()


def client_of(
    site: Site, token: str = "", client: str = "127.0.0.1", url: str = HERE
) -> TestClient:
    settings = replace(site.settings, metrics_token=token)
    return TestClient(app_of(replace(site, settings=settings)), base_url=url, client=(client, 5000))


def samples(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP [a-z_]+ .+|TYPE [a-z_]+ (gauge|counter|histogram))", line)
            continue
        told = SAMPLE.fullmatch(line)
        assert told, line
        key = f"{told[1]}{{{told[2]}}}" if told[2] else told[1]
        assert key not in found
        found[key] = float(told[3])
    return found


def test_it_says_how_the_library_is(site: Site) -> None:
    client = client_of(site)
    assert client.get("/search?q=fund").status_code == 200
    assert client.get("/resources/a-fund/en/1").status_code == 200
    upkeep.note(site.catalogue, "backup", well=True, told={"where": "/secret/place"})
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    held = samples(answer.text)
    assert held['library_resources{status="published"}'] == 1
    assert held['library_resources{status="draft"}'] == 1
    assert held['library_readings_total{kind="searched"}'] == 1
    assert held['library_readings_total{kind="read"}'] == 1
    assert held["library_index_documents"] == 1
    assert held["library_workers"] == 0
    assert held["library_disk_free_bytes"] > 0
    assert held['library_health{part="queue"}'] == 1
    assert held["library_backup_good"] == 1
    assert held["library_backup_timestamp_seconds"] > 1e9
    for told in ("Zanzibar", "fund", "secret/place", "testclient"):
        assert told not in answer.text


def test_the_histogram_is_cumulative_and_whole(site: Site) -> None:
    client = client_of(site)
    for words in ("fund", "strike", "fund+strike", "fund"):  # the last is remembered
        client.get(f"/api/search?q={words}")
    held = samples(client.get("/metrics").text)
    buckets = [value for key, value in held.items() if "_seconds_bucket" in key]
    assert buckets == sorted(buckets)
    assert buckets[-1] == held['library_search_duration_seconds_count{engine="whoosh"}'] == 3
    assert 'library_search_duration_seconds_bucket{engine="whoosh",le="+Inf"}' in held
    assert held['library_search_duration_seconds_sum{engine="whoosh"}'] > 0


@pytest.mark.parametrize(
    ("client", "url", "headers", "status"),
    [
        ("127.0.0.1", HERE, {}, 200),
        ("::1", "http://localhost:8000", {}, 200),
        ("10.0.0.7", HERE, {}, 403),
        ("testclient", HERE, {}, 403),
        ("127.0.0.1", "https://library.example", {}, 403),
        ("127.0.0.1", HERE, {"X-Forwarded-For": "10.0.0.7"}, 403),
        ("127.0.0.1", HERE, {"Forwarded": "for=10.0.0.7"}, 403),
        ("127.0.0.1", HERE, {"Via": "1.1 proxy"}, 403),
    ],
)
def test_without_a_token_only_this_computer_is_answered(
    site: Site, client: str, url: str, headers: dict[str, str], status: int
) -> None:
    assert client_of(site, "", client, url).get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer a long word", 200), ("Bearer another", 401), ("a long word", 401), ("", 401)],
)
def test_with_a_token_who_has_it_is_answered_from_anywhere(
    site: Site, given: str, status: int
) -> None:
    client = client_of(site, "a long word", "10.0.0.7", "https://library.example")
    answer = client.get("/metrics", headers={"Authorization": given} if given else {})
    assert answer.status_code == status
    assert status == 200 or answer.headers["www-authenticate"] == "Bearer"


def test_labels_and_help_are_escaped() -> None:
    metric = Metric("x", "gauge", "a\nb\\", [("", (("name", 'say "hi"\n\\'),), 1)])
    assert written(iter([metric])).splitlines() == [
        r"# HELP x a\nb\\",
        "# TYPE x gauge",
        r'x{name="say \"hi\"\n\\"} 1',
    ]
