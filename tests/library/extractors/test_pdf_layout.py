"""The layout of PDF files: what people see on the page is what they read here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from library import sandbox
from library.core.errors import Damaged, Empty, Encrypted
from library.extractors import LAYOUT, Limits
from library.extractors.pdf_layout import read as layout
from tests import needs
from tests.builders import Piece, Rule, Text, lines, locked, pdf
from tests.library.extractors.browser import printed
from tests.library.extractors.reading import read, shapes

LEFT = (
    "Street vendors feed the city and\nkeep its pavements safe, and yet\n"
    "they are chased away by those\nwho ought to protect them from\nharm. This guide is for them."
)
RIGHT = (
    "A permit is a right and not a\nfavour. Ask for it in writing, keep\n"
    "a copy of what you wrote, and\nbring a witness with you when you\n"
    "go to the office in the town."
)


def test_headings_paragraphs_and_items() -> None:
    _, [page] = read(
        layout,
        pdf(
            [
                [
                    Text("Organising toolkit", y=760, size=24),
                    Text("Before the meeting", y=720, size=13, bold=True),
                    *lines(
                        "Talk to each worker alone before the meeting, listen more than you talk,\n"
                        "because nobody joins what she was only told about.",
                        top=700,
                    ),
                    *lines("• Bring water\n• Bring a list of names", top=660, x=90),
                    *lines("1. Open the meeting\n2. Choose who takes notes", top=620, x=90),
                ]
            ]
        ),
    )
    assert shapes(page) == [
        ("heading", "Organising toolkit"),
        ("heading", "Before the meeting"),
        (
            "paragraph",
            "Talk to each worker alone before the meeting, listen more than you talk,"
            " because nobody joins what she was only told about.",
        ),
        ("item", "Bring water"),
        ("item", "Bring a list of names"),
        ("item", "Open the meeting"),
        ("item", "Choose who takes notes"),
    ]
    assert [block.level for block in page.blocks[:2]] == [1, 3]
    assert [block.marker for block in page.blocks[-2:]] == ["1.", "2."]
    assert (page.reader, page.layout) == ("pdfminer", LAYOUT)
    assert "• Bring water" in page.text


def test_columns_are_read_one_after_the_other() -> None:
    title = Text(
        "Rights of street vendors in the city and how to use them every day", y=740, size=14
    )
    _, [page] = read(
        layout, pdf([[title, *lines(RIGHT, x=310, size=10), *lines(LEFT, x=72, size=10)]])
    )
    assert page.text == "\n\n".join([title.text, LEFT.replace("\n", " "), RIGHT.replace("\n", " ")])


def test_columns_of_different_baselines() -> None:
    _, [page] = read(
        layout, pdf([[*lines(LEFT, x=72, size=10), *lines(RIGHT, x=310, top=694, size=10)]])
    )
    assert page.text.index("harm. This guide") < page.text.index("A permit is a right")


def test_a_ruled_table() -> None:
    xs, ys = (72, 200, 300, 400), (700, 680, 660, 640)
    pieces: list[Piece] = [Rule(x, ys[0], x, ys[-1]) for x in xs]
    pieces += [Rule(xs[0], y, xs[-1], y) for y in ys]
    cells = (
        ("Group", "Members", "Since"),
        ("Vendors", "1,200", "2004"),
        ("Waste pickers", "", "2011"),
    )
    pieces += [
        Text(cell, xs[column] + 4, ys[row] - 14)
        for row, row_cells in enumerate(cells)
        for column, cell in enumerate(row_cells)
        if cell
    ]
    _, [page] = read(
        layout, pdf([[Text("Members", y=740, size=16), *pieces, Text("After", y=600)]])
    )
    assert [block.kind for block in page.blocks] == ["heading", "table", "paragraph"]
    assert page.blocks[1].rows == cells
    assert "Vendors\t1,200\t2004" in page.text


def test_a_table_without_rules() -> None:
    pieces = [
        Text(cell, 72 + 160 * column, 700 - 18 * row)
        for row, cells in enumerate(
            [
                ("Step", "Wage", "Hours"),
                ("One", "310.50", "40"),
                ("Two", "342.00", "40"),
                ("Three", "377.10", "38"),
            ]
        )
        for column, cell in enumerate(cells)
    ]
    _, [page] = read(layout, pdf([pieces]))
    assert [block.kind for block in page.blocks] == ["table"]
    assert page.blocks[0].rows[3] == ("Three", "377.10", "38")


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        [
            Text("Organising toolkit 2019", 72, 800, 9),
            *lines(f"What is said on sheet {'abcdef'[n]} and nowhere else.", top=600),
            Text(f"{n + 11}", 290, 40, 9),
        ]
        for n in range(6)
    ]
    _, found = read(layout, pdf(pages))
    assert [page.text for page in found] == [
        f"What is said on sheet {letter} and nowhere else." for letter in "abcdef"
    ]
    assert [page.label for page in found] == ["11", "12", "13", "14", "15", "16"]


def test_a_contents_list_keeps_its_numbers() -> None:
    titles = ["Introduction", "The law", "Permits", "The police", "Fines", "Courts", "Help"]
    pieces = [
        piece
        for n, title in enumerate(titles)
        for piece in (Text(title, 72, 700 - 20 * n), Text(str(3 + 4 * n), 500, 700 - 20 * n))
    ]
    _, [page] = read(layout, pdf([pieces]))
    assert page.blocks[1].text == "The law … 7"


def test_titles_of_the_outline_are_headings() -> None:
    data = pdf(
        [
            lines(
                "Asking for a permit\nGo to the office in the morning and bring your card with you."
            )
        ],
        outline=[("Asking for a permit", 1)],
        title="T",
        language="en",
    )
    said, [page] = read(layout, data)
    assert [(line.title, line.page) for line in said.outline] == [("Asking for a permit", 1)]
    assert said.fields == {"title": "T", "language": "en"} and said.pages == 1
    assert shapes(page)[0] == ("heading", "Asking for a permit")


def test_one_bad_page_loses_no_other() -> None:
    data = pdf([[Text("first")], b"BT /F1 ] Tf ((( [ Tj", [Text("third")]])
    _, pages = read(layout, data)
    assert [page.number for page in pages] == [1, 2, 3]
    assert (pages[0].text, pages[2].text) == ("first", "third")


def test_a_page_that_takes_too_long_loses_no_other(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(pdf([[Text("first")], b"q " * 8_000_000, [Text("third")]]))
    reading = sandbox.read(path, "application/pdf", layout=True, limits=Limits(page_seconds=1))
    assert [page.text for page in reading.pages] == ["first", "", "third"]
    assert reading.problem is None


def test_reading_leaves_the_log_of_others_alone() -> None:
    """The reader may stand in a process that has more to say than this file's faults."""
    with capture_log("library") as heard, capture_log("pdfminer.pdfpage") as unheard:
        read(layout, pdf([[Text("Our rights", y=700)]]))
        logging.getLogger("library").error("still heard")
        logging.getLogger("pdfminer.pdfpage").error("a fault of the file")
    assert (heard, unheard) == (["still heard"], [])


