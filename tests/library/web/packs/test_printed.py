"""Packs on paper, looked at with poppler: sizes, words, tags; nothing is fetched."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from library.cli.packs import typeset
from library.core.errors import UsageError
from library.core.resource import Page
from library.core.settings import Settings
from library.web.packs import printed
from library.web.packs.make import Packer
from library.web.packs.order import Order
from tests import needs
from tests.library.web.conftest import LAID_OUT, Shelf

pytest.importorskip("weasyprint", exc_type=ImportError)
STREETS = ("our-streets-our-table",)


def told(path: Path) -> Mapping[str, str]:
    done = subprocess.run(
        [needs.command("pdfinfo"), path], capture_output=True, text=True, check=True
    )
    return dict(re.findall(r"^([^:]+): +(.*)$", done.stdout, re.MULTILINE))


def words(path: Path) -> str:
    done = subprocess.run(
        [needs.command("pdftotext"), path, "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


def letters(text: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) == "Lo"
    )


def made(packer: Packer, path: Path, language: str = "en", **more: object) -> Path:
    packer.make(Order(language, "pdf", **more), path)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize(("sheet", "size"), [("a4", "595"), ("a5", "419")])
def test_a_document_on_paper(packer: Packer, tmp_path: Path, sheet: str, size: str) -> None:
    path = made(packer, tmp_path / "one.pdf", listed=STREETS, sheet=sheet)
    about = told(path)
    assert about["Tagged"] == "yes"
    assert about["Title"] == "Our streets, our table"
    assert about["Page size"].startswith(size)
    text = words(path)
    for piece in ("Street vendors can bargain", "A permit per stall", "Clean pavement", "p. iv"):
        assert piece in text
    assert "A. Organiser" in text


def test_a_range_of_pages(packer: Packer, tmp_path: Path) -> None:
    text = words(made(packer, tmp_path / "a.pdf", listed=STREETS, first=3, last=3))
    assert "has signed nothing" in text
    assert "Street vendors" not in text


def test_a_collection_is_a_booklet_with_contents(packer: Packer, tmp_path: Path) -> None:
    path = made(packer, tmp_path / "b.pdf", parameters=(("q", "wages"), ("from", "2022")))
    text = words(path)
    assert text.count("Report 24 on wages") >= 2
    assert int(told(path)["Pages"]) >= 4


@pytest.mark.parametrize(
    ("language", "title", "line"),
    [
        ("ar", "عملك عمل", "للعاملات في المنازل حقوق"),
        ("hi", "आपका काम काम है", "घरेलू कामगारों के अधिकार हैं"),
    ],
)
def test_other_scripts(tmp_path: Path, language: str, title: str, line: str) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home", base_url="https://l.example"))
    shelf.add(title, [line, Page(2, "", LAID_OUT, layout="test")], language=language)
    shelf.index()
    site = shelf.site()
    packer = Packer(site.settings, site.catalogue, site.engine, site.vocabularies, typeset=typeset)
    path = made(packer, tmp_path / "a.pdf", language)
    assert told(path)["Tagged"] == "yes"
    done = subprocess.run(
        [needs.command("pdffonts"), path], capture_output=True, text=True, check=True
    )
    assert re.search("Arab|Naskh|Devanagari", done.stdout), done.stdout
    # What a reader of PDF takes out of it misses marks that are drawn with their letter.
    assert letters(line) in letters(words(path))


def test_the_same_pack_has_the_same_bytes(packer: Packer, tmp_path: Path) -> None:
    one = made(packer, tmp_path / "one.pdf", listed=STREETS)
    two = made(packer, tmp_path / "two.pdf", listed=STREETS)
    assert one.read_bytes() == two.read_bytes()


def test_too_much_is_refused_and_a_part_of_it_is_not(
    packer: Packer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "MOST", 150)
    with pytest.raises(UsageError) as caught:
        made(packer, tmp_path / "a.pdf", listed=STREETS)
    assert caught.value.code == "too much to print"
    made(packer, tmp_path / "b.pdf", listed=STREETS, first=1, last=1)
    assert list(tmp_path.iterdir()) == [tmp_path / "b.pdf"]


def test_nothing_is_fetched_and_hidden_works_stay_out(packer: Packer, tmp_path: Path) -> None:
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/", "ftp://127.0.0.1/"):
        with pytest.raises(ValueError, match=r"disallowed|not allowed|protocol"):
            fetcher.fetch(address)
    with pytest.raises(UsageError):
        made(packer, tmp_path / "a.pdf", listed=("a-secret-draft",))
