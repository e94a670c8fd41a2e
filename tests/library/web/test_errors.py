"""What fails is logged under the identifier that its page shows, and tells the truth."""

from __future__ import annotations

import io
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.engine import IndexUnusable
from library.core import logs
from library.core.errors import Busy, CatalogueDamaged, LibraryError, UsageError
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from tests.markup import one, text

ID = re.compile(r"\b[0-9a-f]{8}\b")
WORDS = "eviction"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as JSON."""
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.begin("json", stream, ["hush-hush"])
    yield stream
    root.handlers[:], root.level = before


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(app_of(site), raise_server_exceptions=False)


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


CASES: list[tuple[Exception, int, str]] = [
    (ValueError(f"no such thing: {WORDS}"), 500, "fault"),
    (NameError("name 'rank' is not defined"), 500, "fault"),
    (UsageError("form"), 500, "fault"),
    (sqlite3.IntegrityError("UNIQUE constraint failed: hush-hush"), 500, "fault"),
    (IndexUnusable("The index is damaged. Rebuild it."), 503, "not served"),
    (Busy("catalogue busy", where="here"), 503, "not served"),
    (CatalogueDamaged("catalogue damaged", where="here", name="SQLITE_IOERR"), 503, "not served"),
]


@pytest.mark.parametrize(("error", "status", "event"), CASES, ids=lambda one: str(one)[:20])
@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_each_is_logged_once_under_the_identifier_it_is_answered_with(
    client: TestClient,
    site: Site,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    event: str,
    path: str,
) -> None:
    def fail(*_: object, **more: object) -> None:
        raise (type(error)(*error.args) if not isinstance(error, LibraryError) else error.of())

    monkeypatch.setattr(type(site.engine), "searched", fail)
    answered = client.get(path, params={"q": WORDS})
    assert answered.status_code == status
    [line] = lines(log)
    assert (line["event"], line["route"], line["method"]) == (event, path, "GET")
    assert line["type"] == type(error).__name__
    assert "Traceback" in line["traceback"]
    assert answered.headers["x-request-id"] == line["id"]
    if path == "/search":
        assert ID.findall(text(one(answered, "main"))) == [line["id"]]
    else:
        assert answered.json()["id"] == line["id"]
    assert WORDS not in log.getvalue()
    assert "hush" not in log.getvalue()
    assert "testclient" not in log.getvalue()  # the address of who asks


def test_a_slip_while_answering_is_said_to_be_ours(
    client: TestClient, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip(*_: object) -> None:
        raise ValueError("too many values to unpack")

    monkeypatch.setattr("index.engines.local.answer", slip)
    answered = client.get("/search", params={"q": WORDS})
    assert answered.status_code == 500
    assert "The fault is ours and was noted" in answered.text
    assert [line["type"] for line in lines(log)] == ["ValueError"]


def test_what_cannot_be_found_is_no_fault(client: TestClient, log: io.StringIO) -> None:
    answered = client.get("/resources/nothing")
    assert answered.status_code == 404
    assert "x-request-id" not in answered.headers
    assert log.getvalue() == ""


def test_health_says_why_and_logs_it(
    client: TestClient, site: Site, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise IndexUnusable("The index is damaged. Rebuild it.")

    monkeypatch.setattr(type(site.engine), "info", damaged)
    answered = client.get("/healthz")
    assert answered.status_code == 503
    assert answered.json() == {"status": "failing", "reason": "The index is damaged. Rebuild it."}
    assert [line["event"] for line in lines(log)] == ["not served"]


@pytest.mark.parametrize("shape", ["text", "json"])
def test_one_line_an_event_whatever_is_in_it(log: io.StringIO, shape: str) -> None:
    stream = io.StringIO()
    logs.begin(f"{shape} debug", stream, ["hush-hush"])
    try:
        raise ValueError('two\nlines, "quoted" hush-hush عربي')
    except ValueError as error:
        told = logs.fault(error, file="a b.pdf")
        assert logs.fault(error).id == told.id  # said once
    logs.event("worker ended", code=-9, reason="")
    logging.getLogger("somebody.else").warning("with\n%s", "lines and hush-hush")
    first, second, third = stream.getvalue().splitlines()
    assert told.id in first
    assert "hush-hush" not in stream.getvalue()
    if shape == "json":
        assert json.loads(second)["code"] == -9
        assert json.loads(third)["logger"] == "somebody.else"
    else:
        assert second.endswith('info worker ended code=-9 reason=""')
        assert third.endswith("with lines and … logger=somebody.else")


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("json", ("json", "info")),
        ("warning", ("text", "warning")),
        ("Error JSON", ("json", "error")),
        ("", ("text", "info")),
    ],
)
def test_what_may_be_chosen(value: str, becomes: tuple[str, str]) -> None:
    assert logs.chosen(value) == becomes


@pytest.mark.parametrize("value", ["loud", "text json", "info debug", "json, info"])
def test_what_may_not(value: str) -> None:
    with pytest.raises(UsageError, match="LIBRARY_LOG"):
        logs.chosen(value)


def test_secrets_of_the_settings() -> None:
    address = "postgresql+psycopg://ben:pass:w@rd@db.example/library"
    assert Settings(database=address, metrics_token="t0ken").secrets == ("t0ken", "pass:w@rd")
    assert Settings(database="sqlite:///folder/catalogue.sqlite").secrets == ()


def test_without_a_log_a_fault_is_noted_in_a_file() -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [one for one in before if not isinstance(one.formatter, logs.Lines)]
    try:
        told = logs.fault(ValueError("a slip"))
    finally:
        root.handlers[:] = before
    assert told.id in told.where
    assert "a slip" in Path(told.where).read_text("utf-8")
