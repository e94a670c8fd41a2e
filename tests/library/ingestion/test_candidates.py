"""Pairs that look alike are kept with their evidence, proposed to staff, and never merged."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, select

from library import metadata as describing
from library.catalogue.editions import duplicates
from library.catalogue.editions import likenesses as kept
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.storage import schema
from library.cli.parts import Library
from library.core.resource import Outcome
from library.ingestion import candidates
from library.operations.check import alike
from tests.library.ingestion.bringing import bring_in, found, only, sound

WORDS = " ".join(f"clause {number} of the agreement of vendors" for number in range(90))
PLACES = ["Managua", "Tegucigalpa", "Oaxaca", "Quetzaltenango", "Cochabamba", "Rosario"]


def pairs(library: Library) -> list[Likeness]:
    candidates.bring_up_to_date(library.catalogue)
    with library.catalogue.read() as conn:
        return [pair for pair, _, _ in kept.every(conn)]


def file_of(library: Library, edition: str) -> str:
    with library.catalogue.read() as conn:
        table = schema.editions
        name: str = conn.scalars(select(table.c.filename).where(table.c.id == edition)).one()
    return name


def test_a_newer_version_is_proposed_and_takes_no_place_by_itself(
    library: Library, inbox: Path
) -> None:
    for year, more in ((2023, "And gloves."), (2019, ""), (2021, "")):
        (inbox / f"agreement-{year}.md").write_text(
            f"# The agreement of vendors\n\n{WORDS} {year} {more}", "utf-8"
        )
        (inbox / f"agreement-{year}.toml").write_text(f'date = "{year}"\n', "utf-8")
    bring_in(library, inbox)
    found = pairs(library)
    assert {pair.kind for pair in found} == {"newer version"}
    named = {(file_of(library, pair.one), file_of(library, pair.other)) for pair in found}
    assert named == {
        ("agreement-2021.md", "agreement-2019.md"),
        ("agreement-2023.md", "agreement-2019.md"),
        ("agreement-2023.md", "agreement-2021.md"),
    }
    assert library.catalogue.totals().resources == 3
    assert all("save the newer over it" in one.remedy for one in alike(library.catalogue))


def test_editions_that_staff_have_joined_are_not_proposed_again(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# The agreement\n\n{WORDS}", "utf-8")
    (inbox / "b.md").write_text(f"# The agreement\n\n{WORDS} Signed.", "utf-8")
    (inbox / "metadata.csv").write_text("file,resource,language\na.md,x,en\nb.md,x,fr\n")
    ended = bring_in(library, inbox)
    assert {one.reason for one in ended.values()} == {""}
    assert pairs(library) == []


def test_a_translation_is_proposed_by_what_it_keeps(library: Library, inbox: Path) -> None:
    numbers = " ".join(
        f"{place} {year}." for place, year in zip(PLACES, range(1987, 1993), strict=True)
    )
    english = "The women who sell in the street met in the hall and founded a union. " * 8
    spanish = "Las mujeres que venden en la calle se reunieron y fundaron un sindicato. " * 8
    (inbox / "table.md").write_text(f"# The table\n\n{english} {numbers}", "utf-8")
    (inbox / "mesa.md").write_text(f"# La mesa\n\n{spanish} {numbers}", "utf-8")
    for number in range(6):
        (inbox / f"other{number}.md").write_text(
            f"# Rain {number}\n\n" + f"It rained in Lima {number} and again. " * 20, "utf-8"
        )
    bring_in(library, inbox)
    [pair] = [pair for pair in pairs(library) if pair.kind == "translation"]
    assert {file_of(library, pair.one), file_of(library, pair.other)} == {"table.md", "mesa.md"}
    assert "Tegucigalpa" in pair.shared
    [told] = [one for one in alike(library.catalogue) if "languages" in one.remedy]
    assert "Tegucigalpa" in told.remedy
    assert library.catalogue.totals().resources == 8


def dated(inbox: Path, year: int) -> None:
    (inbox / f"agreement-{year}.md").write_text(
        f"# The agreement of vendors\n\n{WORDS} {year}", "utf-8"
    )
    (inbox / f"agreement-{year}.toml").write_text(f'date = "{year}"\n', "utf-8")


def test_a_newer_version_that_staff_accepted_keeps_the_address_however_often_it_comes(
    library: Library, inbox: Path
) -> None:
    dated(inbox, 2019)
    first = bring_in(library, inbox)["agreement-2019.md"]
    before = only(library)
    dated(inbox, 2021)
    bring_in(library, inbox)
    [pair] = pairs(library)
    with library.catalogue.write() as writer:
        duplicates.replace(writer, pair.one, pair.other, by="ana", decide=describing.decide)
    library.ingest().index()
    assert pairs(library) == []
    again = bring_in(library, inbox)
    assert {one.outcome for one in again.values()} == {Outcome.UNCHANGED}
    assert {one.resource for one in again.values()} == {first.resource}
    now = only(library)
    assert (now.id, now.slug, str(now.date)) == (before.id, before.slug, "2021")
    assert found(library, "2021") == [now.editions[0].title]
    assert sound(library)


def test_a_dismissed_pair_is_not_told_nor_proposed_again(library: Library, inbox: Path) -> None:
    dated(inbox, 2019)
    dated(inbox, 2021)
    bring_in(library, inbox)
    [pair] = pairs(library)
    with library.catalogue.write() as writer:
        duplicates.dismiss(writer, pair.one, pair.other, by="ana")
        for table in (schema.likenesses, schema.bands, schema.signatures):
            writer.conn.execute(delete(table))
    assert pairs(library) == []
    assert list(alike(library.catalogue)) == []


def test_a_library_from_before_is_marked_and_comes_to_the_same(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# The agreement\n\n{WORDS}", "utf-8")
    (inbox / "b.md").write_text(f"# The agreement\n\n{WORDS} Signed.", "utf-8")
    bring_in(library, inbox)
    before = pairs(library)
    assert len(before) == 1
    with library.catalogue.write() as writer:
        for table in (schema.likenesses, schema.bands, schema.signatures):
            writer.conn.execute(delete(table))
    assert pairs(library) == before


def test_other_words_make_a_document_looked_at_anew(library: Library, inbox: Path) -> None:
    (inbox / "a.md").write_text(f"# The agreement\n\n{WORDS}", "utf-8")
    bring_in(library, inbox)
    assert pairs(library) == []
    with library.catalogue.write() as writer:
        assert kept.unmarked(writer.conn) == []
        writer.conn.execute(schema.editions.update().values(text_bytes=1))
        assert len(kept.unmarked(writer.conn)) == 1
