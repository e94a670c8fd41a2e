"""From a reading to an edition: values in, values out, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from library import metadata as describing
from library.catalogue import Arrival
from library.core.messages import Message, listed
from library.core.resource import INCOMPLETE, JSON, Edition, Page, PartialDate, Statement
from library.core.settings import Settings
from library.extractors import EXTRACTORS
from library.ingestion import ocr
from library.ingestion.contents import contents_of
from library.sandbox import Reading

NAMED = 20  # pages that are pictures


def edition_of(
    arrival: Arrival,
    size: int,
    media_type: str,
    read: Reading,
    statements: Sequence[Statement],
    settings: Settings,
) -> Edition:
    """The edition a reading makes, with what is believed of it; it is kept under its checksum.

    size: bytes of the original.
    """
    known = describing.decide(statements)

    def said(name: str) -> str:
        return str(known[name].value) if name in known else ""

    laid_out = settings.pdf == "pdfminer" or not EXTRACTORS[media_type].layout
    quality = sum(page.score for page in read.pages) / max(1, len(read.pages))
    pictures = pictures_unread(read.pages) if EXTRACTORS[media_type].scan else ()
    unread = (*read.said.unread, *pictures)
    short = read.said.pages is not None and read.said.pages > len(read.pages)
    return Edition(
        id=arrival.sha256[:16],
        language=said("language"),
        title=said("title") or _first_words(read.pages) or Path(arrival.path).stem,
        sha256=arrival.sha256,
        media_type=media_type,
        filename=Path(arrival.path).name,
        bytes=size,
        pages=len(read.pages),
        text_bytes=sum(len(page.text.encode()) for page in read.pages),
        pages_expected=read.said.pages if short else None,
        text_quality=min(quality, INCOMPLETE) if unread else quality,
        unread=unread,
        summary=said("summary"),
        authors=tuple(known["authors"].value) if "authors" in known else (),
        date=PartialDate.parse(said("date")) if "date" in known else None,
        rights=said("rights"),
        source_url=said("source_url"),
        contents=contents_of(read.pages, read.said) if laid_out else read.said.outline,
        laid_out=laid_out,
    )


def _first_words(pages: Sequence[Page]) -> str:
    """What a document begins with: a poor title, and better than the name of a file."""
    for page in pages[:1]:
        headings = [block.text for block in page.blocks if block.kind == "heading"]
        for line in (*headings, *page.text.splitlines()):
            if any(character.isalpha() for character in line):
                return " ".join(line.split())[:120]
    return ""


def scans_wanted(media_type: str, pages: Sequence[Page]) -> bool:
    """Whether there are pages whose words can only be had from their pictures."""
    return bool(EXTRACTORS[media_type].scan) and any(
        page.unreadable or page.pictured for page in pages
    )


def pictures_unread(pages: Sequence[Page]) -> tuple[Message, ...]:
    """What is said of pages that are pictures, or noise, among others, where no OCR is installed; a
    document of nothing but pictures is a scan, which is said otherwise.
    """
    numbers = pictures_among(pages)
    if not numbers or ocr.installed():
        return ()
    return (Message("unread pictures", {"pages": listed(numbers, NAMED)}),)


def pictures_among(pages: Sequence[Page]) -> list[int]:
    """The numbers of pages that are pictures, or noise, in a document that has any words."""
    if not any(page.text.strip() for page in pages):
        return []
    return [page.number for page in pages if page.awaits_picture]


def spoken(statements: Sequence[Statement]) -> str | None:
    """The language staff say a document is in; None where they say nothing of it."""
    chosen = (s for s in statements if s.field == "language" and s.source == "staff")
    return next((str(statement.value) for statement in chosen), None)


def work_of(statements: Sequence[Statement]) -> str:
    """What this file's resource is called by staff, or by the files of its other editions."""
    for statement in statements:
        if statement.field == "resource" and statement.source == "staff":
            return f"staff:{statement.value}"
    for statement in statements:
        if statement.field == "work":
            return f"file:{statement.value}"
    return ""


def plain(fields: object) -> JSON:
    """Staff's fields as they are kept with the arrival: text and lists of text."""
    if not isinstance(fields, dict):
        return {}
    return {
        str(key): [str(item) for item in value] if isinstance(value, (list, tuple)) else str(value)
        for key, value in fields.items()
    }
