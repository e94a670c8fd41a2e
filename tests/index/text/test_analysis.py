from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import Not, Phrase, Word
from index.text.analysis import fold, stem, terms, tokens, variants
from index.text.matching import clauses, required
from index.text.stopwords import is_stopword

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Strike fund, 2019-20", ["strike", "fund", "2019", "20"]),
        ("L’eau et l'égalité d'abord", ["eau", "et", "egalite", "abord"]),
        ("aujourd'hui jusqu'à qu’ils", ["aujourdhui", "a", "ils"]),
        ("dell'arte d'água", ["arte", "agua"]),
        ("the worker's union, O'Brien", ["the", "worker", "union", "obrien"]),
        ("workers² organi\u00adsing home-based", ["workers", "organising", "home", "based"]),
        ("C189 ١٨٩ १८९ １８９", ["c189", "189", "189", "189"]),
        ("Straße Łódź Ærø İzmir ﬁnance", ["strasse", "lodz", "aero", "izmir", "finance"]),
        ("हिन्दी में कामगारों की", ["हिंदी", "में", "कामगारों", "की"]),
        ("মজুরি শ্রমিক", ["মজুরি", "শ্রমিক"]),
        ("தொழிலாளர்கள்", ["தொழிலாளர்கள்"]),
        ("العُمَّال الأُسْرِيَّة عـــمل", ["العمال", "الاسريه", "عمل"]),
        ("街头小贩", ["街头", "头小", "小贩"]),
        ("女", ["女"]),
        ("ขายของ", ["ขา", "าย", "ยข", "ขอ", "อง"]),
        ("C189号", ["c189", "号"]),
        ("\x00 \ud800 !?", []),
    ],
)
def test_tokens(text, words):
    assert [token.text for token in tokens(text)] == words


@given(st.text(max_size=300))
def test_tokens_point_into_the_text_in_order(text):
    found = list(tokens(text))
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text
    assert all(a.start < b.start for a, b in pairwise(found))


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_composed_or_not_a_text_gives_the_same_terms(text):
    composed = [token.text for token in tokens(unicodedata.normalize("NFC", text))]
    apart = [token.text for token in tokens(unicodedata.normalize("NFD", text))]
    assert composed == apart


@pytest.mark.parametrize(
    ("language", "alike"),
    [
        ("en", "worker workers worker's"),
        ("en", "organise organizing organised organization organisations"),
        ("en", "labour labor"),
        ("es", "organización organizaciones organizacion"),
        ("es", "reciclador recicladores recicladora"),
        ("fr", "organisé organisée organisés organisation organisations"),
        ("fr", "activité activités activites"),
        ("pt", "organização organizações organizacao"),
        ("pt", "catador catadora catadores"),
        ("ar", "عُمَّال العمال"),
        ("hi", "कामगार कामगारों"),
        ("hi", "मज़दूर मजदूर"),
        ("pt-BR", "catador catadores"),
    ],
)
def test_forms_of_a_word_meet_in_one_term(language, alike):
    assert len({terms(word, language)[0] for word in alike.split()}) == 1


def test_a_language_without_a_stemmer_is_only_folded():
    assert terms("Wafanyakazi wa Nyumbani", "sw") == ["wafanyakazi", "wa", "nyumbani"]
    assert terms("Éléphants", "") == ["elephants"]


@given(st.sampled_from(["trabajadores", "workers", "ouvrières", "العمال", "कामगारों"]))
def test_variants_hold_the_stem_of_every_language(word):
    (token,) = tokens(word)
    assert token.text in variants(token.text, LANGUAGES)
    for language in LANGUAGES:
        assert stem(token.text, language) in variants(token.text, LANGUAGES)


def test_function_words():
    assert is_stopword("the", ["fr", "en"])
    assert not is_stopword("the", ["fr"])
    assert is_stopword(fold("à"), ["fr"])


def test_function_words_are_not_required():
    sorted_out = clauses(
        [Word("the"), Word("strike"), Not(Word("wage")), Phrase("of the")], LANGUAGES
    )
    assert sorted_out.counted == (Word("strike"),)
    assert sorted_out.required == (Phrase("of the"),)
    assert sorted_out.optional == (Word("the"),)
    assert sorted_out.without == (Word("wage"),)
    assert clauses([Word("of"), Word("the")], LANGUAGES).counted == (Word("of"), Word("the"))


@pytest.mark.parametrize(
    ("works", "words"),
    [
        ([9, 5], 1),
        ([9, 5, 1], 2),
        ([9, 5, 1, 1], 3),
        ([9, 5, 1, 0], 2),
        ([9, 0, 0], 2),
    ],
)
def test_how_many_words_are_required(works, words):
    assert required(works) == words
