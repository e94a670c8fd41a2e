"""Headings that their type alone tells are known; code, labels of drawings and feet are none."""

from __future__ import annotations

import pytest

from library.extractors.pdf_layout import read as layout
from tests.builders import assembled, lines, pdf, stream
from tests.library.extractors.reading import read, shapes

FACES = {
    "F1": "Times-Roman",
    "F2": "Helvetica",
    "F3": "ABCDEF+SFBX1000",
    "F4": "Courier",
    "F5": "ABCDEF+NimbusRomNo9L-Medi",
}
Set = tuple[str, float, float, float, str]  # face, size, left, height, text


def page(*pieces: Set, weight: str = "") -> bytes:
    """A page with these pieces, in types of these names."""
    drawn = "".join(
        f"BT /{face} {size} Tf {x} {y} Td ({text}) Tj ET\n" for face, size, x, y, text in pieces
    )
    fonts = "".join(f"/{name} {30 + n} 0 R" for n, name in enumerate(FACES))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>",
        5: b"<<>>",
        10: (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R"
            f"/Resources<</Font<<{fonts}>>>>>>"
        ).encode(),
        11: stream(drawn.encode("cp1252")),
    }
    for place, base in enumerate(FACES.values()):
        described = "" if base in ("Times-Roman", "Helvetica", "Courier") else DESCRIBED
        objects[30 + place] = (
            f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding{described}>>"
        ).encode()
    objects[40] = (
        f"<</Type/FontDescriptor/FontName/X/Flags 32/StemV 80/ItalicAngle 0/Ascent 700{weight}"
        "/Descent -200/CapHeight 700/FontBBox[0 -200 1000 800]>>"
    ).encode()
    return assembled(objects)


DESCRIBED = f"/FirstChar 32/LastChar 126/Widths[{'500 ' * 95}]/FontDescriptor 40 0 R".replace(
    "500 500", "450 550"
)


def prose(top: float, lines: int = 4, left: float = 72) -> list[Set]:
    text = "The members of the committee met on the first day and agreed on the dues"
    return [("F1", 10, left, top - 12 * n, text) for n in range(lines)]


def kinds(data: bytes) -> dict[str, str]:
    _, [found] = read(layout, data)
    return {text: kind for kind, text in shapes(found)}


@pytest.mark.parametrize("text", ["Who may vote", "2.3 Who may vote", "Quién puede votar"])
def test_a_line_in_another_type_above_its_text_is_a_heading(text: str) -> None:
    data = page(*prose(780), ("F2", 10, 72, 720, text), *prose(706), *prose(640))
    assert kinds(data)[text] == "heading"


@pytest.mark.parametrize(
    "text", ["Who may vote.", "who may vote", "Who may vote,", "Table 3. Who may vote", "12/3/2019"]
)
def test_other_lines_in_another_type_are_none(text: str) -> None:
    data = page(*prose(780), ("F2", 10, 72, 720, text), *prose(706), *prose(640))
    assert kinds(data).get(text) != "heading"


def test_a_line_in_another_type_amid_its_text_is_none() -> None:
    data = page(*prose(780), ("F2", 10, 72, 732, "Who may vote"), *prose(720), *prose(640))
    assert kinds(data).get("Who may vote") != "heading"


@pytest.mark.parametrize("face", ["F3", "F5"])
def test_bold_of_tex_and_postscript_is_bold(face: str) -> None:
    data = page(*prose(780), (face, 10, 72, 720, "Who may vote"), *prose(706))
    assert kinds(data)["Who may vote"] == "heading"


def test_lines_of_code_are_no_headings() -> None:
    code = [
        ("F4", 10, 72, 700 - 12 * n, text)
        for n, text in enumerate(["RETURN", "CASE", "WHEN MEMBER_OF (GROUP) = 1", "ELSE NULL"])
    ]
    data = page(*prose(800, 8), *code, *prose(600, 12))
    assert "heading" not in kinds(data).values()
    for text in ("TOTAL_DUES = 12", "SET OPTION USER=OWNER", "ON <TABLE NAME>"):
        data = page(*prose(780), ("F1", 10, 72, 700, text), *prose(680))
        assert kinds(data).get(text) != "heading"


def test_labels_of_a_drawing_and_the_foot_of_a_page_are_no_headings() -> None:
    labels: list[Set] = [
        ("F3", 10, 100, 600, "COMMITTEE"),
        ("F3", 10, 300, 580, "TREASURER"),
        ("F3", 10, 200, 540, "MEMBERS"),
        ("F1", 9, 72, 500, "Figure 4: Who answers to whom"),
    ]
    foot: Set = ("F3", 10, 300, 40, "Rules of the union 17")
    found = kinds(page(*prose(780, 8), *labels, *prose(460, 8), foot))
    assert found["COMMITTEE"] != "heading" and found["MEMBERS"] != "heading"
    assert found.get("Rules of the union 17") != "heading"


def test_two_columns_set_wide_are_read_one_after_the_other() -> None:
    left = [
        ("F1", 10, 60, 600 - 18 * n, f"Left column line {n} of its text goes on") for n in range(14)
    ]
    right = [
        ("F1", 10, 320, 602 - 18 * n, f"Right column line {n} of its text goes on")
        for n in range(14)
    ]
    whole = [("F1", 10, 60, 760 - 18 * n, "A line from edge to edge " * 5) for n in range(6)]
    mixed = [piece for pair in zip(right, left, strict=True) for piece in pair]
    _, [found] = read(layout, page(*whole, *mixed))
    text = " ".join(found.text.split())
    assert text.index("Left column line 13") < text.index("Right column line 0")


def test_articles_set_as_tightly_as_their_text_are_headings() -> None:
    law = "\n".join(
        f"Article {n}\nThe employer of this article shall keep\na register of hours, and pay."
        for n in (4, 5, 6)
    )
    _, [page] = read(layout, pdf([lines(law)]))
    assert [text for kind, text in shapes(page) if kind == "heading"] == [
        "Article 4", "Article 5", "Article 6",
    ]  # fmt: skip


def test_an_article_named_in_a_sentence_is_none() -> None:
    told = "What is owed on the last day of each month is said in\nArticle 4\nof the law on wages."
    _, [page] = read(layout, pdf([lines(told)]))
    assert [kind for kind, _ in shapes(page)] == ["paragraph"]


@pytest.mark.parametrize("name", ["Article 3:", "Article (12)", "Artículo 23.", "Article 103"])
def test_a_line_that_only_names_a_part_of_the_work_is_a_heading(name: str) -> None:
    _, [page] = read(layout, pdf([lines(f"{name}\n\nThe employer shall keep a register of it.")]))
    assert shapes(page)[0] == ("heading", name)


def test_an_article_at_the_foot_of_a_page_is_a_heading() -> None:
    page = lines(
        "Nobody may be held in slavery, and the trade in slaves is forbidden.\n\nArticle 16"
    )
    _, [found] = read(layout, pdf([page]))
    assert shapes(found)[-1] == ("heading", "Article 16")
