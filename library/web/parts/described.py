"""A resource told to programs that come by its page: search engines, reference managers, robots.

The same facts in the four vocabularies that those read: schema.org, Highwire, Dublin Core, COinS;
and in `Link` headers, which need no page to be read (https://signposting.org/FAIR/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from index.fields import ABOUT
from library.core.resource import JSON, Collection, Edition, Resource
from library.web import links, passing_links
from library.web.site import Visit

REPORTS = frozenset({"report", "research", "case-study", "evaluation"})
FEWEST = 2  # editions that make alternates

_CREATIVE_COMMONS = re.compile(r"\bCC[ -](BY(?:-(?:NC|SA|ND))*)[ -]([1-4]\.[05])\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;)]")


@dataclass(frozen=True, slots=True)
class Described:
    """What stands in the head of a resource's page, and the one line of COinS in its body."""

    data: Markup  # JSON-LD
    metas: tuple[tuple[str, str], ...]
    alternates: tuple[tuple[str, str], ...]  # language, address
    coins: str
    dublin_core: str = "http://purl.org/dc/elements/1.1/"


class Told(NamedTuple):
    """One link to something that belongs to a resource."""

    relation: str
    url: str
    media_type: str = ""


def described(
    visit: Visit, resource: Resource, shown: Edition, collections: Sequence[Collection]
) -> Described:
    alternates: list[tuple[str, str]] = []
    if len(resource.languages) >= FEWEST:
        alternates = [
            (language, visit.base + links.resource(resource.slug, language))
            for language in resource.languages
        ]
        alternates.append(("x-default", visit.base + links.resource(resource.slug)))
    data = json.dumps(
        schema_org(visit, resource, shown, collections), ensure_ascii=False, separators=(",", ":")
    )
    return Described(
        data=Markup(data.replace("<", "\\u003c")),
        metas=tuple(pair for pair in _metas(visit, resource, shown) if pair[1]),
        alternates=tuple(alternates),
        coins=_coins(visit, resource, shown),
    )


def schema_org(
    visit: Visit, resource: Resource, shown: Edition, collections: Sequence[Collection]
) -> JSON:
    """The work as schema.org has it; what is not known is left out."""

    def names(facet: str) -> list[str]:
        return [visit.label(facet, id_) for id_ in resource.filed(facet)]

    page = visit.base + links.resource(resource.slug)
    parts: list[JSON] = [
        {"@type": "Collection", "name": one.title, "url": visit.base + links.collection(one.slug)}
        for one in collections
    ]
    if resource.series:
        parts.insert(0, {"@type": "CreativeWorkSeries", "name": resource.series})
    teaches = bool(resource.filed("use") or resource.duration)
    kind = "Report" if resource.kind in REPORTS else "CreativeWork"
    made: JSON = {
        "@context": "https://schema.org",
        "@type": [kind, "LearningResource"] if teaches else kind,
        "@id": page,
        "url": page,
        **_of_edition(visit, shown),
        "genre": names("kind"),
        "about": [{"@type": "DefinedTerm", "name": name} for name in names("topic")],
        "spatialCoverage": names("place"),
        "audience": [
            {"@type": "Audience", "audienceType": name}
            for name in (*names("audience"), *names("group"))
        ],
        "educationalUse": names("use"),
        "timeRequired": resource.duration,
        "publisher": {"@type": "Organization", "name": resource.publisher}
        if resource.publisher
        else None,
        "isPartOf": parts,
        "dateModified": resource.changed.date().isoformat(),
        "workTranslation": [
            {
                "@type": "CreativeWork",
                "url": visit.base + links.resource(resource.slug, edition.language),
                **_of_edition(visit, edition),
            }
            for edition in resource.editions
            if edition is not shown
        ],
    }
    return _filled(made)


def _of_edition(visit: Visit, edition: Edition) -> JSON:
    return _filled(
        {
            "name": edition.title,
            "inLanguage": edition.language,
            "description": edition.summary,
            "author": [{"@type": "Person", "name": author} for author in edition.authors],
            "datePublished": str(edition.date or ""),
            "license": license_of(edition.rights),
            "copyrightNotice": edition.rights,
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": visit.base + links.original(edition),
                "encodingFormat": edition.media_type,
                "contentSize": f"{edition.bytes} B",
            },
        }
    )


def _filled(values: JSON) -> JSON:
    return {name: value for name, value in values.items() if value}


def license_of(rights: str) -> str:
    """The address of the licence that a statement of rights names, "" where it names none."""
    if named := _ADDRESS.search(rights):
        return named.group()
    if named := _CREATIVE_COMMONS.search(rights):
        return f"https://creativecommons.org/licenses/{named[1].lower()}/{named[2]}/"
    return ""


