"""Answers for programs, in the shapes that docs/api.md promises: plain values, no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from index.fields import FACETS
from index.results import Excerpt, Hit, Results
from library.resource import JSON, RESOURCE_FIELDS, Edition, Resource
from library.web import links
from library.web.links import Asked

Label = Callable[[str, str], str]  # facet, id → what it is called


def search_answer(
    asked: Asked,
    results: Results,
    resources: Sequence[Resource],
    label: Label,
    *,
    took_ms: int,
    base: str = "",
    problems: Sequence[str] = (),
) -> JSON:
    """What `/api/search` and `search --json` give. resources: those of the hits, in order."""
    hits = {hit.id: hit for hit in results.hits}
    wanted = sorted(asked.query.chosen.get("language", ()))
    return {
        "total": results.total,
        "took_ms": took_ms,
        "query": query_answer(asked),
        "hits": [
            hit_answer(resource, hits[resource.id], asked.words, wanted, base)
            for resource in resources
        ],
        "facets": {
            facet.name: facet_answer(
                facet.name,
                results.counts.get(facet.name, {}),
                asked.query.chosen.get(facet.name, frozenset()),
                label,
            )
            for facet in FACETS
        },
        "suggestion": results.suggestion,
        "problems": list(problems),
    }


def query_answer(asked: Asked) -> JSON:
    """The question as it was understood, under the names of its parameters."""
    query = asked.query
    return {
        "q": asked.words,
        **{facet.name: sorted(query.chosen.get(facet.name, ())) for facet in FACETS},
        "from": query.years.first,
        "to": query.years.last,
        "sort": query.sort,
        "page": query.page,
    }


def hit_answer(resource: Resource, hit: Hit, words: str, wanted: Sequence[str], base: str) -> JSON:
    editions = {edition.id: edition for edition in resource.editions}
    best = [editions[one.edition].language for one in hit.excerpts if one.edition in editions]
    return {
        "id": resource.id,
        "title": resource.edition(*wanted, *best[:1]).title,
        "url": base + links.resource(resource.slug),
        "kind": resource.kind or None,
        "year": resource.date.year if resource.date else None,
        "languages": list(resource.languages),
        "excerpts": [
            excerpt_answer(resource, editions[one.edition], one, words, base)
            for one in hit.excerpts
            if one.edition in editions
        ],
    }


def excerpt_answer(
    resource: Resource, edition: Edition, found: Excerpt, words: str, base: str
) -> JSON:
    return {
        "language": edition.language,
        "page": found.page,
        "text": found.text,
        "marks": [list(span) for span in found.marks],
        "url": base + links.page(resource, edition, found.page, words),
    }


def facet_answer(
    facet: str, counts: Mapping[str, int], chosen: frozenset[str], label: Label
) -> list[JSON]:
    """Every value that would give something, the fullest first, and every chosen one."""
    return [
        {
            "id": value,
            "label": label(facet, value),
            "count": counts.get(value, 0),
            "selected": value in chosen,
        }
        for value in sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), value))
    ]


def record(resource: Resource, label: Label, base: str = "", newer: Resource | None = None) -> JSON:
    """Everything the library knows of a resource; what is not known is null or empty.

    newer: what has taken its place, if readers may have it.
    """
    return {
        "id": resource.id,
        "url": base + links.resource(resource.slug),
        "slug": resource.slug,
        "status": resource.status,
        "superseded_by": base + links.record(newer.id) if newer else None,
        "law_year": resource.standing.law_year,
        **{facet: _labelled(facet, resource, label) for facet in RESOURCE_FIELDS},
        "publisher": resource.publisher or None,
        "series": resource.series or None,
        "date": str(resource.date) if resource.date else None,
        "languages": list(resource.languages),
        "added": _moment(resource.added),
        "changed": _moment(resource.changed),
        "editions": [edition_record(resource, edition, base) for edition in resource.editions],
    }


def edition_record(resource: Resource, edition: Edition, base: str) -> JSON:
    return {
        "id": edition.id,
        "language": edition.language or None,
        "title": edition.title,
        "summary": edition.summary or None,
        "authors": list(edition.authors),
        "date": str(edition.date) if edition.date else None,
        "rights": edition.rights or None,
        "source_url": edition.source_url or None,
        "pages": edition.pages,
        "pages_expected": edition.pages_expected,
        "text_bytes": edition.text_bytes,
        "text_quality": round(edition.text_quality, 3),
        "contents": [
            {"title": heading.title, "page": heading.page, "level": heading.level}
            for heading in edition.contents
        ],
        "url": base + links.page(resource, edition, 1),
        "original": {
            "url": base + links.original(edition),
            "sha256": edition.sha256,
            "media_type": edition.media_type,
            "filename": edition.filename,
            "bytes": edition.bytes,
        },
    }


def _labelled(facet: str, resource: Resource, label: Label) -> JSON | list[JSON] | None:
    held = getattr(resource, RESOURCE_FIELDS[facet])
    if isinstance(held, str):
        return {"id": held, "label": label(facet, held)} if held else None
    return [{"id": value, "label": label(facet, value)} for value in held]


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
