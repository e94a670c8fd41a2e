"""What a rule of spelling needs of a word, before its pattern is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import orthography

RULES = [rule for rules in orthography._RULES.values() for rule in rules]
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzəَيمانرآऑॉशृ", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"(?<=[tb])re(?=[sd]?$)", "re"),
        (r"^grey", "grey"),
        (r"ageing$", "ageing"),
        (r"(?<=^(?:ant|aut)[aeiou])([rs])\1", ""),
        (r"(?<=gist)(?=[aeo])", ""),
        (r"[ao]e(?=[a-z]{3})", ""),
        (r"(?<=[a-z]{4}e)que(?=s?$)|que(?=books?$)", ""),
        (r"(?<=(?:rn|am)o)ed$", "ed"),
    ],
)
def test_letters_that_a_rule_is_of_are_told(source: str, needed: str) -> None:
    assert orthography._needed(source) == needed


@given(st.sampled_from(RULES), LETTERS, LETTERS)
def test_a_rule_says_nothing_of_a_word_without_them(
    rule: tuple[str, object, str], before: str, after: str
) -> None:
    needed, pattern, _ = rule
    for word in (before + after, before + needed + after, needed + after, before + needed):
        if needed not in word:
            assert pattern.search(word) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", orthography._RULES)
def test_words_are_spelt_as_by_every_rule(language: str) -> None:
    words = [
        "centre",
        "accao",
        "acto",
        "psicologia",
        "equipe",
        "clef",
        "ऑफिस",
        "مايه",
        "walking",
        "photo",
        "amigo",
    ]
    rules = orthography._RULES[language]
    every = tuple(("", pattern, other) for _, pattern, other in rules)
    for word in words:
        assert [*orthography._spelt(word, rules, language)] == [
            *orthography._spelt(word, every, language)
        ]
