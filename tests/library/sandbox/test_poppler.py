"""Poppler is asked for pages that read badly, and believed where it reads better."""

from __future__ import annotations

from pathlib import Path

from library import sandbox
from library.core.resource import Page
from library.extractors import Limits
from library.sandbox import poppler
from tests import needs

SAMPLE = needs.ROOT / "sample" / "library"


def test_hindi_that_one_reader_breaks_is_whole_by_another() -> None:
    needs.command("pdftotext")
    path = SAMPLE / "hour-worth-hi.pdf"
    words = sandbox.read(path, "application/pdf", layout=False).pages
    pages = poppler.improved(words, poppler.opinions(path, words, Limits()))
    assert [page.reader for page in pages] == ["poppler"] * len(words)
    assert "ठे के दा र" not in pages[0].text
    assert all(new.score > old.score for new, old in zip(pages, words, strict=True))
    assert [page.number for page in pages] == [page.number for page in words]


def test_what_reads_well_stays(tmp_path: Path) -> None:
    needs.command("pdftotext")
    good = Page(1, "All of it was read well, and nobody else is asked.", reader="pdfium")
    missing = tmp_path / "missing.pdf"
    assert poppler.opinions(missing, [good], Limits()) == ()
    bad = Page(2, "\ufffd\ufffd\ufffd", reader="pdfium", score=0.0)
    missing.write_bytes(b"not a PDF")
    assert poppler.opinions(missing, [good, bad], Limits()) == ()
    assert poppler.improved([good, bad], [Page(2, "\ufffd")]) == (good, bad)