def _metas(visit: Visit, resource: Resource, shown: Edition) -> Iterator[tuple[str, str]]:
    """Highwire's names, which Google Scholar and Zotero read, and those of Dublin Core."""
    date = str(shown.date or resource.date or "")
    page = visit.base + links.resource(resource.slug)
    keywords = [visit.label(facet, id_) for facet in ABOUT for id_ in resource.filed(facet)]
    yield "citation_title", shown.title
    for author in shown.authors:
        yield "citation_author", author
    yield "citation_publication_date", date.replace("-", "/")
    yield "citation_publisher", resource.publisher
    yield "citation_language", shown.language
    yield "citation_keywords", "; ".join(keywords)
    yield "citation_abstract_html_url", page
    if shown.media_type == "application/pdf":
        yield "citation_pdf_url", visit.base + links.original(shown)
    yield "DC.title", shown.title
    for author in shown.authors:
        yield "DC.creator", author
    yield "DC.date", date
    yield "DC.publisher", resource.publisher
    yield "DC.language", shown.language
    yield "DC.type", visit.label("kind", resource.kind) if resource.kind else ""
    yield "DC.identifier", page
    yield "DC.rights", shown.rights


def _coins(visit: Visit, resource: Resource, shown: Edition) -> str:
    """A context object of Z39.88 as key and value, for a `span` of the class Z3988."""
    told = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "report" if resource.kind in REPORTS else "document"),
        ("rft.btitle", shown.title),
        *(("rft.au", author) for author in shown.authors),
        ("rft.date", str(shown.date or resource.date or "")),
        ("rft.pub", resource.publisher),
        ("rft.series", resource.series),
        ("rft.language", shown.language),
        ("rft_id", visit.base + links.resource(resource.slug)),
    ]
    return urlencode([pair for pair in told if pair[1]])


def signposts(
    visit: Visit, resource: Resource, collections: Sequence[Collection]
) -> Iterator[Told]:
    """What belongs to a resource, by the relations that signposting names."""
    teaches = bool(resource.filed("use") or resource.duration)
    kind = "Report" if resource.kind in REPORTS else "CreativeWork"
    named = visit.site.settings.ark
    lasting = passing_links.ark(named, resource) if named else links.resource(resource.slug)
    yield Told("cite-as", visit.base + lasting)
    yield Told("type", "https://schema.org/AboutPage")
    yield Told("type", f"https://schema.org/{'LearningResource' if teaches else kind}")
    yield Told("describedby", visit.base + links.record(resource.id), "application/json")
    for edition in resource.editions:
        yield Told("item", visit.base + links.original(edition), edition.media_type)
    for license_ in dict.fromkeys(license_of(one.rights) for one in resource.editions):
        if license_:
            yield Told("license", license_)
    for collection in collections:
        yield Told("collection", visit.base + links.collection(collection.slug), "text/html")


def collections_of(visit: Visit, resource: Resource) -> list[Collection]:
    """The collections that readers find a resource in."""
    held = visit.site.catalogue.collections(holding=resource.id)
    return [collection for collection in held if resource.id in collection.resources]


def link_header(visit: Visit, resource: Resource, collections: Sequence[Collection]) -> str:
    """The links as a `Link` header (RFC 8288), and where the same stand as a linkset."""
    told = signposts(visit, resource, collections)
    linkset = Told("linkset", visit.base + links.linkset(resource), "application/linkset+json")
    return ", ".join(
        f'<{_header_safe(one.url)}>; rel="{one.relation}"'
        + (f'; type="{one.media_type}"' if one.media_type else "")
        for one in (*told, linkset)
    )


def _header_safe(url: str) -> str:
    return "".join(char for char in url if 0x20 < ord(char) < 0x7F and char not in '<>"')


def linkset_of(visit: Visit, resource: Resource, collections: Sequence[Collection]) -> JSON:
    """The links as RFC 9264 has them, and those that lead back."""
    told = signposts(visit, resource, collections)
    page = visit.base + links.resource(resource.slug)
    ahead: JSON = {"anchor": page}
    back = []
    for one in told:
        target = {"href": one.url} | ({"type": one.media_type} if one.media_type else {})
        ahead.setdefault(one.relation, []).append(target)
        if one.relation in ("item", "describedby"):
            relation = "collection" if one.relation == "item" else "describes"
            back.append({"anchor": one.url, relation: [{"href": page, "type": "text/html"}]})
    return {"linkset": [ahead, *back]}
