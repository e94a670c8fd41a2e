"""Scans are read from their pictures, in the right language, and say so."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from index.query import Query
from index.text.syntax import parse
from library.catalogue.queue import tasks
from library.cli.parts import Library
from library.core.errors import Unsupported
from library.core.messages import Message
from library.core.resource import PICTURES, STRANGE, Edition, Outcome, Page, Resource, Status
from library.ingestion import folders, ocr, scans
from library.ingestion.pipeline import Ended
from library.operations.check import check
from library.operations.worker import Worker
from tests import needs
from tests.builders import content, lines
from tests.library.extractors.test_pictured import TEXT, document

SAMPLE = needs.ROOT / "sample" / "library"
SCAN = SAMPLE / "scan0007_delegates.pdf"


@pytest.fixture(scope="module")
def page_of_a_scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of the scan alone: each is seconds of work."""
    path = tmp_path_factory.mktemp("scan") / SCAN.name
    with closing(pdfium.PdfDocument(SCAN)) as whole, closing(pdfium.PdfDocument.new()) as page:
        page.import_pages(whole, [0])
        page.save(path)
    return path


def bring_in(library: Library, *paths: Path, **fields: str) -> list[Ended]:
    found = [folders.Found(path, dict(fields)) for path in paths]
    work = library.ingest()
    ended = list(work.files(found, status=Status.PUBLISHED))
    list(work.layouts())
    list(scans.every(work))
    return ended


def only(library: Library) -> tuple[Resource, Edition, list[Page]]:
    (id_,) = library.catalogue.every()
    resource = library.catalogue.resource(id_)
    assert resource is not None
    edition = resource.editions[0]
    return resource, edition, library.catalogue.pages(edition.id)


def found(library: Library, words: str) -> list[str]:
    return [hit.id for hit in library.engine.search(Query(parse(words).tree)).hits]


def test_a_scan_is_found_by_its_words_and_known_by_them(library: Library, tmp_path: Path) -> None:
    needs.command("tesseract")
    path = shutil.copy(SCAN, tmp_path / "img_0001.pdf")
    (ended,) = bring_in(library, path)
    assert "A scan" in ended.said
    resource, edition, pages = only(library)
    assert found(library, '"notebook is locked away"') == [resource.id]
    assert edition.title == "The Case Notebook"
    assert edition.language == "en"
    assert edition.scanned == 3
    assert 0.7 < edition.text_quality < 1
    assert all(page.scanned for page in pages)
    assert pages[0].blocks[1].kind == "heading"
    assert resource.slug == "the-case-notebook"
    assert library.catalogue.by_slug("img-0001") is not None
    with library.catalogue.read() as conn:
        assert tasks.owed(conn, "ocr") == tasks.owed(conn, "index") == 0


def test_staffs_word_on_the_language_has_it_read_again(
    library: Library, page_of_a_scan: Path
) -> None:
    needs.command("tesseract")
    bring_in(library, page_of_a_scan, language="en")
    assert {page.reader for page in only(library)[2]} == {"tesseract eng"}
    bring_in(library, page_of_a_scan, language="es")
    assert {page.reader for page in only(library)[2]} == {"tesseract spa"}


def test_a_scan_is_read_again_in_the_languages_that_are_asked_for(
    library: Library, page_of_a_scan: Path
) -> None:
    needs.command("tesseract")
    bring_in(library, page_of_a_scan, language="es")
    _, edition, pages = only(library)
    before = [page.text for page in pages]
    assert scans.again(library.ingest(), edition, ("en", "fr"))
    _, edition, pages = only(library)
    assert {page.reader for page in pages} == {"tesseract eng+fra"}
    assert [page.text for page in pages] != before
    assert edition.language == "es"  # staff's word stays
    with library.catalogue.read() as conn:
        assert tasks.owed(conn, "ocr") == tasks.owed(conn, "index") == 0


def test_what_cannot_be_read_again_is_refused_with_a_remedy(library: Library) -> None:
    needs.command("tesseract")
    bring_in(library, SAMPLE / "first-48-hours-en.pdf")
    edition = only(library)[1]
    with pytest.raises(Unsupported, match="has no scanned page"):
        scans.again(library.ingest(), edition, ("en",))
    with pytest.raises(Unsupported, match="has no data for qya"):
        scans.again(library.ingest(), edition, ("qya",))


