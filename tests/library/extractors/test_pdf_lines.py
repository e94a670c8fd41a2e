"""Lines, columns and formulas are put together from spans as a reader would put them."""

from __future__ import annotations

from collections.abc import Sequence

from library.extractors.bidi import Placed
from library.extractors.layout.flows import flows_of
from library.extractors.layout.formulas import gathered
from library.extractors.layout.lines import lines_of
from library.extractors.layout.order import in_order, text_columns
from library.extractors.layout.shapes import Line, Span
from library.extractors.layout.tables import aligned


def spans(*pieces: tuple[str, float, float, float], size: float = 10) -> list[Span]:
    """Spans by text, left and right edge and baseline, in the order in which they are set."""
    return [
        Span(text, left, right, baseline, size, place=place)
        for place, (text, left, right, baseline) in enumerate(pieces)
    ]


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def test_a_lone_letter_that_ends_a_stretched_line_is_no_marker() -> None:
    found = lines_of(
        spans(
            ("entra", 70, 95, 100),
            ("y", 115, 120, 100),
            ("sale", 70, 88, 112),
            ("La hora", 145, 180, 100),
        )
    )
    assert texts(found) == ["entra", "y", "La hora", "sale"]
    item = lines_of(spans(("a", 70, 75, 100), ("first of all", 90, 140, 100)))
    assert texts(item) == ["a first of all"]


def test_a_bullet_set_apart_belongs_to_its_item() -> None:
    found = lines_of(
        spans(("•", 70, 74, 100), ("•", 70, 74, 112), ("one", 90, 110, 100), ("two", 90, 110, 112))
    )
    assert texts(found) == ["• one", "• two"]


def test_a_thai_line_stretched_at_all_its_words_keeps_them_together() -> None:
    words = ["ค่า", "จ้าง", "ต้อง", "จ่าย", "เป็น", "เงิน"]
    stretched = [(word, 30.0 * n, 30.0 * n + 27, 100.0) for n, word in enumerate(words)]
    spaced = ("อย่าง", 183.0, 200.0, 100.0)  # behind a gap twice as wide
    assert texts(lines_of(spans(*stretched, spaced))) == ["".join(words) + " อย่าง"]
    phrases = [("การทำอาหาร", 0, 60, 100), ("ซักผ้าทุกวัน", 63, 110, 100), ("ดูแลเด็ก", 113, 150, 100)]
    assert texts(lines_of(spans(*phrases))) == ["การทำอาหาร ซักผ้าทุกวัน ดูแลเด็ก"]


def test_a_stroke_without_a_name_lengthens_an_arabic_word() -> None:
    right, stroke, left = spans(
        ("دعب", 86, 100, 100), ("\ufffd\ufffd", 80, 86, 100), ("ش", 74, 80, 100)
    )
    right.glyphs = tuple(Placed(sign, 96 - 5 * n, 100 - 5 * n) for n, sign in enumerate("بعد"))
    left.glyphs = (Placed("ش", 74, 80),)
    assert texts(lines_of([right, stroke, left])) == ["بعدش"]


def test_a_stroke_with_a_wrong_name_lengthens_an_arabic_word_it_stands_in() -> None:
    def said(name: str, left_edge: float) -> list[str]:
        right, stroke, left = spans(
            ("دعب", 86, 100, 100), (name, 83, 86, 100), ("ش", left_edge - 6, left_edge, 100)
        )
        right.glyphs = tuple(Placed(sign, 96 - 5 * n, 100 - 5 * n) for n, sign in enumerate("بعد"))
        left.glyphs = (Placed("ش", left_edge - 6, left_edge),)
        return texts(lines_of([right, stroke, left]))

    assert said("bb", 83) == ["بعدش"]
    assert "b" in said("b", 80)[0]  # apart from the next letters: a letter of its own
    assert "i" in said("i", 83)[0]  # a letter may be as narrow as that


def test_short_cells_in_columns_are_no_columns_of_text() -> None:
    words = [
        "permit",
        "by the month",
        "rent",
        "market day",
        "scales",
        "a fine",
        "wage",
        "the stall",
    ]
    rows = [
        (f"{word}", 70 + 150 * column, 70 + 150 * column + 35, 100 + 15 * row)
        for row, word in enumerate(words)
        for column in range(3)
    ]
    cells = lines_of(spans(*rows))
    assert text_columns(cells) == []
    prose = [(word * 3, left, right + 85, baseline) for word, left, right, baseline in rows]
    assert len(text_columns(lines_of(spans(*prose)))) == 3


