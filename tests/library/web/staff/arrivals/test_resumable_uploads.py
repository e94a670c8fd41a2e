"""Files that come a piece at a time: what is acknowledged is on the disk, and nothing is mixed."""

from __future__ import annotations

import base64
import hashlib
import os
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from library.catalogue.accounts import users
from library.catalogue.arrivals import uploads as kept
from library.catalogue.queue import tasks
from library.core.resource import Status
from library.store import originals, uploads
from library.store.uploads import Uploads
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import Enter, token_of

SENDING = "/staff/arrivals/sending"
WORDS = b"Domestic workers keep their own accounts of the hours they work. " * 5000  # 325 kB
HALF = len(WORDS) // 2
KEY = "0123456789abcdef"


def field(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


class Sender:
    """What the script does, one step at a time."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = token_of(client.get("/staff/own").text)

    def begin(self, **fields: object) -> Any:
        wanted = {
            "form": self.token, "key": KEY, "name": "hours.txt", "size": len(WORDS),
            "modified": 1700000000000, "status": "review",
        }  # fmt: skip
        sent = {name: str(value) for name, value in {**wanted, **fields}.items()}
        return self.client.post(SENDING, data=sent, headers={"Accept": "application/json"})

    def append(self, upload: str, offset: int, piece: bytes, **headers: str) -> Any:
        sent = {
            "Content-Type": "application/partial-upload",
            "Accept": "application/json",
            "Form-Token": self.token,
            "Upload-Offset": str(offset),
            "Content-Digest": field(piece),
            "Upload-Complete": "?0",
        }
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(upload, content=piece, headers={**sent, **given})

    def last(self, upload: str, offset: int, piece: bytes, whole: bytes) -> Any:
        return self.append(
            upload, offset, piece, **{"Upload-Complete": "?1", "Repr-Digest": field(whole)}
        )


@pytest.fixture
def sender(ben: TestClient) -> Sender:
    return Sender(ben)


def seen(shelf: Shelf) -> list[tasks.Seen]:
    with shelf.catalogue.read() as conn:
        return tasks.seen(conn, 99)


def parts(shelf: Shelf) -> list[str]:
    return [path.name for path in (shelf.settings.originals / "unfinished").glob("*")]


def test_a_file_comes_in_pieces_and_is_an_arrival(sender: Sender, desk_shelf: Shelf) -> None:
    begun = sender.begin()
    assert begun.status_code == 201
    place = begun.headers["location"]
    assert begun.json() == {
        "upload": place, "offset": 0, "complete": False, "arrival": None, "sha256": "",
    }  # fmt: skip
    assert f"max-append-size={uploads.PIECE}" in begun.headers["upload-limit"]
    first = sender.append(place, 0, WORDS[:HALF])
    assert (first.status_code, first.headers["upload-offset"]) == (200, str(HALF))
    assert seen(desk_shelf) == []
    stands = sender.client.get(place)
    assert (stands.json()["offset"], stands.headers["upload-complete"]) == (HALF, "?0")
    done = sender.last(place, HALF, WORDS[HALF:], WORDS)
    assert done.json()["complete"] is True
    [one] = seen(desk_shelf)
    assert (one.arrival.id, one.arrival.status) == (done.json()["arrival"], Status.REVIEW)
    assert one.arrival.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert originals.verify(desk_shelf.settings.originals, one.arrival.sha256)
    assert parts(desk_shelf) == []
    assert sender.last(place, len(WORDS), b"", WORDS).json() == done.json()  # a lost answer
    assert len(seen(desk_shelf)) == 1


def test_a_begin_sent_twice_is_one_upload_and_so_is_a_file_chosen_again(sender: Sender) -> None:
    place = sender.begin().headers["location"]
    assert sender.begin().headers["location"] == place
    sender.append(place, 0, WORDS[:HALF])
    again = sender.begin(key="another-key-of-a-reload", status="draft")
    assert again.headers["location"] == place
    assert again.json()["offset"] == HALF
    assert again.json()["sha256"] == hashlib.sha256(WORDS[:HALF]).hexdigest()
    # The browser saw that its file begins otherwise: the same name, size and day, another file.
    other = sender.begin(key="another-key-of-another", fresh="1")
    assert other.headers["location"] != place
    for number, change in enumerate(({"name": "h.txt"}, {"size": 9}, {"modified": 1})):
        assert sender.begin(key=f"another-{number}", **change).headers["location"] != place


def test_what_was_sent_before_is_not_sent_again(sender: Sender, desk_shelf: Shelf) -> None:
    place = sender.begin().headers["location"]
    sender.last(place, 0, WORDS, WORDS)
    again = sender.begin(key="after-a-reload").json()
    assert again["complete"] is True
    assert again["sha256"] == hashlib.sha256(WORDS).hexdigest()
    assert len(seen(desk_shelf)) == 1


def test_a_broken_piece_or_a_wrong_place_says_what_to_do(sender: Sender, desk_shelf: Shelf) -> None:
    place = sender.begin().headers["location"]
    broken = sender.append(place, 0, WORDS[:HALF], **{"Content-Digest": field(b"other")})
    assert (broken.status_code, broken.json()["why"]) == (422, "digest")
    sender.append(place, 0, WORDS[:HALF])
    twice = sender.append(place, 0, WORDS[:HALF])
    assert twice.status_code == 409
    assert twice.headers["content-type"] == "application/problem+json"
    assert twice.json()["type"].endswith("#mismatching-upload-offset")
    assert twice.json()["expected-offset"] == HALF == int(twice.headers["upload-offset"])
    more = sender.append(place, HALF, WORDS[HALF:] + b"!")
    assert (more.status_code, more.json()["why"]) == (400, "length")
    early = sender.last(place, HALF, b"", WORDS)
    assert (early.status_code, early.json()["expected-offset"]) == (409, HALF)
    assert sender.append(place, HALF, b"x", **{"Upload-Offset": "-1"}).status_code == 400
    assert seen(desk_shelf) == []
    assert sender.last(place, HALF, WORDS[HALF:], WORDS).json()["complete"] is True


def test_a_file_changed_while_it_was_sent_is_not_kept(sender: Sender, desk_shelf: Shelf) -> None:
    place = sender.begin().headers["location"]
    sender.append(place, 0, WORDS[:HALF])
    changed = sender.last(place, HALF, WORDS[HALF:], WORDS[1:] + b"!")
    assert (changed.status_code, changed.json()["why"]) == (410, "changed")
    assert sender.client.get(place, headers={"Accept": "application/json"}).status_code == 404
    assert seen(desk_shelf) == []
    assert parts(desk_shelf) == []
    assert sender.begin().json()["offset"] == 0


def test_a_server_that_dies_between_its_steps_loses_nothing(
    sender: Sender, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after each step of taking a piece and of making an arrival, and asked again."""

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with desk_shelf.catalogue.read() as conn:
        found = users.named(conn, "ben")
    assert found
    mine = Uploads(desk_shelf.catalogue, desk_shelf.settings.originals, found[0])
    wanted = kept.Wanted(KEY, "hours.txt", len(WORDS), "1", Status.DRAFT)
    id_ = mine.begin(wanted).id
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(os, "fsync", killed)
        mine.append(id_, 0, WORDS[:HALF])
    assert mine.stands(id_).offset == 0  # not settled, not counted
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(kept, "grown", killed)
        mine.append(id_, 0, WORDS[:HALF])
    assert mine.stands(id_).offset == 0
    mine.append(id_, 0, WORDS[:9])
    mine.append(id_, 9, WORDS[9:])
    for step in ((originals, "adopt"), (kept, "whole"), (kept, "arrived")):
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(*step, killed)
            mine.finish(id_)
        assert seen(desk_shelf) == []
    done = mine.finish(id_, hashlib.sha256(WORDS).hexdigest())
    assert done.complete
    assert [one.arrival.id for one in seen(desk_shelf)] == [done.arrival]
    assert originals.verify(desk_shelf.settings.originals, done.sha256)
    assert parts(desk_shelf) == []


def test_a_disk_put_back_from_a_backup_begins_anew(sender: Sender, desk_shelf: Shelf) -> None:
    place = sender.begin().headers["location"]
    sender.append(place, 0, WORDS[:HALF])
    [part] = (desk_shelf.settings.originals / "unfinished").glob("*")
    part.unlink()
    gone = sender.append(place, HALF, WORDS[HALF:])
    assert (gone.status_code, gone.json()["why"]) == (404, "absent")
    assert sender.begin().json()["offset"] == 0


def test_an_upload_belongs_to_its_account(sender: Sender, enter: Enter) -> None:
    place = sender.begin().headers["location"]
    ana = Sender(enter("ana"))
    for answer in (
        ana.client.get(place),
        ana.append(place, 0, WORDS[:HALF]),
        ana.client.post(f"{place}/give-up", data={"form": ana.token}),
    ):
        assert answer.status_code == 404
    assert ana.begin().headers["location"] != place
    assert sender.client.get(place).json()["offset"] == 0


def test_nothing_is_taken_without_the_token_or_for_another_site(
    sender: Sender, nobody: TestClient, desk_shelf: Shelf
) -> None:
    place = sender.begin().headers["location"]
    assert sender.append(place, 0, WORDS, **{"Form-Token": "0" * 64}).status_code == 403
    assert sender.append(place, 0, WORDS, Sec_Fetch_Site="cross-site").status_code == 403
    assert sender.append(place, 0, WORDS, Origin="https://elsewhere.example").status_code == 403
    alone = Sender.__new__(Sender)
    alone.client, alone.token = nobody, sender.token
    assert alone.append(place, 0, WORDS).status_code == 401
    assert sender.append(place, 0, b"x" * (uploads.PIECE + 1)).status_code == 413
    assert sender.client.get(place).json()["offset"] == 0
    assert parts(desk_shelf) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"size": 0}, 413), ({"size": originals.LARGEST + 1}, 413), ({"size": "many"}, 400),
        ({"name": ""}, 400), ({"key": "short"}, 400), ({"modified": "today"}, 400),
        ({"replaces": "nothing"}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_said_before_it_is(
    sender: Sender, change: dict[str, object], status: int
) -> None:
    assert sender.begin(**change).status_code == status


def test_there_are_bounds(sender: Sender, monkeypatch: pytest.MonkeyPatch, desk_site: Site) -> None:
    monkeypatch.setattr(uploads, "MOST", 1)
    place = sender.begin().headers["location"]
    many = sender.begin(key="one-too-many", name="b.txt")
    assert (many.status_code, many.json()["why"]) == (429, "many")
    free = desk_site.settings.floor + len(WORDS) - 1  # of the disk: a byte too few
    monkeypatch.setattr(originals.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    full = sender.append(place, 0, WORDS)
    assert (full.status_code, full.json()["why"]) == (507, "full")
    assert "The disk is full" in full.json()["detail"]
    monkeypatch.setattr(uploads, "MOST", 9)
    assert sender.begin(key="no-room-for-it", name="c.txt").status_code == 507
    none = SimpleNamespace(free=desk_site.settings.floor - 1)
    monkeypatch.setattr(originals.shutil, "disk_usage", lambda path: none)
    token = token_of(sender.client.get("/staff/arrivals").text)
    sent = sender.client.post(
        "/staff/arrivals/upload", data={"form": token}, files=[("file", ("d.txt", WORDS))]
    )
    assert sent.status_code == 422 and "disk" in sent.text
    room = SimpleNamespace(free=free + 1)
    monkeypatch.setattr(originals.shutil, "disk_usage", lambda path: room)
    assert sender.append(place, 0, WORDS).status_code < 300


def test_two_windows_send_one_file(sender: Sender, desk_site: Site, desk_shelf: Shelf) -> None:
    place = sender.begin().headers["location"]
    step = 20_000

    def window() -> None:
        client = TestClient(app_of(desk_site), cookies=dict(sender.client.cookies))
        mine = Sender.__new__(Sender)
        mine.client, mine.token = client, sender.token
        at, done = 0, False
        while not done:
            piece = WORDS[at : at + step]
            last = at + len(piece) == len(WORDS)
            answer = mine.last(place, at, piece, WORDS) if last else mine.append(place, at, piece)
            told = answer.json()
            done = told.get("complete", False) or told.get("why") == "complete"
            at = told.get("offset", told.get("expected-offset", at))

    threads = [threading.Thread(target=window) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    [one] = seen(desk_shelf)
    assert one.arrival.sha256 == hashlib.sha256(WORDS).hexdigest()


def test_what_is_unfinished_is_shown_and_can_be_given_up(
    sender: Sender, desk_shelf: Shelf, ana: TestClient
) -> None:
    place = sender.begin().headers["location"]
    sender.append(place, 0, WORDS[:HALF])
    page = sender.client.get("/staff/arrivals").text
    assert "hours.txt" in page
    assert "have come" in page
    assert "hours.txt" not in ana.get("/staff/arrivals").text
    given = sender.client.post(f"{place}/give-up", data={"form": sender.token})
    assert given.headers["location"].endswith("done=thrown-away")
    assert "hours.txt" not in sender.client.get(given.headers["location"]).text
    assert parts(desk_shelf) == []
    assert sender.client.post(f"{place}/give-up", data={"form": sender.token}).status_code == 404


def test_what_nobody_goes_on_with_is_thrown_away(
    sender: Sender, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = sender.begin().headers["location"]
    sender.append(place, 0, WORDS[:HALF])
    folder = desk_shelf.settings.originals
    stray = folder / "unfinished" / "nobody-knows-it.part"
    stray.write_bytes(b"x")
    assert uploads.sweep(desk_shelf.catalogue, folder) == 0
    os.utime(stray, (0, 0))
    assert uploads.sweep(desk_shelf.catalogue, folder) == 1
    monkeypatch.setattr(uploads, "KEPT", -1.0)
    time.sleep(0.01)
    assert uploads.sweep(desk_shelf.catalogue, folder) == 1
    assert parts(desk_shelf) == []
    assert sender.append(place, HALF, WORDS[HALF:]).status_code == 404
