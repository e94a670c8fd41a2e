"""Values to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from library.core.messages import Message, messages_of
from library.core.resource import (
    JSON,
    Block,
    Cover,
    Edition,
    Evidence,
    Heading,
    Page,
    PartialDate,
    Resource,
    Standing,
    Statement,
    Status,
)

if TYPE_CHECKING:
    from sqlalchemy import Row  # which a question of one command does without (lookup.py)

_OF_BLOCK = tuple(Block.__dataclass_fields__)


def now() -> str:
    """This moment in UTC, to the microsecond, so that times sort as they happened."""
    return said(datetime.now(UTC))


def said(moment: datetime) -> str:
    """A moment as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def resource_of(
    row: Row[Any], slug: str, concepts: dict[str, list[str]], editions: Sequence[Edition]
) -> Resource:
    return Resource(
        id=row.id,
        slug=slug,
        status=Status(row.status),
        editions=tuple(editions),
        added=datetime.fromisoformat(row.added),
        changed=datetime.fromisoformat(row.changed),
        concepts={facet: tuple(ids) for facet, ids in concepts.items()},
        publisher=row.publisher,
        series=row.series,
        standing=standing_of(row),
        cover=cover_of(row),
        duration=row.duration,
    )


def cover_of(row: Row[Any]) -> Cover | None:
    return Cover(row.cover_edition, row.cover_page) if row.cover_edition else None


def standing_of(row: Row[Any]) -> Standing:
    return Standing(
        status=Status(row.status),
        until=row.until,
        reason=row.reason,
        successor=row.successor,
        review_by=row.review_by,
        law_year=row.law_year,
        since=row.since,
    )


def edition_of(row: Row[Any]) -> Edition:
    return Edition(
        id=row.id,
        language=row.language,
        title=row.title,
        sha256=row.sha256,
        media_type=row.media_type,
        filename=row.filename,
        bytes=row.bytes,
        pages=row.pages,
        text_bytes=row.text_bytes,
        pages_expected=row.pages_expected,
        text_quality=row.text_quality,
        scanned=row.scanned,
        unread=messages_of(row.unread),
        summary=row.summary,
        authors=tuple(row.authors),
        date=PartialDate.parse(row.date) if row.date else None,
        rights=row.rights,
        source_url=row.source_url,
        contents=tuple(Heading(**heading) for heading in row.contents),
        laid_out=row.laid_out,
        reading=row.reading,
    )


def page_of(row: Row[Any]) -> Page:
    return Page(
        number=row.number,
        text=row.text,
        blocks=tuple(_block_of(block) for block in row.blocks),
        label=row.label,
        reader=row.reader,
        layout=row.layout,
        score=row.score,
        language=row.language,
    )


def page_values(edition: str, page: Page) -> JSON:
    return {
        "edition": edition,
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "blocks": [_block_values(block) for block in page.blocks],
        "reader": page.reader,
        "layout": page.layout,
        "score": page.score,
        "language": page.language,
    }


def unread_value(unread: Iterable[Message]) -> list[JSON]:
    return [message.json() for message in unread]


def contents_value(contents: Iterable[Heading]) -> list[JSON]:
    return [
        {"title": heading.title, "page": heading.page, "level": heading.level}
        for heading in contents
    ]


def statement_values(edition: str, statement: Statement, text: str) -> JSON:
    value = statement.value if isinstance(statement.value, str) else list(statement.value)
    return {
        "edition": edition,
        "field": statement.field,
        "source": statement.source,
        "value": value,
        "evidence": [asdict(piece) for piece in statement.evidence],
        "confidence": statement.confidence,
        "said": text,
    }


def statement_of(row: Row[Any]) -> Statement:
    value: str | tuple[str, ...] = row.value if isinstance(row.value, str) else tuple(row.value)
    return Statement(
        field=row.field,
        value=value,
        source=row.source,
        evidence=tuple(Evidence(**piece) for piece in row.evidence),
        confidence=row.confidence,
    )


def _block_of(value: JSON) -> Block:
    rows = tuple(tuple(row) for row in value.get("rows", ()))
    return Block(**{**value, "rows": rows})


def _block_values(block: Block) -> JSON:
    """What is said of a block; `asdict` does the same, and copies every string's container."""
    values = ((name, getattr(block, name)) for name in _OF_BLOCK)
    return {name: value for name, value in values if value}