def test_the_number_of_a_note_is_raised_behind_a_word() -> None:
    def said(before: str, baseline: float) -> str:
        number = Span("2", 121, 124, baseline, 6, place=1)
        return lines_of([*spans((before, 70, 120, 100)), number])[0].text

    assert said("the wage", 96) == "the wage[2]"
    assert said("(as it says)", 96) == "(as it says)[2]"
    assert said("(cx + d)", 96) == "(cx + d)2"  # a power
    assert said("the group SL", 102) == "the group SL2"  # an index


def test_a_space_after_a_comma_may_be_thin() -> None:
    found = lines_of(spans(("a,", 70, 78, 100), ("b", 79.4, 84, 100), ("c", 85.4, 90, 100)))
    assert texts(found) == ["a, bc"]


def test_a_fraction_is_read_as_it_was_set() -> None:
    found = lines_of(
        spans(
            ("f(z) =", 70, 100, 100),
            ("az + b", 104, 134, 93),
            ("cz + d", 104, 134, 107),
            ("for all z.", 138, 180, 100),
            ("The next line of the text", 70, 200, 125),
        )
    )
    assert texts(sorted(gathered(found), key=lambda line: line.top)) == [
        "f(z) = az + b cz + d for all z.",
        "The next line of the text",
    ]


def test_lines_without_signs_of_mathematics_are_no_formula() -> None:
    found = lines_of(spans(("Wage", 70, 100, 100), ("per hour", 102, 134, 96)))
    assert texts(gathered(found)) == texts(found)


def entries(left: float, place: int, top: float, count: int = 5) -> list[Line]:
    """Short lines, such as those of an index."""
    return [
        Line(
            f"entry {place + n}",
            left,
            left + 60,
            top + 12 * n,
            top + 12 * n + 10,
            10,
            place=n + place,
        )
        for n in range(count)
    ]


def test_columns_set_one_after_the_other_are_read_so() -> None:
    title = Line("The title of the page, over both columns", 70, 320, 80, 90, 12, place=0)
    left, right = entries(70, 1, 100), entries(250, 6, 100)
    foot = Line("Below both", 70, 200, 200, 210, 10, place=11)
    mixed = [*right, foot, *left, title]
    assert [len(flow) for flow in flows_of(mixed)] == [6, 5, 1]
    assert in_order(mixed) == [title, *left, *right, foot]


def test_an_order_of_setting_that_jumps_about_is_not_believed() -> None:
    left, right = entries(70, 5, 100), entries(250, 0, 100)
    assert len(flows_of([*left, *right])) == 1


def test_columns_of_an_index_are_no_table() -> None:
    left, right = entries(70, 0, 100, 20), entries(250, 20, 100, 3)
    assert not any(line.rows for line in aligned([*left, *right]))
    rows = [
        Line(text, x, x + 60, top, top + 10, 10, place=n)
        for n, (text, x, top) in enumerate(
            (f"cell {row}{column}", 70 + 180 * column, 100 + 12 * row)
            for row in range(4)
            for column in range(2)
        )
    ]
    assert [len(line.rows) for line in aligned(rows)] == [4]


def test_digits_of_another_script_keep_the_spaces_that_are_set_around_them() -> None:
    before, number, after = spans(
        ("no less than", 30, 90, 100), ("٣٠", 91.5, 103.5, 100), ("days", 105, 125, 100)
    )
    number.glyphs = (Placed("٣", 91.5, 97), Placed("٠", 97, 103.5))
    before.ended = after.led = True
    assert texts(lines_of([before, number, after])) == ["no less than ٣٠ days"]
    before.ended = after.led = False
    assert texts(lines_of([before, number, after])) == ["no less than٣٠days"]
    sign, rest = spans(("٪", 91.5, 95, 100), ("20", 95.1, 103.5, 100))
    sign.glyphs, before.ended, after.led = (Placed("٪", 91.5, 95),), True, True
    assert texts(lines_of([before, sign, rest, after])) == ["no less than ٪20 days"]
