"""Cells that span rows or columns, and rows that begin late, leave the others in their columns."""

from __future__ import annotations

import pytest

from library.extractors import docx, html, odt
from tests.library.extractors.reading import read
from tests.office import docx as packed
from tests.office import odf, paragraph

BEFORE = "<h1>Wages</h1><p>The wages by zone and trade, as they were agreed in the valley.</p>"


def rows_of_html(table: str) -> list[tuple[str, ...]]:
    _, [page] = read(
        html.read, f"<html><body>{BEFORE}<table>{table}</table></body></html>".encode()
    )
    return list(page.blocks[-1].rows)


def test_a_cell_that_spans_rows() -> None:
    assert rows_of_html(
        "<tr><th>Zone</th><th>Trade</th><th>Wage</th></tr>"
        "<tr><td rowspan=2>North</td><td>Mason</td><td>900</td></tr>"
        "<tr><td>Helper</td><td>600</td></tr>"
        "<tr><td rowspan=2>South</td><td colspan=2>Under review</td></tr>"
        "<tr><td>Helper</td><td>550</td></tr>"
    ) == [
        ("Zone", "Trade", "Wage"),
        ("North", "Mason", "900"),
        ("", "Helper", "600"),
        ("South", "Under review", ""),
        ("", "Helper", "550"),
    ]


def test_cells_that_span_in_the_middle_at_the_end_and_both_ways() -> None:
    assert rows_of_html(
        "<tr><td>a<td rowspan=3>b<td>c<td rowspan=2 colspan=2>d</tr>"
        "<tr><td>e<td>f</tr><tr><td>g<td>h<td>i<td>j</tr><tr><td>k<td>l<td>m<td>n<td>o</tr>"
    ) == [
        ("a", "b", "c", "d", ""),
        ("e", "", "f", "", ""),
        ("g", "", "h", "i", "j"),
        ("k", "l", "m", "n", "o"),
    ]


@pytest.mark.parametrize("span", ["0", "99999", "-1", "x", "1.5", ""])
def test_odd_spans_lose_nothing(span: str) -> None:
    rows = rows_of_html(
        f"<tr><td rowspan='{span}'>a<td colspan='{span}'>b</tr>"
        "<tr><td>c<td>d</tr><tr><td>e<td>f</tr>"
    )
    assert {cell for row in rows for cell in row if cell} == set("abcdef")


def test_a_row_of_a_word_file_that_begins_late() -> None:
    def row(*cells: str, before: int = 0) -> str:
        late = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
        return (
            f"<w:tr>{late}" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in cells) + "</w:tr>"
        )

    table = (
        row("Zone", "Trade", "Wage") + row("Mason", "900", before=1) + row("South", "Helper", "5")
    )
    _, [page] = read(docx.read, packed(f"<w:tbl>{table}</w:tbl>"))
    assert page.blocks[0].rows[1] == ("", "Mason", "900")


def test_empty_cells_of_an_odt_table_that_are_written_once() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = [
        cell("Zone") + cell("Trade") + cell("Day") + cell("Wage"),
        cell("North") + empty + cell("900"),
        cell("South") + cell("Helper") + cell("Monday") + cell("550"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    _, [page] = read(odt.read, odf("text", f"<table:table>{table}</table:table>"))
    assert page.blocks[0].rows[1] == ("North", "", "", "900")
