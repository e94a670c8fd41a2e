"""What is worked out of the vocabularies is kept for the next process, never trusted blindly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from library import vocabularies
from library.core.errors import NotUsable
from library.vocabularies import EDITABLE, Vocabularies, cldr, prepared

LANGUAGES = ("en", "es", "hi")
QUESTIONS = ("street vendors", "catador", "keeps my passport", "Kenya", "पथ विक्रेता", "nothing")


@pytest.fixture(autouse=True)
def each_loads_anew() -> Iterator[None]:
    """As in a process of its own."""
    before = dict(vocabularies._LOADED)
    vocabularies._LOADED.clear()
    yield
    vocabularies._LOADED.clear()
    vocabularies._LOADED.update(before)


def loaded(folder: Path | None = None, kept: Path | None = None) -> Vocabularies:
    vocabularies._LOADED.clear()
    return Vocabularies.load(LANGUAGES, folder, kept)


def named(words: Vocabularies) -> list[frozenset[tuple[str, str]]]:
    return [words.named(text, alone=True) for text in QUESTIONS]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "vocabularies.json"
    loaded().keep(path)
    return path.read_bytes()


@pytest.fixture
def path(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "vocabularies.json"
    path.write_bytes(made)
    return path


def test_what_was_kept_is_what_the_files_say(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = loaded()
    monkeypatch.setattr(vocabularies, "_schemes", None)  # no file is read
    kept = loaded(kept=path)
    assert kept.version == ours.version
    for facet in EDITABLE:
        assert kept.schemes[facet] == ours.schemes[facet]
        assert list(kept.schemes[facet].concepts) == list(ours.schemes[facet].concepts)
    assert named(kept) == named(ours)
    spoken, called = ours.spoken(), dict(ours.schemes["language"].concepts)
    monkeypatch.setattr(cldr, "_names", None)  # which would read what CLDR says of six languages
    assert kept.spoken() == spoken
    assert dict(loaded(kept=path).schemes["language"].concepts) == called
    assert spoken["spanish"] == spoken["espanol"] == "es"
    assert any(named(ours))


def test_it_is_kept_once(path: Path) -> None:
    kept = loaded(kept=path)
    path.unlink()
    kept.keep(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 64, b"[]", b"{}", b"[" * 100_000, b'{"schemes": 3, "of": "it"}'],
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(path: Path, content: bytes) -> None:
    version = json.loads(path.read_bytes())["of"].partition("-")[0]
    assert prepared.read(path, version) is not None
    path.write_bytes(content)
    assert prepared.read(path, version) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"schemes": []},
        {"schemes": {"topic": {"concepts": [{"id": "a", "wrong": 1}]}}},
        {"names": 0},
    ],
)
def test_so_is_what_has_another_form(path: Path, changed: dict[str, object]) -> None:
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps({**content, **changed}))
    assert prepared.read(path, content["of"].partition("-")[0]) is None


def test_files_that_were_changed_are_read(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    own = folder / "use.toml"
    own.write_text('[[concept]]\nid = "quiz"\nen.preferred = "Quiz"\n')
    assert set(loaded(folder, path).schemes["use"].concepts) == {"quiz"}
    own.write_text("[[concept]")
    with pytest.raises(NotUsable):
        loaded(folder, path)


def test_other_code_reads_the_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_code", lambda: "another")
    assert not loaded(kept=path)._kept


def test_a_folder_that_may_not_be_written_is_left(tmp_path: Path) -> None:
    loaded().keep(tmp_path / "nowhere" / "vocabularies.json")
    assert list(tmp_path.iterdir()) == []


def test_what_staff_changed_lies_over_what_was_kept(path: Path) -> None:
    kept = loaded(kept=path)
    changed = kept.changed({}, 1)
    assert named(changed) == named(kept)
