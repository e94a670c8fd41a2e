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
