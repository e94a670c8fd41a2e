"""The words of PDF files, by pdfium."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.errors import Damaged, Empty, Encrypted
from library.extractors import Limits
from library.extractors.pdf_words import read as words
from tests import needs
from tests.builders import Text, lines, locked, pdf
from tests.library.extractors.browser import printed
from tests.library.extractors.reading import read, shapes


def test_what_a_pdf_says_of_itself() -> None:
    said, pages = read(
        words,
        pdf(
            [[Text("one")], [Text("two")], [Text("three")]],
            title="Microsoft Word - guide.doc",
            info={"Author": "StreetNet", "CreationDate": "D:20190515", "Keywords": "vendors"},
            outline=[("Introduction", 1), ("Rights", 3)],
            language="en-GB",
            labels="<</Nums[0<</S/r>>1<</S/D>>]>>",
        ),
    )
    assert said.fields == {
        "title": "Microsoft Word - guide.doc",
        "author": "StreetNet",
        "keywords": "vendors",
        "created": "D:20190515",
        "language": "en-GB",
    }
    assert said.pages == 3
    assert [(line.title, line.page, line.level) for line in said.outline] == [
        ("Introduction", 1, 1),
        ("Rights", 3, 1),
    ]
    assert [page.label for page in pages] == ["i", "1", "2"]
    assert [page.text for page in pages] == ["one", "two", "three"]


def test_lines_become_paragraphs_and_large_type_headings() -> None:
    _, [page] = read(
        words,
        pdf(
            [
                [
                    Text("Know your", y=760, size=26),
                    Text("rights", y=730, size=26),
                    Text("A guide for street vendors", y=690, size=16),
                    *lines(
                        "Every worker has a right to join a union and take part in its organi-\n"
                        "sation. Nobody may be dismissed for it, whatever employers may say.",
                        top=640,
                    ),
                ]
            ]
        ),
    )
    assert "take part in its organisation. Nobody may be dismissed for it" in page.text
    assert shapes(page) == [
        ("heading", "Know your rights"),
        ("heading", "A guide for street vendors"),
    ]
    assert [block.level for block in page.blocks] == [1, 2]
    assert page.layout == "" and page.reader == "pdfium" and page.score == 1.0


def test_a_page_without_text_scores_nothing() -> None:
    said, [page] = read(words, pdf([b"0 0 100 100 re f"]))
    assert (page.text, page.score, said.pages) == ("", 0.0, 1)


def test_pages_beyond_the_limit_are_left_out() -> None:
    said, pages = read(words, pdf([[Text(str(n))] for n in range(9)]), Limits(pages=2))
    assert said.pages == 9 and len(pages) == 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"%PDF-1.4", Damaged), (b"", Damaged), (pdf([]), Empty), (locked(), Encrypted)],
)
def test_what_cannot_be_opened(data: bytes, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read(words, data)


def test_a_contents_list_that_bites_its_tail() -> None:
    data = pdf([[Text("x")]], outline=[("One", 1), ("Two", 1)])
    looped = data.replace(b"/Next 14 0 R", b"/Next 13 0 R")
    assert looped != data
    said, _ = read(words, looped)
    assert len(said.outline) == 1


def test_arabic_is_read_from_right_to_left(tmp_path: Path) -> None:
    data = printed(
        "<h1>حقوق العاملات المنزليات (2019)</h1>"
        "<p>يحق للعامل الحصول على إجازة أسبوعية مدتها 24 ساعة،"
        " وفقاً للقانون رقم 9 لسنة 2022. الاتفاقية ILO C189 بشأن العمل اللائق.</p>",
        "ar",
        tmp_path,
    )
    said, [page] = read(words, data)
    assert said.fields["language"] == "ar"
    assert "حقوق العاملات المنزليات (2019)" in page.text
    assert "وفقاً للقانون رقم 9 لسنة 2022. الاتفاقية ILO C189 بشأن العمل اللائق." in page.text
    assert page.blocks[0].text == "حقوق العاملات المنزليات (2019)"


def test_real_documents_are_read_whole() -> None:
    folder = needs.data("documents/human-rights-court")
    for path in sorted(folder.glob("9*.pdf"))[:6]:
        said, pages = read(words, path.read_bytes())
        assert said.pages == len(pages)
        assert min(page.score for page in pages) > 0.8
