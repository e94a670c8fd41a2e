"""The picture that stands for a resource: chosen by staff, drawn by the worker, seen by readers."""

from __future__ import annotations

from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.curation import undo
from library.catalogue.resources import covers
from library.core.resource import Cover, Status
from library.metadata import decide
from library.store.originals import picture_path
from library.web import files
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of
from tests.markup import has, values, within


def edition_of(shelf: Shelf, id_: str) -> str:
    found = shelf.catalogue.resource(id_, public=False)
    assert found
    return found.editions[0].id


def draw(shelf: Shelf) -> list[str]:
    """What the worker does, with a picture that is none; what it was asked for."""
    tasks = shelf.catalogue.claim("picture", 60, 99)
    for task in tasks:
        sha256, page, *small = task.subject.split("/")
        path = picture_path(shelf.settings.images, sha256, int(page), small=bool(small))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"RIFF of page " + page.encode())
    return [task.subject for task in tasks]


def choose(client: TestClient, id_: str, value: str, version: str = "") -> int:
    page = client.get(f"/staff/resources/{id_}/cover").text
    version = version or values(page, '[name="version"]', "value")[0]
    sent = {"form": token_of(page), "version": version, "cover": value}
    return client.post(f"/staff/resources/{id_}/cover", data=sent).status_code


def test_a_page_is_chosen_seen_and_taken_back(
    ben: TestClient, nobody: TestClient, desk_shelf: Shelf
) -> None:
    id_ = desk_shelf.catalogue.every()[0]
    edition = edition_of(desk_shelf, id_)
    card = "/resources/a-fund-of-our-own/cover.webp"
    assert nobody.get(card).status_code == 404
    assert card not in nobody.get("/").text
    assert choose(ben, id_, f"{edition}/1") == 303
    [asked] = draw(desk_shelf)
    assert asked.endswith("/1/small")
    for path in ("/", "/search?q=fund", "/resources/a-fund-of-our-own"):
        assert has(nobody.get(path), f'[src="{card}"]'), path
    assert nobody.get(card).content == b"RIFF of page 1"
    page = ben.get(f"/staff/resources/{id_}/cover").text
    assert has(page, f'[value="{edition}/1"][checked]')
    with desk_shelf.catalogue.read() as conn:
        change = history.entries(conn, 1)[0]
    assert (change.action, change.by, change.after) == (
        "cover", "ben", {"edition": edition, "page": 1},
    )  # fmt: skip
    with desk_shelf.catalogue.write() as writer:
        undo.undo(writer, change.id, by="ana", decide=decide)
    assert card not in nobody.get("/").text
    assert nobody.get(card).status_code == 404


def test_what_is_not_there_or_was_changed_meanwhile_is_said(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    id_ = desk_shelf.catalogue.every()[0]
    edition = edition_of(desk_shelf, id_)
    for wrong in (f"{edition}/2", f"{edition}/0", f"{edition}/x", "nothing/1"):
        assert choose(ben, id_, wrong) == 422, wrong
    assert choose(ben, id_, f"{edition}/1", version="99") == 409
    assert choose(ben, id_, f"{edition}/1") == 303
    assert choose(ben, id_, "") == 303
    with desk_shelf.catalogue.read() as conn:
        assert covers.of(conn, id_) is None


def test_thumbs_of_a_draft_are_for_the_desk_alone(
    ben: TestClient, nobody: TestClient, desk_shelf: Shelf
) -> None:
    every = desk_shelf.catalogue.every(public=False)
    [id_] = set(every) - set(desk_shelf.catalogue.every())
    edition = edition_of(desk_shelf, id_)
    with desk_shelf.catalogue.write() as writer:
        covers.put(writer, id_, Cover(edition, 1), by="ben")
    draw(desk_shelf)
    thumb = f"/staff/resources/{id_}/{edition}/1/picture.webp"
    assert has(ben.get(f"/staff/resources/{id_}/cover"), f'[src="{thumb}"]')
    seen = ben.get(thumb)
    assert (seen.content, seen.headers["cache-control"]) == (b"RIFF of page 1", "no-store")
    assert nobody.get(thumb).status_code == 303
    assert nobody.get("/resources/a-secret-draft/cover.webp").status_code == 404
    assert ben.get(f"/staff/resources/{id_}/{edition}/2/picture.webp").status_code == 404


def test_a_picture_that_nobody_draws_does_not_hold_the_page_up(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    id_ = desk_shelf.catalogue.every()[0]
    edition = edition_of(desk_shelf, id_)
    held = files.PATIENCE
    files.drawn.__defaults__ = (0.1,)
    try:
        answer = ben.get(f"/staff/resources/{id_}/{edition}/1/picture.webp")
    finally:
        files.drawn.__defaults__ = (held,)
    assert answer.status_code == 503
    assert len(draw(desk_shelf)) == 1


def test_it_is_found_from_a_later_page(ben: TestClient, desk_shelf: Shelf) -> None:
    id_ = desk_shelf.add("A long one", [f"Page {n}." for n in range(1, 31)], status=Status.DRAFT)
    edition = edition_of(desk_shelf, id_)
    offered = f'[value^="{edition}/"]'
    page = ben.get(f"/staff/resources/{id_}/cover")
    assert values(page, offered, "value") == [f"{edition}/{n}" for n in range(1, 9)]
    later = ben.get(within(page, "a", "Later pages").attributes["href"] or "")
    assert values(later, offered, "value") == [f"{edition}/{n}" for n in range(9, 17)]
    assert "Earlier pages" in later.text


def test_a_first_page_stands_for_a_work_until_staff_say_otherwise(
    ben: TestClient, nobody: TestClient, desk_shelf: Shelf
) -> None:
    id_ = desk_shelf.catalogue.every()[0]
    edition = edition_of(desk_shelf, id_)
    card = "/resources/a-fund-of-our-own/cover.webp"
    with desk_shelf.catalogue.write() as writer:
        assert covers.suggest(writer, edition)
        assert not covers.suggest(writer, edition)
    [asked] = draw(desk_shelf)
    assert asked.endswith("/1/small")
    # A phone, where it is not shown, fetches the icon in its place, which it has.
    page = nobody.get("/search?q=fund")
    assert has(page, f'.card picture [src="{card}"]')
    [icon] = values(page, 'source[media="(max-width: 55.99rem)"]', "srcset")
    assert has(page, f'link[rel="icon"][href="{icon}"]')
    with desk_shelf.catalogue.read() as conn:
        assert history.entries(conn, 1)[0].action != covers.ACTION
    assert choose(ben, id_, "") == 303
    with desk_shelf.catalogue.write() as writer:
        assert not covers.suggest(writer, edition)
    assert not has(nobody.get("/"), f'[src="{card}"]')
