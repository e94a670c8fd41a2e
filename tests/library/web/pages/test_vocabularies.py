"""Concepts are given to programs as SKOS, read here by the library that others read it with."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS
from starlette.testclient import TestClient

from library.web.site import Site

HERE = "http://testserver/vocabularies"
FORMS = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/ld+json": "json-ld"}


def read(client: TestClient, path: str, accept: str) -> Graph:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    assert "Accept" in answer.headers["vary"]
    graph = Graph()
    graph.parse(data=answer.content, format=FORMS[accept])
    return graph


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # its own
@pytest.mark.parametrize("accept", FORMS)
def test_a_scheme_has_all_its_concepts(client: TestClient, site: Site, accept: str) -> None:
    graph = read(client, "/vocabularies/topic", accept)
    ids = {str(one).rpartition("/")[2] for one in graph.subjects(RDF.type, SKOS.Concept)}
    assert set(site.vocabularies.order("topic")) <= ids
    assert not list(graph.subject_objects(SKOS.hiddenLabel))


def test_a_concept_is_given_alone_with_its_neighbours(client: TestClient, site: Site) -> None:
    graph = read(client, "/vocabularies/place/ke", "text/turtle")
    here = URIRef(f"{HERE}/place/ke")
    assert set(graph.subjects()) == {here}
    assert {label.language for label in graph.objects(here, SKOS.prefLabel)} >= {"en", "es"}
    assert list(graph.objects(here, SKOS.broader))
    above = read(client, "/vocabularies/place/eastern-africa", "text/turtle")
    assert (None, SKOS.narrower, here) in above


def test_no_hidden_label_is_in_any(client: TestClient, site: Site) -> None:
    for facet, scheme in site.vocabularies.schemes.items():
        shown = {label for one in scheme.concepts.values() for _, label in one.shown()}
        hidden = {
            label
            for one in scheme.concepts.values()
            for labels in one.hidden.values()
            for label in labels
        } - shown
        text = client.get(f"/vocabularies/{facet}?format=json-ld").json()
        values = {one["@value"] for one in _values(text)}
        assert not hidden & values, facet


def _values(node: object) -> list[dict[str, str]]:
    if isinstance(node, dict):
        own = [node] if isinstance(node.get("@value"), str) else []
        return own + [one for value in node.values() for one in _values(value)]
    return [one for value in node for one in _values(value)] if isinstance(node, list) else []


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html,text/turtle;q=0.5", "x"],
)
def test_people_are_led_to_a_page(client: TestClient, accept: str) -> None:
    answer = client.get("/vocabularies/topic/law", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?topic=law")
    answer = client.get("/vocabularies/topic", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, "/browse/topic")


def test_what_is_there_already_is_not_sent_again(client: TestClient) -> None:
    headers = {"Accept": "text/html;q=0.3, text/turtle"}
    answer = client.get("/vocabularies/topic/law", headers=headers)
    again = client.get(
        "/vocabularies/topic/law", headers={**headers, "If-None-Match": answer.headers["etag"]}
    )
    assert (answer.status_code, again.status_code) == (200, 304)
    other = client.get(
        "/vocabularies/topic/law?format=xml", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert other.status_code == 200
    assert client.get("/vocabularies/nothing?format=turtle").status_code == 404
    assert client.get("/vocabularies/topic/nothing?format=turtle").status_code == 404
