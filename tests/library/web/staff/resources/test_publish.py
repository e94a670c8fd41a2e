"""One press publishes; what belongs to a status is asked where it is chosen."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.catalogue.provenance import imports
from library.catalogue.resources import status
from library.core.resource import Standing, Status
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of
from tests.markup import has, one, text, texts, values


def draft_of(shelf: Shelf) -> str:
    [draft] = set(shelf.catalogue.every(public=False)) - set(shelf.catalogue.every())
    return draft


def test_one_press_publishes_and_keeps_the_rest(ben: TestClient, desk_shelf: Shelf) -> None:
    draft = draft_of(desk_shelf)
    before = Standing(Status.DRAFT, review_by="2031-02-03", law_year=1998)
    with desk_shelf.catalogue.write() as writer:
        status.put(writer, draft, before, by="ana")
    page = ben.get(f"/staff/resources/{draft}").text
    form = one(page, '#standing form:has(button[value="published"])')
    names, written = values(form, "input", "name"), values(form, "input", "value")
    sent = {**dict(zip(names, written, strict=True)), "status": "published"}
    answer = ben.post(f"/staff/resources/{draft}/standing", data=sent)
    assert answer.headers["location"] == f"/staff/resources/{draft}?done=published"
    now = desk_shelf.catalogue.resource(draft)
    assert now is not None and now.status is Status.PUBLISHED
    assert (now.standing.review_by, now.standing.law_year) == ("2031-02-03", 1998)
    again = ben.get(answer.headers["location"]).text
    assert "All can find and read it from now on" in text(one(again, '.notice[role="status"]'))
    assert not has(again, '#standing button[value="published"]')


def test_the_rest_is_folded_until_it_is_wrong(ben: TestClient, desk_shelf: Shelf) -> None:
    draft = draft_of(desk_shelf)
    page = ben.get(f"/staff/resources/{draft}").text
    assert has(page, "#standing details:not([open])")
    for name in ("until", "successor", "reason", "review_by", "law_year"):
        assert has(page, f'#standing details [name="{name}"]')
    sent = {"form": token_of(page), "version": "0", "status": "withdrawn"}
    wrong = ben.post(f"/staff/resources/{draft}/standing", data=sent)
    assert wrong.status_code == 422
    assert has(wrong.text, "#standing details[open]")


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(Status.DRAFT), "saved-unseen"),
        (Standing(Status.REVIEW), "saved-unseen"),
        (Standing(Status.EMBARGOED, until="2999-01-01"), "saved-unseen"),
        (Standing(Status.PUBLISHED), "saved"),
        (Standing(Status.WITHDRAWN, reason="Old."), "saved-withdrawn"),
    ],
)
def test_what_is_saved_says_whether_readers_see_it(
    ben: TestClient, desk_shelf: Shelf, standing: Standing, said: str
) -> None:
    draft = draft_of(desk_shelf)
    with desk_shelf.catalogue.write() as writer:
        status.put(writer, draft, standing, by="ana")
    address = f"/staff/resources/{draft}/words"
    page = ben.get(address).text
    inputs = values(page, ".words input[type=hidden]", "name")
    sent = dict(zip(inputs, values(page, ".words input[type=hidden]", "value"), strict=True))
    edition = next(name for name in inputs if name.endswith(".title.was")).removesuffix(".was")
    answer = ben.post(address, data={**sent, edition: "Another title"})
    assert answer.headers["location"] == f"{address}?done={said}"
    notice = text(one(ben.get(answer.headers["location"]).text, '.notice[role="status"]'))
    assert ("Readers see it" in notice) is (said == "saved")


def test_what_it_was_in_another_library_is_shown(ben: TestClient, desk_shelf: Shelf) -> None:
    draft = draft_of(desk_shelf)
    edition = desk_shelf.catalogue.resource(draft, public=False)
    assert edition is not None
    page = ben.get(f"/staff/resources/{draft}")
    assert not has(page, "#elsewhere")
    raw = {"dc:subject": ["Bread & <b>roses</b>", "Zine"], "Shelf": ["B 12"]}
    with desk_shelf.catalogue.write() as writer:
        imports.keep(
            writer.conn, edition.editions[0].id, ["omeka:1"], system="dublin-core",
            source="items.csv", raw=raw, unmatched=[("subject", "zine", "Zine")],
        )  # fmt: skip
    page = ben.get(f"/staff/resources/{draft}")
    assert texts(page, "#elsewhere dt") == ["dc:subject", "Shelf"]
    assert texts(page, "#elsewhere dd") == ["Bread & <b>roses</b>", "Zine", "B 12"]
    assert "items.csv" in text(one(page, "#elsewhere summary"))
    assert texts(page, "#elsewhere li bdi") == ["Zine", "subject"]
    assert values(page, "#elsewhere .more", "href") == ["/staff/vocabularies/foreign"]
