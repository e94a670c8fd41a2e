"""A layout or a scan that could not be described: it is kept, said, and described once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from library.catalogue.queue import backlog
from library.catalogue.queue import tasks as outbox
from library.catalogue.storage import schema
from library.cli.parts import Library
from library.ingestion import description, folders, layouts, ocr, scans
from library.operations.check import check
from tests import needs
from tests.library.ingestion.bringing import bring_in, only
from tests.library.ingestion.test_layouts import age, law
from tests.library.ingestion.test_scans import SCAN

DYING = "tests.library.ingestion.dying"


def later(library: Library) -> None:
    """Let it be the time at which what was given back is free again."""
    with library.catalogue.write() as writer:
        writer.conn.execute(update(schema.tasks).values(until=""))


def stuck(library: Library) -> list[str]:
    with library.catalogue.read() as conn:
        return [kind for kind, _, _ in outbox.stuck(conn)]


def test_a_layout_that_is_not_described_waits_is_said_and_is_tried_again(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "law.pdf").write_bytes(law("The law of the market"))
    bring_in(library, inbox)
    age(library.catalogue)
    assert layouts.owe(library.catalogue) == 1
    with monkeypatch.context() as patch:
        patch.setattr(description, "CHILD", DYING)
        list(library.ingest().layouts())
        with library.catalogue.read() as conn:
            (waits,) = (one for one in backlog.backlogs(conn) if one.kind == "layout")
            assert waits.waiting == 1
        list(library.ingest().layouts())  # not at once
        for attempt in range(outbox.ATTEMPTS - 1):
            assert stuck(library) == [], attempt
            later(library)
            list(library.ingest().layouts())
    assert stuck(library) == ["layout"]
    pages = library.catalogue.pages(only(library).editions[0].id)
    assert all("covers every worker" in page.text for page in pages)
    findings = check(library.settings, library.catalogue, library.engine, library.vocabularies)
    (finding,) = (one for one in findings if one.finding == "a task was given up (layout)")
    assert finding.mend is not None
    finding.mend()
    list(library.ingest().layouts())
    assert stuck(library) == []
    with library.catalogue.read() as conn:
        assert outbox.owed(conn, "layout") == 0
    edition = only(library).editions[0]
    texts = [page.text.split("\n")[0] for page in library.catalogue.pages(edition.id)]
    assert texts == [f"Article {number}" for number in (23, 24, 25)]


def test_a_scan_that_is_not_described_keeps_its_words_and_is_described_later(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs.command("tesseract")
    assert ocr.installed()
    list(library.ingest().files([folders.Found(SCAN)]))
    list(library.ingest().layouts())
    with monkeypatch.context() as patch:
        patch.setattr(description, "CHILD", DYING)
        list(scans.every(library.ingest()))
    edition = only(library).editions[0]
    assert all(page.scanned for page in library.catalogue.pages(edition.id))
    assert edition.title != "The Case Notebook"
    with library.catalogue.read() as conn:
        assert outbox.owed(conn, "ocr") == 1
    later(library)
    list(scans.every(library.ingest()))
    assert only(library).editions[0].title == "The Case Notebook"
    with library.catalogue.read() as conn:
        assert outbox.owed(conn, "ocr") == 0
