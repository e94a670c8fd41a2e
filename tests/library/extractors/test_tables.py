"""Tables whose rules do not say all: rows, columns and what only looks like a table."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from library.extractors.layout.boxes import edges_of
from library.extractors.layout.rows import Cells, rows_of
from library.extractors.pdf_layout import read as layout
from tests.builders import Piece, Rule, Text, lines, pdf
from tests.library.extractors.browser import printed
from tests.library.extractors.reading import read

PROSE = (
    "The wage of a day is what is left when the day is over and the room is paid, and it is less\n"
    "than the wage that was agreed. Write down the hours, each evening, in a book of your own."
)


def cells(*rows: tuple[float, str]) -> list[Cells]:
    return [Cells(tuple(text.split("|")), bottom, 10.0) for bottom, text in rows]


def test_lines_that_stand_closer_are_one_row() -> None:
    found = rows_of(
        cells((100, "Cleaning|40"), (112, "and cooking|"), (132, "Care|55"), (144, "at night|"))
    )
    assert found == [("Cleaning and cooking", "40"), ("Care at night", "55")]


def test_rows_in_groups_stay_rows() -> None:
    found = rows_of(cells((100, "May|40"), (112, "June|42"), (132, "July|55"), (144, "August|50")))
    assert [row[0] for row in found] == ["May", "June", "July", "August"]


def test_in_evenly_set_rows_an_empty_first_cell_goes_on() -> None:
    rows = cells((100, "a|1|x"), (117, "|2|"), (134, "c|3|y"))
    assert rows_of(rows) == [("a", "1 2", "x"), ("c", "3", "y")]
    assert rows_of(rows, first=1) == [("a", "1", "x"), ("", "2", ""), ("c", "3", "y")]


def test_rows_far_apart_are_never_joined() -> None:
    assert len(rows_of(cells((100, "|Monday"), (121, "free|"), (142, "7:00|Tuesday")), 1)) == 3


def test_shaded_cells_side_by_side_have_edges() -> None:
    row = [(72.0, 600.0, 150.0, 620.0), (150.0, 600.0, 300.0, 620.0)]
    assert len(list(edges_of([*row, (72.0, 100.0, 500.0, 160.0)]))) == 4


def test_a_table_with_pieced_rules_across_and_text_around_it() -> None:
    edges = (72, 200, 210, 400)
    pieces: list[Piece] = [*lines(PROSE, top=740), *lines(PROSE, top=560)]
    for y in (690, 650, 610):
        pieces += [Rule(left, y, right, y) for left, right in pairwise(edges)]
    pieces += [Text("Task", 76, 697), Text("Who", 214, 697)]  # the head has no rule above it
    pieces += [Text("Cleaning of", 76, 677), Text("the stairs", 76, 663), Text("Amina", 214, 677)]
    pieces += [Text("Cooking", 76, 637), Text("Rosa and the", 214, 637), Text("others", 214, 623)]
    _, [page] = read(layout, pdf([pieces]))
    assert [block.kind for block in page.blocks] == ["paragraph", "table", "paragraph"]
    assert page.blocks[1].rows == (
        ("Task", "Who"),
        ("Cleaning of the stairs", "Amina"),
        ("Cooking", "Rosa and the others"),
    )


def test_numbers_beside_texts_are_a_list_and_no_table() -> None:
    pieces: list[Piece] = []
    for place, text in enumerate(("Ask for it in writing", "Keep a copy", "Bring a witness")):
        pieces += [Text(f"{place + 1}.", 72, 700 - 16 * place), Text(text, 150, 700 - 16 * place)]
    _, [page] = read(layout, pdf([pieces]))
    assert not any(block.rows for block in page.blocks)


def test_a_table_set_from_the_right_with_empty_cells(tmp_path: Path) -> None:
    rows = [("اليوم", "البداية", "النهاية"), ("الأربعاء", "عطلة", ""), ("الاثنين", "7:00", "18:30")]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    style = "<style>td { padding: 1mm 5mm }</style>"
    _, [page] = read(layout, printed(f"{style}<table>{body}</table>", "ar", tmp_path))
    assert [block.rows for block in page.blocks] == [tuple(rows)]
