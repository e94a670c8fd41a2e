"""Pages and passages bear their own language where it plainly is not the document's."""

from __future__ import annotations

import pytest

from library.core.resource import Block, Page
from library.metadata.passages import marked, script_of

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
ENGLISH = (
    "The members of the union met in the market hall to talk about the price of the stalls, and "
    "they decided that nobody should pay more than was agreed with the city in the spring. "
)
SPANISH = (
    "Las trabajadoras que venden en la calle tienen derecho a organizarse en el sindicato de su "
    "elección, y nadie puede quitarles la mercancía sin una orden escrita de la autoridad. "
)
PORTUGUESE = (
    "As trabalhadoras que vendem na rua têm o direito de se organizar no sindicato de sua escolha, "
    "e ninguém pode tirar a mercadoria delas sem uma ordem escrita da autoridade. "
)
ARABIC = "يحق للعاملات اللواتي يبعن في الشارع أن ينظمن أنفسهن في النقابة التي يخترنها بحرية تامة. "


def page(*blocks: Block) -> Page:
    return Page(1, "\n".join(block.text for block in blocks), blocks)


def languages(*blocks: Block, language: str = "en") -> list[str]:
    (done,) = marked([page(*blocks)], language, LANGUAGES)
    return [done.language, *(block.language for block in done.blocks)]


@pytest.mark.parametrize(
    ("text", "code"), [(SPANISH, "es"), (PORTUGUESE, "pt"), (ARABIC, "ar"), (ENGLISH, "")]
)
def test_a_passage_in_another_language_is_marked(text: str, code: str) -> None:
    body = Block("paragraph", ENGLISH * 4)
    assert languages(body, Block("quote", text)) == ["", "", code]


def test_a_page_in_another_language_is_marked_and_its_passages_need_not_be() -> None:
    body = Block("paragraph", SPANISH * 3)
    assert languages(body, body, Block("paragraph", ENGLISH)) == ["es", "", "", "en"]


def test_what_a_file_says_of_a_long_passage_is_held_against_its_words() -> None:
    body = Block("paragraph", ENGLISH * 3)
    wrong = Block("paragraph", ENGLISH, language="es-ES")
    right = Block("paragraph", SPANISH, language="es-MX")
    assert languages(body, wrong, right) == ["", "", "", "es-MX"]


def test_what_a_file_says_of_a_short_passage_is_believed() -> None:
    body = Block("paragraph", ENGLISH * 3)
    assert languages(body, Block("heading", "Ayni", 2, language="qu")) == ["", "", "qu"]
    assert languages(body, Block("heading", "The end", 2, language="en-GB")) == ["", "", ""]


def test_a_short_passage_in_another_script_is_marked_and_symbols_are_not() -> None:
    body = Block("paragraph", ENGLISH * 3)
    assert languages(body, Block("heading", "حقوق العاملات", 2)) == ["", "", "ar"]
    assert languages(body, Block("paragraph", "α + β = γ")) == ["", "", ""]


def test_a_table_counts_by_its_cells() -> None:
    body = Block("paragraph", ENGLISH * 3)
    table = Block("table", rows=((SPANISH,), (SPANISH,)))
    assert languages(body, table) == ["", "", "es"]


def test_the_script_of_a_text() -> None:
    assert script_of("ひらがなと漢字") == script_of("漢字") != script_of("abc") == "LATIN"
    assert script_of("12 + 3") == ""
