"""Which files a folder holds, and what staff wrote beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.errors import InputError, Unreadable
from library.ingestion import folders


def write(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(path: Path) -> list[str]:
    return [found.path.relative_to(path).as_posix() for found in folders.find([path])]


def test_files_are_found_in_order_and_notes_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.md", "a.toml", "metadata.csv", ".DS_Store", ".git/config", "sub/c.md"):
        write(tmp_path / name, "file\n" if name == "metadata.csv" else "")
    assert names(tmp_path) == ["a.md", "b.pdf", "sub/c.md"]


def test_staffs_word_comes_from_the_table_and_the_note_beside(tmp_path: Path) -> None:
    write(tmp_path / "sub/guide.md")
    write(tmp_path / "metadata.csv", "file,title,topic\nsub/guide.md,From the root,organising\n")
    write(tmp_path / "sub/metadata.csv", "file;title;date\nguide.md;Nearer;2019\n")
    write(tmp_path / "sub/guide.toml", 'title = "Nearest"\ngroup = ["street-vendors"]\n')
    [found] = folders.find([tmp_path])
    assert found.problem is None
    assert found.fields == {
        "title": "Nearest",
        "topic": "organising",
        "date": "2019",
        "group": ["street-vendors"],
    }


def test_one_file_alone_has_its_table_too(tmp_path: Path) -> None:
    file = write(tmp_path / "guide.md")
    write(tmp_path / "metadata.csv", "\ufefffile,title\nguide.md,Told\n")
    [found] = folders.find([file])
    assert found.fields == {"title": "Told"}


def test_a_path_that_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    file = write(tmp_path / "here.md")
    gone, here = folders.find([tmp_path / "gone", file])
    assert isinstance(gone.problem, Unreadable)
    assert here.path == file


def test_a_wrong_table_is_the_problem_of_its_files(tmp_path: Path) -> None:
    write(tmp_path / "guide.md")
    write(tmp_path / "metadata.csv", "name,title\nguide.md,Told\n")
    [found] = folders.find([tmp_path])
    assert found.problem is not None
    assert "no column named file" in str(found.problem)
    (tmp_path / "metadata.csv").write_bytes("file,title\nguide.md,café\n".encode("latin-1"))
    [found] = folders.find([tmp_path])
    assert "UTF-8" in str(found.problem)


def test_a_wrong_note_is_the_problem_of_its_file_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    write(tmp_path / "a.toml", "title = Unquoted")
    write(tmp_path / "b.md")
    a, b = folders.find([tmp_path])
    assert "a.toml cannot be read" in str(a.problem)
    assert b.problem is None


def test_collections_are_read_and_a_nameless_one_refused(tmp_path: Path) -> None:
    write(
        tmp_path / "collections.toml",
        '[[collection]]\nslug = "first"\ntitle = "First month"\nresources = ["a", "b.md"]\n',
    )
    assert list(folders.collections_in([tmp_path])) == [
        folders.Listed("first", "First month", "", ("a", "b.md"))
    ]
    write(tmp_path / "collections.toml", '[[collection]]\nslug = "first"\n')
    with pytest.raises(InputError, match="collection 1 has no slug or no title"):
        list(folders.collections_in([tmp_path]))


@pytest.mark.parametrize("note", ["a = " + "[" * 50_000, "#" * (2**20 + 1)])
def test_a_note_that_is_none_is_told_and_stops_nothing(tmp_path: Path, note: str) -> None:
    (tmp_path / "a.md").write_text("# Ours", "utf-8")
    (tmp_path / "a.toml").write_text(note, "utf-8")
    (tmp_path / "b.md").write_text("# Theirs", "utf-8")
    first, second = folders.find([tmp_path])
    assert first.problem is not None and "a.toml" in first.problem.text
    assert second.problem is None


def test_a_table_of_any_size_is_not_taken_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LARGEST_NOTE", 1_000_000)
    write(tmp_path / "guide.md")
    write(tmp_path / "metadata.csv", "file,title\n" + "guide.md,Told\n" * 100_000)
    [found] = folders.find([tmp_path])
    assert isinstance(found.problem, InputError)
    assert "larger than 1 MB" in str(found.problem)
    assert "metadata.csv" in str(found.problem)


def test_a_name_as_long_as_names_can_be_has_no_note(tmp_path: Path) -> None:
    names = ["a" * 251 + ".txt", "ن" * 125 + ".txt", "b" * 255]
    for name in names:
        (tmp_path / name).write_text("A text.")
    assert {found.path.name for found in folders.find([tmp_path])} == set(names)
