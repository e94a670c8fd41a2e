"""A file takes the place of another, an earlier one comes back, and readers see no half of it."""

from __future__ import annotations

import hashlib
import io

import pytest
from starlette.testclient import TestClient

from library.catalogue.arrivals import actions as arrivals_actions
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import queries
from library.core.resource import Edition, Outcome, Resource, Status, Stored
from library.ingestion import pipeline as ingesting
from library.store import originals
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of
from tests.markup import values

OLD = "# Our hours\n\nWe keep our own accounts of the hours we work. " + "Hours and rest. " * 60
NEW = "# Our hours, second printing\n\nWages are counted by the hour. " + "Wages and rest. " * 60


def read(shelf: Shelf) -> None:
    one = ingesting.Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    for arrival in shelf.catalogue.claim_arrivals(60, 99):
        one.arrival(arrival)
    one.index()


def held(shelf: Shelf, id_: str) -> tuple[Resource, Edition]:
    found = shelf.catalogue.resource(id_, public=False)
    assert found
    return found, found.editions[0]


def last(shelf: Shelf) -> tasks.Seen:
    with shelf.catalogue.read() as conn:
        return tasks.seen(conn, 1)[0]


def actions(shelf: Shelf, id_: str) -> list[str]:
    with shelf.catalogue.read() as conn:
        return [one.action for one in history.entries(conn, 9, subjects=[id_])]


class Hand:
    """What staff do on the page of files."""

    def __init__(self, client: TestClient, id_: str) -> None:
        self.client, self.id = client, id_
        self.page = f"/staff/resources/{id_}/files"
        self.token = token_of(client.get("/staff/own").text)

    def replace(self, edition: str, name: str, content: bytes) -> object:
        files = [("file", (name, io.BytesIO(content)))]
        return self.client.post(
            f"/staff/resources/{self.id}/{edition}/replace",
            data={"form": self.token},
            files=files,
        )

    def back(self, edition: str, sha256: str) -> int:
        return self.client.post(
            f"/staff/resources/{self.id}/{edition}/back",
            data={"form": self.token, "sha256": sha256},
        ).status_code

    def undo(self, number: int) -> int:
        return self.client.post(
            f"/staff/history/{number}/undo", data={"form": self.token}
        ).status_code


@pytest.fixture(params=[Status.PUBLISHED, Status.DRAFT], ids=str)
def work(request: pytest.FixtureRequest, ben: TestClient, desk_shelf: Shelf) -> Hand:
    token = token_of(ben.get("/staff/own").text)
    ben.post(
        "/staff/arrivals/upload",
        data={"form": token, "status": request.param},
        files=[("file", ("hours.md", io.BytesIO(OLD.encode())))],
    )
    read(desk_shelf)
    found = last(desk_shelf)
    assert found.resource
    return Hand(ben, found.resource)


def test_a_file_takes_the_place_and_an_earlier_one_comes_back(
    work: Hand, desk_shelf: Shelf, nobody: TestClient
) -> None:
    before, old = held(desk_shelf, work.id)
    form = work.client.get(f"/staff/resources/{work.id}/words").text
    sent = {
        "form": work.token,
        "version": values(form, '[name="version"]', "value")[0],
        f"{old.id}.title": "The hours are ours",
        f"{old.id}.title.was": f"guess\x1f{old.title}",
        f"{old.id}.summary": "Our word on it.",
    }
    assert work.client.post(f"/staff/resources/{work.id}/words", data=sent).status_code == 303
    before, old = held(desk_shelf, work.id)
    assert work.replace(old.id, "hours-2.md", NEW.encode()).status_code == 303  # type: ignore[attr-defined]
    page = work.client.get(work.page).text
    assert "It will replace “hours.md”." in page
    now, same = held(desk_shelf, work.id)
    assert (now, same) == (before, old)  # nothing changes before it is read
    read(desk_shelf)
    after, new = held(desk_shelf, work.id)
    assert (after.slug, after.status, new.id) == (before.slug, before.status, old.id)
    assert (new.title, new.summary) == ("The hours are ours", "Our word on it.")
    assert (new.filename, new.language) == ("hours-2.md", old.language)
    assert new.sha256 == hashlib.sha256(NEW.encode()).hexdigest()
    assert "Wages are counted" in desk_shelf.catalogue.pages(new.id)[0].text
    assert originals.verify(desk_shelf.settings.originals, old.sha256)
    if before.status is Status.PUBLISHED:
        assert "Wages are counted" in nobody.get(f"/resources/{before.slug}/en/1").text
        assert nobody.get("/api/search?q=%22wages+are+counted%22").json()["total"] == 1
    page = work.client.get(work.page).text
    assert "Earlier versions" in page
    assert "replaced by ben" in page
    assert work.back(old.id, old.sha256) == 303
    assert work.back(old.id, old.sha256) == 409
    read(desk_shelf)
    back, again = held(desk_shelf, work.id)
    assert (again.sha256, again.title, back.slug) == (
        old.sha256, "The hours are ours", before.slug,
    )  # fmt: skip
    assert "We keep our own accounts" in desk_shelf.catalogue.pages(again.id)[0].text
    assert new.sha256 in values(work.client.get(work.page), '[name="sha256"]', "value")
    assert actions(desk_shelf, work.id)[:3] == [
        "file replaced", "version asked back", "file replaced",
    ]  # fmt: skip
    with desk_shelf.catalogue.read() as conn:
        assert list(history.faults(conn)) == []