def test_without_tesseract_a_scan_waits(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (ended,) = bring_in(library, SCAN, title="The case notebook")
    assert "install tesseract-ocr" in ended.said
    resource, edition, pages = only(library)
    assert found(library, "notebook") == [resource.id]
    assert not edition.text_bytes
    assert not edition.scanned
    assert not any(page.scanned for page in pages)
    found_wrong = check(library.settings, library.catalogue, library.engine, library.vocabularies)
    (finding,) = found_wrong
    assert (finding.finding, finding.subject) == ("scans wait to be read", "1")
    assert "tesseract-ocr" in finding.remedy


def test_once_tesseract_is_there_the_worker_takes_up_what_waits(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs.command("tesseract")
    path = tmp_path / "notice.png"
    drawn = Image.new("L", (1_500, 600), "white")
    font = ImageFont.load_default(size=60)
    ImageDraw.Draw(drawn).text((80, 200), "The market opens on Monday", "black", font)
    drawn.save(path)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        bring_in(library, path, language="en")
        assert not found(library, "Monday")
    worker = Worker(library.ingest())
    while worker.once():
        pass
    resource, edition, (page,) = only(library)
    assert found(library, '"market opens on Monday"') == [resource.id]
    assert page.text == "The market opens on Monday"
    assert edition.scanned == 1


def test_what_cannot_be_read_is_tried_once(library: Library, tmp_path: Path) -> None:
    needs.command("tesseract")
    path = tmp_path / "empty.png"
    Image.new("L", (800, 1_000), "white").save(path)
    bring_in(library, path)
    _, edition, (page,) = only(library)
    assert page.scanned
    assert page.unreadable
    assert not edition.scanned
    assert not list(scans.every(library.ingest()))


def test_what_has_words_is_not_read_from_pictures(library: Library) -> None:
    bring_in(library, SAMPLE / "first-48-hours-en.pdf")
    with library.catalogue.read() as conn:
        assert tasks.owed(conn, "ocr") == 0


def test_noise_is_not_searched() -> None:
    page = Page(1, "W$ l5 77+ q%", score=0.1)
    assert page.unreadable
    assert not replace(page, score=0.9).unreadable


def test_the_table_of_tesseract_becomes_paragraphs_and_headings() -> None:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"

    def line(block: int, number: int, height: int, conf: float, words: str) -> list[str]:
        return [
            f"5\t1\t{block}\t1\t{number}\t{place}\t0\t0\t9\t{height}\t{conf}\t{word}"
            for place, word in enumerate(words.split(), 1)
        ]

    rows = [
        head.replace(" ", "\t"),
        *line(1, 1, 60, 96, "Our rights"),
        *line(2, 1, 20, 95, "We sell on the pave-"),
        *line(2, 2, 20, 93, "ment every day."),
        *line(2, 3, 20, 12, "Se Ss ——— SESE"),
    ]
    words = ocr.words_of([group for group in ocr.lines_of("\n".join(rows), " ") if group])
    assert [(block.kind, block.text) for block in words.blocks] == [
        ("heading", "Our rights"),
        ("paragraph", "We sell on the pavement every day."),
    ]
    assert 0.9 < words.confidence < 1


def test_a_scan_among_typed_pages_is_said_and_read_when_it_can_be(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs.command("tesseract")
    stamp = content(lines("17", top=30))
    path = tmp_path / "minutes.pdf"
    path.write_bytes(document((None, content(TEXT)), (lined(), stamp), (None, b"")))
    with monkeypatch.context() as patch:
        patch.setattr(ocr, "installed", lambda: False)
        [ended] = bring_in(library, path)
        _, edition, pages = only(library)
        assert ended.outcome is Outcome.PARTIAL and ended.reason == "unread parts"
        assert edition.unread == (Message(PICTURES, {"pages": "2"}),)
        assert [page.pictured for page in pages] == [False, True, False]
    list(scans.every(library.ingest()))
    _, edition, pages = only(library)
    assert edition.unread == () and pages[1].scanned
    assert "market" in pages[1].text
    again = tmp_path / "other.pdf"
    again.write_bytes(document((None, content(TEXT + TEXT)), (lined(), stamp)))
    [ended] = bring_in(library, again)
    assert ended.outcome is Outcome.ADDED and ended.reason == "scanned pages"
    assert ended.said.endswith(": 2.")


def lined() -> Image.Image:
    """A picture of a page of words that can be read."""
    picture = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(28)
    for line in range(40):
        draw.text((100, 100 + 38 * line), "The women of the market met and agreed.", 0, font)
    return picture


def test_the_language_that_a_scan_turns_out_to_have(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read again in that where Tesseract has learnt it, and else that is said."""
    path = tmp_path / "scan.txt"
    path.write_text("The committee reads the ledger aloud, and every seller can hear it.\n" * 3)
    bring_in(library, path, language="en")
    _, edition, (page,) = only(library)

    def read_in(names: str, learnt: set[str]) -> tuple[Message, ...]:
        monkeypatch.setattr(ocr, "_held", lambda program: frozenset(learnt))
        with library.catalogue.write() as writer:
            writer.reread(edition.id, [replace(page, reader=f"tesseract {names}")], ())
            scans._in_its_language(writer, edition.id)
        return only(library)[1].unread

    (said,) = read_in("fra+spa", {"fra", "spa"})
    assert said.code == STRANGE and "tesseract-ocr-eng" in said.whole()
    read_in("fra+spa", {"fra", "spa", "eng"})
    with library.catalogue.read() as conn:
        assert list(tasks.subjects(conn, "ocr")) == [f"{edition.id}/en"]
    assert not read_in("eng", {"fra", "spa", "eng"})
