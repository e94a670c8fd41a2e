"""Scans that staff want to be read once more, in languages that can be read here."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.catalogue.arrivals import rescans
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.core.errors import UsageError
from library.core.resource import NOISE, Page, Status
from tests.library.catalogue.builders import decide, edition


def put(catalogue: Catalogue, sha: str, *pages: Page) -> str:
    one = edition(sha, pages=len(pages))
    with catalogue.write() as writer:
        writer.store_original(one.sha256, one.bytes, one.filename)
        return writer.file(one, list(pages), [], decide, status=Status.DRAFT).edition


def test_the_languages_are_those_the_last_worker_told(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert rescans.languages(writer.conn) == ()
        rescans.tell_languages(writer.conn, ["hi", "en"])
        rescans.tell_languages(writer.conn, ["fr", "ar"])
        assert rescans.languages(writer.conn) == ("ar", "fr")
        rescans.tell_languages(writer.conn, [])
        assert rescans.languages(writer.conn) == ()


def test_a_scan_is_what_only_a_picture_can_give(catalogue: Catalogue) -> None:
    words = Page(1, "Words.", reader="pdfium", score=1.0)
    scans = {
        put(catalogue, "a", words, Page(2, "Rd", reader="tesseract eng", score=0.9)),
        put(catalogue, "b", words, Page(2, "#### ,,", reader="pdfium", score=NOISE - 0.01)),
        put(catalogue, "c", Page(1, " ", reader="pdfium", score=1.0)),
    }
    none = put(catalogue, "d", words)
    left_out = put(catalogue, "e", Page(1, "", reader="pdfium"))
    with catalogue.read() as conn:
        assert rescans.with_scans(conn, [*scans, none]) == scans
        assert left_out not in rescans.with_scans(conn, [none])


def test_it_is_owed_and_told_and_staffs_language_stays(catalogue: Catalogue) -> None:
    scan = put(catalogue, "a", Page(1, "", reader="pdfium"))
    with catalogue.write() as writer:
        conn = writer.conn
        assert rescans.owed(conn, [scan]) == frozenset()
        assert rescans.ask(writer, scan, ["es", "en"], by="rosa") == f"{scan}/es+en"
        tasks.owe(conn, rescans.KIND, ["another/en"])
        assert rescans.owed(conn, [scan, "none"]) == {scan}
        [change] = history.entries(conn, 9)
        assert (change.by, change.action, change.subject) == (
            "rosa", rescans.ACTION, writer.resource_of(scan),
        )  # fmt: skip
        assert change.after == {"filename": "a.pdf", "languages": ["es", "en"]}


def test_what_has_no_scan_or_no_language_is_refused(catalogue: Catalogue) -> None:
    scan = put(catalogue, "a", Page(1, "", reader="pdfium"))
    words = put(catalogue, "b", Page(1, "Words.", reader="pdfium", score=1.0))
    with catalogue.write() as writer:
        for one, codes in ((scan, []), (words, ["en"]), ("none", ["en"])):
            with pytest.raises(UsageError, match="no scanned page"):
                rescans.ask(writer, one, codes, by="rosa")
        assert tasks.owed(writer.conn, rescans.KIND) == 0
