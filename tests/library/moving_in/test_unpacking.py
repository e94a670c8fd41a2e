"""Zip files of archives: nothing leads out, and nothing grows without end."""

from __future__ import annotations

import json
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from library.core.errors import InputError
from library.moving_in import confined, unpacking, unpacking_child
from library.moving_in.frames import DATA, END, FILE, frame


def zipped(path: Path, name: str, content: bytes, link: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        if link:
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "link", "code"),
    [
        ("../secret.pdf", b"%PDF-", False, "zip leads out"),
        ("/etc/secret.pdf", b"%PDF-", False, "zip leads out"),
        ("a/../../b.pdf", b"%PDF-", False, "zip leads out"),
        ("C:\\secret.pdf", b"%PDF-", False, "zip leads out"),
        ("link.pdf", b"/etc/passwd", True, "zip links"),
        ("bomb.pdf", b"\0" * 30_000_000, False, "zip bomb"),
    ],
)
def test_what_would_do_harm_is_refused(
    tmp_path: Path, name: str, content: bytes, link: bool, code: str
) -> None:
    made = zipped(tmp_path / "a.zip", name, content, link)
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(InputError) as refused, unpacking.folder_of(made, inside):
        pass
    assert refused.value.code == code
    assert list(inside.iterdir()) == []  # nothing of it stays
    assert not (tmp_path / "secret.pdf").exists()


def test_what_is_well_is_there_as_long_as_it_is_needed(tmp_path: Path) -> None:
    made = zipped(tmp_path / "a.zip", "files/one.pdf", b"%PDF-")
    with unpacking.folder_of(made, tmp_path) as folder:
        assert (folder / "files/one.pdf").read_bytes() == b"%PDF-"
    assert not folder.exists()


def test_a_zip_within_a_zip_stays_one(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", "bomb.pdf", b"\0" * 30_000_000)
    made = zipped(tmp_path / "a.zip", "files/inner.zip", inner.read_bytes())
    with unpacking.folder_of(made, tmp_path) as folder:
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["inner.zip"]


def many(path: Path, number: int) -> Path:
    """A zip file whose list names one file so many times: cheap to make."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"")
    made = path.read_bytes()
    start, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    listed = made[start:end] * number
    tail = bytearray(made[end:])
    tail[12:16] = len(listed).to_bytes(4, "little")
    path.write_bytes(made[:start] + listed + bytes(tail))
    return path


def test_a_list_without_end_is_refused(tmp_path: Path) -> None:
    made = many(tmp_path / "a.zip", unpacking_child.ENTRIES + 1)
    with pytest.raises(InputError) as refused, unpacking.folder_of(made, tmp_path):
        pass
    assert refused.value.code == "zip of too many"
    twice = many(tmp_path / "b.zip", 2)
    with pytest.raises(InputError) as refused, unpacking.folder_of(twice, tmp_path):
        pass
    assert refused.value.code in ("zip overlaps", "zip damaged")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10, b"PK\x03\x04" * 99])
def test_what_is_no_zip_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused, unpacking.folder_of(path, tmp_path):
        pass
    assert refused.value.code == "zip damaged"


# What a child says that was taken over by a zip file.
LIES = {
    "leads out": (frame(FILE, json.dumps("../x").encode()), "zip leads out"),
    "no text": (frame(FILE, b"[1]"), "zip damaged"),
    "no JSON": (frame(FILE, b"\xff"), "zip damaged"),
    "a name without end": (frame(FILE, json.dumps("x" * 5_000).encode()), "zip damaged"),
    "a file as a folder": (
        frame(FILE, b'"a"') + frame(FILE, b'"a/b"') + frame(END, b""), "zip overlaps"),
    "cut": (frame(FILE, b'"a"') + b"d\0", "zip damaged"),
    "too long a piece": (b"d\xff\xff\xff\xff", "zip damaged"),
    "no end": (frame(FILE, b'"a"'), "zip damaged"),
    "more than it can hold": (
        frame(FILE, b'"a"') + frame(DATA, bytes(2**20)) * 65 + frame(END, b""), "zip bomb"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_what_a_child_says_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    said, code = LIES[lie]
    (tmp_path / "said").write_bytes(said)
    module = f"import sys; sys.stdout.buffer.write(open({str(tmp_path / 'said')!r}, 'rb').read())"
    spoken = confined.subprocess.Popen

    def lying(command: list[str], **kwargs: object) -> object:
        return spoken([sys.executable, "-c", module], **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(confined.subprocess, "Popen", lying)
    made = zipped(tmp_path / "a.zip", "a", b"")
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(InputError) as refused, unpacking.folder_of(made, inside):
        pass
    assert refused.value.code == code
    assert list(inside.iterdir()) == [] and not (tmp_path / "x").exists()


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    """Its address space, time and files are bounded as those of every reader."""
    with confined.running(
        "tests.library.moving_in.writing_child", str(tmp_path), seconds=60
    ) as said:
        assert said.output.read() == b"refused"
    assert list(tmp_path.iterdir()) == []
