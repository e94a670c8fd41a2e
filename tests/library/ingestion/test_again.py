"""What failed is told in words staff can act on, and is tried again when there is a reason to."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from library import extractors, sandbox
from library.catalogue.queue import tasks as outbox
from library.catalogue.storage import schema
from library.catalogue.vocabulary import schemes
from library.cli.parts import Library
from library.core.errors import InputError, TooSlow
from library.core.leases import me
from library.core.resource import Outcome, Status
from library.extractors import EXTRACTORS, Extractor
from library.ingestion import candidates, folders
from library.ingestion.filenames import misnamed
from library.ingestion.pipeline import Ended
from library.operations.check import alike
from library.sandbox import reader as sandbox_reader
from library.store import originals
from library.store.holdings import HomeHoldings
from library.store.originals import Place, Stored
from library.vocabularies import edits
from library.vocabularies.concept import Concept
from library.vocabularies.records import difference
from tests import builders, office
from tests.library.extractors.test_office_types import OLD
from tests.library.ingestion.bringing import LONG, bring_in, only, sound
from tests.needs import ROOT

NOTES = {
    "given up",
    "no text",
    "scanned pages",
    "incomplete",
    "not described",
    "unread parts",
    "newer version",
    "duplicate",
    "alike",
    "misnamed",
    "fault",
}


def documented() -> set[str]:
    """The reasons in the table of the page for staff."""
    page = (ROOT / "docs" / "staff.md").read_text("utf-8")
    table = page.partition("| reason |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, re.M))


def test_every_reason_is_documented_and_no_other() -> None:
    kinds = {kind.reason for kind in InputError.__subclasses__()} | {InputError.reason}
    assert documented() == kinds | NOTES


def test_the_reasons_that_ingestion_writes_are_the_ones_documented() -> None:
    code = (ROOT / "library" / "ingestion" / "pipeline.py").read_text("utf-8")
    written = set(re.findall(r'reason="([^"]+)"', code))
    assert written <= documented()


@pytest.mark.parametrize("reader", ["dying", "leaving"])
def test_a_file_that_killed_its_reader_waits_for_another_reader(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    (inbox / "a.txt").write_text(LONG, "utf-8")
    (inbox / "good.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    with monkeypatch.context() as patch:
        row = Extractor("text", words=f"tests.library.sandbox.hostile:{reader}")
        patch.setattr(sandbox_reader, "EXTRACTORS", {**EXTRACTORS, "text/plain": row})
        first = bring_in(library, inbox)
    assert first["good.md"].outcome is Outcome.ADDED
    if reader == "leaving":  # what came before the end is kept
        assert first["a.txt"].outcome is Outcome.PARTIAL
        assert bring_in(library, inbox)["a.txt"].outcome is Outcome.UNCHANGED
        return
    assert first["a.txt"].outcome is Outcome.FAILED
    again = bring_in(library, inbox)["a.txt"]  # the reader that works now is not asked
    assert (again.outcome, again.reason) == (Outcome.FAILED, first["a.txt"].reason)
    monkeypatch.setattr(extractors, "VERSION", extractors.VERSION + " and newer")
    assert bring_in(library, inbox)["a.txt"].outcome is Outcome.ADDED


def test_a_failure_is_forgotten_with_its_cause(library: Library, inbox: Path) -> None:
    """A topic that is known now, a table that was mended, a file that may be read."""
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "a.toml").write_text('topic = "Kerbside parliament"\n', "utf-8")
    for _ in range(2):
        assert bring_in(library, inbox)["a.md"].reason == "unusable"
    topics = library.vocabularies.schemes["topic"]
    kerb = Concept("kerb", "topic", {"en": "Kerbside parliament"})
    with library.catalogue.write() as writer:
        schemes.put(writer.conn, "topic", difference(topics, edits.added(topics, kerb)))
    ended = bring_in(library, inbox)["a.md"]
    assert (ended.outcome, ended.reason) == (Outcome.ADDED, "")


def test_a_table_that_was_mended_is_read(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "metadata.csv").write_text("name,title\na.md,\n", "utf-8")
    for _ in range(2):
        assert bring_in(library, inbox)["a.md"].reason == "unusable"
    (inbox / "metadata.csv").write_text("file,title\na.md,\n", "utf-8")
    assert bring_in(library, inbox)["a.md"].outcome is Outcome.ADDED


def test_a_program_that_was_installed_is_asked(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.doc").write_bytes(office.ole("1Table", "WordDocument", first=OLD))
    monkeypatch.setattr("library.sandbox.libreoffice.installed", lambda: None)
    first = bring_in(library, inbox)["a.doc"]
    assert first.outcome is Outcome.FAILED
    asked: list[Path] = []
    whole = sandbox.take

    def take(original: Path, *words: Any, **more: Any) -> tuple[str, sandbox.Reading]:
        asked.append(original)
        return whole(original, *words, **more)

    monkeypatch.setattr(sandbox, "take", take)
    assert bring_in(library, inbox)["a.doc"].reason == first.reason
    assert not asked
    monkeypatch.setattr("library.sandbox.libreoffice.installed", lambda: Path("/nowhere"))
    bring_in(library, inbox)
    assert len(asked) == 1


@pytest.mark.parametrize("kind", InputError.__subclasses__())
def test_what_lies_beside_a_file_is_asked_again_and_what_is_in_it_is_not(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch, kind: type[InputError]
) -> None:
    (inbox / "a.txt").write_text(LONG, "utf-8")

    def fails(*_: object, **more: object) -> None:
        raise kind("a.txt failed.")

    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "take", fails)
        assert bring_in(library, inbox)["a.txt"].reason == kind.reason
    again = bring_in(library, inbox)["a.txt"]
    assert again.outcome is (Outcome.FAILED if kind.lasting else Outcome.ADDED)


def test_a_file_that_is_not_what_its_name_says_is_read_and_noted(
    library: Library, inbox: Path
) -> None:
    (inbox / "page.pdf").write_text(f"<!doctype html><h1>Our bins</h1><p>{LONG}</p>", "utf-8")
    ended = bring_in(library, inbox)["page.pdf"]
    assert (ended.outcome, ended.reason) == (Outcome.ADDED, "misnamed")
    assert "is named .pdf and is HTML" in ended.said
    assert only(library).editions[0].media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.pdf", "application/pdf"),
        ("a.txt", "text/html"),
        ("a", "text/plain"),
        ("a.md", "text/plain"),
    ],
)
def test_names_that_say_what_a_file_is_are_not_noted(name: str, media_type: str) -> None:
    assert misnamed(name, media_type) is None


def test_a_near_duplicate_is_added_and_said_to_look_like_the_other(
    library: Library, inbox: Path
) -> None:
    words = " ".join(f"word{number} of the vendors" for number in range(120))
    (inbox / "a.md").write_text(f"# Our pavement\n\n{words}", "utf-8")
    first = bring_in(library, inbox)["a.md"]
    body = textwrap.fill(words, 80)
    sheet = [builders.Text("Our pavement", size=20, y=780), *builders.lines(body, top=740)]
    (inbox / "b.pdf").write_bytes(builders.pdf([sheet]))
    (inbox / "c.md").write_text(f"# Our pavement\n\n{words} And one more.", "utf-8")
    ended = bring_in(library, inbox)
    for name in ("b.pdf", "c.md"):
        assert (ended[name].outcome, ended[name].reason) == (Outcome.ADDED, "alike")
        assert "looks like “Our pavement”, resource" in ended[name].said
    assert str(first.resource) in ended["b.pdf"].said
    candidates.bring_up_to_date(library.catalogue)
    (found,) = alike(library.catalogue)  # one, of all that look like each other
    assert len(found.subject.split()) == 3
    assert library.catalogue.totals().resources == 3


@pytest.mark.parametrize("known", [False, True])
def test_what_somebody_else_read_meanwhile_is_not_read_once_more(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """Between the look at what is known of a file and the note that it is read lies its copy."""
    file = inbox / "a.md"
    file.write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    if known:  # it came before, and could not be read
        with library.catalogue.write() as writer:
            sha256, size = originals.checksum(file)
            writer.store_original(sha256, size, file.name)
            outbox.record(writer.conn, str(file), sha256, {}, Status.PUBLISHED, me(), 60)
    work, other = library.ingest(), library.ingest()
    put_all = HomeHoldings.put_all
    elsewhere: list[Ended] = []

    def slowly(
        self: HomeHoldings, files: Sequence[tuple[Path, Place | None]]
    ) -> list[Stored | InputError]:
        kept = put_all(self, files)
        monkeypatch.undo()
        elsewhere.extend(other.files(folders.find([inbox])))
        return kept

    monkeypatch.setattr(HomeHoldings, "put_all", slowly)
    [ended] = work.files(folders.find([inbox]))
    assert [one.outcome for one in elsewhere] == [Outcome.ADDED]
    assert (ended.outcome, ended.resource) == (Outcome.UNCHANGED, elsewhere[0].resource)
    [arrival] = [row.arrival for row in seen(library)]
    assert arrival.outcome is Outcome.ADDED
    assert sound(library)


def seen(library: Library) -> list[outbox.Seen]:
    with library.catalogue.read() as conn:
        return outbox.seen(conn, 5)


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_read_by_two_stays_as_the_first_of_them_noted_it(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """Who is silent for longer than a file is theirs has it taken by somebody else."""
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    take = sandbox.take
    elsewhere: list[Ended] = []

    def slowly(*args: Any, **more: Any) -> Any:
        taken = take(*args, **more)
        monkeypatch.undo()
        with library.catalogue.write() as writer:
            writer.conn.execute(update(schema.arrivals).values(until="2000"))
        elsewhere.extend(library.ingest().files(folders.find([inbox])))
        if fails:
            raise TooSlow("too slow", seconds="1")
        return taken

    monkeypatch.setattr(sandbox, "take", slowly)
    [ended] = library.ingest().files(folders.find([inbox]))
    assert [one.outcome for one in elsewhere] == [Outcome.ADDED]
    assert (ended.outcome, ended.resource) == (Outcome.ADDED, elsewhere[0].resource)
    [row] = seen(library)
    assert (row.arrival.outcome, row.arrival.edition) == (
        Outcome.ADDED,
        only(library).editions[0].id,
    )
    assert not row.describing
    assert sound(library)
