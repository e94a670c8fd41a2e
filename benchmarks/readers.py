"""The readers that are compared: this library's, and those it is measured beside.

Each takes a PDF and gives the text of its pages in order. A peer that is not installed is None.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from pdfminer.high_level import extract_pages, extract_text

from library.core.resource import Page
from library.extractors import Limits, pdf_layout, pdf_words
from library.extractors.quality import better, joined

Reader = Callable[[Path], Sequence[str]]
OURS = "this library"
WHOLE = "with heads"  # the same, with running heads kept


def pages(path: Path, *, whole: bool = False) -> list[Page]:
    """The pages as they are kept and indexed: both readings, joined as ingestion joins them.

    `whole` keeps the running heads, which are not indexed where the layout is known.
    """
    limits = Limits()
    data = path.read_bytes()
    laid_out = {
        page.number: page
        for page in pdf_layout.read(io.BytesIO(data), limits, whole=whole)
        if isinstance(page, Page)
    }
    words = [page for page in pdf_words.read(io.BytesIO(data), limits) if isinstance(page, Page)]
    return [_joined(page, laid_out.get(page.number)) for page in words]


def _joined(words: Page, laid_out: Page | None) -> Page:
    kept = laid_out is None or better(words.text, laid_out.text) == words.text
    return joined(words, laid_out, words_read_better=kept)


def ours(path: Path) -> Sequence[str]:
    return [page.text for page in pages(path)]


def whole(path: Path) -> Sequence[str]:
    return [page.text for page in pages(path, whole=True)]


def pypdfium(path: Path) -> Sequence[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def pdfminer(path: Path) -> Sequence[str]:
    return extract_text(path).split("\f")[:-1]


def pdftotext(path: Path) -> Sequence[str]:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    ended = subprocess.run(command, capture_output=True, check=False)
    return ended.stdout.decode("utf-8", "replace").split("\f")[:-1]


def pypdf(path: Path) -> Sequence[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def readers() -> Mapping[str, Reader | None]:
    """Everybody by name, ours first."""
    return {
        OURS: ours,
        WHOLE: whole,
        "pypdfium2": pypdfium,
        "pdfminer.six": pdfminer,
        "pdftotext": pdftotext if shutil.which("pdftotext") else None,
        "pypdf": pypdf if find_spec("pypdf") else None,
    }


def layout(path: Path) -> int:
    """Read a file's layout as the library does; how many pages."""
    with path.open("rb") as file:
        return sum(isinstance(one, Page) for one in pdf_layout.read(file, Limits()))


def stock_layout(path: Path) -> int:
    """Read a file's layout as pdfminer.six does by itself; how many pages."""
    return sum(1 for _ in extract_pages(path))
