"""A drop capital is the first letter of its paragraph, in every format that has them."""

from __future__ import annotations

import pytest

from library.extractors import docx, rtf
from library.extractors.pdf_layout import read as layout
from tests.builders import Piece, Text, lines, pdf
from tests.library.extractors.reading import read, shapes
from tests.office import docx as packed
from tests.office import paragraph

REST = [
    "orkers who sell in the street have organised",
    "since the first markets, and a heron was their",
    "sign on every banner that was carried through",
    "the town on the day when the first market was",
    "opened to them, and on many a day after that.",
]
WIDTHS = {"W": 0.944, "A": 0.667, "T": 0.611, "«": 0.556}
WHOLE = "W" + " ".join(REST)


def dropped(letter: str, texts: list[str], deep: int, *, last: bool = False) -> list[Piece]:
    """A paragraph of 12 points with an initial as high as so many lines."""
    size = (14 * (deep - 1) + 8.6) / 0.72
    wide = size * sum(WIDTHS[sign] for sign in letter)
    foot = 700 - 14 * (deep - 1)
    initial = Text(letter, 72, foot, size)
    body: list[Piece] = [
        Text(line, 72 + wide + 3 if n < deep else 72, 700 - 14 * n, 12)
        for n, line in enumerate(texts)
    ]
    return [*body, initial] if last else [initial, *body]


@pytest.mark.parametrize("deep", [2, 3, 4])
@pytest.mark.parametrize("last", [False, True])
def test_over_several_lines(deep: int, last: bool) -> None:
    page = [Text("The banner", 72, 760, 18, bold=True), *dropped("W", REST, deep, last=last)]
    _, [found] = read(layout, pdf([page]))
    assert shapes(found)[1:] == [("paragraph", WHOLE)]


def test_a_letter_that_is_a_word_stays_one() -> None:
    texts = [
        "worker who sells in the street organises, and",
        "a worker with a stall does so too,",
        "as",
    ]
    _, [found] = read(layout, pdf([dropped("A", texts, 2)]))
    assert found.text.startswith("A worker who sells")
    texts = [
        "nother day, another market: the street is",
        "where another worker sells, and we",
        "too",
    ]
    _, [found] = read(layout, pdf([dropped("A", texts, 2)]))
    assert found.text.startswith("Another day")


def test_with_a_quotation_mark() -> None:
    _, [found] = read(layout, pdf([dropped("«W", REST, 2)]))
    assert found.text.startswith("«Workers who sell in the street have organised since")


def test_two_columns_with_an_initial_each() -> None:
    left = dropped("W", REST, 3)
    right = [
        Text(piece.text, piece.x + 270, piece.y, piece.size)
        for piece in dropped("T", ["hey carried it " + line[:26] for line in REST], 2)
        if isinstance(piece, Text)
    ]
    small = [
        Text(piece.text[:36], piece.x, piece.y, piece.size) if isinstance(piece, Text) else piece
        for piece in left
    ]
    _, [found] = read(layout, pdf([[*small, *right]]))
    assert "Workers who sell" in found.text and "They carried it orkers" in found.text


def test_a_large_letter_beside_one_line_is_none() -> None:
    page = [Text("A", 72, 700, 30), Text("Bread and roses", 110, 700, 12)]
    page += lines("We sell bread in the morning and roses\nin the evening.", top=650)
    _, [found] = read(layout, pdf([page]))
    assert "ABread" not in found.text


def test_in_word_files() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>'
    body = paragraph("W", frame) + paragraph("orkers who sell in the street.") + paragraph("More.")
    _, [page] = read(docx.read, packed(body))
    assert shapes(page) == [
        ("paragraph", "Workers who sell in the street."),
        ("paragraph", "More."),
    ]
    body = paragraph("A", frame) + paragraph(" worker with a stall.")
    _, [page] = read(docx.read, packed(body))
    assert shapes(page) == [("paragraph", "A worker with a stall.")]


def test_in_rtf() -> None:
    data = rb"{\rtf1\ansi\pard\dropcapli3\dropcapt1 W\par\pard orkers who sell.\par\pard More.\par}"
    _, [page] = read(rtf.read, data)
    assert shapes(page) == [("paragraph", "Workers who sell."), ("paragraph", "More.")]


def test_before_an_elided_word_it_is_a_word() -> None:
    rest = ["l’aube les vendeuses ouvrent leurs étals", *REST[1:]]
    _, [found] = read(layout, pdf([dropped("A", rest, 2)]))
    assert found.text.startswith("A l’aube les vendeuses")
