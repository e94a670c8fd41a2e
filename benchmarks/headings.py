"""`python -m benchmarks.headings DIR`: headings of PDFs, beside Markdown that says them.

DIR holds pairs NAME.pdf and NAME.md, as docling keeps them for its tests: a line of the Markdown
that begins with `#` is a heading. Levels are not compared, nor pages, which such a truth does not
have; nor digits, since it puts a heading's number after its title. `--errors` prints what is
missing and what is none.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter
from pathlib import Path

from benchmarks import measures, readers
from benchmarks.layout import folded
from benchmarks.measures import Found

HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)[ #]*$", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    whole = Found()
    print(f"{'document':<44}{'right':>6}{'given':>6}{'wanted':>7}    F1")
    for pdf in sorted(chosen.folder.glob("*.pdf")):
        truth = pdf.with_suffix(".md")
        if not truth.exists():
            continue
        wanted = told(truth.read_text("utf-8"))
        given = [
            key
            for page in readers.pages(pdf)
            for block in page.blocks
            if block.kind == "heading" and (key := _key(block.text))
        ]
        found = measures.matched(wanted, given)
        whole += found
        print(_row(pdf.stem, found))
        if chosen.errors:
            missing, none = Counter(wanted) - Counter(given), Counter(given) - Counter(wanted)
            print("    missing:", " | ".join(missing.elements()) or "-")
            print("    none:   ", " | ".join(none.elements()) or "-")
    print(_row("all", whole))


def told(markdown: str) -> list[str]:
    """The headings of a Markdown file, as they are compared."""
    return [key for text in HEADING.findall(markdown) if (key := _key(html.unescape(text)))]


def _key(text: str) -> str:
    """Letters alone."""
    return "".join(sign for sign in folded(re.sub(r"[\\*_`]", "", text)) if not sign.isdigit())


def _row(name: str, found: Found) -> str:
    return f"{name[:43]:<44}{found.right:>6}{found.given:>6}{found.wanted:>7}  {found.f1:.3f}"


if __name__ == "__main__":
    main()
