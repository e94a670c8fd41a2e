"""A new document is described by what staff said of those the library holds."""

from __future__ import annotations

from pathlib import Path

from library.cli.parts import Library
from library.core.resource import Statement
from library.ingestion import experience, folders
from library.metadata import decide
from library.metadata.experience import ENOUGH


def test_what_staff_say_of_a_house_is_known_for_its_next_document(
    library: Library, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    rows = ["file,publisher,audience"]
    for number in range(ENOUGH + 12):
        name = f"note-{number}.txt"
        (inbox / name).write_text(f"Note {number} of the month\n\nRain fell on {number} days.\n")
        rows.append(f"{name},The Weather House,researchers")
    (inbox / "metadata.csv").write_text("\n".join(rows) + "\n", "utf-8")
    list(library.ingest().files(folders.find([inbox]), jobs=2))
    guesses = (
        Statement("publisher", "The Weather House", "guess", (), 0.8),
        Statement("audience", ("researchers",), "guess", (), 0.2),
    )
    with library.catalogue.read() as conn:
        known = experience.Experiences(conn)
    learned, stranger = known.applied(guesses), known.applied(guesses[1:])
    assert decide(learned)["audience"].value == ("researchers",)
    assert "audience" not in decide(stranger)
