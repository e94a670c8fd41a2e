"""A document that is found and not described yet says so, under the address it has till then."""

from __future__ import annotations

from starlette.testclient import TestClient

from library.catalogue.queue import undescribed
from library.catalogue.queue.undescribed import Undescribed
from library.core.resource import Said
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import texts

STREETS = "our-streets-our-table"


def notices(client: TestClient, slug: str) -> list[str]:
    return texts(client.get(f"/resources/{slug}"), 'p[class="notice"]')


def test_its_page_says_that_more_follows(own_shelf: Shelf) -> None:
    shelf = own_shelf
    client = TestClient(app_of(shelf.site()))
    assert notices(client, STREETS) == []
    resource = shelf.catalogue.by_slug(STREETS)
    assert resource is not None
    with shelf.catalogue.write() as writer:
        undescribed.keep(writer.conn, Undescribed(resource.editions[0].id, 1, Said(), None))
        writer.revise()
    [said] = notices(client, STREETS)
    assert "This is new here." in said


def test_its_identifier_leads_to_it(client: TestClient, shelf: Shelf) -> None:
    resource = shelf.catalogue.by_slug(STREETS)
    assert resource is not None
    answer = client.get(f"/resources/{resource.id}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/resources/{STREETS}")
    assert client.get("/resources/0123456789").status_code == 404
