"""A text is read by its stretches as it is read as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text import analysis, stretches

ODD = (
    "aeIxXvViıİſKArtsS12é٣4coLévlñßωПрий.,()'-/@*+#§&:हم्ाकनमिﬁǅª²ｆÅริม東"
    "\u00ad\u200b\u200c\u0301\u0640\u2019\uff07\u00b7"
)
# The apostrophe that is a letter stands within words: alone before a sign, what it makes with that
# is said of the word behind, or of that before, and is no word of anybody's.
TYPED = (
    "art Article IV iv artículo Convention de la OIT No. 189 1 250 000 level II ४ ½ 1/2 per cent "
    "R$ $2m 2 million de dollars N.º n° C087 s. 12 % 00 lʼeau обʼєднання"
)
WORDS = TYPED.split()


def read(placed) -> tuple[list[str], list[tuple[int, str, int, int]]]:
    tokens: list[str] = []
    beside = []
    for place, token in placed:
        if place == len(tokens):
            tokens.append(token.text)
        else:
            beside.append((place, token.text, token.start, token.end))
    return tokens, sorted(beside)


def whole(text: str):
    """As `stretches.placed`: words, then what stands beside them."""
    tokens = [*analysis.tokens(text)]
    yield from enumerate(tokens)
    yield from [*analysis.placed(text)][len(tokens) :]


@settings(max_examples=500)
@given(st.lists(st.one_of(st.text(ODD, max_size=8), st.sampled_from(WORDS)), max_size=12))
def test_words_and_readings_are_those_of_the_whole(parts):
    for space in (" ", "\n", "  "):
        text = space.join(parts)
        assert read(stretches.placed(text)) == read(whole(text))


@pytest.mark.parametrize(
    "text",
    [
        "Convention\nNo. 189 of 1 250 000 workers, art. 5 and Article IV",
        "the level.\niv) is e-mail 12\u00a0345 678",
        "convenio de la OIT núm. 189",
        "1 \u0640+",
        "3 00 000 and 12 per cent, 1 1/2 of it, number 612, n° 7 and s. 12",
    ],
)
def test_readings_run_over_white_space(text):
    assert read(stretches.placed(text)) == read(whole(text))


def test_forms_are_those_of_the_words():
    said = stretches.said_in(("en", "es"))
    assert said["strikers,"] == (1, said["strikers"][1])
    assert set(said["strikers"][1]) == {"striker"} | {analysis.stem("strikers", "es")}
    assert said["12"] == "12"
    assert said["—"] == (0, ())
