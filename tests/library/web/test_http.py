"""HTTP as it should be: freshness, files, feeds, answers for programs, and mishaps."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from index.answering import budget
from index.engines import open_engine
from library.core.settings import Settings
from library.search.remembered import RememberingEngine
from library.store.originals import path_of
from library.web import files
from library.web.app import LARGEST_BODY, app_of
from library.web.error_text import title
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.markup import has, values

STREETS = "/resources/our-streets-our-table"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("path", ["/", "/search?q=fund", STREETS, f"{STREETS}/en/1", "/feed.atom"])
def test_a_page_need_not_be_fetched_twice(client: TestClient, path: str) -> None:
    first = client.get(path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert {"Accept-Language", "Cookie"} <= set(first.headers["vary"].split(", "))
    for headers in ({"If-None-Match": f'"x", {etag}'}, {"If-Modified-Since": modified}):
        again = client.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    spanish = {"If-None-Match": etag, "Accept-Language": "es"}
    assert client.get(path, headers=spanish).status_code == 200
    assert client.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_change_makes_pages_new(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("One", ["Words of the first page."])
    shelf.index()
    site = shelf.site()
    client = TestClient(app_of(site))
    first = client.get("/search").headers["etag"]
    shelf.add("Two", ["Words of another page."])
    catalogued = client.get("/search").headers["etag"]
    shelf.index()
    indexed = client.get("/search", headers={"If-None-Match": catalogued})
    assert len({first, catalogued, indexed.headers["etag"]}) == 3
    assert "2 resources" in indexed.text
    site.close()


def test_styles_are_kept_for_ever_under_their_content(client: TestClient) -> None:
    address = values(client.get("/"), '[rel="stylesheet"]', "href")[0]
    style = client.get(address)
    assert "immutable" in style.headers["cache-control"]
    assert style.headers["content-type"].startswith("text/css")
    assert client.get(address, headers={"If-None-Match": style.headers["etag"]}).status_code == 304
    assert client.get("/static/site.css").status_code == 404
    assert client.get("/static/..%2fpyproject.toml").status_code == 404


def original_of(shelf: Shelf, slug: str) -> str:
    resource = shelf.catalogue.by_slug(slug)
    assert resource is not None
    return f"/originals/{resource.editions[0].sha256}/any%20name.pdf"


def test_an_original_is_as_it_arrived_and_can_do_nothing(client: TestClient, shelf: Shelf) -> None:
    address = original_of(shelf, "our-streets-our-table")
    response = client.get(address)
    assert response.content.startswith(b"Our streets, our table")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline")
    assert response.headers["content-security-policy"].startswith("sandbox")
    assert "allow-" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-cache"  # it may be withdrawn any moment
    part = client.get(address, headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, b"Our")
    etag = {"If-None-Match": response.headers["etag"]}
    assert client.get(address, headers=etag).status_code == 304


def test_what_a_browser_would_run_is_only_downloaded(client: TestClient, shelf: Shelf) -> None:
    response = client.get(original_of(shelf, "notes-on-a-strike-fund"))
    assert response.headers["content-disposition"].startswith("attachment")


def test_originals_of_drafts_and_strangers_are_not_given(client: TestClient, shelf: Shelf) -> None:
    draft = next(
        resource
        for resource in shelf.catalogue.resources(shelf.catalogue.every(public=False), public=False)
        if resource.editions[0].title == "A secret draft"
    )
    sha256 = draft.editions[0].sha256
    assert path_of(shelf.settings.originals, sha256).is_file()
    for held in (sha256, "0" * 64, "..%2f..%2fcatalogue.sqlite", sha256.upper()):
        assert client.get(f"/originals/{held}/x.pdf").status_code == 404


def test_a_picture_is_drawn_when_wished_for(
    client: TestClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.drawn, "__defaults__", (0.0,))
    address = f"{STREETS}/en/2/picture.webp"
    early = client.get(address)
    assert (early.status_code, early.headers["retry-after"]) == (503, "5")
    resource = shelf.catalogue.by_slug("our-streets-our-table")
    assert resource is not None
    sha256 = resource.edition("en").sha256
    folder = shelf.settings.images / sha256[:2] / sha256
    folder.mkdir(parents=True)
    (folder / "2.webp").write_bytes(b"RIFF")
    drawn = client.get(address)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/webp")
    etag = {"If-None-Match": drawn.headers["etag"]}
    assert client.get(address, headers=etag).status_code == 304
    shutil.rmtree(folder)  # other tests share this home
    assert client.get(f"{STREETS}/en/9/picture.webp").status_code == 404
    notes = "/resources/notes-on-a-strike-fund/en/1/picture.webp"
    assert client.get(notes).status_code == 404


def test_the_feed_of_any_search(client: TestClient) -> None:
    response = client.get("/feed.atom?q=municipality")
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["alternate"] == "http://testserver/search?q=municipality"
    entries = feed.findall(f"{ATOM}entry")
    urls = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert f"http://testserver{STREETS}" in urls
    assert all(entry.find(f"{ATOM}author/{ATOM}name").text for entry in entries)
    newest = ElementTree.fromstring(client.get("/feed.atom").content)
    assert len(newest.findall(f"{ATOM}entry")) == 29


def test_maps_for_machines(client: TestClient) -> None:
    found = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [one.text for one in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"http://testserver{STREETS}" in addresses
    assert len(addresses) == 29 + 4
    ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert "q={searchTerms}" in client.get("/opensearch.xml").text
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_a_public_address_is_used_where_one_is_set(site: Site) -> None:
    public = replace(site, settings=replace(site.settings, base_url="https://library.example"))
    client = TestClient(app_of(public))
    assert "https://library.example/resources/" in client.get("/feed.atom").text
    answer = client.get("/api/search?q=municipality").json()
    assert answer["hits"][0]["url"].startswith("https://library.example/")


def test_search_for_programs(client: TestClient, shelf: Shelf) -> None:
    topic = shelf.vocabularies.order("topic")[0]
    response = client.get(f"/api/search?q=municipality&topic={topic}&colour=red&kind=odd")
    answer = response.json()
    assert {"total", "took_ms", "query", "hits", "facets", "suggestion"} <= answer.keys()
    (hit,) = [one for one in answer["hits"] if one["title"] == "Our streets, our table"]
    assert hit.keys() == {"id", "title", "url", "kind", "year", "languages", "excerpts"}
    assert hit["url"] == STREETS
    assert hit["languages"] == ["en", "es"]
    excerpt = hit["excerpts"][0]
    assert excerpt.keys() == {"language", "page", "text", "marks", "url"}
    start, end = excerpt["marks"][0]
    assert excerpt["text"][start:end].lower() == "municipality"
    (chosen,) = [value for value in answer["facets"]["topic"] if value["selected"]]
    assert chosen.keys() == {"id", "label", "count", "selected"}
    assert chosen["id"] == topic
    assert answer["query"]["q"] == "municipality"
    assert len(answer["problems"]) == 1
    assert response.headers["access-control-allow-origin"] == "*"


def test_what_is_too_much_to_look_up_is_named(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "BUDGET", 1)
    answer = client.get("/api/search", params={"q": "fund* s*"}).json()
    assert answer["total"]
    assert answer["problems"] == ["This asks for more than is looked up at once. Left out: “s”"]
    page = client.get("/search", params={"q": "fund* s*"}).text
    assert "Left out: “s”" in page
    assert not client.get("/api/search", params={"q": "fund*"}).json()["problems"]


def test_the_whole_record_for_programs(client: TestClient) -> None:
    found = client.get("/api/search?q=municipality").json()["hits"]
    id_ = next(hit["id"] for hit in found if hit["title"].startswith("Our streets"))
    record = client.get(f"/api/resources/{id_}").json()
    assert record["place"] == [{"id": "ke", "label": "Kenya"}]
    assert [edition["language"] for edition in record["editions"]] == ["en", "es"]
    assert record["editions"][0]["date"] == "2019-05"
    assert record["editions"][0]["original"]["media_type"] == "application/pdf"


def test_mishaps_are_problem_documents_for_programs(client: TestClient) -> None:
    for response in (
        client.get("/api/resources/none"),
        client.get("/nowhere", headers={"Accept": "application/json"}),
    ):
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json().keys() == {"type", "title", "status", "detail", "instance"}
    wrong = client.get(f"{STREETS}/en?page=x", headers={"Accept": "application/problem+json"})
    assert (wrong.status_code, wrong.json()["title"]) == (422, "Unprocessable Content")


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (404, "Not Found"),
        (410, "Gone"),
        (413, "Content Too Large"),
        (414, "URI Too Long"),
        (416, "Range Not Satisfiable"),
        (422, "Unprocessable Content"),
        (507, "Insufficient Storage"),
    ],
)
def test_a_status_has_one_name_on_every_version_of_python(status: int, name: str) -> None:
    assert title(status) == name


def test_mishaps_are_pages_that_help_for_people(client: TestClient) -> None:
    response = client.get("/resources/our-street-table")
    assert response.status_code == 404
    assert has(response.text, '[role="search"]')
    assert response.headers["cache-control"] == "no-store"
    posted = client.post("/search")
    assert posted.status_code == 405
    assert "cannot be used in this way" in posted.text


def test_what_is_sent_has_a_limit(client: TestClient) -> None:
    response = client.post("/search", content=b"x" * (LARGEST_BODY + 1))
    assert response.status_code in (405, 413)


def test_a_lost_index_leaves_the_rest_readable(site: Site, tmp_path: Path) -> None:
    broken = replace(
        site,
        engine=RememberingEngine(
            open_engine("whoosh", tmp_path / "none", site.settings.languages, "other")
        ),
        remembered=type(site.remembered)(),
    )
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "current").write_text("gone")
    client = TestClient(app_of(broken))
    home = client.get("/")
    assert home.status_code == 200
    if client.get("/healthz").status_code == 503:
        assert "Searching does not work at this moment" in home.text
        assert client.get("/search?q=fund").status_code == 503
        assert client.get("/api/search").json()["status"] == 503
    assert client.get(STREETS).status_code == 200
    assert client.get("/nowhere").status_code == 404


def test_a_fault_of_ours_shows_no_traceback(site: Site) -> None:
    app = app_of(site)
    app.state.site = replace(site, engine=None)  # whatever is asked of it is a fault
    client = TestClient(app, raise_server_exceptions=False)
    response = client.get("/search?topic=organising")
    assert response.status_code == 500
    assert "Something went wrong here" in response.text
    assert "Traceback" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert client.get("/api/search?topic=x").headers["content-type"] == "application/problem+json"


def test_health_counts_what_is_held_and_indexed(client: TestClient) -> None:
    answer = client.get("/healthz").json()
    assert answer == {"status": "ok", "resources": 29, "indexed": 29}


HIDDEN = (
    "/resources/no-such-work",
    "/resources/no-such-work/en/1",
    "/resources/no-such-work/cover.webp",
    f"/originals/{'0' * 64}/x.pdf",
    "/static/no-such-file.css",
)


@pytest.mark.parametrize("path", HIDDEN)
def test_whoever_says_they_have_it_already_is_not_believed_of_what_is_not_there(
    client: TestClient, path: str
) -> None:
    plain = client.get(path)
    assert plain.status_code == 404
    for tags in ("*", '"x", *', 'W/"*"'):
        answer = client.get(path, headers={"If-None-Match": tags})
        assert (answer.status_code, answer.text) == (404, plain.text)


def test_answers_that_may_hold_their_own_address_are_kept_by_address(client: TestClient) -> None:
    feed = client.get("/feed.atom", headers={"Host": "one.example"})
    assert "Host" in feed.headers["vary"]
    other = client.get("/feed.atom", headers={"Host": "other.example"})
    assert "http://one.example/" in feed.text and "one.example" not in other.text


def test_browsers_stay_with_https_once_they_came_by_it(site: Site) -> None:
    name = "strict-transport-security"
    plain = TestClient(app_of(site)).get("/")
    assert name not in plain.headers
    safe = TestClient(app_of(site), base_url="https://library.example").get("/about")
    assert safe.headers[name] == "max-age=31536000"
    settings = replace(site.settings, base_url="https://library.example")
    behind = TestClient(app_of(replace(site, settings=settings))).get("/originals/x/y")
    assert behind.headers[name] == "max-age=31536000"
