"""Lay words, and words of one place, name their concepts; common words stay common words."""

from __future__ import annotations

import pytest

from index.text.analysis import fold
from library.vocabularies import Vocabularies

WORDS = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))


@pytest.mark.parametrize(
    ("typed", "facet", "id"),
    [
        ("SMIG", "topic", "wages"),
        ("boudiouman", "group", "waste-pickers"),
        ("boudioumans", "group", "waste-pickers"),
        ("barbecha", "group", "waste-pickers"),
        ("zungueira", "group", "street-vendors"),
        ("mama mboga", "group", "street-vendors"),
        ("jua kali", "group", "all-informal-workers"),
        ("बीड़ी मज़दूर", "group", "home-based-workers"),
        ("CNSS", "topic", "social-protection"),
        ("मालिक पैसे नहीं देता", "topic", "wages"),
        ("employer keeps our passport", "topic", "child-forced-labour"),
        ("أخذ جواز السفر", "topic", "child-forced-labour"),
        ("me machuquei no trabalho", "topic", "safety-health"),
        ("se blesser au travail", "topic", "safety-health"),
        ("trabajar en el extranjero", "topic", "migration"),
    ],
)
def test_what_a_worker_would_say_names_the_concept(typed: str, facet: str, id: str) -> None:
    words = typed.split()
    runs = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    assert any((facet, id) in WORDS.named(run, alone=True) for run in runs)


@pytest.mark.parametrize("typed", ["violência doméstica", "आया", "gana", "catar lixo na rua"])
def test_a_common_word_names_nobody(typed: str) -> None:
    people = {facet for facet, _ in WORDS.named(typed, alone=False)} & {"group", "place"}
    assert not people


def test_labels_that_are_akin_answer_for_each_other_across_languages() -> None:
    names = WORDS.names("topic", "violence-harassment", "acoso sexual")
    assert {("pt", "assédio sexual"), ("fr", "harcèlement sexuel")} <= names
    assert not WORDS.names("topic", "collective-bargaining", "strike fund")


@pytest.mark.parametrize(
    ("one", "other"), [("पाँच", "पांच"), ("मज़दूर", "मजदूर"), ("Négociation", "negociation")]
)
def test_marks_that_the_page_about_says_make_no_difference_make_none(one: str, other: str) -> None:
    assert fold(one) == fold(other)
