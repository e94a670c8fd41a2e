"""Concepts found by the beginnings of words, by any label they have."""

from __future__ import annotations

import pytest

from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
GROUPS = ("waste-pickers", "street-vendors", "domestic-workers", "home-based-workers")
WORDS = Vocabularies.load(LANGUAGES)


def found(typed: str, language: str = "en", facet: str = "group") -> dict[str, str]:
    ids = GROUPS if facet == "group" else WORDS.order(facet)
    return {id: label for id, (_, label) in WORDS.matching(facet, typed, ids, language).items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("domes", {"domestic-workers": ""}),
        ("WORKERS domes", {"domestic-workers": ""}),
        ("hawkers", {"street-vendors": "hawker"}),
        ("waste-pick", {"waste-pickers": ""}),
        ("omestic", {}),
        ("nobody", {}),
        ("scavengers", {"waste-pickers": ""}),  # hidden: it finds, and is not shown
    ],
)
def test_beginnings_of_words_in_any_order(typed: str, expected: dict[str, str]) -> None:
    assert found(typed) == expected


def test_the_label_that_did_is_said_where_a_reader_would_wonder() -> None:
    assert found("recupera", "fr") == {"waste-pickers": ""}
    assert WORDS.matching("group", "recuperatr", GROUPS, "en") == {
        "waste-pickers": ("fr", "Récupératrices et récupérateurs de déchets")
    }


def test_the_arabic_article_does_not_matter() -> None:
    label = WORDS.label("group", "waste-pickers", "ar")
    for word in label.split():
        assert "waste-pickers" in found(word, "ar")
        assert "waste-pickers" in found(word.removeprefix("ال"), "ar")


def test_nothing_typed_finds_everything() -> None:
    assert found(" ") == dict.fromkeys(GROUPS, "")


def test_places_and_languages_by_their_names() -> None:
    assert found("ivory coa", facet="place") == {"ci": "Ivory Coast"}
    assert found("Côte d’Iv", facet="place") == {"ci": ""}
    spoken = dict(WORDS.matching("language", "kiswa", ("en", "sw"), "en"))
    assert list(spoken) == ["sw"]
    assert WORDS.matching("topic", "x", ("no-such-topic",), "en") == {}
