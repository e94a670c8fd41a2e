"""Footnotes, captions and paragraphs over the end of a page, in PDF files."""

from __future__ import annotations

from dataclasses import replace

from library.core.resource import Block, Page
from library.extractors.layout import notes
from library.extractors.layout.across import across
from library.extractors.layout.captions import NAMED
from library.extractors.layout.shapes import Line
from library.extractors.pages import plain
from library.extractors.pdf_layout import read as layout
from tests.builders import Piece, Rule, Text, lines, pdf
from tests.library.extractors.reading import read, shapes

PROSE = (
    "Street vendors feed the city and keep its pavements safe, and yet they are chased away\n"
    "by those who ought to protect them from harm. This guide is for them, and for the"
)
REST = (
    "unions that stand beside them when the market is to be moved to the edge of the city.\n"
    "A permit is a right and not a favour, so ask for it in writing and keep what you wrote."
)


def noted(number: int) -> list[Piece]:
    return [
        Rule(72, 110, 180, 110),
        Text(str(number), 72, 98, size=5),
        Text("Convention 189 of 2011, on decent work.", 78, 95, size=8),
        Text("It came into force in 2013.", 72, 85, size=8),
    ]


def test_footnotes_are_notes_and_the_paragraph_above_goes_on() -> None:
    first = [Text("Markets", 72, 780, size=16), *lines(PROSE, top=150), *noted(1)]
    second = [*lines(REST, top=780), *lines("The end of it.", top=700)]
    _, pages = read(layout, pdf([first, second]))
    [_, cut, note], [rest, _] = pages[0].blocks, pages[1].blocks
    assert (note.kind, note.marker) == ("note", "1")
    assert note.text == "Convention 189 of 2011, on decent work. It came into force in 2013."
    assert cut.continues
    assert rest.continued
    assert not rest.continues
    assert "for the unions that stand" in " ".join(page.text for page in pages).replace("\n", " ")


def test_a_number_set_apart_from_its_note() -> None:
    pieces = [*lines(PROSE, top=700), Text("3", 72, 98, size=5), Text("See above.", 108, 95, 8)]
    _, [page] = read(layout, pdf([[*pieces, *lines("A page of\nthis size", top=650)]]))
    assert ("note", "See above.") in shapes(page)


def test_small_type_without_number_or_rule_is_no_note() -> None:
    pieces = [*lines(PROSE, top=700), Text("Printed by the union itself.", 72, 60, size=8)]
    _, [page] = read(layout, pdf([pieces]))
    assert not [block for block in page.blocks if block.kind == "note"]


def test_lines_of_a_drawing_and_under_words_are_above_no_notes() -> None:
    drawing: list[Piece] = [
        Rule(100, 400, 180, 400),
        Rule(180, 400, 180, 460),
        Rule(178, 462, 230, 462),
    ]
    pieces = [
        *lines(PROSE, top=780),
        *drawing,
        Text("The market before it was moved", 100, 385, size=8),
        *lines("Fall 1: the market stays", top=200),
        Rule(72, 198, 110, 198),
        *lines("Then all is as it was, and the permits go on.", top=182),
        *lines("Then come the last words of this page.", top=150),
    ]
    _, [page] = read(layout, pdf([pieces]))
    assert not [block for block in page.blocks if block.kind == "note"]
    assert page.text.endswith("last words of this page.")


def test_a_note_of_one_short_word_and_numbers_has_words() -> None:
    for text, words in (("कुल 18,000 + 60", True), ("Ja: 4", False), ("12", False)):
        assert notes._has_words(Line(text, 0, 0, 0, 0, 8)) is words


def test_a_thick_rule_with_two_edges_is_above_notes_too() -> None:
    pieces = [*lines(PROSE, top=150), *noted(1), Rule(72, 109.3, 180, 109.3)]
    _, [page] = read(layout, pdf([pieces]))
    assert [block.marker for block in page.blocks if block.kind == "note"] == ["1"]


def test_captions_by_their_word_and_by_their_table() -> None:
    xs, ys = (72, 200, 300), (640, 620, 600)
    grid: list[Piece] = [Rule(x, ys[0], x, ys[-1]) for x in xs]
    grid += [Rule(xs[0], y, xs[-1], y) for y in ys]
    grid += [
        Text(cell, xs[place % 2] + 4, ys[place // 2] - 14)
        for place, cell in enumerate(("Task", "Pay", "Sewing", "40"))
    ]
    pieces = [*lines(PROSE + " first.", top=720), Text("2. Pay by task", 72, 648), *grid]
    pieces += lines("Figure 3: A market in the morning", top=560)
    _, [page] = read(layout, pdf([[*pieces, *lines("Figure 4 shows that pay is low.", top=500)]]))
    assert [block.kind for block in page.blocks] == [
        *("paragraph", "caption", "table", "caption", "paragraph"),
    ]
    assert page.blocks[1].text == "2. Pay by task"


def test_captions_in_the_languages_of_the_library() -> None:
    for text in (
        *("Table 2. Hours", "Fig. 3 – Wages", "Tabla 4: Horas", "Gráfico n.º 5. Pago"),
        *("Tableau 1 : Heures", "Quadro 2 - Horas", "شكل 1: السوق", "الجدول 3. الأجور"),
        *("तालिका 2: मज़दूरी", "সারণি ৩: মজুরি", "ตารางที่ 4: ค่าจ้าง", "Figure 7"),
    ):
        named = NAMED.match(text)
        assert named, text
        assert named[1] is not None, text
    for text in ("Table manners: a guide", "Figure 3 shows more", "Map the workplace. 1 by 1"):
        named = NAMED.match(text)
        assert not (named and named[1] is not None), text


def test_a_word_cut_by_the_end_of_a_page_is_whole_on_the_first() -> None:
    cut = Block("paragraph", "They asked for employ-", continues=True)
    rest = Block("paragraph", "ment in the town.", continued=True)
    [first, second] = across([page(1, cut), page(2, rest)], 1_000)
    assert first.blocks[0].text == "They asked for employment"
    assert second.blocks[0].text == "in the town."
    assert second.text == "in the town."


def test_what_goes_on_from_nothing_stands_alone() -> None:
    cut = Block("paragraph", "They asked for", continues=True)
    rest = Block("paragraph", "work", continued=True)
    pages = [page(1, rest), page(2, Block("heading", "Work", 1)), page(3, cut)]
    assert not any(
        block.continued or block.continues for one in across(pages, 99) for block in one.blocks
    )


def test_a_note_goes_on_only_where_one_was_broken_off() -> None:
    note = Block("note", "See the text of the", marker="1")
    rest = Block("note", "convention.", continued=True)
    [first, second] = across([page(1, note), page(2, rest)], 99)
    assert first.blocks[0].continues
    assert second.blocks[0].continued
    [_, second] = across([page(1, replace(note, text="See it.")), page(2, rest)], 99)
    assert second.blocks[0].kind == "paragraph"


def page(number: int, *blocks: Block) -> Page:
    return Page(number, plain(blocks), blocks)
