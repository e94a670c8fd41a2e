"""Plain text."""

from __future__ import annotations

import pytest

from library.core.errors import Empty
from library.extractors.text import read as text
from tests.library.extractors.reading import read, shapes


def test_paragraphs_headings_and_items() -> None:
    _, [page] = read(
        text,
        (
            b"KNOW YOUR RIGHTS\n\nFirst part\n==========\n"
            b"Every worker may join a union of her own choice and take part in its organi-\n"
            b"sation without asking anybody.\n\n"
            b"- Rest\n- Pay\n\n1. One\n2. Two\n\n"
            b"Office of the union\n12 Market Road\n\nILO.\n"
        ),
    )
    assert shapes(page) == [
        ("heading", "KNOW YOUR RIGHTS"),
        ("heading", "First part"),
        (
            "paragraph",
            "Every worker may join a union of her own choice and take part in its organisation"
            " without asking anybody.",
        ),
        ("item", "Rest"),
        ("item", "Pay"),
        ("item", "One"),
        ("item", "Two"),
        ("paragraph", "Office of the union"),
        ("paragraph", "12 Market Road"),
        ("paragraph", "ILO."),
    ]


def test_form_feeds_are_pages() -> None:
    said, pages = read(text, b"First page\n\fSecond page\n\f\fFourth page\n\f")
    assert [page.text for page in pages] == ["First page", "Second page", "", "Fourth page"]
    assert said.pages == 4


def test_long_texts_are_cut_between_paragraphs() -> None:
    _, pages = read(text, ("word " * 120 + "end.\n\n").encode() * 20)
    assert len(pages) > 3
    assert all(page.text.endswith("end.") for page in pages)


def test_nothing_to_read() -> None:
    with pytest.raises(Empty):
        read(text, b"\f\n \f")
