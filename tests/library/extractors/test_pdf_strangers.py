"""PDF as programs for print and the web make it: turned lines, cut words, columns in small type."""

from __future__ import annotations

from library.extractors.pdf_layout import read as layout
from tests.builders import Text, content, lines, pdf
from tests.library.extractors.reading import read, shapes

BODY = (
    "The porters of the market have organised themselves in a\n"
    "committee that meets on the first Monday of every month."
)


def turned(text: str, x: int = 40, y: int = 200) -> bytes:
    return f"\nBT /F1 9 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET".encode()


def test_a_line_on_its_side_follows_the_text() -> None:
    page = content(lines(BODY)) + turned("Photograph: Ana Cruz") + turned("Lima, 2019", x=52)
    _, [found] = read(layout, pdf([page]))
    assert shapes(found) == [
        ("paragraph", " ".join(BODY.split("\n"))),
        ("paragraph", "Photograph: Ana Cruz Lima, 2019"),
    ]


def test_what_stands_on_its_side_of_many_pages_runs() -> None:
    pages = [content(lines(f"{BODY} {n}")) + turned(f"Chapter {n} of rents") for n in range(6)]
    _, found = read(layout, pdf(pages))
    assert all("Chapter" not in page.text for page in found)


def test_a_hyphen_that_is_none_cuts_no_word() -> None:
    cut = b"/Span <</ActualText %b>> BDC (-) Tj EMC"
    for actual in (b"<FEFF00AD>", b"()"):
        page = (
            b"BT /F1 11 Tf 72 700 Td (The office of the market keeps a book of the organi) Tj "
            + cut % actual
            + b" 0 -14 Td (sation, in which all of its members stand by name.) Tj ET"
        )
        _, [found] = read(layout, pdf([page]))
        assert "book of the organisation, in which" in found.text


def test_columns_of_small_type_stand_near_each_other() -> None:
    page = [
        Text(word, left + place + shift, 700 - 9 * line, 7)
        for left, side in ((72, "L"), (290, "R"))
        for line in range(20)
        for word, place, shift in (
            (f"{side}{line}", 0, 0),
            ("justified", 30, 7 * (line % 3)),
            ("columns", 80, 9 * (line % 2)),
            ("of small", 125, 8 * (line % 4)),
            ("type", 199.5, 0),
        )
    ]
    _, [found] = read(layout, pdf([page]))
    assert found.text.index("L19") < found.text.index("R0")


def test_an_initial_whose_foot_hangs_below_its_lines() -> None:
    page = [
        Text("W", 72, 677, 30),
        Text("hen the market began to grow, officials of", 103, 695, 8),
        Text("the city fined the women who worked in it,", 103, 683, 8),
        Text("and the rents were raised for all of them.", 72, 671, 8),
    ]
    _, [found] = read(layout, pdf([page]))
    assert found.text == (
        "When the market began to grow, officials of the city fined the women who worked in it, "
        "and the rents were raised for all of them."
    )
