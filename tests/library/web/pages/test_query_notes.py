"""Other names and concepts that a question asks for too, and how a reader leaves them out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.settings import Settings
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import Source, count, has, one, text, texts, values


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(Settings(home=Path(tmp_path_factory.mktemp("asking"))))
    made.add("A day of selling", ["A hawker sells from four in the morning."])
    made.add("Un día de venta", ["La vendedora ambulante vende desde las cuatro."], language="es")
    made.add("Une journée", ["Le vendeur de rue vend dès quatre heures."], language="fr")
    made.add("Stalls and permits", ["Who may trade where."], group=("street-vendors",))
    made.add("Minutes of an assembly", ["We voted."], topic=("collective-bargaining",))
    made.add("A small fund", ["How a strike fund is kept."])
    made.add("The dump", ["They call us scavengers. We are reclaimers."], group=("waste-pickers",))
    made.index()
    return made


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> Iterator[TestClient]:
    site = shelf.site()
    yield TestClient(app_of(site), follow_redirects=False)
    site.close()


def titles(page: Source) -> list[str]:
    return texts(page, "h2 > a[lang][dir]")


def test_a_name_finds_the_others_and_says_so(client: TestClient) -> None:
    page = client.get("/search?q=hawker")
    found = titles(page)
    assert found[0] == "A day of selling"
    assert found[-1] == "Stalls and permits"  # filed there, and does not say it
    assert set(found[1:3]) == {"Un día de venta", "Une journée"}
    assert "vendedora ambulante" in texts(page, "mark")
    also = one(page, ".also")
    assert text(also).startswith("Also searching:")
    names = texts(also, 'i[lang="es"][dir="ltr"]')
    assert {"vendedor ambulante", "vendedora ambulante"} & set(names)
    assert "Found because it is filed under: Street vendors" in page.text


def test_one_click_leaves_the_others_out_and_one_brings_them_back(client: TestClient) -> None:
    assert has(client.get("/search?q=hawker"), '[href="/search?q=hawker&exact=1"]')
    exact = client.get("/search?q=hawker&exact=1")
    assert titles(exact) == ["A day of selling"]
    assert "Also searching" not in exact.text
    assert has(exact, '[href="/search?q=hawker"]')
    assert has(exact, '[type="hidden"][name="exact"][value="1"]')
    assert has(exact, '.answers [href*="/en/1?q=hawker&exact=1&"][href$="#match"]')
    assert has(exact, '[rel="alternate"][href="/feed.atom?q=hawker&exact=1"]')


def test_programs_leave_them_out_alike(client: TestClient) -> None:
    answer = client.get("/api/search?q=hawker").json()
    assert answer["total"] == 4
    assert {one["language"] for one in answer["also"]} >= {"es", "fr"}
    ((filed,),) = answer["filed"].values()
    assert (filed["facet"], filed["id"]) == ("group", "street-vendors")
    assert filed["label"].startswith("Street vendors")
    answer = client.get("/api/search?q=hawker&exact=1").json()
    assert (answer["total"], answer["also"], answer["filed"]) == (1, [], {})
    assert answer["query"]["exact"] is True
    assert count(client.get("/feed.atom?q=hawker"), "entry") == 4
    assert count(client.get("/feed.atom?q=hawker&exact=1"), "entry") == 1


def test_a_loose_label_offers_its_topic_and_puts_it_last(client: TestClient) -> None:
    page = client.get("/search?q=strike+fund")
    assert titles(page) == ["A small fund", "Minutes of an assembly"]
    offers = one(page, ".offers")
    assert values(offers, "a", "href")[0] == "/search?topic=collective-bargaining"
    assert "1 resource" in texts(offers, "a")[0]
    assert not has(client.get("/search?q=strike+fund+rules"), '[class="offers"]')


@pytest.mark.parametrize("typed", ["scavengrs", "we are scavengesr"])
def test_a_slip_is_not_put_right_to_a_name_nobody_is_called_by(
    client: TestClient, typed: str
) -> None:
    assert "scavengers" not in client.get("/search", params={"q": typed}).text
    assert client.get("/api/search", params={"q": typed}).json()["suggestion"] is None
    assert client.get("/api/search?q=reclaimesr").json()["suggestion"] == "reclaimers"


def test_the_reader_marks_the_other_names_too(client: TestClient) -> None:
    page = "/resources/un-dia-de-venta/es/1?q=hawker"
    assert "vendedora ambulante" in texts(client.get(page), "mark")
    assert not has(client.get(page + "&exact=1"), "mark")


@pytest.mark.parametrize("path", ["/search?q=scavenger", "/api/search?q=waste+picker"])
def test_hidden_labels_find_and_are_not_shown(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "The dump" in answer.text
    if path.startswith("/api"):
        assert "scavenger" not in str(answer.json()["also"])
        return
    also = text(one(answer, ".also"))
    assert "scaveng" not in also.lower()
    assert "Waste pickers" in also
