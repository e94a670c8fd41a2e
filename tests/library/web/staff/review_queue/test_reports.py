"""A reader reports a mistake on a page without saying who; staff find it there, and close it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.catalogue.resources import status
from library.catalogue.statistics import reader_reports
from library.catalogue.statistics.reader_reports import Report
from library.core.resource import Standing, Status
from library.web.app import app_of
from library.web.limits import BURST, COST
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of
from tests.markup import has, one, text, values


@pytest.fixture
def site(desk_site: Site) -> Site:
    return desk_site


@pytest.fixture
def address(nobody: TestClient, site: Site) -> str:
    """The form of the first page of a work, as its reader's page links to it."""
    slug = reports_slug(site)
    page = nobody.get(f"/resources/{slug}/en/1").text
    [found] = values(page, '[href^="/report/"][rel="nofollow"]', "href")
    return str(found)


def reports_slug(site: Site) -> str:
    return next(slug for slug, _ in site.catalogue.slugs())


def reports(site: Site) -> list[Report]:
    with site.catalogue.read() as conn:
        every = reader_reports.of(conn, site.catalogue.every(public=False))
    return [report for group in every.values() for report in group]


def test_what_is_reported_is_kept_without_who(nobody: TestClient, site: Site, address: str) -> None:
    page = nobody.get(address).text
    assert has(page, f'form[method="post"][action="{address}"] textarea[name="words"][required]')
    assert values(page, "form.askstaff [name]", "name") == ["words"]
    answer = nobody.post(
        address, data={"words": "The <b>telephone</b> is wrong"}, headers={"Accept-Language": "es"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}?sent=1")
    thanks = nobody.get(answer.headers["location"]).text
    assert "Thank you" in text(one(thanks, '[role="status"]'))
    assert not has(thanks, "form.askstaff")
    [report] = reports(site)
    assert (report.page, report.words, report.language) == (
        1,
        "The <b>telephone</b> is wrong",
        "es",
    )


def test_what_cannot_be_kept_is_said(
    nobody: TestClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_reports, "MOST", 0)
    answer = nobody.post(address, data={"words": "One more"})
    assert answer.headers["location"] == f"{address}?sent=0"
    assert "could not be kept" in text(one(nobody.get(f"{address}?sent=0").text, '[role="status"]'))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("form", ["/ask", ""])
def test_a_form_on_another_site_reports_nothing(
    nobody: TestClient, site: Site, address: str, headers: dict[str, str], form: str
) -> None:
    sent = {"words": "forged", "q": "forged"}
    assert nobody.post(form or address, data=sent, headers=headers).status_code == 403
    assert not reports(site)
    assert not site.catalogue.unanswered("asked")


@pytest.mark.parametrize("body", [b"", b"words=", b"words=+%00+", b"words=%ff%00&&&=", b"\xff"])
def test_nothing_written_is_nothing_kept(
    nobody: TestClient, site: Site, address: str, body: bytes
) -> None:
    assert nobody.post(address, content=body).status_code == 303
    assert all(report.words.isprintable() and report.words for report in reports(site))


@pytest.mark.parametrize("part", ["a", " ", "a@", "\x00", "é"])
def test_long_hostile_words_are_cut(
    nobody: TestClient, site: Site, address: str, part: str
) -> None:
    words = ("wrong " + part * 60_000).encode()[:60_000].decode("utf-8", "ignore")
    body = "words=" + words.replace("\x00", "%00")[:60_000]
    assert nobody.post(address, content=body.encode()[:65_000]).status_code == 303
    [report] = reports(site)
    assert report.words.startswith("wrong") and len(report.words) <= reader_reports.LONGEST


def test_only_pages_that_readers_may_see(nobody: TestClient, site: Site, shelf_draft: str) -> None:
    slug = reports_slug(site)
    for address in (f"/report/{slug}/en/9", f"/report/{slug}/xx/1", f"/report/{shelf_draft}/en/1",
                    "/report/nowhere/en/1"):  # fmt: skip
        assert nobody.get(address).status_code == 404
        assert nobody.post(address, data={"words": "x"}).status_code == 404
    assert not reports(site)


@pytest.fixture
def shelf_draft(desk_shelf: Shelf) -> str:
    catalogue = desk_shelf.catalogue
    [draft] = set(catalogue.every(public=False)) - set(catalogue.every())
    found = catalogue.resource(draft, public=False)
    assert found is not None
    return found.slug


def test_who_writes_too_much_is_told_to_wait(site: Site, address: str) -> None:
    robot = TestClient(app_of(site), client=("203.0.113.9", 50000), follow_redirects=False)
    answers = [
        robot.post(form, data={"words": "x", "q": "x"}).status_code
        for form in (address, "/ask") * int(BURST / COST / 2 + 1)
    ]
    assert answers[: int(BURST / COST)] == [303] * int(BURST / COST)
    assert answers[-1] == 429
    assert robot.get(address).status_code == 200  # what is read is not counted


def test_staff_find_it_at_its_page_and_close_it(
    ben: TestClient, nobody: TestClient, site: Site, address: str
) -> None:
    nobody.post(address, data={"words": "The <b>number</b> is wrong"})
    page = ben.get("/staff/queue").text
    item = one(page, ".reports li")
    [report] = reports(site)
    assert text(one(item, "q")) == "The <b>number</b> is wrong"
    place = f"/staff/resources/{report.resource}/{report.edition}/1"
    assert values(item, "a", "href") == [place]
    assert ben.get(place).status_code == 200
    sent = {"form": token_of(page), "report": str(report.id)}
    for _ in range(2):  # pressed twice
        answer = ben.post("/staff/queue/close", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/staff/queue?done=closed")
    assert not has(ben.get("/staff/queue").text, ".reports")
    assert "report of a mistake closed" in text(one(ben.get("/staff/history").text, "main"))
    assert ben.post("/staff/queue/close", data={**sent, "report": "x"}).status_code == 422


def test_a_report_is_never_left_as_it_is(ben: TestClient, nobody: TestClient, address: str) -> None:
    """Else the next report on the same work would be seen by nobody."""
    nobody.post(address, data={"words": "Wrong."})
    page = ben.get("/staff/queue").text
    assert "reported" not in values(page, '[name="reason"]', "value")
    [resource] = set(values(page, ".list > li:has(.reports) [name=resource]", "value"))
    sent = {"form": token_of(page), "resource": resource, "reason": "reported"}
    assert ben.post("/staff/queue/leave", data=sent).status_code == 303
    assert has(ben.get("/staff/queue").text, ".reports li")


def test_what_readers_report_of_a_closed_work_is_seen(
    ben: TestClient, nobody: TestClient, site: Site, desk_shelf: Shelf, address: str
) -> None:
    nobody.post(address, data={"words": "Wrong."})
    [report] = reports(site)
    with site.catalogue.write() as writer:
        status.put(writer, report.resource, Standing(Status.WITHDRAWN, reason="Old."), by="ben")
    assert has(ben.get("/staff/queue").text, ".reports li")
