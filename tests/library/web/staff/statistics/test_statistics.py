"""The page of figures: its numbers are those of the searches behind them, and can be carried."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.fields import FACETS
from index.query import Query
from library import accounts
from library.catalogue.statistics import usage
from library.catalogue.statistics.usage import Counted
from library.core.resource import PartialDate, Role, Status
from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from library.web.staff.statistics import facet_counts, periods
from library.web.staff.statistics.export import written_as
from library.web.staff.statistics.filters import PAIRS, Shown, shown_of, today
from library.web.staff.statistics.tables import Numbers, Row
from library.web.viewmodels import Link
from tests.library.web.conftest import Shelf, fill
from tests.library.web.staff.conftest import PASSWORD, Enter, token_of
from tests.markup import count, has, parsed, text, values


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    shelf = Shelf(Settings(home=Path(tmp_path_factory.mktemp("figures"))))
    fill(shelf)
    accounts.add(shelf.catalogue, "ben", Role.STAFF, PASSWORD)
    shelf.add("=1+1", ["A title that looks like a formula."], date=PartialDate(2024))
    shelf.add("Unknown tongue", ["Words."], language="", status=Status.PUBLISHED)
    shelf.index()
    made = shelf.site()
    yield made
    made.close()


@pytest.fixture(scope="module")
def ben(site: Site) -> TestClient:
    client = TestClient(app_of(site), follow_redirects=False, headers={"Accept-Language": "en"})
    token = token_of(client.get("/staff/sign-in").text)
    sent = {"name": "ben", "password": PASSWORD, "form": token}
    assert client.post("/staff/sign-in", data=sent).status_code == 303
    return client


def sheet(ben: TestClient, name: str, query: str = "") -> list[list[str]]:
    answer = ben.get(f"/staff/figures/{name}.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{name}-')
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("facet", [facet.name for facet in FACETS] + ["year"])
def test_what_is_held_is_what_searching_counts(site: Site, facet: str) -> None:
    found = facet_counts.held(site.catalogue, site.vocabularies, facet, published=True)
    counts = site.engine.search(Query(size=1)).counts[facet]
    assert {value: len(held) for value, held in found.items()} == {
        value: number for value, number in counts.items() if number
    }


@pytest.mark.parametrize("pair", PAIRS)
def test_each_number_of_the_heat_table_is_that_of_the_search_it_leads_to(
    ben: TestClient, pair: str
) -> None:
    links = parsed(ben.get(f"/staff/figures?pair={pair}")).css('td[class^="shade-"] > a')
    cells = [
        (above.attributes["class"], link.attributes["href"] or "", text(link))
        for link in links
        if (above := link.parent)
    ]
    assert cells
    seen = {int(number) for _, _, number in cells}
    assert 0 in seen and len(seen) > 1
    tried: set[str] = set()
    for shade, url, number in cells:
        assert (shade == "shade-0") is (number == "0")
        if number in tried:
            continue  # one search for each number there is
        tried.add(number)
        answer = ben.get(url.replace("/search", "/api/search"))
        assert answer.json()["total"] == int(number), url


def test_drafts_are_in_no_number_unless_every_status_is_asked_for(ben: TestClient) -> None:
    def whole(query: str) -> int:
        return sum(int(number) for _, number in sheet(ben, "held", query)[1:])

    assert whole("?by=kind&status=every") == whole("?by=kind") + 1
    by_status = dict(sheet(ben, "held", "?by=status")[1:])
    assert by_status["draft"] == "1"
    assert by_status["published"] == str(whole("?by=kind"))


def test_what_is_read_is_shown_for_the_time_and_kind_chosen(ben: TestClient, site: Site) -> None:
    [first, *_] = site.catalogue.every()
    resource = site.catalogue.resource(first)
    assert resource is not None
    one = resource.editions[0]
    days = (0, 3, 40, 500)
    with site.catalogue.write() as writer:
        usage.record(
            writer.conn,
            {
                Counted((today() - timedelta(days=n)).isoformat(), kind, first, one.id, "en"): 2
                for n in days
                for kind in ("read", "opened")
            },  # type: ignore[arg-type]
        )
    head, *rows = sheet(ben, "reading", "?period=7&what=opened")
    assert head == ["Day", "Opened", "Pages read", "Downloaded", "Searches"]
    assert (len(rows), [row[1] for row in rows]) == (7, ["0", "0", "0", "2", "0", "0", "2"])
    head, *rows = sheet(ben, "reading", "?period=all")
    assert (head[0], sum(int(row[1]) for row in rows)) == ("Month", 8)
    assert len(rows) in (17, 18)
    assert [row[1:] for row in sheet(ben, "most-read", "?period=30")[1:]] == [["4", "0", "4"]]
    assert sheet(ben, "languages", "?period=90")[1][:3] == ["English", "6", "6"]
    page = ben.get("/staff/figures?period=7").text
    assert has(page, f'[href="/staff/resources/{first}"]')
    whole = len(site.catalogue.every())
    assert f"by nobody in this time: {whole - 1} of {whole} published" in page


def test_every_drawing_has_its_words_and_its_table(ben: TestClient) -> None:
    page = parsed(ben.get("/staff/figures"))
    plots = page.css("svg.plot")
    assert len(plots) == 2
    for plot in plots:
        assert plot.attributes["role"] == "img"
        title, described = (plot.attributes["aria-labelledby"] or "").split()
        assert has(plot, f'title[id="{title}"]')
        assert has(plot, f'desc[id="{described}"]')
    bars = page.css("svg.bar")
    assert bars
    assert all(bar.attributes["aria-hidden"] == "true" for bar in bars)
    assert count(page, "svg") == len(plots) + len(bars)
    assert not has(page, "[style]")
    for address in values(page, 'a[href^="/staff/figures/"][href*=".csv"]', "href"):
        assert sheet(ben, address.removeprefix("/staff/figures/").partition(".csv")[0])


def test_choices_stay_from_one_form_to_the_next(ben: TestClient) -> None:
    page = parsed(ben.get("/staff/figures?by=group&period=30&pair=use-audience"))
    forms = page.css("form.sheet.across.choosing")
    assert len(forms) == 3
    assert has(forms[0], 'option[value="group"][selected]')
    for name, value in (("period", "30"), ("pair", "use-audience")):
        assert has(forms[0], f'input[type="hidden"][name="{name}"][value="{value}"]')
    assert not has(forms[0], '[type="hidden"][name="by"]')
    assert has(page, '[href="/staff/figures/held.csv?by=group&pair=use-audience&period=30"]')


def test_what_makes_no_sense_in_an_address_is_left_at_its_default(ben: TestClient) -> None:
    assert shown_of({"by": "nonsense", "period": "-5", "what": "group"}) == Shown(what="read")
    assert ben.get("/staff/figures?by=%00&pair=a-b&period=99999").status_code == 200
    assert ben.get("/staff/figures/nothing.csv").status_code == 404


def test_a_library_with_nothing_in_it_has_figures_too(enter: Enter) -> None:
    page = enter("ben").get("/staff/figures?by=place&period=all").text
    assert "Nothing yet." in page


def test_a_spreadsheet_runs_no_formula() -> None:
    rows = tuple(Row(Link(one, ""), (1, "@x")) for one in ("=1+1", "+x", "-x", "plain", 'a "b", c'))
    written = written_as(Numbers(("Name", "times", "Words"), rows))
    assert [row[0] for row in csv.reader(io.StringIO(written))][1:] == [
        "'=1+1", "'+x", "'-x", "plain", 'a "b", c']  # fmt: skip
    assert written.count("'@x") == 5


def test_days_and_months_leave_none_out() -> None:
    assert periods.days("2024-02-28", today().replace(2024, 3, 1)) == [
        "2024-02-28", "2024-02-29", "2024-03-01"]  # fmt: skip
    assert periods.months("2025-11-30", today().replace(2026, 2, 1)) == [
        "2025-11", "2025-12", "2026-01", "2026-02"]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "hi", "es", "fr", "pt"])
def test_figures_are_told_in_every_language(ben: TestClient, language: str) -> None:
    page = ben.get("/staff/figures", headers={"Accept-Language": language}).text
    for english in ("What is held", "Against each other", "Pages read", "As a spreadsheet"):
        assert english not in page
