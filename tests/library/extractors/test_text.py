"""Plain text."""

from __future__ import annotations

import pytest

from index.document import Document, Passage
from index.engines.whoosh import WhooshEngine
from index.query import Query
from index.text.syntax import parse
from library.core.errors import Empty
from library.core.resource import Block
from library.extractors import Limits
from library.extractors.pages import pages_of
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


@pytest.mark.parametrize(
    "part", ["word ", "A sentence of it. ", "a", "語", "語。", "x\n", "CAPITALS\n\n", "- a\n"]
)
@pytest.mark.parametrize("first", ["", "First.\f"])
def test_nothing_of_a_long_text_is_lost(part: str, first: str) -> None:
    words = first + part * (250_000 // len(part.encode())) + "\n\nthe lastword"
    _, pages = read(text, words.encode())
    assert pages[-1].text.endswith("lastword")
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    kept = "".join("".join(page.text for page in pages).replace("•", "").split())
    assert kept == "".join(words.replace("- a", "a").split())
    assert max(len(page.text) for page in pages) < Limits().page_characters


def test_the_last_word_of_a_line_of_two_megabytes_is_found() -> None:
    _, pages = read(text, b"word " * 400_000 + b"lastword")
    engine = WhooshEngine(None, ("en",))
    passages = (Passage("e", "en", page.number, page.text) for page in pages)
    engine.update([Document("d", "A line", language="en", passages=tuple(passages))])
    assert [hit.id for hit in engine.search(Query(parse("lastword").tree)).hits] == ["d"]


def test_a_paragraph_over_pages_says_that_it_goes_on() -> None:
    _, pages = read(text, b"A sentence of it. " * 4_000)
    assert len(pages) > 2
    assert all(page.text.endswith(".") and len(page.blocks) == 1 for page in pages)
    over = [(page.blocks[0].continued, page.blocks[0].continues) for page in pages]
    assert over == [(False, True), *[(True, True)] * (len(pages) - 2), (True, False)]


@pytest.mark.parametrize(
    "rows",
    [
        (("a " * 900 + "lastword",),),
        (("Head", "b"), ("a " * 300_000 + "lastword", "b " * 9)),
        (("a " * 300_000, "b"), ("c", "lastword")),
        (("Head",), *(("a" * 30_000,) for _ in range(20)), ("lastword",)),
    ],
)
def test_nothing_of_a_long_table_is_lost(rows: tuple[tuple[str, ...], ...]) -> None:
    pages = pages_of([Block("table", rows=rows)], "text", Limits())
    assert "lastword" in pages[-1].text
    held = "".join("".join(page.text for page in pages).split())
    assert all(held.count(sign) >= str(rows).count(sign) for sign in "abc")


def test_a_word_cut_at_the_end_of_a_short_line() -> None:
    _, [page] = read(text, b"Carriers have organ-\nised.\nThe self-\nemployed too.\n")
    assert "organised." in page.text
    assert "self" in page.text


def test_what_terminals_and_typewriters_print() -> None:
    struck = b"N\x08NA\x08AM\x08ME\x08E\n\n_\x08t_\x08h_\x08e rent of a stall"
    coloured = b"\x1b[1mMeeting\x1b[0m of the \x1b[31mstewards\x1b[0m\n\nx"
    assert read(text, struck)[1][0].text == "NAME\n\nthe rent of a stall"
    assert read(text, coloured)[1][0].text == "Meeting of the stewards\n\nx"


def test_a_narrow_column_is_a_paragraph() -> None:
    column = (
        "The rent of a stall is set by\nthe council and the committee\ntogether, as the law has."
    )
    assert len(read(text, column.encode())[1][0].blocks) == 1
