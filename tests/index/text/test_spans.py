"""Where words stand is told by kinds of characters as reading them tells it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.text.analysis import tokens
from index.text.spans import spans


@given(
    st.text()
    | st.text("ab'’ʼ 1é-ـ\u0301\u200bगु्ณค人ا", max_size=30)
    | st.text("don't s", max_size=20)
)
def test_spans_are_those_of_the_tokens(text):
    assert [tuple(span) for span in spans(text).tolist()] == [
        (token.start, token.end) for token in tokens(text)
    ]


def test_each_character_alone_between_and_behind_letters():
    for first in range(0, 0x3100, 64):
        text = " ".join(
            f"{chr(c)} a{chr(c)}b {chr(c)}c d{chr(c)}" for c in range(first, first + 64)
        )
        assert [tuple(span) for span in spans(text).tolist()] == [
            (token.start, token.end) for token in tokens(text)
        ]
