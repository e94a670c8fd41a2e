"""What is seen on a page and stands outside its content is read; what is not seen is not; and what
cannot be read is said.
"""

from __future__ import annotations

import pytest

from library.extractors import pdf_words
from library.extractors.cleanup import undoubled
from library.extractors.pdf_layout import read as layout
from tests.builders import Text, assembled, content, lines, pdf, stream, string
from tests.library.extractors.reading import read

READERS = (layout, pdf_words.read)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
FORM = "<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>"


def appearance(text: str) -> bytes:
    """A form that draws a text, as programs make it for a field."""
    drawn = f"/Tx BMC q BT /F1 11 Tf 2 5 Td {string(text)} Tj ET Q EMC".encode("cp1252")
    head = f"{FORM}/Length {len(drawn)}>>".encode()
    return head + b"\nstream\n" + drawn + b"\nendstream"


def page(
    annotations: list[str],
    objects: dict[int, bytes] | None = None,
    *,
    catalog: str = "",
    page: str = "",
    drawn: bytes | None = None,
) -> bytes:
    """A page with annotations, numbered from 20 on."""
    numbers = [20 + n for n in range(len(annotations))]
    listed = " ".join(f"{number} 0 R" for number in numbers)
    fields = f"/AcroForm<</Fields[{listed}]/DR<</Font<</F1 3 0 R>>>>/DA(/F1 11 Tf)>>"
    if drawn is None:
        drawn = content(lines("The complaint form of the association\nof market women.", top=760))
    made = {
        1: f"<</Type/Catalog/Pages 2 0 R{fields}{catalog}>>".encode(),
        2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>",
        3: FONT.encode(),
        4: FONT.replace("Helvetica", "Helvetica-Bold").encode(),
        5: b"<<>>",
        10: (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Annots[{listed}]"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>{page}>>"
        ).encode(),
        11: stream(drawn),
        **{number: one.encode("cp1252") for number, one in zip(numbers, annotations, strict=True)},
        **(objects or {}),
    }
    return assembled(made)


def widget(value: str, more: str = "") -> str:
    return (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V{string(value)}/Rect[72 600 272 620]/F 4"
        f"/DA(/F1 11 Tf){more}>>"
    )


def test_what_was_filled_into_a_form_is_read() -> None:
    data = page(
        [widget("Oystercatcher Ltd", "/AP<</N 30 0 R>>")], {30: appearance("Oystercatcher Ltd")}
    )
    for reader in READERS:
        said, [found] = read(reader, data)
        assert "Oystercatcher Ltd" in found.text
        assert said.unread == ()


def test_a_value_without_looks_is_read_where_it_stands() -> None:
    _, [found] = read(layout, page([widget("Bittern and daughters")]))
    assert "Bittern and daughters" in found.text


@pytest.mark.parametrize("kind", ["FreeText", "Stamp"])
def test_what_was_typed_or_stamped_on_a_page_is_read(kind: str) -> None:
    one = f"<</Type/Annot/Subtype/{kind}/Rect[72 500 272 520]/Contents(x)/AP<</N 30 0 R>>/F 4>>"
    data = page([one], {30: appearance("Received in May")})
    for reader in READERS:
        _, [found] = read(reader, data)
        assert "Received in May" in found.text


@pytest.mark.parametrize("more", ["/F 2", "/F 32", "/Ff 8192"])
def test_what_is_hidden_or_a_password_is_not_read(more: str) -> None:
    one = widget("Oystercatcher", "/AP<</N 30 0 R>>").replace(
        "/F 4", "" if "/F " in more else "/F 4"
    )
    data = page([one.replace("/DA", f"{more}/DA", 1)], {30: appearance("Oystercatcher")})
    _, [found] = read(layout, data)
    assert "Oystercatcher" not in found.text


@pytest.mark.parametrize(
    "broken", ["/AP<</N 99 0 R>>", "/AP 7", "/AP<</N 20 0 R>>", "/Parent 20 0 R"]
)
def test_broken_annotations_lose_nothing_else(broken: str) -> None:
    for reader in READERS:
        _, [found] = read(reader, page([widget("x", broken)]))
        assert "complaint form" in found.text


def test_text_outside_of_what_is_shown_is_not_read() -> None:
    drawn = content(
        [*lines("Inside of what is seen,\nand read.", top=700), Text("proof 17", 20, 20)]
    )
    data = page([], page="/CropBox[60 60 540 800]", drawn=drawn)
    for reader in READERS:
        _, [found] = read(reader, data)
        assert "Inside of what is seen" in found.text
        assert "proof" not in found.text


def test_attached_files_are_named_with_what_to_do() -> None:
    objects = {
        40: b"<</Type/Filespec/F(inner.pdf)/UF(inner.pdf)/EF<</F 41 0 R>>>>",
        41: stream(b"%PDF-1.4 something"),
    }
    names = "/Names<</EmbeddedFiles<</Names[(inner.pdf) 40 0 R]>>>>"
    said, _ = read(pdf_words.read, page([], objects, catalog=names))
    [line] = said.unread
    assert (line.code, line.values["number"]) == ("unread files", 1)
    assert "inner.pdf" in str(line) and "add it by itself" in str(line)


def test_letters_set_twice_to_look_bold_are_read_once() -> None:
    twice = "".join(
        f"BT /F1 18 Tf {72 + dx} 700 Td (Your rights at work) Tj ET\n" for dx in (0, 0.4)
    )
    one_by_one, x = "", 72.0
    for sign, width in zip("Yours", (667, 556, 556, 333, 500), strict=True):
        one_by_one += f"BT /F1 18 Tf {x:.2f} 650 Td ({sign}) Tj ET\n"
        one_by_one += f"BT /F1 18 Tf {x + 0.4:.2f} 650 Td ({sign}) Tj ET\n"
        x += 18 * width / 1000
    moved = "BT /F1 18 Tf 72 600 Td [(B)640(B)(o)530(o)(o)530(o)(k)480(k)] TJ ET\n"
    data = pdf([(twice + one_by_one + moved).encode() + content(lines("And so on.", top=500))])
    _, [found] = read(layout, data)
    assert " ".join(found.text.split()) == "Your rights at work Yours Book And so on."


def test_doubled_letters_are_halved_and_no_others() -> None:
    assert undoubled("YYoouurr rriigghhttss aatt work") == "Your rights at work"
    for line in ("a bookkeeper of the committee", "112233", "------", "aa bb", "Mississippi"):
        assert undoubled(line) == line


def test_what_is_cut_off_by_a_path_is_not_read() -> None:
    """As where one page was put beside the other, and each cut to its half."""
    hidden = b"q 0 0 300 842 re W n BT /F1 11 Tf 320 700 Td (Hidden behind) Tj ET Q\n"
    half = b"q 0 0 300 842 re W n BT /F1 11 Tf 72 700 Td (Seen in its half) Tj ET Q\n"
    cross = b"q 60 600 400 60 re W* n BT /F1 11 Tf 72 640 Td (Seen within a box) Tj ET Q\n"
    after = b"BT /F1 11 Tf 320 560 Td (Seen after it) Tj ET\n"
    for reader in READERS:
        _, [found] = read(reader, pdf([hidden + half + cross + after]))
        assert "Hidden" not in found.text
        for words in ("Seen in its half", "Seen within a box", "Seen after it"):
            assert words in found.text
