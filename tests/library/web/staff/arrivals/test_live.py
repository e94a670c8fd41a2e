"""The states of arrivals as they change, in every open page, for one look and no thread each."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from library.catalogue.accounts import users
from library.catalogue.arrivals import rescans
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.core.resource import Page
from library.ingestion import pipeline as ingesting
from library.store import originals
from library.web.app import app_of
from library.web.site import Site
from library.web.staff.arrivals import live
from tests import needs
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import PASSWORD, Enter, token_of
from tests.markup import has, parsed, values

STREAM = "/staff/arrivals/stream"
LINK = '#{} a[href^="/staff/resources/"]'
WORDS = b"Street vendors keep the pavement clean and the neighbours fed. " * 50


def upload(client: TestClient, name: str, content: bytes = WORDS) -> None:
    token = token_of(client.get("/staff/own").text)
    files = [("file", (name, io.BytesIO(content)))]
    client.post("/staff/arrivals/upload", data={"form": token}, files=files)


def read(shelf: Shelf) -> None:
    one = ingesting.Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    for arrival in shelf.catalogue.claim_arrivals(60, 99):
        one.arrival(arrival)


class Served:
    """The site in a server of its own, and streams of it as lines."""

    def __init__(self, site: Site) -> None:
        self.app = app_of(site)
        self.open: list[http.client.HTTPConnection | http.client.HTTPResponse] = []
        self.held = socket.create_server(("127.0.0.1", 0))
        self.port = self.held.getsockname()[1]
        app = self.app

        class Server(uvicorn.Server):
            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                await app.state.live.stop()
                await super().shutdown(sockets)

        self.server = Server(uvicorn.Config(self.app, log_level="error", lifespan="off"))
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.held]}, daemon=True
        )
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stream(self, cookie: str, have: str = "") -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"staff={cookie}", "Accept-Encoding": "gzip"}
        line.request("GET", f"{STREAM}?have={have}", headers=headers)
        answer = line.getresponse()
        self.open += [line, answer]
        return answer

    def stop(self) -> float:
        began = time.monotonic()
        self.server.should_exit = True
        self.thread.join(timeout=30)
        self.held.close()
        return time.monotonic() - began


@pytest.fixture
def served(desk_site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(live, "LONGEST", 60.0)
    monkeypatch.setattr(live, "EVERY", 0.05)
    made = Served(desk_site)
    yield made
    made.stop()
    for one in made.open:
        one.close()


def until(stream: http.client.HTTPResponse, wanted: str) -> str:
    """What comes, up to a line that holds these words."""
    told = ""
    while wanted not in told:
        line = stream.readline().decode()
        assert line, told
        told += line
    return told


def test_a_change_is_told_as_it_stands_on_the_page(
    served: Served, ben: TestClient, desk_shelf: Shelf
) -> None:
    upload(ben, "pavement.txt")
    rows = [row.attributes for row in parsed(ben.get("/staff/arrivals")).css("[data-mark]")]
    have = ",".join(f"{row['id']}.{row['data-mark']}" for row in rows)
    stream = served.stream(ben.cookies["staff"], have)
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"
    assert "content-encoding" not in stream.headers
    assert until(stream, "retry") == "retry: 5000\n"  # the page has all there is
    upload(ben, "water.txt", WORDS + b"Water.")
    told = until(stream, "event: waiting")
    assert "water.txt" in told
    assert "pavement.txt" not in told
    assert until(stream, "wait to be read") == "data: 2 files wait to be read.\n"
    read(desk_shelf)
    told = until(stream, "in the library") + until(stream, "</li>")
    page = ben.get("/staff/arrivals").text
    row = "\n".join(re.findall(r"^data: ?(.*)$", told, re.MULTILINE))
    told_of = LINK.format(values(row, "li", "id")[-1])
    [link] = values(row, told_of, "href")
    assert [link] == values(page, told_of, "href")
    assert ben.get(link).status_code == 200
    assert token_of(row) == token_of(page) if has(row, '[name="form"]') else True


def test_what_a_file_became_is_linked_before_it_is_described(
    served: Served, ben: TestClient, desk_shelf: Shelf
) -> None:
    stream = served.stream(ben.cookies["staff"])
    until(stream, "retry")
    upload(ben, "kerb.txt", WORDS + b"Kerbs.")
    until(stream, "waits to be read")
    one = ingesting.Ingest(
        desk_shelf.settings, desk_shelf.catalogue, desk_shelf.engine, desk_shelf.vocabularies
    )
    assert one.take_in(desk_shelf.catalogue.claim_arrivals(60, 99)) == []
    told = until(stream, "is being described") + until(stream, "</li>")
    row = "\n".join(re.findall(r"^data: ?(.*)$", told, re.MULTILINE))
    [link] = values(row, '.arrival a[href^="/staff/resources/"]', "href")
    assert ben.get(link).status_code == 200


def test_it_ends_with_the_session_and_does_not_keep_it_alive(
    served: Served, ben: TestClient, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.2)
    stream = served.stream(ben.cookies["staff"])
    until(stream, ": here")
    with desk_shelf.catalogue.write() as writer:
        users.end_every_session(writer.conn)
    until(stream, "event: over")
    assert stream.read().decode().strip() == "data:"
    with served.stream("nobody") as answer:
        assert answer.status == 303


def test_all_who_watch_share_one_look_and_hold_no_thread(
    served: Served, ben: TestClient, desk_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    held = served.app.state.live._look

    def counted() -> object:
        nonlocal looks
        looks += 1
        return held()

    served.app.state.live._look = counted
    streams = [
        served.stream(ben.cookies["staff"]) for _ in range(60)
    ]  # more than threads there are
    for stream in streams:
        until(stream, "retry")
    for _ in range(50):  # the last one may not be counted yet
        if served.app.state.live.watchers == 60:
            break
        time.sleep(0.1)
    assert served.app.state.live.watchers == 60
    began, threads = looks, threading.active_count()
    time.sleep(1)
    assert 0 < looks - began < 40
    assert threads < 60
    assert ben.get("/staff/arrivals").status_code == 200
    monkeypatch.setattr(live, "MOST", 60)
    assert served.stream(ben.cookies["staff"]).status == 503
    for one in served.open:
        one.close()
    upload(ben, "last.txt")
    end = time.monotonic() + 10
    while served.app.state.live.watchers and time.monotonic() < end:
        time.sleep(0.05)
        upload(ben, f"{time.monotonic()}.txt", os.urandom(40))
    assert served.app.state.live.watchers == 0


def test_a_server_that_stops_does_not_wait_for_open_pages(served: Served, ben: TestClient) -> None:
    streams = [served.stream(ben.cookies["staff"]) for _ in range(5)]
    for stream in streams:
        until(stream, "retry")
    assert served.stop() < 5
    for stream in streams:
        stream.read()


@needs.SQLITE
def test_library_serve_stops_while_a_page_is_open(desk_shelf: Shelf, ben: TestClient) -> None:
    cookie = ben.cookies["staff"]
    environment = {**os.environ, "LIBRARY_HOME": str(desk_shelf.settings.home)}
    program = subprocess.Popen(
        [sys.executable, "-m", "library", "serve", "--port", "0", "--no-worker"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert program.stdout
    port = int(re.findall(r":(\d+)/", program.stdout.readline())[0])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", STREAM, headers={"Cookie": f"staff={cookie}"})
    answer = line.getresponse()
    until(answer, "retry")
    began = time.monotonic()
    program.send_signal(signal.SIGTERM)
    program.wait(timeout=60)
    program.stdout.close()
    answer.close()
    line.close()
    assert time.monotonic() - began < 15


def test_who_comes_late_gets_the_last_state_and_not_each_step() -> None:
    found = {1: "a"}

    async def watched() -> list[object]:
        one = live.Live(lambda: dict(found))
        got: list[object] = []
        async for state in one.watch():
            got.append(state)
            if len(got) == 2:
                break
            found[1] = "b"
            await asyncio.sleep(0.1)
            found[1] = "c"
            await asyncio.sleep(0.3)
        return got

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "EVERY", 0.02)
        patch.setattr(live, "LONGEST", 10.0)
        assert asyncio.run(watched()) == [{1: "a"}, {1: "c"}]


def scan(shelf: Shelf) -> tuple[str, str]:
    """A scan in the library, as a resource and an edition, and what can be read here."""
    id_ = shelf.add("Minutes of 1974", [Page(1, "Rd fnd", reader="tesseract eng", score=0.5)])
    with shelf.catalogue.write() as writer:
        rescans.tell_languages(writer.conn, ["es", "hi"])
    resource = shelf.catalogue.resource(id_)
    assert resource
    return id_, resource.editions[0].id


def test_scans_are_read_again_in_the_languages_that_are_asked(
    enter: Enter, desk_shelf: Shelf
) -> None:
    id_, edition = scan(desk_shelf)
    ben = enter("ben")
    path = desk_shelf.settings.home / "incoming.bin"
    stored = originals.put(desk_shelf.settings.originals, path)
    with desk_shelf.catalogue.write() as writer:
        from library.catalogue.arrivals import actions
        from library.core.resource import Outcome, Status

        number = actions.bring(writer, stored, "desk/ben/x/m.pdf", "m.pdf", Status.DRAFT, by="ben")
        tasks.end_arrival(
            writer.conn, number, Outcome.ADDED, readers="1", edition=edition, reason="no text"
        )
    page = ben.get("/staff/arrivals").text
    action = f"/staff/arrivals/{number}/languages"
    assert has(page, f'[action="{action}"]')
    assert values(page, '[name="language"]', "value") == ["es", "hi"]
    token = token_of(page)
    assert ben.post(action, data={"form": token}).status_code == 422
    assert ben.post(action, data={"form": token, "language": "fr"}).status_code == 422
    answer = ben.post(action, data={"form": token, "language": ["hi", "es"]})
    assert answer.headers["location"].endswith("?done=scanned")
    with desk_shelf.catalogue.read() as conn:
        assert f"{edition}/es+hi" in tasks.subjects(conn, "ocr")
        change = history.entries(conn, 1)[0]
    assert (change.by, change.action, change.subject) == ("ben", "scanned again", id_)
    assert change.after["languages"] == ["es", "hi"]
    page = ben.get("/staff/arrivals").text
    assert "its pictures are still to be read" in page
    assert action not in page
    for _ in range(tasks.ATTEMPTS):
        [task] = desk_shelf.catalogue.claim("ocr", 60)
        with desk_shelf.catalogue.write() as writer:
            tasks.give_back(writer.conn, [task.id], tried=True)
    page = ben.get("/staff/arrivals").text
    assert "its pictures are still to be read" not in page
    assert "reading its pictures was given up" in page
    assert has(page, f'[action="{action}"]')
    ben.post(action, data={"form": token, "language": ["es"]})
    with desk_shelf.catalogue.read() as conn:
        assert tasks.given_up(conn, "ocr") == frozenset()
    assert "its pictures are still to be read" in ben.get("/staff/arrivals").text
    assert "Español; हिन्दी" in ben.get("/staff/history").text


def test_a_page_left_open_shows_what_became_of_each_file(
    browser: Browser, served: Served, desk_shelf: Shelf, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/staff/")
    page.locator("input[name=name]").fill("ben")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    page.goto(f"http://127.0.0.1:{served.port}/staff/arrivals")
    for name, content in (("good.txt", WORDS), ("broken.pdf", b"%PDF-1.7 and no more")):
        (tmp_path / name).write_bytes(content)
    page.locator("input[type=file]").set_input_files(
        [tmp_path / "good.txt", tmp_path / "broken.pdf"]
    )
    page.get_by_role("button", name="Send", exact=True).click()
    rows = page.locator("[data-stream] > li")
    expect(rows).to_have_count(2)
    expect(rows.locator(".state")).to_have_text(["waits", "waits"])
    expect(page.get_by_text("2 files wait to be read.")).to_be_visible()
    page.locator("[data-stream] button", has_text="Give up").first.focus()
    read(desk_shelf)
    broken, good = rows.nth(0), rows.nth(1)
    expect(broken.locator(".state")).to_have_text("could not be used")
    expect(good.locator(".state")).to_have_text("in the library")
    expect(good.get_by_role("link", name="good.txt")).to_have_attribute(
        "href", re.compile("^/staff/resources/")
    )
    expect(broken.get_by_role("button", name="Give up")).to_be_focused()
    expect(page.locator("#news")).to_have_text("broken.pdf: could not be used")
    page.set_viewport_size({"width": 360, "height": 740})
    box = good.bounding_box()
    assert box is not None
    assert box["height"] <= 90
    broken.get_by_role("button", name="Try again").click()
    expect(rows.nth(0).locator(".state")).to_have_text("waits")
    page.close()
    assert hashlib.sha256(WORDS).hexdigest() in originals.every(desk_shelf.settings.originals)
