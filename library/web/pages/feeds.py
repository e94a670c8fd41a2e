"""What other programs follow: the feed of any search, the list of pages, the search description."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.fields import FILED
from library.core.resource import Collection, Resource
from library.web import links
from library.web.freshness import fresh
from library.web.pages.search import asked_of, title
from library.web.parts.filters import chips
from library.web.redirects import moved
from library.web.site import Visit, visit_of

LENGTH = 50  # entries of a feed
MOST_PAGES = 50_000  # addresses of one sitemap (sitemaps.org)

# Characters that XML 1.0 cannot hold, even escaped (section 2.2).
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    url: str
    title: str
    updated: str
    language: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    name: str  # of the library, which answers for what has no author
    language: str
    url: str
    page: str
    updated: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    pages: tuple[tuple[str, str], ...] = field(default=())  # (address, date of last change)


@dataclass(frozen=True, slots=True)
class Described:
    """The library as a search engine that a browser can add."""

    name: str
    description: str
    template: str
    suggestions: str
    home: str
    icon: str
    language: str


@dataclass(frozen=True, slots=True)
class Robots:
    sitemap: str


def feed(request: Request) -> Response:
    """The newest resources of a search, as Atom (RFC 4287)."""
    visit = visit_of(request)
    if there := moved(visit):
        return there
    asked = asked_of(visit)
    newest = asked.with_query(replace(asked.query, sort="newest", size=LENGTH))
    if links.parameters_of(newest.with_query(replace(newest.query, page=1))):
        results = visit.site.engine.search(newest.query)
        resources = visit.site.catalogue.resources([hit.id for hit in results.hits])
        what = title(visit, asked, chips(visit, asked, results.granted))
    else:
        what = ""
        resources = visit.site.catalogue.newest(LENGTH)
    name = visit.site.settings.name
    page = Feed(
        id=visit.base + links.url_of(asked, "/feed.atom"),
        title=xml(f"{what} · {name}" if what else name),
        name=xml(name),
        language=visit.interface.language,
        url=visit.base + links.url_of(asked, "/feed.atom"),
        page=visit.base + links.url_of(asked),
        updated=max(
            (resource.changed for resource in resources), default=visit.site.catalogue.changed()
        ).isoformat(timespec="seconds"),
        entries=tuple(entry(visit, resource) for resource in resources),
    )
    return rendered(visit, "feed.atom", page, "application/atom+xml")


def entry(visit: Visit, resource: Resource) -> Entry:
    shown = resource.edition(visit.interface.language)
    return Entry(
        id=f"{visit.base}{links.record(resource.id)}",
        url=f"{visit.base}{links.resource(resource.slug)}",
        title=xml(shown.title),
        updated=resource.changed.isoformat(timespec="seconds"),
        language=shown.language,
        summary=xml(shown.summary),
        authors=tuple(map(xml, shown.authors or filter(None, (resource.publisher,)))),
        categories=tuple(
            visit.label(facet, value)
            for facet in FILED
            if facet != "kind"  # what a work is, not what it is filed under
            for value in resource.filed(facet)
        ),
    )


def sitemap(request: Request) -> Response:
    """Every page that a search engine should know."""
    visit = visit_of(request)
    changed = visit.site.catalogue.changed().date().isoformat()
    fixed = [
        "/",
        "/about",
        *(links.collection(collection.slug) for collection in collections(visit)),
    ]
    works = visit.site.catalogue.slugs()
    page = Sitemap(
        (
            *((f"{visit.base}{path}", changed) for path in fixed),
            *(
                (f"{visit.base}{links.resource(slug)}", day.date().isoformat())
                for slug, day in works
            ),
        )[:MOST_PAGES]
    )
    return rendered(visit, "sitemap.xml", page, "application/xml")


def collections(visit: Visit) -> list[Collection]:
    return [collection for collection in visit.site.catalogue.collections() if collection.resources]


def opensearch(request: Request) -> Response:
    """How a browser adds the library to its search engines (OpenSearch 1.1)."""
    visit = visit_of(request)
    name = visit.site.settings.name
    page = Described(
        name=xml(name)[:16],
        description=xml(visit.interface.say("Search in %(name)s", name=name)),
        template=f"{visit.base}{links.SEARCH}?q={{searchTerms}}",
        suggestions=f"{visit.base}{links.SUGGEST}?q={{searchTerms}}",
        home=f"{visit.base}/",
        icon=f"{visit.base}{visit.site.pages.address('icon.svg')}",
        language=visit.interface.language,
    )
    return rendered(visit, "opensearch.xml", page, "application/opensearchdescription+xml")


def robots(request: Request) -> Response:
    visit = visit_of(request)
    return rendered(visit, "robots.txt", Robots(f"{visit.base}/sitemap.xml"), "text/plain")


def rendered(visit: Visit, template: str, page: object, media_type: str) -> Response:
    text = visit.site.pages.render(template, page, visit.interface)
    return Response(text, media_type=f"{media_type}; charset=utf-8")


def xml(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


ROUTES = [
    Route("/feed.atom", fresh(feed)),
    Route("/opensearch.xml", fresh(opensearch)),
    Route("/sitemap.xml", fresh(sitemap)),
    Route("/robots.txt", robots),
]
