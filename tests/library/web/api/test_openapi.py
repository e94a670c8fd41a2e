"""The description of the API is one, and every answer is as it says."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from library.web.app import ROUTES, app_of
from library.web.site import Site

DESCRIBED = "/api/openapi.json"


@pytest.fixture
def described(client: TestClient) -> Any:
    return client.get(DESCRIBED).json()


@pytest.fixture
def schemathesis() -> ModuleType:
    """Imported when it is wanted: it takes a second, and each process of the tests reads this."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis
    return schemathesis


def validated(described: Any, name: str, answer: Any) -> None:
    from jsonschema import Draft202012Validator

    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    Draft202012Validator(schema).validate(answer)


def test_it_is_openapi(described: Any) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    OpenAPIV31SpecValidator(described).validate()
    paths = {route.path for route in ROUTES if route.path.startswith("/api/")}
    assert set(described["paths"]) == paths - {DESCRIBED}, "an address is not described"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=municipality",
        "q=wages&page=2",
        "q=fund&topic=-law&from=2001",
        "q=zzzz",
        "q=wages in kenya",
    ],
)
def test_searches_are_as_described(client: TestClient, described: Any, query: str) -> None:
    validated(described, "Search", client.get(f"/api/search?{query}").json())
    validated(described, "Facet", client.get(f"/api/facets/place?{query}").json())


def test_records_are_as_described(client: TestClient, site: Site, described: Any) -> None:
    for id_ in site.catalogue.every():
        validated(described, "Resource", client.get(f"/api/resources/{id_}").json())
    validated(described, "Collection", client.get("/api/collections/start").json())
    for path in ("/api/resources/none", "/api/facets/none", "/api/collections/none"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["access-control-allow-origin"] == "*"
        validated(described, "Problem", answer.json())


def test_pages_lead_on_to_each_other(client: TestClient) -> None:
    address, seen = "/api/search?q=wages&topic=-law", []
    while address:
        answer = client.get(address)
        seen += [hit["id"] for hit in answer.json()["hits"]]
        address = answer.links.get("next", {}).get("url", "").removeprefix("http://testserver")
    assert len(seen) == len(set(seen)) == answer.json()["total"] > 20
    assert answer.links["prev"]["url"].startswith("http://testserver/api/search?q=wages")
    assert "first" in answer.links and "last" in answer.links


@pytest.mark.parametrize("path", ["/api/search?q=wages", DESCRIBED, "/export.csv", "/export.jsonl"])
def test_any_page_may_read_it_and_ask_whether_it_changed(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_whatever_is_asked_the_answer_is_as_described(site: Site, schemathesis: Any) -> None:
    """A bounded number of made-up questions: no fault of ours, and nothing undescribed."""
    client = TestClient(app_of(site), follow_redirects=False, raise_server_exceptions=False)
    api = schemathesis.openapi.from_dict(client.get(DESCRIBED).json())
    for operation in api.get_all_operations():
        made = operation.ok()

        @given(case=made.as_strategy())
        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            places = {
                name: quote(str(value), safe="")
                for name, value in (case.path_parameters or {}).items()
            }
            path = case.path.format(**places)
            answer = client.get(path, params=dict(case.query or {}))
            assert answer.status_code < 500, path
            told = case.operation.definition.raw["responses"]
            assert str(answer.status_code) in told, (answer.status_code, path)
            content = told[str(answer.status_code)].get("content")
            if content:
                [(media_type, described)] = content.items()
                assert answer.headers["content-type"] == media_type
                name = described["schema"]["$ref"].rpartition("/")[2]
                validated(api.raw_schema, name, answer.json())

        ask()
