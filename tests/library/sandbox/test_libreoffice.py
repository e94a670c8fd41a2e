"""Old Word and PowerPoint files: through LibreOffice, or a refusal that names it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from library import sandbox
from library.core.errors import Damaged, Unsupported
from library.extractors.media_types import media_type_of
from library.extractors.office_types import DOC, PPT
from library.extractors.ole import place_of
from library.sandbox import libreoffice
from tests import needs, office
from tests.library.extractors.reading import shapes


def here() -> Path:
    folder = libreoffice.installed()
    if folder is None:
        needs.absent("LibreOffice is not installed")
    return folder


def test_without_libreoffice_a_refusal_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(libreoffice, "installed", lambda: None)
    old = tmp_path / "guide.doc"
    old.write_bytes(office.ole("WordDocument"))
    problem = sandbox.read(old, DOC, layout=False).problem
    assert isinstance(problem, Unsupported)
    assert "guide.doc can be read only with LibreOffice" in str(problem)
    assert "Install LibreOffice" in problem.remedy


def test_old_word_files_are_read_whatever_their_name(tmp_path: Path) -> None:
    body = '<text:h text:outline-level="1">Know your rights</text:h><text:p>Ask first</text:p>'
    made = tmp_path / "source.odt"
    made.write_bytes(office.odf("text", body))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    writing = ["--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(made)]
    soffice = here() / "soffice"
    subprocess.run([soffice, profile, *writing], check=True, capture_output=True, timeout=120)
    old = (tmp_path / "source.doc").rename(tmp_path / "guide.pdf")
    with old.open("rb") as file:
        assert media_type_of(file, old.name) == DOC
    read = sandbox.read(old, DOC, layout=False)
    assert read.problem is None
    assert shapes(read.pages[0]) == [("heading", "Know your rights"), ("paragraph", "Ask first")]


@pytest.mark.parametrize("times", [1, 40, 400])
def test_a_word_file_with_a_review_comment_is_read_without_it(tmp_path: Path, times: int) -> None:
    comment = "<office:annotation><dc:creator>A</dc:creator><text:p>Is that so?</text:p>"
    body = f"<text:p>Ask first{comment}</office:annotation>, and then again.</text:p>" * times
    made = tmp_path / "source.odt"
    made.write_bytes(office.odf("text", body))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    writing = ["--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(made)]
    soffice = here() / "soffice"
    subprocess.run([soffice, profile, *writing], check=True, capture_output=True, timeout=120)
    old = tmp_path / "source.doc"
    with old.open("rb") as file:
        place = place_of(file, "worddocument", libreoffice.LENGTHS[0])
        assert place is not None
        file.seek(place)
        assert file.read(4) != bytes(4)  # it has comments
    read = sandbox.read(old, DOC, layout=False)
    assert read.problem is None
    assert "Ask first, and then again." in read.pages[0].text
    assert "Is that so" not in read.pages[0].text


def test_old_presentations_are_read() -> None:
    here()
    old = next(needs.data("bad").rglob("testPPT_various.ppt"))
    read = sandbox.read(old, PPT, layout=False)
    assert read.problem is None
    assert "Footnote appears here" in read.pages[0].text


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old = tmp_path / "guide.doc"
    old.write_bytes(office.ole("WordDocument", first=b"\xff" * 64))
    sandbox.read(old, DOC, layout=False)
    assert [path.name for path in tmp_path.iterdir()] == ["guide.doc"]


def test_a_damaged_old_file(tmp_path: Path) -> None:
    here()
    old = tmp_path / "guide.doc"
    old.write_bytes(office.ole("WordDocument", first=b"\xff" * 64))
    problem = sandbox.read(old, DOC, layout=False).problem
    assert isinstance(problem, Damaged) and str(problem).startswith("guide.doc")
