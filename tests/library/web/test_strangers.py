"""What somebody sends who is no reader: it costs little, and ends in an answer that is meant."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.web.app import app_of
from library.web.limits import COST_OF_MANY, _cost
from library.web.site import Site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stranger(site: Site) -> TestClient:
    return TestClient(app_of(site), follow_redirects=False, raise_server_exceptions=False)


@pytest.mark.parametrize("body", ["&" * 60_000, "a=1&" * 15_000, "resource=a&" * 5_000])
@pytest.mark.parametrize("path", ["/packs", "/ask", "/kept/now"])
def test_a_form_of_very_many_fields_is_no_fault(stranger: TestClient, path: str, body: str) -> None:
    assert stranger.post(path, content=body, headers=FORM).status_code < 500


def test_a_file_of_who_is_not_signed_in_is_not_taken(stranger: TestClient) -> None:
    """Read by nobody, it takes neither memory nor disk: it may be as large as it likes."""
    sent = 0

    def body():
        nonlocal sent
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for piece in (head, *[b"a" * 65_536] * 100, b"\r\n--x--\r\n"):
            sent += len(piece)
            yield piece

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    for path in ("/staff/tables", "/staff/vocabularies/exchange"):
        answer = stranger.post(path, content=body(), headers=kind)
        assert answer.status_code in (401, 404, 405), path
        assert "a" * 1000 not in answer.text


def test_what_is_looked_up_by_the_hundred_counts_as_many() -> None:
    asked = {"type": "http", "method": "POST", "path": "/kept/now"}
    assert _cost(asked) == COST_OF_MANY > 1


def test_a_feed_cuts_no_excerpts(site: Site, stranger: TestClient, monkeypatch) -> None:
    asked = []
    search = type(site.engine).search
    monkeypatch.setattr(
        type(site.engine), "search", lambda self, query: asked.append(query) or search(self, query)
    )
    assert stranger.get("/feed.atom?q=union").status_code == 200
    assert asked
    assert not any(query.excerpts or query.beyond for query in asked)


def test_folders_are_not_listed_and_nothing_is_echoed(stranger: TestClient) -> None:
    for path in ("/static/", "/static", "/.git/config", "/.env", "/originals/", "/index/"):
        assert stranger.get(path).status_code in (404, 405), path
    for path in ("/", "/search", "/staff/sign-in"):
        assert stranger.request("TRACE", path).status_code == 405, path


ODD_HEADERS = [
    *({"Host": said} for said in ("[x", "a b", "x:99999999", "x:y", "x/y?z#", "\xff", "[::1]:80")),
    *({"Accept-Language": said} for said in ("en;q=x", "*;q=1e999", "-", ";" * 5_000, "é")),
    *({"Cookie": said} for said in ("language=[", "session=\xff", "=" * 4_000, "known-browser=é")),
    *({"If-None-Match": said} for said in ('W/"', "*", '"' * 4_000)),
    *({"If-Modified-Since": said} for said in ("[", "Mon, 99 Foo 99999 99:99:99 GMT", "9" * 4_000)),
    *({"Range": said} for said in ("bytes=-", "bytes=9999999999999999999999-", "bytes=0-0," * 300)),
    *({"Referer": said} for said in ("http://[x", "//[", "é")),
    {"X-Forwarded-Proto": "[", "X-Forwarded-Host": "[", "Forwarded": "for=["},
    {"Accept-Encoding": "br;q=x, gzip;q=" + "9" * 4_000},
    {"Authorization": "Bearer \xff"},
]  # fmt: skip
EVERYWHERE = ("/", "/search?q=fund", "/oai?verb=Identify", "/feed.atom", "/sitemap.xml", "/staff/",
              "/api/search?q=fund", "/robots.txt", "/metrics", "/opensearch.xml", "/nowhere",
              "/language/en?to=//[", "/language/en?to=/%0A/[x", "/alerts/%5B",
              "/.well-known/security.txt")  # fmt: skip


@pytest.mark.parametrize("headers", ODD_HEADERS, ids=lambda said: repr(said)[:60])
def test_odd_headers_are_no_fault(stranger: TestClient, headers: dict[str, str]) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in EVERYWHERE:
        assert stranger.get(path, headers=sent).status_code < 500, path  # type: ignore[arg-type]


@pytest.mark.parametrize("origin", ["http://[x", "[", "//[x", "http://a:b:c", "\xff"])
def test_an_origin_that_is_none_is_refused(stranger: TestClient, origin: str) -> None:
    headers = {**FORM, "Origin": origin.encode("latin-1")}
    for path in ("/ask", "/packs", "/kept/now", "/staff/sign-in"):
        assert stranger.post(path, content="q=a", headers=headers).status_code == 403, path  # type: ignore[arg-type]
