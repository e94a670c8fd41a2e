"""The words of a PDF by poppler's pdftotext: a third opinion on pages that read badly.

It is a program of its own (Debian: poppler-utils), run confined, where it is installed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from library.core.cancellation import Stopping
from library.core.errors import InputError
from library.core.resource import Page
from library.extractors import Limits
from library.extractors.cleanup import paragraphs
from library.extractors.quality import score
from library.sandbox import programs

MEDIA_TYPE = "application/pdf"
PROGRAM = "pdftotext"
READER = "poppler"
SECONDS = 60.0
DOUBTFUL = 0.9  # a page that scored less is read once more
PLAINLY = 0.05  # by so much its score must be higher
# Right-to-left scripts and those of India, Thailand and their neighbours: where readers err.
DIFFICULT = re.compile(
    "[\u0590-\u08ff\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]"
)


def opinions(
    path: Path,
    pages: Sequence[Page],
    limits: Limits | None = None,
    stop: Stopping | None = None,
) -> tuple[Page, ...]:
    """Doubtful pages as poppler reads them, for `improved` to judge. Raises Stopped."""
    limits = limits or Limits()
    asked = [page.number for page in pages if _is_doubtful(page)]
    if not asked or programs.found(PROGRAM) is None:
        return ()
    try:
        texts = _texts(path, asked[0], asked[-1], limits, stop)
    except InputError:
        return ()
    return tuple(Page(number, texts[number], reader=READER) for number in asked if number in texts)


def improved(pages: Sequence[Page], opinions: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, those with poppler's words where they read plainly better."""
    texts = {page.number: page.text for page in opinions}
    return tuple(
        _better(page, texts[page.number]) if page.number in texts else page for page in pages
    )


def _is_doubtful(page: Page) -> bool:
    """Whether a page has words that another reader may read better."""
    return bool(page.text) and (page.score < DOUBTFUL or DIFFICULT.search(page.text) is not None)


def _better(page: Page, text: str) -> Page:
    text = "\n\n".join(paragraphs(text.splitlines()))
    scored = score(text)
    if scored <= page.score + PLAINLY:
        return page
    return replace(page, text=text, reader=READER, score=scored)


def _texts(
    path: Path, first: int, last: int, limits: Limits, stop: Stopping | None
) -> dict[int, str]:
    arguments = ["-f", str(first), "-l", str(last), "-enc", "UTF-8", "{file}", "-"]
    written = programs.run(
        PROGRAM,
        arguments,
        path,
        seconds=SECONDS,
        memory=limits.memory,
        output_limit=4 * limits.page_characters * (last - first + 1),
        stop=stop,
    )
    texts = written.decode("utf-8", "replace").split("\f")
    return {number: text[: limits.page_characters] for number, text in enumerate(texts, first)}