def test_it_is_undone_by_bringing_the_other_back(work: Hand, desk_shelf: Shelf) -> None:
    _, old = held(desk_shelf, work.id)
    work.replace(old.id, "hours-2.md", NEW.encode())
    read(desk_shelf)
    with desk_shelf.catalogue.read() as conn:
        [change] = [one for one in history.entries(conn, 9) if one.action == "file replaced"]
    assert (change.by, change.before["filename"], change.after["filename"]) == (
        "ben", "hours.md", "hours-2.md",
    )  # fmt: skip
    assert work.undo(change.id) == 303
    assert work.undo(change.id) == 409
    read(desk_shelf)
    assert held(desk_shelf, work.id)[1].sha256 == old.sha256
    assert "undone since" in work.client.get("/staff/history").text
    work.replace(old.id, "hours-3.md", (NEW + "More.").encode())
    read(desk_shelf)
    with desk_shelf.catalogue.read() as conn:
        redo = [one for one in history.entries(conn, 9) if one.action == "file replaced"][1]
    assert work.undo(redo.id) == 409  # another file has taken the place since


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing more", b""], ids=["broken", "empty"])
def test_a_file_that_cannot_be_read_changes_nothing(
    work: Hand, desk_shelf: Shelf, content: bytes
) -> None:
    before = held(desk_shelf, work.id)
    answer = work.replace(before[1].id, "worse.pdf", content)
    if not content:
        assert "is empty, and was not stored" in answer.text  # type: ignore[attr-defined]
        return
    read(desk_shelf)
    assert held(desk_shelf, work.id) == before
    page = work.client.get(work.page).text
    assert "could not be used" in page
    assert "It is broken" in page
    number = last(desk_shelf).arrival.id
    work.client.post(f"/staff/arrivals/{number}/give-up", data={"form": work.token})
    assert "worse.pdf" not in work.client.get(work.page).text


def test_the_same_file_and_one_that_is_something_else_take_no_place(
    work: Hand, desk_shelf: Shelf
) -> None:
    before = held(desk_shelf, work.id)
    work.replace(before[1].id, "same.md", OLD.encode())
    read(desk_shelf)
    now = held(desk_shelf, work.id)
    assert now[1].sha256 == before[1].sha256
    assert "file replaced" not in actions(desk_shelf, work.id)
    work.client.post(
        "/staff/arrivals/upload",
        data={"form": work.token},
        files=[("file", ("other.md", io.BytesIO(NEW.encode())))],
    )
    read(desk_shelf)
    work.replace(before[1].id, "other.md", NEW.encode())
    read(desk_shelf)
    assert last(desk_shelf).arrival.outcome is Outcome.DUPLICATE
    assert held(desk_shelf, work.id)[1].sha256 == before[1].sha256
    assert "was here already" in work.client.get(work.page).text


def test_the_language_of_a_place_stays(work: Hand, desk_shelf: Shelf) -> None:
    _, old = held(desk_shelf, work.id)
    spanish = (
        "# Nuestras horas\n\n" + "Las trabajadoras del hogar llevan sus propias cuentas. " * 40
    )
    work.replace(old.id, "horas.md", spanish.encode())
    read(desk_shelf)
    _, new = held(desk_shelf, work.id)
    assert new.filename == "horas.md"
    assert new.language == old.language == "en"
    with desk_shelf.catalogue.read() as conn:
        said = [one for one in queries.statements(conn, [new.id]) if one.source == "staff"]
    assert [(one.field, one.value) for one in said] == [("language", "en")]


def test_a_place_that_is_gone_is_said(work: Hand, desk_shelf: Shelf) -> None:
    content = NEW.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    path = originals.path_of(desk_shelf.settings.originals, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    with desk_shelf.catalogue.write() as writer:
        arrivals_actions.bring(
            writer, Stored(sha256, len(content), new=True), "desk/ben/x/n.md", "n.md",
            Status.DRAFT, by="ben", replaces="gone",
        )  # fmt: skip
    read(desk_shelf)
    found = last(desk_shelf).arrival
    assert (found.outcome, found.reason) == (Outcome.FAILED, "unusable")
    assert "not there any more" in found.message


def test_only_its_own_versions_are_brought_back(work: Hand, desk_shelf: Shelf) -> None:
    _, old = held(desk_shelf, work.id)
    assert work.back(old.id, "0" * 64) == 409
    assert work.back(old.id, old.sha256) == 409
    assert work.back("nothing", old.sha256) == 404
    assert work.replace("nothing", "a.md", b"A. " * 20).status_code == 404  # type: ignore[attr-defined]
