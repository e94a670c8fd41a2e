"""Forms of one word have one stem, also where its stemmer would give them two."""

from __future__ import annotations

import pytest

from index.text import inflection
from index.text.analysis import fold, stem
from index.text.stopwords import stopwords_of


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("pt", "sindical", "sindicais"),
        ("pt", "papel", "papéis"),
        ("pt", "espanhol", "espanhóis"),
        ("pt", "azul", "azuis"),
        ("pt", "civil", "civis"),
        ("pt", "fácil", "fáceis"),
        ("pt", "útil", "úteis"),
        ("pt", "homem", "homens"),
        ("pt", "patrão", "patrões"),
        ("pt", "pão", "pães"),
        ("pt", "cidadão", "cidadãos"),
        ("pt", "condição", "condições"),
        ("pt", "lei", "leis"),
        ("pt", "mãe", "mães"),
        ("pt", "país", "países"),
        ("es", "juez", "jueces"),
        ("es", "voz", "voces"),
        ("es", "eficaz", "eficaces"),
        ("fr", "travail", "travaux"),
        ("en", "woman", "women"),
        ("en", "policeman", "policemen"),
        ("en", "pay", "paid"),
        ("en", "write", "written"),
        ("en", "children", "child"),
    ],
)
def test_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert stem(fold(one), language) == stem(fold(other), language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("pt", "país", "pai"),
        ("pt", "mais", "mal"),
        ("pt", "dois", "dol"),
        ("pt", "grátis", "gratil"),
        ("en", "specimen", "speciman"),
        ("en", "left", "leave"),
        ("es", "zona", "cona"),
    ],
)
def test_others_stay_apart(language: str, one: str, other: str) -> None:
    assert stem(fold(one), language) != stem(fold(other), language)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_function_words_are_left_as_they_are(language: str) -> None:
    """*quais* as a form of *qual* brought a paragraph down that only it tells of."""
    words = stopwords_of(language)
    assert [word for word in words if inflection.regular(word, language) != word] == []
