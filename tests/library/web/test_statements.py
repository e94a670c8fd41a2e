"""What a search page asks of the catalogue: counted, since each transaction waits for the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from library.web.pages import search, zero_results
from library.web.parts import filters
from library.web.site import Site


@contextmanager
def asked_of(site: Site) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    found: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        found.append(" ".join(statement.split()))

    engine = site.catalogue._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("narrowed", ["", "&topic=organising", "&kind=toolkit&year=2000-2020"])
def test_a_search_page_asks_for_each_thing_once(
    client: TestClient, site: Site, narrowed: str
) -> None:
    address = f"/search?q=strike{narrowed}"
    assert client.get(address).status_code == 200  # what is remembered for all is remembered now
    with asked_of(site) as statements:
        # What the page itself is kept under is another address, so that it is made anew.
        assert client.get(f"{address}&again=1").status_code == 200
    begun = [one for one in statements if one.startswith("BEGIN")]
    rest = [one for one in statements if not one.startswith("BEGIN")]
    # The vocabularies' revision; the library's, for the ETag and for the counts of the whole;
    # the printed numbers of pages; and the resources in four tables.
    assert len(begun) <= 5, statements
    assert len(rest) <= 8, statements
    vocabularies = [one for one in rest if one.startswith("SELECT state.number FROM state")]
    assert len(vocabularies) <= 1


@pytest.mark.parametrize(
    "address", ["/search?q=strike&topic=organising", "/search?q=zzz&topic=law"]
)
def test_what_narrows_is_worked_out_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    calls: list[object] = []

    def counted(*args: Any) -> Any:
        calls.append(args)
        return filters.chips(*args)

    for module in (search, zero_results):
        monkeypatch.setattr(module, "chips", counted, raising=False)
    client.get(address)
    assert len(calls) == 1


def test_one_request_is_one_visit(client: TestClient, site: Site) -> None:
    looks: list[int] = []
    before = Site.now

    def now(self: Site) -> Site:
        looks.append(1)
        return before(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Site, "now", now)
        for address in ("/search?q=strike", "/", "/browse/topic", "/nowhere", "/api/search?q=x"):
            looks.clear()
            client.get(address)
            assert len(looks) == 1, address
