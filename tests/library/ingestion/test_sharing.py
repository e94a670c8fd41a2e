"""A paragraph that several documents share is the summary of none but the first."""

from __future__ import annotations

from pathlib import Path

from library.catalogue.resources import queries
from library.cli.parts import Library
from library.ingestion import folders

HOUSE = (
    "The Rain House studies how people live with water, and gives its findings to all who ask for "
    "them, in the hope that towns will build better drains and keep their markets dry."
)


def summaries(library: Library) -> list[str]:
    with library.catalogue.read() as conn:
        ids = queries.every_resource(conn, public=False)
        found = queries.resources(conn, ids, public=False)
        return sorted(edition.summary for work in found for edition in work.editions)


def test_the_paragraph_of_a_house_is_no_summary_twice(library: Library, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    subjects = {"drains": "Drains", "roofs": "Roofs", "stairs": "Stairs"}
    for name, title in subjects.items():
        text = f"# {title}\n\n{HOUSE}\n\n" + f"The {name} were counted street by street. " * 12
        (inbox / f"{name}.md").write_text(text, "utf-8")
    list(library.ingest().files(folders.find([inbox]), jobs=1))
    found = summaries(library)
    assert len(found) == 3
    assert sum(HOUSE[:60] in summary for summary in found) == 1


def test_a_document_read_anew_keeps_its_own_summary(library: Library, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    path = inbox / "drains.md"
    for times in (12, 14):
        path.write_text(f"# Drains\n\n{HOUSE}\n\n" + "The drains were counted. " * times, "utf-8")
        list(library.ingest().files(folders.find([inbox]), jobs=1))
    assert [HOUSE[:60] in summary for summary in summaries(library)] == [True]