@contextmanager
def capture_log(name: str) -> Iterator[list[str]]:
    """What a logger lets through."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger(name).addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger(name).removeHandler(handler)


def test_a_page_set_sideways() -> None:
    turned = b"BT /F1 11 Tf 0 1 -1 0 300 100 Tm (Set along the long side) Tj ET"
    _, [page] = read(layout, pdf([turned]))
    assert page.text == "Set along the long side"


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"%PDF-1.4", Damaged), (pdf([]), Empty), (locked(), Encrypted)],
)
def test_what_cannot_be_opened(data: bytes, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        read(layout, data)


def test_scripts_of_india_and_arabia(tmp_path: Path) -> None:
    hindi = "प्रत्येक घरेलू कामगार को साप्ताहिक अवकाश का अधिकार है। न्यूनतम मजदूरी कानून के अनुसार मिलनी चाहिए।"
    _, [page] = read(layout, printed(f"<p>{hindi}</p>", "hi", tmp_path))
    assert page.text == hindi
    arabic = "يحق للعامل الحصول على إجازة مدتها 24 ساعة، وفقاً للقانون رقم 9 (المادة 12)."
    _, [page] = read(layout, printed(f"<p>{arabic}</p>", "ar", tmp_path))
    assert page.text == arabic


def test_real_documents_read_well() -> None:
    _, pages = read(
        layout, needs.data("documents/collective-agreements/BOE-A-2024-12848.pdf").read_bytes()
    )
    assert len(pages) == 46
    headings = [b.text for page in pages for b in page.blocks if b.kind == "heading"]
    assert "Artículo 1. Ámbito territorial." in headings
    assert not any("BOLETÍN OFICIAL DEL ESTADO" in page.text for page in pages[:-1])
    _, pages = read(
        layout, needs.data("bad/sample-files/026-latex-multicolumn/multicolumn.pdf").read_bytes()
    )
    assert "Nam arcu libero, nonummy eget, consectetuer id, vulputate a, magna." in pages[0].text
