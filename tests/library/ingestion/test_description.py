"""Documents are described where they can stop nothing, and come in whatever becomes of that."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from library.cli.parts import Library
from library.core.errors import NotUsable
from library.core.resource import Block, Edition, Outcome, Page, Said
from library.extractors import Limits
from library.ingestion import description
from library.ingestion.description import Asked, Describing
from library.ingestion.pipeline import Ingest
from library.metadata import describe
from library.metadata.passages import marked
from library.sandbox import reader
from library.sandbox.children import Child, Nursing
from tests.library.ingestion.bringing import LONG, bring_in, found, sound

HERE = "tests.library.ingestion.unending"
SECONDS = 10.0  # for what never ends; the rest takes a tenth of a second
FRENCH = "Les vendeurs de rue tiennent le trottoir propre et nourrissent leurs voisins. " * 5


@pytest.fixture
def unending(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library whose children are those of unending.py, with little time once they are warm."""
    monkeypatch.setattr(description, "CHILD", HERE)
    monkeypatch.setattr(reader, "TAKING", f"{HERE}:told_and_read")
    library.ingest().describing().passages([Page(1, LONG)], filename="first.md", language="en")
    bounds = partial(Limits, telling_seconds=SECONDS, description_seconds=SECONDS)
    monkeypatch.setattr(reader, "Limits", bounds)
    monkeypatch.setattr(
        Ingest,
        "describing",
        lambda self: Describing(self.settings, self.vocabularies, bounds(), self.stopping),
    )
    return library


def editions(library: Library) -> dict[str, Edition]:
    works = library.catalogue.resources(library.catalogue.every())
    return {edition.filename: edition for work in works for edition in work.editions}


def test_documents_that_cannot_be_described_stop_nothing_and_come_in(
    unending: Library, inbox: Path
) -> None:
    names = ("slow", "always-slow", "hungry", "dying", "babbling", "late", "good-1", "good-2")
    for number, name in enumerate(names):
        head = (
            "---\ntitle: The pavement is ours\nauthor: Ana Pérez\n---\n" if name == "slow" else ""
        )
        words = f"# Vendors of market {number}\n\nmarker{number} {LONG}\n\n{FRENCH}"
        (inbox / f"{name}.md").write_text(f"{head}{words}", "utf-8")
    ended = bring_in(unending, inbox)
    held = editions(unending)
    for number, name in enumerate(names):
        one = ended[f"{name}.md"]
        good = name.startswith("good")
        assert one.outcome is (Outcome.ADDED if good else Outcome.PARTIAL), one
        assert found(unending, f"marker{number}") == [held[f"{name}.md"].title]
        if not good:
            assert one.reason == "not described" and f"{name}.md" in one.said
    assert held["good-1.md"].title == "Vendors of market 6"
    # What the file says of itself is still known; else its name is its title.
    assert (held["slow.md"].title, held["slow.md"].authors) == (
        "The pavement is ours",
        ("Ana Pérez",),
    )
    assert held["always-slow.md"].title == "always-slow"
    assert held["late.md"].title == "Vendors of market 5"  # what was told before is kept
    assert sound(unending)


def asked(name: str, words: str) -> Asked:
    text = f"{words} {LONG}"
    block = Block("heading", words, 1)
    return Asked((Page(1, text, (block, Block("paragraph", text))),), Said(), f"{name}.md", None)


