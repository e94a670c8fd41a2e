"""`python -m benchmarks.crossing`: paragraphs over the ends of pages.

The texts of the sample library are printed on small pages by Chromium, so it is known of every end
of a page whether a paragraph, or an item of a list, runs over it: what stands before and after it
then follows one another within one of theirs. How often the layout says so, and is right.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from benchmarks import readers
from benchmarks.layout import folded
from benchmarks.measures import Found
from benchmarks.pages import chromium, forms
from library.core.resource import Block, Page

SOURCES = Path(__file__).parent.parent / "sample" / "sources"
PRINTED = Path("var/crossing")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
STYLE = """
@page { size: A5; margin: 16mm } body { font: 10.5pt/1.4 'FONT', 'Noto Serif'; margin: 0 }
p { text-align: justify; orphans: 1; widows: 1; margin: 0 0 2mm } li { orphans: 1; widows: 1 }
"""
SEEN = 16  # letters on each side of the end of a page
MARKUP = re.compile(r"\]\([^)]*\)|[*_`\[\]>#|]")


def main() -> None:
    PRINTED.mkdir(parents=True, exist_ok=True)
    total, ends = Found(), 0
    for source in sorted(SOURCES.glob("*.md")):
        pdf = PRINTED / f"{source.stem}.pdf"
        text = FRONT.sub("", source.read_text("utf-8"))
        if not pdf.exists():
            _print(text, source.stem.rpartition(".")[2], pdf)
        texts = list(_paragraphs(text))
        right = given = wanted = 0
        for first, second in pairwise(readers.pages(pdf)):
            last, following = _last(first), _first(second)
            if last is None or following is None:
                continue
            ends += 1
            said = last.continues and following.continued
            truly = _follow(last.text, following.text, texts)
            right, given, wanted = right + (said and truly), given + said, wanted + truly
            if said != truly:
                print(f"{pdf.stem} {first.number}: {last.text[-40:]} … {following.text[:40]}")
        total += Found(right, given, wanted)
    print(f"{ends} ends of pages, paragraphs over {total.wanted} of them")
    print(f"precision {total.precision:.3f}, recall {total.recall:.3f}")


def _print(text: str, language: str, pdf: Path) -> None:
    """Print Markdown as plainly as can be. Raises SystemExit where there is no Chromium."""
    browser = chromium.found()
    if browser is None:
        raise SystemExit("Chromium is not installed")
    font = forms.TUNED.font(language)
    way = "rtl" if language == "ar" else "ltr"
    body = MarkdownIt("commonmark").enable("table").render(text)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        page.write_text(
            f'<!doctype html><html lang="{language}" dir="{way}"><meta charset="utf-8"><style>'
            f"{STYLE.replace('FONT', font)}</style><body>{body}",
            "utf-8",
        )
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        flags += ["--no-pdf-header-footer", f"--user-data-dir={scratch}/profile"]
        command = [browser, *flags, f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _paragraphs(text: str) -> Iterator[str]:
    """Each paragraph and item of Markdown, folded."""
    for block in re.split(r"\n\s*\n", text):
        for piece in re.split(r"\n(?=\s*(?:[-*|]|\d+\.)\s)", block):
            yield folded(MARKUP.sub("", piece))


def _follow(before: str, after: str, texts: list[str]) -> bool:
    end, start = folded(before)[-SEEN:], folded(after)[:SEEN]
    return any(end + start in text for text in texts)


def _last(page: Page) -> Block | None:
    running = [block for block in page.blocks if block.kind not in ("note", "caption", "table")]
    return running[-1] if running else None


def _first(page: Page) -> Block | None:
    running = (block for block in page.blocks if block.kind not in ("caption", "table"))
    return next(running, None)


if __name__ == "__main__":
    main()
