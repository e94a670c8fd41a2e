"""Letters set apart for show are words, and the words stay apart."""

from __future__ import annotations

import pytest

from library.extractors import pdf_words
from library.extractors.layout.spacing import respaced
from library.extractors.pdf_layout import read as layout
from tests.builders import content, lines, pdf
from tests.library.extractors.reading import read

BELOW = lines("This guide was written by members,\nand explains how to keep a register.", top=600)
WIDTHS = {**dict.fromkeys(" I", 278), **dict.fromkeys("OG", 778), **dict.fromkeys("SAK", 667)}
WIDTHS |= {"T": 611, "W": 944}


def drawn(text: str, operators: str) -> bytes:
    return f"BT /F1 18 Tf {operators} 72 700 Td ({text}) Tj ET\n".encode() + content(BELOW)


def one_by_one(text: str, apart: float) -> bytes:
    """Each letter by itself, its place said."""
    x, parts = 72.0, []
    for sign in text:
        if sign != " ":
            parts.append(f"BT /F1 18 Tf {x:.2f} 700 Td ({sign}) Tj ET")
        x += 18 * WIDTHS.get(sign, 722) / 1000 + apart
    return "\n".join(parts).encode() + b"\n" + content(BELOW)


@pytest.mark.parametrize(
    "page",
    [
        drawn("O U R   R I G H T S   A T   W O R K", ""),
        drawn("O U R  R I G H T S  A T  W O R K", ""),
        drawn("OUR RIGHTS AT WORK", "6 Tc"),
        drawn("OUR RIGHTS AT WORK", "10 Tc"),
        one_by_one("OUR RIGHTS AT WORK", 6.0),
    ],
)
def test_a_title_set_in_letters_apart(page: bytes) -> None:
    data = pdf([page])
    for reader in (layout, pdf_words.read):
        _, [found] = read(reader, data)
        assert "OUR RIGHTS AT WORK" in " ".join(found.text.split())


def test_gaps_that_are_all_alike_part_no_words() -> None:
    signs = [(sign, 10.0 * n, 10.0 * n + 6) for n, sign in enumerate("STAGE")]
    apart = [one for sign in signs for one in (sign, (" ", 0.0, 0.0))][:-1]
    assert respaced(apart, 10) == "STAGE"


def test_initials_and_other_words_stay_as_they_are() -> None:
    signs = [(sign, 5.0 * n, 5.0 * n + 5) for n, sign in enumerate("J R Paz and a b")]
    assert respaced(signs, 10) == "J R Paz and a b"


@pytest.mark.parametrize("space", ["first", "last", "between", "both"])
def test_words_set_by_themselves_with_a_narrow_space_stay_apart(space: str) -> None:
    """As in condensed type: the gap alone, an eighth of the size, could be inside a word."""
    x, parts = 72.0, []
    for word, width in (("the", 1390), ("annual", 3058), ("leave", 2446), ("balance", 3558)):
        text = {"first": f" {word}", "last": f"{word} ", "both": f" {word} "}.get(space, word)
        start = x - (11 * 0.278 if text.startswith(" ") else 0)
        parts.append(f"BT /F1 11 Tf {start:.2f} 700 Td ({text}) Tj ET")
        x += 11 * width / 1000
        if space == "between":
            parts.append(f"BT /F1 11 Tf {x:.2f} 700 Td ( ) Tj ET")
        x += 11 * 0.125
    _, [found] = read(layout, pdf(["\n".join(parts).encode() + b"\n" + content(BELOW)]))
    assert found.text.startswith("the annual leave balance")