@pytest.mark.parametrize("order", ["dying good-1 good-2", "good-1 dying good-2", "good-1 dying"])
def test_only_what_was_not_finished_is_described_again(
    unending: Library, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    names = order.split()
    begun: list[str] = []
    child = Nursing.child

    def counted(self: Nursing, task: dict[str, Any], given: int, name: str) -> Child:
        begun.append(name)
        return child(self, task, given, name)

    monkeypatch.setattr(Nursing, "child", counted)
    work = unending.ingest().describing()
    made = work.documents([asked(name, f"Rights of {name}") for name in names])
    assert {name: one.problem is None for name, one in zip(names, made, strict=True)} == {
        name: name != "dying" for name in names
    }
    assert all(one.told for name, one in zip(names, made, strict=True) if name != "dying")
    alone = names[names.index("dying") :]
    assert set(begun[1:]) == {f"{name}.md" for name in alone}


def test_what_a_child_only_says_it_has_done_is_done_alone(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(description, "CHILD", "tests.library.ingestion.boasting")
    given = [asked("a", "A workshop on wages"), asked("b", "Report of 2019")]
    made = library.ingest().describing().documents(given)
    assert all(one.told and one.problem is None for one in made)


def test_what_is_described_beside_others_is_described_as_alone(library: Library) -> None:
    french = Asked((Page(1, FRENCH * 3), Page(2, LONG)), Said({"author": "Ana"}), "b.md", None)
    given = [asked("a", "A workshop on wages, 60 minutes"), french, asked("c", "Report of 2019")]
    work = library.ingest().describing()
    alone = [
        work.document(one.pages, one.said, filename=one.filename, language=one.language)
        for one in given
    ]
    assert work.documents(given) == alone
    assert work.documents(given[::-1]) == alone[::-1]


def test_a_file_that_does_not_let_itself_be_told_is_failed_with_what_to_do(
    unending: Library, inbox: Path
) -> None:
    comments = "<!-- image -->\n" * 40
    (inbox / "a-untold.md").write_text(f"# Never told\n\n{LONG}", "utf-8")
    (inbox / "b-comments.md").write_text(f"{comments}# A toolkit\n\n{LONG}", "utf-8")
    (inbox / "c-digits.txt").write_text(f"{'7' * 20_000}\n\nmarkerdigits {LONG}", "utf-8")
    (inbox / "d-good.md").write_text(f"# Ours\n\n{LONG}", "utf-8")
    ended = bring_in(unending, inbox, jobs=1)
    assert (ended["a-untold.md"].outcome, ended["a-untold.md"].reason) == (
        Outcome.FAILED,
        "too slow",
    )
    assert "a-untold.md takes too long" in ended["a-untold.md"].said
    assert "Split it" in ended["a-untold.md"].said
    assert ended["b-comments.md"].outcome in (Outcome.ADDED, Outcome.FAILED)
    assert ended["c-digits.txt"].outcome in (Outcome.ADDED, Outcome.PARTIAL)
    assert len(found(unending, "markerdigits")) == 1
    assert ended["d-good.md"].outcome is Outcome.ADDED
    assert sound(unending)


def test_the_child_says_what_would_be_said_without_it(library: Library) -> None:
    work = library.ingest()
    blocks = (Block("heading", "Our pavement", 1), Block("paragraph", FRENCH))
    pages = (Page(1, LONG, blocks), Page(2, FRENCH * 2))
    said = Said({"author": "Ana Pérez"})
    made = work.describing().document(pages, said, filename="a.md", language=None)
    languages = library.settings.languages
    assert made.problem is None
    assert made.statements == describe(
        pages, said, filename="a.md", vocabularies=library.vocabularies, languages=languages
    )
    assert made.pages == marked(pages, "en", languages)
    assert made.pages[1].language == "fr"
    assert made.mark.signature and made.mark.outline == b""


def test_the_child_knows_the_vocabularies_as_staff_have_them(library: Library) -> None:
    words = library.vocabularies
    record = {"preferred": {"en": "Zumbaflor"}, "alternative": {"en": ["zumbaflores"]}}
    changed = words.changed({"topic": {"zumbaflor": record}}, 1)
    text = f"Zumbaflor. {LONG} A zumbaflor for all. Two zumbaflores, and one zumbaflor. " * 3
    for vocabularies, topics in ((words, False), (changed, True), (words, False)):
        asked = Describing(library.settings, vocabularies)
        made = asked.document([Page(1, text)], Said(), filename="Zumbaflor.md", language="en")
        said = [one.value for one in made.statements if one.field == "topic"]
        assert any("zumbaflor" in value for value in said) is topics


def test_a_child_that_cannot_be_prepared_is_our_fault(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(description, "CHILD", "tests.library.absent")
    with pytest.raises(NotUsable):
        library.ingest().describing().passages([Page(1, LONG)], filename="a", language="en")
