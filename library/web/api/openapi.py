"""What `/api/` answers, described for programs: OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from index.fields import FACET, FILED, NARROWING
from library.core.resource import JSON
from library.web import links
from library.web.freshness import fresh
from library.web.headers import OPEN
from library.web.site import visit_of

TEXT: JSON = {"type": "string"}
MAYBE: JSON = {"type": ["string", "null"]}
COUNT: JSON = {"type": "integer", "minimum": 0}
NUMBER: JSON = {"type": "integer"}
MAYBE_NUMBER: JSON = {"type": ["integer", "null"]}
YES: JSON = {"type": "boolean"}


def _ref(name: str) -> JSON:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: JSON) -> JSON:
    return {"type": "array", "items": items}


def _object(properties: Mapping[str, JSON], *optional: str) -> JSON:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _values(of: JSON) -> JSON:
    return {"type": "object", "additionalProperties": of}


LABELLED = {"id": TEXT, "label": TEXT}

SCHEMAS: Mapping[str, JSON] = {
    "Problem": _object(
        {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "instance": TEXT,
            "id": TEXT,
        },
        "id",
    ),
    "Labelled": _object(LABELLED),
    "Value": _object(
        {**LABELLED, "count": COUNT, "selected": YES, "excluded": YES, "broader": MAYBE},
        "excluded",
        "broader",
    ),
    "Excerpt": _object(
        {
            "language": TEXT,
            "page": COUNT,
            "text": TEXT,
            "marks": _list({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
            "url": TEXT,
        }
    ),
    "Hit": _object(
        {
            "id": TEXT,
            "title": TEXT,
            "url": TEXT,
            "kind": MAYBE,
            "year": MAYBE_NUMBER,
            "languages": _list(TEXT),
            "excerpts": _list(_ref("Excerpt")),
        }
    ),
    "Query": _object(
        {
            "q": TEXT,
            **{facet: _list(TEXT) for facet in NARROWING},
            "from": MAYBE_NUMBER,
            "to": MAYBE_NUMBER,
            "exact": YES,
            "sort": {"enum": ["relevance", "newest", "title"]},
            "page": {"type": "integer", "minimum": 1},
        }
    ),
    "Search": _object(
        {
            "total": COUNT,
            "took_ms": COUNT,
            "query": _ref("Query"),
            "hits": _list(_ref("Hit")),
            "more": _list(_ref("Hit")),
            "elsewhere": _list(_ref("Hit")),
            "facets": _object({facet: _list(_ref("Value")) for facet in NARROWING}),
            "suggestion": MAYBE,
            "problems": _list(TEXT),
            "filed": _values(_list(_object({"facet": TEXT, **LABELLED}))),
            "understood": _list(_object({"facet": TEXT, **LABELLED, "narrows": YES})),
            "also": _list(_object({"language": TEXT, "name": TEXT})),
        }
    ),
    "Facet": _object(
        {"facet": TEXT, "operator": {"enum": ["all", "any"]}, "values": _list(_ref("Value"))}
    ),
    "Edition": _object(
        {
            "id": TEXT,
            "language": MAYBE,
            "title": TEXT,
            "summary": MAYBE,
            "authors": _list(TEXT),
            "date": MAYBE,
            "rights": MAYBE,
            "source_url": MAYBE,
            "pages": COUNT,
            "pages_expected": MAYBE_NUMBER,
            "unread": _list(TEXT),
            "text_bytes": COUNT,
            "text_quality": {"type": "number", "minimum": 0, "maximum": 1},
            "reading": {
                "anyOf": [
                    _object({"formula": TEXT, "score": {"type": "number"}, "level": TEXT}),
                    {"type": "null"},
                ]
            },
            "contents": _list(_object({"title": TEXT, "page": COUNT, "level": COUNT})),
            "url": TEXT,
            "original": _object(
                {"url": TEXT, "sha256": TEXT, "media_type": TEXT, "filename": TEXT, "bytes": COUNT}
            ),
        }
    ),
    "Resource": _object(
        {
            "id": TEXT,
            "url": TEXT,
            "slug": TEXT,
            "status": {"enum": ["published", "superseded"]},
            "superseded_by": MAYBE,
            "law_year": MAYBE_NUMBER,
            **{
                facet: {"anyOf": [_ref("Labelled"), {"type": "null"}]}
                if FACET[facet].single
                else _list(_ref("Labelled"))
                for facet in FILED
            },
            "publisher": MAYBE,
            "series": MAYBE,
            "duration": MAYBE,
            "date": MAYBE,
            "languages": _list(TEXT),
            "added": {"type": "string", "format": "date-time"},
            "changed": {"type": "string", "format": "date-time"},
            "editions": _list(_ref("Edition")),
        }
    ),
    "Collection": _object(
        {
            "slug": TEXT,
            "url": TEXT,
            "title": TEXT,
            "summary": TEXT,
            "kind": {"enum": ["collection", "course"]},
            "resources": _list(
                _object({"id": TEXT, "title": TEXT, "url": TEXT, "duration": MAYBE})
            ),
            "duration": MAYBE,
            "timed": COUNT,
        }
    ),
}


def _parameter(name: str, schema: JSON, about: str, place: str = "query") -> JSON:
    made = {"name": name, "in": place, "schema": schema, "description": about}
    return {**made, "required": True} if place == "path" else made


def _search_parameters() -> list[JSON]:
    return [
        _parameter("q", TEXT, "Words, as they are typed."),
        *(
            _parameter(facet, _list(TEXT), "Identifiers or labels; may repeat. -x leaves x out.")
            for facet in NARROWING
        ),
        _parameter("from", TEXT, "The first year."),
        _parameter("to", TEXT, "The last year."),
        _parameter("sort", TEXT, "relevance, newest or title."),
        _parameter("page", TEXT, "A page of twenty, from 1."),
        _parameter("exact", TEXT, "1: only the words typed."),
        _parameter("unread", _list(TEXT), "FACET:VALUE that no word is to be read as; 1: all."),
    ]


def _answers(schema: str, *others: str) -> JSON:
    """The answer that is hoped for, and the others there may be."""
    known = {
        "301": ("Moved: a concept has another identifier now.", None),
        "304": ("Not changed since it was asked for (If-None-Match).", None),
        "308": ("Joined to another resource, whose address follows.", None),
        "404": ("There is none.", "Problem"),
        "410": ("It was withdrawn; why is said.", "Problem"),
        "429": ("Too much at once; Retry-After says when.", "Problem"),
        "503": ("The library cannot answer at this moment.", "Problem"),
    }
    made: JSON = {
        "200": {
            "description": "The answer.",
            "content": {"application/json": {"schema": _ref(schema)}},
        }
    }
    for code in ("304", *others, "429", "503"):
        about, problem = known[code]
        made[code] = {"description": about}
        if problem:
            content = {"application/problem+json": {"schema": _ref(problem)}}
            made[code]["content"] = content
    return made


@cache
def described(name: str, address: str) -> JSON:
    """The whole description, of a library of this name at this address."""
    facet = _parameter("facet", {"enum": list(FACET)}, "A facet.", "path")
    whole = _answers("Search")
    whole["200"]["headers"] = {
        "Link": {"description": "The pages beside this one (RFC 8288).", "schema": TEXT}
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": name,
            "version": "1",  # of this interface, which only grows
            "description": "Everything readers see, without a key.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address or "/"}],
        "paths": {
            "/api/search": {
                "get": {
                    "operationId": "search",
                    "summary": "Search",
                    "parameters": _search_parameters(),
                    "responses": whole,
                }
            },
            "/api/facets/{facet}": {
                "get": {
                    "operationId": "facet",
                    "summary": "All values of a facet in a search",
                    "parameters": [
                        facet,
                        _parameter("facet-q", TEXT, "What a label begins with."),
                        *_search_parameters(),
                    ],
                    "responses": _answers("Facet", "404"),
                }
            },
            "/api/resources/{id}": {
                "get": {
                    "operationId": "resource",
                    "summary": "The whole record of a resource",
                    "parameters": [_parameter("id", TEXT, "Its id or address.", "path")],
                    "responses": _answers("Resource", "308", "404", "410"),
                }
            },
            "/api/collections/{slug}": {
                "get": {
                    "operationId": "collection",
                    "summary": "A collection",
                    "parameters": [_parameter("slug", TEXT, "Its address.", "path")],
                    "responses": _answers("Collection", "404"),
                }
            },
        },
        "components": {"schemas": dict(SCHEMAS)},
    }


def description(request: Request) -> Response:
    visit = visit_of(request)
    name = visit.site.settings.called(visit.interface.language)
    body = described(name, visit.site.settings.base_url)
    return JSONResponse(body, headers=OPEN, media_type="application/json")


ROUTES = [
    Route(links.OPENAPI, fresh(description)),
]
