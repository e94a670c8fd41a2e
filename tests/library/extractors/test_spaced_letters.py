"""Letters set apart for show are words, in every format that flows; lists of letters stay."""

from __future__ import annotations

import pytest

from library.core.resource import Block
from library.core.spaced_letters import joined_letters
from library.extractors import docx, html, markdown, odt, pptx, rtf, text
from library.extractors.spaced_letters import rejoined
from tests import office
from tests.library.extractors.reading import Reader, read


def test_letters_of_one_word_and_of_several() -> None:
    assert joined_letters("G U I D E   D E   G R È V E") == "GUIDE DE GRÈVE"
    known = ["trouver", "un", "stage"]
    assert joined_letters("T R O U V E R U N S T A G E", known) == "TROUVER UN STAGE"
    assert joined_letters("A plan B") == "A plan B"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("S O L I D A R I T Y", "SOLIDARITY"),
        ("s o l i d a r i t y !", "s o l i d a r i t y !"),  # its sign is set apart too: not sure
        ("O U R R I G H T S", "OUR RIGHTS"),
        ("D R O I T S", "DROITS"),
        ("П Р А В А", "ПРАВА"),
        ("A B C D E", "A B C D E"),
        ("A B C", "A B C"),
        ("Plan B or C", "Plan B or C"),
    ],
)
def test_a_block_that_is_nothing_but_such_letters(line: str, said: str) -> None:
    blocks = [Block("heading", line, 1), None, Block("paragraph", "Our day, and rights at work.")]
    first, pause, rest = rejoined(blocks)
    assert (first, pause, rest) == (Block("heading", said, 1), None, blocks[2])


def test_answers_in_a_list_are_left_as_they_are() -> None:
    item = Block("item", "W A I T")
    assert list(rejoined([item])) == [item]


LINE = "S O L I D A R I T Y"


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (docx.read, office.docx(office.paragraph(LINE) + office.paragraph("We meet."))),
        (odt.read, office.odf("text", f"<text:h>{LINE}</text:h><text:p>We meet.</text:p>")),
        (pptx.read, office.pptx([office.shape("title", office.line(LINE))])),
        (rtf.read, rb"{\rtf1\ansi " + LINE.encode() + rb"\par We meet.\par}"),
        (html.read, f"<html><body><h1>{LINE}</h1><p>We meet.</p></body></html>".encode()),
        (markdown.read, f"# {LINE}\n\nWe meet.\n".encode()),
        (text.read, f"{LINE}\n\nWe meet.\n".encode()),
    ],
    ids=["docx", "odt", "pptx", "rtf", "html", "markdown", "text"],
)
def test_in_every_format_that_flows(reader: Reader, data: bytes) -> None:
    _, pages = read(reader, data)
    assert "SOLIDARITY" in pages[0].text
