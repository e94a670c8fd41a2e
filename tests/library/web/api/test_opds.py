"""The catalogue for reading apps, as its specification says."""

from __future__ import annotations

from starlette.testclient import TestClient

from library.web.site import Site


def test_every_edition_can_be_taken(client: TestClient, site: Site) -> None:
    address, taken = "/opds", []
    while address:
        answer = client.get(address)
        assert answer.headers["content-type"] == "application/opds+json"
        feed = answer.json()
        assert feed["metadata"]["title"] and feed["metadata"]["numberOfItems"] > 20
        for one in feed["publications"]:
            assert one["metadata"]["title"] and one["metadata"]["identifier"]
            [file] = [link for link in one["links"] if link["rel"].endswith("/open-access")]
            taken.append(file["href"])
        by_relation = {link["rel"]: link["href"] for link in feed["links"]}
        address = by_relation.get("next", "").removeprefix("http://testserver")
    resources = site.catalogue.resources(site.catalogue.every())
    assert len(taken) == len(set(taken)) == sum(len(one.editions) for one in resources)
    file = client.get(taken[0].removeprefix("http://testserver"))
    assert file.status_code == 200


def test_a_search_is_a_catalogue_too(client: TestClient) -> None:
    feed = client.get("/opds?q=municipality").json()
    assert (
        feed["metadata"]["numberOfItems"]
        == client.get("/api/search?q=municipality").json()["total"]
    )
    [search] = [link for link in feed["links"] if link["rel"] == "search"]
    assert search["templated"] and search["href"].endswith("/opds{?q}")
    assert "secret draft" not in client.get("/opds?q=secret").text
    assert client.get("/opds?q=zzzz").json()["publications"] == []
