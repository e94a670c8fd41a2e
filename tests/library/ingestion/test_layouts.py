"""What an older reader laid out is laid out once more on request, and nothing else changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from library import sandbox
from library.catalogue import Catalogue
from library.catalogue.queue import tasks as outbox
from library.cli.parts import Library
from library.core.resource import Page
from library.extractors import LAYOUT
from library.ingestion import layouts
from library.operations.check import older_layouts
from tests import needs
from tests.builders import Text, lines, pdf
from tests.library.cli.test_commands import library as command
from tests.library.ingestion.bringing import bring_in, found, only


def law(name: str) -> bytes:
    """Three pages that begin with an article each."""
    pages = [
        [
            Text(f"Article {number}", 72, 760, 14, bold=True),
            *lines(f"{name} covers every worker, {number} times over.", top=735),
        ]
        for number in (23, 24, 25)
    ]
    return pdf(pages, title=name)


def age(catalogue: Catalogue) -> None:
    """Let all pages be as an older reader left them: without what begins them."""
    for id_ in catalogue.every():
        work = catalogue.resource(id_)
        assert work
        for edition in work.editions:
            older = [
                replace(
                    page,
                    text=page.text.partition("\n")[2].strip(),
                    blocks=page.blocks[1:],
                    layout="pdfminer",
                )
                for page in catalogue.pages(edition.id)
            ]
            with catalogue.write() as writer:
                writer.lay_out(edition.id, older, ())


def test_what_was_laid_out_before_is_found_and_laid_out_anew(library: Library, inbox: Path) -> None:
    (inbox / "law.pdf").write_bytes(law("The law of the market"))
    (inbox / "law.toml").write_text('topic = ["organising"]\ntitle = "Market law"', "utf-8")
    bring_in(library, inbox)
    assert list(older_layouts(library.catalogue)) == []
    age(library.catalogue)
    list(library.ingest().layouts())
    assert found(library, '"article 24"') == []

    [finding] = older_layouts(library.catalogue)
    assert "work --again-layout" in finding.remedy
    assert layouts.owe(library.catalogue) == 1
    assert list(older_layouts(library.catalogue)) == []  # it is owed
    assert layouts.owe(library.catalogue) == 0
    list(library.ingest().layouts())

    edition = only(library).editions[0]
    pages = library.catalogue.pages(edition.id)
    assert [page.text.split("\n")[0] for page in pages] == [f"Article {n}" for n in (23, 24, 25)]
    assert [page.layout for page in pages] == [LAYOUT] * 3
    assert edition.title == "Market law"
    assert only(library).filed("topic") == ("organising",)
    assert found(library, '"article 24"') == ["Market law"]
    assert list(older_layouts(library.catalogue)) == []


def test_stopped_it_goes_on_later(library: Library, inbox: Path) -> None:
    for name in ("one", "two", "three"):
        (inbox / f"{name}.pdf").write_bytes(law(f"Law {name} of the market"))
    bring_in(library, inbox)
    age(library.catalogue)
    assert layouts.owe(library.catalogue) == 3
    work = library.ingest()
    rounds = work.layouts()
    next(rounds)
    work.stopping.set()
    with suppress(sandbox.Stopped):
        list(rounds)
    with library.catalogue.write() as writer:
        outbox.free_the_dead(writer.conn)
        left = outbox.owed(writer.conn, layouts.KIND)
    assert 0 < left < 3
    assert layouts.owe(library.catalogue) == 0
    list(library.ingest().layouts())
    assert layouts.older(library.catalogue) == []


def test_words_from_pictures_stay() -> None:
    held = [
        Page(1, "read from the picture", reader="tesseract", score=0.9),
        Page(2, "old", label="ii"),
    ]
    fresh = [Page(1, "", reader="pdfium"), Page(2, "new", reader="pdfium")]
    assert [page.text for page in layouts.words_anew(held, fresh)] == [
        "read from the picture",
        "new",
    ]
    assert layouts.words_anew(held, fresh)[1].label == "ii"
    assert layouts.words_anew(held, []) == held


@needs.SQLITE
def test_the_command_lays_out_anew_and_ends(library: Library, inbox: Path) -> None:
    home = library.settings.home
    (inbox / "law.pdf").write_bytes(law("The law of the market"))
    bring_in(library, inbox)
    age(library.catalogue)
    checked = command(home, "check")
    assert checked.returncode == 0
    assert "laid out by an older reader" in checked.stdout
    done = command(home, "work", "--again-layout")
    assert (done.returncode, done.stdout) == (0, "1 document was laid out once more.\n")
    assert list(older_layouts(library.catalogue)) == []
    assert "no document" in command(home, "work", "--again-layout").stdout.lower()
    assert found(library, '"article 24"') == ["The law of the market"]
