from __future__ import annotations

import pytest

from library.vocabularies import Vocabularies
from library.vocabularies.folding import fold, key, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RÉCUPÉRATRICE", "recuperatrice"),
        ("أفريقيا", "افريقيا"),
        ("المنظمة", "المنظمه"),
        ("مـــصر", "مصر"),
        ("फ़िलिस्तीन", "फिलिस्तीन"),
        ("माँग", "मांग"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_vowel_signs_of_hindi_stay() -> None:
    assert fold("काम") != fold("कम")


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "policy", "policies"),
        ("en", "waste picker", "Waste Pickers"),
        ("es", "reciclador", "recicladores"),
        ("es", "vendedor de la calle", "vendedores de la calles"),
        ("es", "trabajador rural", "trabajadores rurales"),
        ("fr", "travailleur rural", "travailleurs ruraux"),
        ("fr", "jeu de rôle", "jeux de rôles"),
        ("pt", "material reciclável", "materiais recicláveis"),
        ("pt", "cidade", "cidades"),
        ("pt", "reunião", "reuniões"),
        ("pt", "jovem", "jovens"),
        ("ar", "عمال منزليون", "العمال المنزليون"),
    ],
)
def test_a_plural_or_an_article_makes_no_other_label(language: str, one: str, many: str) -> None:
    assert key(one, language) == key(many, language)


def test_words_that_are_not_plurals_of_each_other_stay_apart() -> None:
    assert key("informal", "en") != key("informed", "en")
    assert key("class", "en") != key("clas", "en")


@pytest.mark.parametrize(
    "written",
    [
        "trabajador(a) del hogar",
        "trabajador/a del hogar",
        "trabajador/as del hogar",
        "trabajador(as) del hogar",
    ],
)
def test_a_second_gender_belongs_to_the_word_it_is_tied_to(written: str) -> None:
    words = list(tokens(written))
    assert [token.word for token in words] == ["trabajador", "del", "hogar"]
    tied = written.index(" ")
    assert written[words[0].start : words[0].end] == written[:tied]


@pytest.mark.parametrize(
    "written", ["travailleur·euse·s", "travailleur(se)s", "travailleur.euse.s"]
)
def test_a_french_second_gender_and_its_plural_belong_to_the_word(written: str) -> None:
    assert [token.word for token in tokens(written)] == ["travailleur"]
    assert next(tokens(written)).end == len(written)


@pytest.mark.parametrize("text", ["", "ـ", " \u0301 ", "\u200d", "—", "ـ ـ"])
def test_what_holds_no_letter_holds_no_word(text: str) -> None:
    assert list(tokens(text)) == []


def test_a_key_is_of_the_words_that_a_text_has() -> None:
    loaded = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
    labels = [
        label
        for scheme in loaded.schemes.values()
        for concept in scheme.concepts.values()
        for _, label in concept.labels()
    ]
    assert len(labels) > 1000
    for label in (*labels, "", "´", "ـ", "vendedores/as", "travailleur(se)s", "a  b", "´a ´"):
        assert key(label) == tuple(token.word for token in tokens(label)), label
