"""The public catalogue, or what a search finds of it, as one file: JSON Lines and CSV.

Streamed: a batch is asked for when the one before has been taken, and what was withdrawn meanwhile
is not in it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from index.fields import FILED
from library.core.resource import Edition, Resource
from library.sheets.cells import guarded, joined
from library.web import links
from library.web.api.answers import record
from library.web.freshness import fresh
from library.web.headers import OPEN
from library.web.pages.search import asked_of
from library.web.redirects import moved
from library.web.site import Visit, visit_of

BATCH = 200  # resources
BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else

COLUMNS = (
    "id", "url", "language", "title", "summary", "authors", "date", "publisher", "series", *FILED,
    "duration", "rights", "source_url", "pages", "media_type", "bytes", "sha256", "original",
    "added", "changed",
)  # fmt: skip


def json_lines(request: Request) -> Response:
    """A record of the API to a line."""
    visit = visit_of(request)
    if there := moved(visit):
        return there
    lines = (
        json.dumps(record(resource, visit.label, visit.base), ensure_ascii=False) + "\n"
        for resource in resources(visit, found(visit))
    )
    return _streamed(lines, "application/jsonl", "jsonl")


def table(request: Request) -> Response:
    """A row for each edition; concepts by their identifiers."""
    visit = visit_of(request)
    if there := moved(visit):
        return there
    rows = (
        _row(visit, resource, edition)
        for resource in resources(visit, found(visit))
        for edition in resource.editions
    )
    return _streamed(_lines(rows), "text/csv; charset=utf-8", "csv")


def found(visit: Visit) -> Sequence[str]:
    """The ids of all that is asked for, in its order: of everything, as it was added."""
    asked = asked_of(visit)
    first = asked.with_query(replace(asked.query, page=1))
    if not links.parameters_of(first):
        return visit.site.catalogue.every()
    most = max(1, visit.site.totals().resources)
    query = replace(first.query, size=most, excerpts=False, beyond=False)
    return [hit.id for hit in visit.site.engine.search(query).hits]


def resources(visit: Visit, ids: Sequence[str]) -> Iterator[Resource]:
    for start in range(0, len(ids), BATCH):
        yield from visit.site.catalogue.resources(ids[start : start + BATCH])


def _row(visit: Visit, resource: Resource, edition: Edition) -> list[str]:
    values = {
        "id": resource.id,
        "url": visit.base + links.resource(resource.slug),
        "language": edition.language,
        "title": edition.title,
        "summary": edition.summary,
        "authors": joined(edition.authors),
        "publisher": resource.publisher,
        "series": resource.series,
        **{facet: joined(resource.filed(facet)) for facet in FILED},
        "duration": resource.duration,
        "rights": edition.rights,
        "source_url": edition.source_url,
        "media_type": edition.media_type,
        "sha256": edition.sha256,
        "original": visit.base + links.original(edition),
        "added": resource.added.isoformat(timespec="seconds"),
        "changed": resource.changed.isoformat(timespec="seconds"),
    }
    numbers = {
        "date": str(edition.date or ""),
        "pages": str(edition.pages),
        "bytes": str(edition.bytes),
    }
    cells = {name: guarded(text) for name, text in values.items()} | numbers
    return [cells[name] for name in COLUMNS]


def _lines(rows: Iterator[list[str]]) -> Iterator[str]:
    made = io.StringIO()
    writer = csv.writer(made)
    made.write(BOM)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(row)
        yield made.getvalue()
        made.seek(0)
        made.truncate()
    yield made.getvalue()


def _streamed(parts: Iterator[str], media_type: str, ending: str) -> Response:
    named = f'attachment; filename="library.{ending}"'
    headers = {**OPEN, "Content-Disposition": named, "X-Robots-Tag": "noindex"}
    return StreamingResponse(parts, media_type=media_type, headers=headers)


ROUTES = [
    Route("/export.jsonl", fresh(json_lines)),
    Route("/export.csv", fresh(table)),
]
