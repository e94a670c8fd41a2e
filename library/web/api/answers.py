"""Answers for programs, in the shapes that docs/api.md promises: plain values, no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from index.fields import FACET, FILED, NARROWING, NOT_STATED, YEAR
from index.query import Query
from index.results import Excerpt, Hit, Results
from library.core.resource import JSON, Edition, Resource
from library.vocabularies.reading_levels import level, parsed
from library.web import links
from library.web.facet_params import written
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
    suggestion: str | None = None,
) -> JSON:
    """What `/api/search` and `search --json` give. resources: those of all hits, also beyond."""
    known = {resource.id: resource for resource in resources}
    wanted = sorted(asked.query.chosen.get("language", ()))
    return {
        "total": results.total,
        "took_ms": took_ms,
        "query": query_answer(asked),
        **{
            name: [
                hit_answer(known[hit.id], hit, asked, wanted, base)
                for hit in hits
                if hit.id in known
            ]
            for name, hits in (
                ("hits", results.hits),
                ("more", results.more),
                ("elsewhere", results.elsewhere),
            )
        },
        "facets": {
            facet: facet_answer(
                facet,
                results.counts.get(facet, {}),
                asked.query,
                label,
            )
            for facet in NARROWING
        },
        "suggestion": suggestion,
        "problems": list(problems),
        "filed": {
            hit.id: [
                {"facet": facet, "id": value, "label": label(facet, value)}
                for facet, value in hit.filed
            ]
            for hit in results.hits
            if hit.filed
        },
        "understood": [
            {
                "facet": facet,
                "id": value,
                "label": label(facet, value),
                "narrows": value in results.granted.get(facet, ()),
            }
            for facet, value in asked.named
        ],
        "also": [{"language": language, "name": name} for language, name in results.names],
    }


def query_answer(asked: Asked) -> JSON:
    """The question as it was understood, under the names of its parameters."""
    query = asked.query
    return {
        "q": asked.words,
        **{facet: written(query, facet) for facet in NARROWING},
        "from": query.years.first,
        "to": query.years.last,
        "exact": asked.exact,
        "sort": query.sort,
        "page": query.page,
    }


def hit_answer(
    resource: Resource, hit: Hit, asked: Asked, wanted: Sequence[str], base: str
) -> JSON:
    editions = {edition.id: edition for edition in resource.editions}
    best = [
        editions[excerpt.edition].language
        for excerpt in hit.excerpts
        if excerpt.edition in editions
    ]
    return {
        "id": resource.id,
        "title": resource.edition(*wanted, *best[:1]).title,
        "url": base + links.resource(resource.slug),
        "kind": resource.kind or None,
        "year": resource.date.year if resource.date else None,
        "languages": list(resource.languages),
        "excerpts": [
            excerpt_answer(resource, editions[excerpt.edition], excerpt, asked, base)
            for excerpt in hit.excerpts
            if excerpt.edition in editions
        ],
    }


def excerpt_answer(
    resource: Resource, edition: Edition, passage: Excerpt, asked: Asked, base: str
) -> JSON:
    return {
        "language": edition.language,
        "page": passage.page,
        "text": passage.text,
        "marks": [list(span) for span in passage.marks],
        "url": base + links.page(resource, edition, passage.page, asked.sought),
    }


def facet_answer(facet: str, counts: Mapping[str, int], query: Query, label: Label) -> list[JSON]:
    """Every value that would give something, the fullest first, and every one that narrows.

    Years stand in their order, and "not stated" stands last.
    """
    chosen = query.chosen.get(facet, frozenset())
    left_out = query.without.get(facet, frozenset())

    def place(value: str) -> tuple[bool, int, str]:
        by_count = 0 if facet == YEAR.name else -counts.get(value, 0)
        return (value == NOT_STATED, by_count, value)

    return [
        {
            "id": value,
            "label": label(facet, value),
            "count": counts.get(value, 0),
            "selected": value in chosen,
            **({"excluded": True} if value in left_out else {}),
        }
        for value in sorted({*counts, *chosen, *left_out}, key=place)
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
        **{facet: _labelled(facet, resource, label) for facet in FILED},
        "publisher": resource.publisher or None,
        "series": resource.series or None,
        "duration": resource.duration or None,
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
        "unread": [message.whole() for message in edition.unread],
        "text_bytes": edition.text_bytes,
        "text_quality": round(edition.text_quality, 3),
        "reading": reading_answer(edition.reading),
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


def reading_answer(reading: str) -> JSON | None:
    """How easy an edition is to read, by which formula; null where none can tell."""
    read = parsed(reading)
    if read is None:
        return None
    formula, number = read
    return {"formula": formula.name, "score": number, "level": level(formula, number)}


def _labelled(facet: str, resource: Resource, label: Label) -> JSON | list[JSON] | None:
    values = [{"id": value, "label": label(facet, value)} for value in resource.filed(facet)]
    return next(iter(values), None) if FACET[facet].single else values


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
