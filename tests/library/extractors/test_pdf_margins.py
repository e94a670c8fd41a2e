"""Numbers of lines in the margin are left out; numbers of items, rows and contents stay."""

from __future__ import annotations

from textwrap import wrap

import pytest

from library.extractors.pdf_layout import read as layout
from tests.builders import Piece, Text, pdf
from tests.library.extractors.reading import read

SENTENCE = (
    "every worker who is employed under this ordinance is entitled to compensation and to rest, "
    "and whoever employs her keeps a book of the hours that she has worked, "
)
PROSE = wrap(SENTENCE, 60)


def numbered(count: int, first: int = 1, step: int = 1, x: float = 50, every: float = 16) -> bytes:
    """Lines of running text, and beside each, or each fifth, its number."""
    page: list[Piece] = []
    for n in range(count):
        y = 780 - every * n
        page.append(Text(PROSE[n % 3], 90, y))
        if (first + n) % step == 0:
            page.append(Text(str(first + n), x, y, 9))
    return pdf([page])


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("x", [50, 540])
@pytest.mark.parametrize("first", [1, 31, 97])
def test_numbers_of_lines_go_and_phrases_run_over_lines(step: int, x: float, first: int) -> None:
    _, [page] = read(layout, numbered(40, first, step, x))
    assert {block.kind for block in page.blocks} == {"paragraph"}
    assert not any(sign.isdigit() for sign in page.text)
    assert "entitled to compensation" in page.text


def test_the_numbers_of_a_list_stay() -> None:
    things = [
        "Bread",
        "Roses and a long name",
        "Water",
        "Rest on Sundays",
        "Pay",
        "A chair",
        "Shade",
    ]
    page: list[Piece] = []
    for n, thing in enumerate(things):
        page += [Text(str(n + 1), 60, 700 - 16 * n), Text(thing, 90, 700 - 16 * n)]
    _, [found] = read(layout, pdf([page]))
    assert all(str(n + 1) in found.text for n in range(len(things)))


def test_the_numbers_of_the_rows_of_a_table_stay() -> None:
    page: list[Piece] = []
    for n in range(8):
        row = (str(n + 1), f"Market {'abcdefgh'[n]}", f"{31 + 7 * n}", f"{2 + n}.5")
        page += [Text(cell, 60 + 110 * m, 700 - 16 * n) for m, cell in enumerate(row)]
    _, [found] = read(layout, pdf([page]))
    [table] = found.blocks
    assert [row[0] for row in table.rows] == [str(n + 1) for n in range(8)]


def test_the_numbers_of_questions_that_run_over_lines_stay() -> None:
    page: list[Piece] = []
    y = 740.0
    for n in range(7):
        page.append(Text(str(n + 4), 60, y))
        for line in (
            "which of these rules are kept in your market,",
            "and who keeps them, and why?",
        ):
            page.append(Text(line, 90, y))
            y -= 14
        y -= 8
    _, [found] = read(layout, pdf([page]))
    assert all(str(n + 4) in found.text for n in range(7))


def test_years_in_the_margin_stay() -> None:
    page: list[Piece] = []
    for n, year in enumerate((1919, 1944, 1951, 1998, 2008)):
        page += [Text(str(year), 50, 700 - 40 * n), Text(PROSE[n % 3], 100, 700 - 40 * n)]
    _, [found] = read(layout, pdf([page]))
    assert "1944" in found.text and "2008" in found.text
