"""The library as a catalogue that reading apps open: OPDS 2.0 (https://specs.opds.io/opds-2.0).

A publication is an edition, since an app opens a file in one language.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from index.fields import ABOUT
from library.core.resource import JSON, Edition, Resource
from library.web import links
from library.web.freshness import fresh
from library.web.headers import OPEN
from library.web.pages.search import asked_of, title
from library.web.parts.filters import chips
from library.web.redirects import moved
from library.web.site import Visit, visit_of

OPDS = "/opds"
MEDIA_TYPE = "application/opds+json"
ACQUISITION = "http://opds-spec.org/acquisition/open-access"


def catalogue(request: Request) -> Response:
    """What a search finds, the newest of everything where nothing is asked."""
    visit = visit_of(request)
    if there := moved(visit):
        return there
    asked = asked_of(visit)
    query = replace(asked.query, excerpts=False, beyond=False)
    results = visit.site.engine.search(query)
    found = visit.site.catalogue.resources([hit.id for hit in results.hits])
    last = max(1, -(-results.total // query.size))
    pages = {"self": query.page, "first": 1, "previous": query.page - 1, "next": query.page + 1}
    what = title(visit, asked, chips(visit, asked, results.granted)) if asked.words else ""
    name = visit.site.settings.called(visit.interface.language)
    body = {
        "metadata": {
            "title": f"{what} · {name}" if what else name,
            "numberOfItems": results.total,
            "itemsPerPage": query.size,
            "currentPage": query.page,
        },
        "links": [
            *(
                {
                    "rel": relation,
                    "href": visit.base
                    + links.url_of(asked.with_query(replace(asked.query, page=page)), OPDS),
                    "type": MEDIA_TYPE,
                }
                for relation, page in pages.items()
                if relation == "self" or 1 <= page <= last
            ),
            {
                "rel": "search",
                "href": f"{visit.base}{OPDS}{{?q}}",
                "type": MEDIA_TYPE,
                "templated": True,
            },
        ],
        "publications": [
            publication(visit, resource, edition)
            for resource in found
            for edition in resource.editions
        ],
    }
    return JSONResponse(body, headers=OPEN, media_type=MEDIA_TYPE)


def publication(visit: Visit, resource: Resource, edition: Edition) -> JSON:
    page = visit.base + links.resource(resource.slug, edition.language)
    subjects = [
        {"name": visit.label(facet, id_), "scheme": f"{visit.base}/vocabularies/{facet}"}
        for facet in ABOUT
        for id_ in resource.filed(facet)
    ]
    known = {
        "@type": "http://schema.org/Book",
        "identifier": f"{visit.base}{links.record(resource.id)}#{edition.id}",
        "title": edition.title,
        "author": [{"name": author} for author in edition.authors],
        "language": edition.language,
        "description": edition.summary,
        "published": str(edition.date or ""),
        "modified": resource.changed.isoformat(timespec="seconds"),
        "publisher": resource.publisher,
        "numberOfPages": edition.pages,
        "subject": subjects,
        "belongsTo": {"series": [{"name": resource.series}]} if resource.series else None,
    }
    made: JSON = {
        "metadata": {name: value for name, value in known.items() if value},
        "links": [
            {"rel": "alternate", "href": page, "type": "text/html"},
            {
                "rel": ACQUISITION,
                "href": visit.base + links.original(edition),
                "type": edition.media_type,
            },
        ],
    }
    if picture := links.cover(resource):
        made["images"] = [{"href": visit.base + picture, "type": "image/webp"}]
    return made


ROUTES = [
    Route(OPDS, fresh(catalogue)),
]
