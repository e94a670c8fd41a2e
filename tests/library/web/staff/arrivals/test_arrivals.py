"""Files from a browser: stored whole or not at all, named plainly, read elsewhere."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.core.resource import Outcome, Status
from library.ingestion import pipeline as ingesting
from library.store import originals
from library.web.app import app_of
from library.web.site import Site
from library.web.staff.form_files import plain_name
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of
from tests.markup import parsed, texts, values, within

UPLOAD = "/staff/arrivals/upload"
WORDS = b"Street vendors keep the pavement clean and the neighbours fed. " * 3000  # 190 kB


def upload(client: TestClient, *files: tuple[str, bytes], token: str = "", **fields: str) -> object:
    token = token or token_of(client.get("/staff/arrivals").text)
    sent = [("file", (name, io.BytesIO(content))) for name, content in files]
    return client.post(UPLOAD, data={"form": token, **fields}, files=sent)


def seen(shelf: Shelf) -> list[tasks.Seen]:
    with shelf.catalogue.read() as conn:
        return tasks.seen(conn, 99)


def left(shelf: Shelf) -> list[Path]:
    return list((shelf.settings.originals / "incoming").glob("*"))


def read(shelf: Shelf) -> None:
    """What the worker does with them."""
    one = ingesting.Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    for arrival in shelf.catalogue.claim_arrivals(60, 99):
        one.arrival(arrival)
    one.index()


def test_files_are_stored_read_and_become_drafts(ben: TestClient, desk_shelf: Shelf) -> None:
    files = (("pavement.txt", WORDS), ("nuestra calle.txt", b"Nuestra calle. " * 40))
    answer = upload(ben, *files)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/arrivals?done=stored")  # type: ignore[attr-defined]
    for _, content in files:
        sha256 = hashlib.sha256(content).hexdigest()
        assert originals.verify(desk_shelf.settings.originals, sha256)
    assert left(desk_shelf) == []
    page = ben.get("/staff/arrivals?done=stored").text
    assert "Stored safely." in page
    assert "2 files wait to be read." in page
    assert texts(page, ".tag.state") == ["waits", "waits"]
    read(desk_shelf)
    page = ben.get("/staff/arrivals")
    assert texts(page, ".tag.state") == ["in the library", "in the library"]
    row = within(page, 'li[id^="arrival-"]', "pavement.txt")
    [link] = set(values(row, 'a[href^="/staff/resources/"]', "href"))
    work = ben.get(link).text
    assert "pavement.txt" in work
    assert "draft" in texts(work, 'span[class="tag"]')
    with desk_shelf.catalogue.read() as conn:
        changes = history.entries(conn, 4)
    told = [(change.by, change.action) for change in changes]
    assert told == [("ben", "taken in")] * 2 + [("ben", "uploaded")] * 2
    assert {change.after["sha256"] for change in changes} == {
        hashlib.sha256(file[1]).hexdigest() for file in files
    }


def test_a_file_that_is_found_and_not_described_says_so(ben: TestClient, desk_shelf: Shelf) -> None:
    upload(ben, ("pavement.txt", WORDS))
    shelf = desk_shelf
    work = ingesting.Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    assert work.take_in(shelf.catalogue.claim_arrivals(60, 99)) == []
    state = "can be found, and is being described"
    assert texts(ben.get("/staff/arrivals"), ".tag.state") == [state]
    assert "documents to be described" in ben.get("/staff/health").text
    [ended] = work.describe(shelf.catalogue.claim("describe", 60, 99))
    assert ended.outcome is Outcome.ADDED
    assert texts(ben.get("/staff/arrivals"), ".tag.state") == ["in the library"]


def test_what_they_are_to_be_is_asked(ben: TestClient, desk_shelf: Shelf) -> None:
    for status, becomes in (("published", Status.PUBLISHED), ("withdrawn", Status.DRAFT)):
        upload(ben, (f"{status}.txt", WORDS + status.encode()), status=status)
        assert seen(desk_shelf)[0].arrival.status is becomes


def test_two_uploads_of_one_name_are_two_documents(ben: TestClient, desk_shelf: Shelf) -> None:
    for words in (b"Our report. " * 50, b"Our report. " * 51):
        upload(ben, ("report.txt", words), status="published")
    read(desk_shelf)
    found = seen(desk_shelf)
    assert len({one.resource for one in found if one.resource}) == 2
    upload(ben, ("again.txt", b"Our report. " * 50))
    read(desk_shelf)
    assert seen(desk_shelf)[0].arrival.outcome is Outcome.DUPLICATE
    assert "was here already" in ben.get("/staff/arrivals").text


@pytest.mark.parametrize("token", ["0" * 64, "none"])
def test_nothing_is_stored_for_a_form_that_is_not_ours(
    ben: TestClient, desk_shelf: Shelf, token: str
) -> None:
    held = list(originals.every(desk_shelf.settings.originals))
    answer = upload(ben, ("a.txt", WORDS), token=token)
    assert answer.status_code == 403  # type: ignore[attr-defined]
    late = ben.post(  # the token after the file, where nobody may wait for it
        UPLOAD,
        files=[
            ("file", ("a.txt", WORDS)),
            ("form", (None, token_of(ben.get("/staff/arrivals").text))),
        ],
    )
    assert late.status_code == 403
    assert list(originals.every(desk_shelf.settings.originals)) == held
    assert left(desk_shelf) == []
    assert seen(desk_shelf) == []


def test_nobody_stores_anything(nobody: TestClient, desk_shelf: Shelf) -> None:
    answer = nobody.post(UPLOAD, data={"form": "0" * 64}, files={"file": ("a.txt", WORDS)})
    assert answer.status_code == 401
    assert seen(desk_shelf) == []
    assert left(desk_shelf) == []


def test_a_file_that_cannot_be_stored_does_not_stop_the_others(
    ben: TestClient, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "LARGEST", 100_000)
    answer = upload(ben, ("large.txt", WORDS), ("none.txt", b""), ("good.txt", b"Good. " * 20))
    assert answer.status_code == 422  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert "“large.txt” is too large" in text
    assert "“none.txt” is empty" in text
    assert [Path(one.arrival.path).name for one in seen(desk_shelf)] == ["good.txt"]
    assert left(desk_shelf) == []


def test_a_full_disk_is_said(
    ben: TestClient, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    answer = upload(ben, ("one.txt", WORDS), ("two.txt", WORDS * 2))
    assert "The disk is full" in answer.text  # type: ignore[attr-defined]
    assert seen(desk_shelf) == []
    assert left(desk_shelf) == []


def test_no_file_chosen_is_said(ben: TestClient) -> None:
    token = token_of(ben.get("/staff/arrivals").text)
    empty = ben.post(UPLOAD, files=[("form", (None, token)), ("file", ("", b""))])
    assert empty.status_code == 422
    assert "No file was chosen." in empty.text


def test_what_is_no_form_is_refused(ben: TestClient) -> None:
    for kind in ("text/plain", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = ben.post(UPLOAD, content=b"nonsense", headers={"Content-Type": kind})
        assert answer.status_code in (400, 403), kind


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("C:\\papers\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "unnamed"),
        (".htaccess", "htaccess"),
        ("a\nb.pdf", "a\\nb.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("x" * 300 + ".pdf", "x" * 188 + ".pdf"),
    ],
)
def test_names_are_plain(sent: str, name: str) -> None:
    assert plain_name(sent) == name


def test_try_again_and_give_up(ben: TestClient, desk_shelf: Shelf) -> None:
    upload(ben, ("broken.pdf", b"%PDF-1.7 and nothing more"))
    read(desk_shelf)
    [one] = seen(desk_shelf)
    assert one.arrival.outcome is Outcome.FAILED
    page = ben.get("/staff/arrivals").text
    assert "could not be used" in page
    assert "It is broken" in page
    token = token_of(page)
    again, give_up = (f"/staff/arrivals/{one.arrival.id}/{what}" for what in ("again", "give-up"))
    assert ben.post(again, data={"form": token}).status_code == 303
    assert seen(desk_shelf)[0].arrival.outcome is None
    read(desk_shelf)
    assert ben.post(give_up, data={"form": token}).status_code == 303
    page = ben.get("/staff/arrivals").text
    assert "Given up; the file is kept." in page
    assert give_up not in page
    assert ben.post("/staff/arrivals/99/again", data={"form": token}).status_code == 409
    with desk_shelf.catalogue.read() as conn:
        actions = [change.action for change in history.entries(conn, 3)]
    assert actions == ["given up", "tried again", "uploaded"]


def test_a_line_that_breaks_leaves_what_had_come_whole(
    ben: TestClient, desk_site: Site, desk_shelf: Shelf
) -> None:
    token, cookie = token_of(ben.get("/staff/arrivals").text), ben.cookies["staff"]
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app_of(desk_site), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = b"".join(
        (
            part.format("form", "").encode() + token.encode() + b"\r\n",
            part.format("file", '; filename="whole.txt"').encode() + WORDS + b"\r\n",
            part.format("file", '; filename="half.txt"').encode() + WORDS,
        )
    )
    with socket.create_connection(held.getsockname()) as line:
        head = (
            f"POST {UPLOAD} HTTP/1.1\r\nHost: x\r\nCookie: staff={cookie}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n"
            f"Content-Length: {len(body) + 1000}\r\n\r\n"
        )
        line.sendall(head.encode() + body)
        end = time.monotonic() + 20
        while not seen(desk_shelf) and time.monotonic() < end:
            time.sleep(0.05)
    while left(desk_shelf) and time.monotonic() < end:
        time.sleep(0.05)
    server.should_exit = True
    thread.join(timeout=10)
    held.close()
    assert [Path(one.arrival.path).name for one in seen(desk_shelf)] == ["whole.txt"]
    assert left(desk_shelf) == []


def notes(page: str) -> dict[str, str]:
    """Language, "" for that of the page, → what was said of a file when it was read."""
    found = parsed(page).css("details > p.soft")
    return {one.attributes.get("lang") or "": one.text() for one in found}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "cut.docx está dañado"),
        ("fr", "cut.docx est abîmé"),
        ("pt", "cut.docx está danificado"),
        ("ar", "cut.docx\u2069 تالف"),
        ("hi", "cut.docx ख़राब है"),
    ],
)
def test_what_was_said_of_a_file_is_said_in_the_language_of_the_desk(
    ben: TestClient, desk_shelf: Shelf, language: str, words: str
) -> None:
    upload(ben, ("cut.docx", b"PK\x03\x04" + bytes(26) + b"word/document.xml" + bytes(2_000)))
    read(desk_shelf)
    (one,) = seen(desk_shelf)
    assert one.arrival.outcome is Outcome.FAILED
    assert "is damaged" in one.arrival.message  # for a program that looks into the catalogue
    ben.cookies.set("language", language)
    page = ben.get("/staff/arrivals").text
    (said,) = notes(page).values()
    assert words in said
    assert list(notes(page)) == [""]
    assert said.count(".") + said.count("।") >= 2  # and what to do


def test_what_was_kept_in_english_only_is_shown_as_english(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    upload(ben, ("old.txt", WORDS))
    with desk_shelf.catalogue.write() as writer:
        (one,) = tasks.seen(writer.conn, 9)
        told = "old.txt is damaged."
        tasks.end_arrival(writer.conn, one.arrival.id, Outcome.FAILED, readers="1", message=told)
    ben.cookies.set("language", "es")
    assert notes(ben.get("/staff/arrivals").text) == {"en": told}
