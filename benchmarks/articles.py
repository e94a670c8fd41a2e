"""`python -m benchmarks.articles DIR`: the article headings of laws, and which of them are kept.

Another reader's lines that are nothing but "Article 23", in the words of several languages, are
held against the pages as this library keeps them: in their text, and as headings. Documents with
ten or more are printed; the other reader is poppler's pdftotext.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks import readers
from library.core.resource import Page

LEAST = 10  # articles: fewer make no law
HEADING = re.compile(
    r"\s*((?:article|art\.|artículo|artigo|§|المادة|अनुच्छेद)\s*\(?\s*\d{1,4}\s*\)?)[.:ºo°]*\s*", re.I
)


@dataclass(frozen=True, slots=True)
class Law:
    """One document: its article headings by page, counted."""

    name: str
    printed: int
    in_text: int
    headings: int
    missing: tuple[str, ...]  # "page: heading" of those that are not in the text


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missing", action="store_true", help="name each heading that is gone")
    chosen = parser.parse_args()
    laws = [law for pdf in sorted(chosen.folder.rglob("*.pdf")) if (law := measured(pdf))]
    print("| document | articles printed | in the text | as headings |\n|---|---|---|---|")
    for law in laws:
        print(f"| {law.name} | {law.printed} | {law.in_text} | {law.headings} |")
        for one in law.missing if chosen.missing else ():
            print(f"    gone: {one}")
    sums = [
        sum(counts)
        for counts in zip(*((x.printed, x.in_text, x.headings) for x in laws), strict=True)
    ]
    print("| all | " + " | ".join(map(str, sums)) + " |")


def measured(pdf: Path) -> Law | None:
    """One document, or None when it is no law."""
    printed = [_articles(text) for text in readers.pdftotext(pdf)]
    if sum(map(Counter.total, printed)) < LEAST:
        return None
    pages = {page.number: page for page in readers.pages(pdf)}
    in_text = headings = 0
    missing: list[str] = []
    for number, wanted in enumerate(printed, 1):
        page = pages.get(number)
        text = _lines(page) if page else Counter()
        titles = _titles(page) if page else Counter()
        in_text += (wanted & text).total()
        headings += (wanted & titles).total()
        missing += [f"{number}: {one}" for one in wanted - text]
    total = sum(map(Counter.total, printed))
    return Law(pdf.stem[:60], total, in_text, headings, tuple(missing))


def _articles(text: str) -> Counter[str]:
    found = map(HEADING.fullmatch, text.splitlines())
    return Counter(_folded(one[1]) for one in found if one)


def _lines(page: Page) -> Counter[str]:
    """Article headings that begin a line of a page's text."""
    found = map(HEADING.match, page.text.splitlines())
    return Counter(_folded(one[1]) for one in found if one)


def _titles(page: Page) -> Counter[str]:
    found = (HEADING.match(block.text) for block in page.blocks if block.kind == "heading")
    return Counter(_folded(one[1]) for one in found if one)


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "§")


if __name__ == "__main__":
    main()
