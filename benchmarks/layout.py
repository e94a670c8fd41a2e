"""Layout against its truth: order, headings, tables, and what runs above and below pages.

The truth of a document is the JSON that benchmarks.pages writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import measures, readers
from benchmarks.measures import Found
from library.core.resource import Page

NOTE = re.compile("\ue001(\\d+)\ue002")
TOTALS = ("headings", "titles", "running", "captions", "notes")
SHOWN = 0.33  # of the runs of three letters of a block: it was read, if not well


def folded(text: str) -> str:
    """Letters and digits only, small, and no numbers of notes."""
    text = re.sub(r"\[\d{1,3}\]", "", NOTE.sub("", text))
    return "".join(sign for sign in measures.spaced(text).casefold() if sign.isalnum())


def truth_text(sheet: dict[str, Any]) -> str:
    """The text of one page in the order it is read."""
    texts = []
    for block in sheet["blocks"]:
        texts += [" ".join(row) for row in block["rows"]] or [NOTE.sub(r"\1", block["text"])]
    return "\n".join([*texts, *(text for _, text in sheet["notes"])])


def order_of(truth: dict[str, Any], texts: Sequence[str]) -> float | None:
    """Reading order, the mean of the pages; 0 for a page that is not there."""
    pages = list(texts) + [""] * (len(truth["sheets"]) - len(texts))
    return measures.mean(
        measures.order(truth_text(sheet), text) if text.strip() else 0.0
        for sheet, text in zip(truth["sheets"], pages, strict=False)
    )


def measured(known: Sequence[tuple[Path, dict[str, Any]]]) -> dict[str, Any]:
    """Every measure of every document, and over all."""
    documents = {}
    totals = {name: Found() for name in TOTALS}
    for pdf, truth in known:
        pages = readers.pages(pdf)
        found = {
            "headings": headings(truth, pages, levels=True),
            "titles": headings(truth, pages, levels=False),
            "running": running(truth, pages),
            "captions": kept(truth, pages, "caption"),
            "notes": kept(truth, pages, "note"),
        }
        totals = {name: total + found[name] for name, total in totals.items()}
        documents[pdf.stem] = {
            "order": order_of(truth, [_shown(page) for page in pages]),
            "headings": found["headings"].f1,
            "titles": found["titles"].f1,
            "tables": tables(truth, pages),
            "running precision": found["running"].precision,
            "running recall": found["running"].recall,
            "labels": labels(truth, pages),
            "captions": found["captions"].f1 if _has(truth, "caption") else None,
            "notes": found["notes"].f1
            if any(sheet["notes"] for sheet in truth["sheets"])
            else None,
            "blocks": blocks(truth, pages).f1,
        }
    means = measures.average(documents.values())
    means |= {
        "headings": totals["headings"].f1,
        "titles": totals["titles"].f1,
        "captions": totals["captions"].f1,
        "notes": totals["notes"].f1,
        "running precision": totals["running"].precision,
        "running recall": totals["running"].recall,
    }
    return {"documents": documents, "means": means}


def _shown(page: Page) -> str:
    """What the reading page shows: blocks, or the plain text where there are none."""
    texts = []
    for block in page.blocks:
        texts += [" ".join(row) for row in block.rows] or [block.text]
    return "\n".join(texts) or page.text


def headings(truth: dict[str, Any], pages: Sequence[Page], *, levels: bool) -> Found:
    """Headings on their page, word for word, with their level where `levels` is asked."""
    wanted = [
        (number, folded(block["text"]), block["level"] if levels else 0)
        for number, sheet in enumerate(truth["sheets"])
        for block in sheet["blocks"]
        if block["kind"] == "heading"
    ]
    given = [
        (number, folded(block.text), block.level if levels else 0)
        for number, page in enumerate(pages)
        for block in page.blocks
        if block.kind == "heading"
    ]
    return measures.matched(wanted, given)


def kept(truth: dict[str, Any], pages: Sequence[Page], kind: str) -> Found:
    """Captions, or notes, word for word on their page.

    Notes are compared without their numbers: LibreOffice begins anew on each page.
    """
    wanted = [
        (number, folded(block["text"]))
        for number, sheet in enumerate(truth["sheets"])
        for block in sheet["blocks"]
        if block["kind"] == kind
    ]
    wanted += [
        (number, folded(text))
        for number, sheet in enumerate(truth["sheets"])
        for _, text in sheet["notes"]
        if kind == "note"
    ]
    given = [
        (number, folded(block.text))
        for number, page in enumerate(pages)
        for block in page.blocks
        if block.kind == kind
    ]
    return measures.matched(wanted, given)


def _noted(sheet: dict[str, Any]) -> bool:
    return bool(sheet["notes"])


def _has(truth: dict[str, Any], kind: str) -> bool:
    return any(block["kind"] == kind for sheet in truth["sheets"] for block in sheet["blocks"])


def tables(truth: dict[str, Any], pages: Sequence[Page]) -> float | None:
    """TEDS, the mean of the pages that have a table or were given one."""
    return measures.mean(
        measures.tables(
            [block["rows"] for block in sheet["blocks"] if block["rows"]],
            [block.rows for block in page.blocks if block.rows],
        )
        for sheet, page in zip(truth["sheets"], pages, strict=False)
    )


def running(truth: dict[str, Any], pages: Sequence[Page]) -> Found:
    """Of what was left out, what runs above and below; of what runs there, what was left out.

    What was left out and does not run there is every true block of which not a third is shown.
    """
    right = wanted = lost = 0
    for sheet, page in zip(truth["sheets"], pages, strict=False):
        shown = [folded(line) for line in _lines(page)]
        whole = "".join(shown)
        for run in map(folded, [*sheet["heads"], *sheet["feet"]]):
            wanted += 1
            right += not (run in shown if len(run) < 5 else run in whole)
        there = _pieces(whole)
        for text in map(folded, _texts(sheet)):
            pieces = _pieces(text)
            lost += bool(pieces) and len(pieces & there) < SHOWN * len(pieces)
    return Found(right, right + lost, wanted)


def blocks(truth: dict[str, Any], pages: Sequence[Page]) -> Found:
    """Whole blocks: paragraphs, items and headings with the very letters they were written in."""
    found = Found()
    for sheet, page in zip(truth["sheets"], pages, strict=False):
        wanted = [
            (block["kind"], folded(block["text"])) for block in sheet["blocks"] if block["text"]
        ]
        noted = {folded(f"{number} {text}") for number, text in sheet["notes"]}
        noted |= {folded(text) for _, text in sheet["notes"]}
        given = [(block.kind, folded(block.text)) for block in page.blocks if block.text]
        given = [one for one in given if one[1] not in noted]
        found += measures.matched(wanted, given)
    return found


def labels(truth: dict[str, Any], pages: Sequence[Page]) -> float | None:
    """The share of printed page numbers that pages have as their label."""
    return measures.mean(
        float(sheet["feet"][-1] == (page.label or str(page.number)))
        for sheet, page in zip(truth["sheets"], pages, strict=False)
        if sheet["feet"]
    )


def _pieces(text: str) -> set[str]:
    return {text[place : place + 3] for place in range(len(text) - 2)}


def _texts(sheet: dict[str, Any]) -> Iterator[str]:
    for block in sheet["blocks"]:
        yield from filter(None, [block["text"], *(" ".join(row) for row in block["rows"])])
    yield from (text for _, text in sheet["notes"])


def _lines(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if block.rows:
            yield from (" ".join(row) for row in block.rows)
        else:
            yield block.text
    if not page.blocks:
        yield from page.text.splitlines()
