"""What other programs follow: the feed of any search, the list of pages, the search description."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.fields import FILED
from library.catalogue.resources import queries
from library.core.resource import Collection, Resource
from library.web import links
from library.web.freshness import fresh
from library.web.pages.search import asked_of, title
from library.web.parts.filters import chips
from library.web.redirects import moved
from library.web.site import Visit, visit_of

LENGTH = 50  # entries of a feed
MOST_PAGES = 50_000  # addresses of one sitemap (sitemaps.org)
SECURITY = "/.well-known/security.txt"
FRESH_FOR = 180  # days that what security.txt says may be relied on

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
    hub: str  # that tells who follows at once; "" where there is none
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A page of the map."""

    url: str
    changed: str  # the day
    alternates: tuple[tuple[str, str], ...] = ()  # language, address


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A map of pages; or, of more than one may hold, of maps."""

    pages: tuple[Mapped, ...] = ()
    maps: tuple[Mapped, ...] = ()


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
    listed = replace(asked.query, sort="newest", size=LENGTH, excerpts=False, beyond=False)
    newest = asked.with_query(listed)
    if links.parameters_of(newest.with_query(replace(newest.query, page=1))):
        results = visit.site.engine.search(newest.query)
        resources = visit.site.catalogue.resources([hit.id for hit in results.hits])
        what = title(visit, asked, chips(visit, asked, results.granted))
    else:
        what = ""
        resources = visit.site.catalogue.newest(LENGTH)
    name = visit.site.settings.called(visit.interface.language)
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
        hub=visit.site.settings.hub,
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
    """Every page that a search engine should know; of too many for one map, the maps."""
    visit = visit_of(request)
    every = mapped(visit)
    if len(every) <= MOST_PAGES:
        return rendered(visit, "sitemap.xml", Sitemap(pages=tuple(every)), "application/xml")
    maps = tuple(
        Mapped(
            f"{visit.base}/sitemap/{number}.xml",
            max(one.changed for one in every[start : start + MOST_PAGES]),
        )
        for number, start in enumerate(range(0, len(every), MOST_PAGES), 1)
    )
    return rendered(visit, "sitemap.xml", Sitemap(maps=maps), "application/xml")


def sitemap_part(request: Request) -> Response:
    """One map of several."""
    visit = visit_of(request)
    start = (request.path_params["number"] - 1) * MOST_PAGES
    pages = mapped(visit)[start : start + MOST_PAGES] if start >= 0 else []
    if not pages:
        raise HTTPException(404)
    return rendered(visit, "sitemap.xml", Sitemap(pages=tuple(pages)), "application/xml")


def mapped(visit: Visit) -> list[Mapped]:
    """Every page, the fixed ones first."""
    catalogue = visit.site.catalogue
    changed = catalogue.changed().date().isoformat()
    fixed = [
        "/",
        "/about",
        links.FOLLOWING,
        *(links.collection(collection.slug) for collection in collections(visit)),
    ]
    with catalogue.snapshot() as moment:
        works = list(moment.ask(queries.slugs))
        spoken = moment.ask(queries.spoken)
    return [
        *(Mapped(f"{visit.base}{path}", changed) for path in fixed),
        *(
            Mapped(
                f"{visit.base}{links.resource(slug)}",
                day.date().isoformat(),
                tuple(
                    (language, f"{visit.base}{links.resource(slug, language)}")
                    for language in spoken.get(slug, ())
                ),
            )
            for slug, day in works
        ),
    ]


def security(request: Request) -> Response:
    """Whom to tell of a hole (RFC 9116), where a setting names somebody."""
    visit = visit_of(request)
    contact = visit.site.settings.contact
    if not contact:
        raise HTTPException(404)
    address = contact if contact.startswith("https://") else f"mailto:{contact}"
    expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=FRESH_FOR)
    lines = [
        f"Contact: {address}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {', '.join(visit.site.settings.languages)}",
        f"Canonical: {visit.base}{SECURITY}",
    ]
    return Response("\n".join((*lines, "")), media_type="text/plain; charset=utf-8")


def collections(visit: Visit) -> list[Collection]:
    return [collection for collection in visit.site.catalogue.collections() if collection.resources]


def opensearch(request: Request) -> Response:
    """How a browser adds the library to its search engines (OpenSearch 1.1)."""
    visit = visit_of(request)
    name = visit.site.settings.called(visit.interface.language)
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
    Route("/sitemap/{number:int}.xml", fresh(sitemap_part)),
    Route("/robots.txt", robots),
    Route(SECURITY, security),
]
