"""A question that names a concept asks for it, in any language and by any of its names."""

from __future__ import annotations

import pytest

from index.query import And, Node, Not, Or, Phrase, Word
from index.syntax import parse
from library.concepts import widen
from library.vocabularies import Vocabularies

WASTE_PICKERS = ("group", "waste-pickers")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))


def asked(words: str, vocabularies: Vocabularies) -> Node:
    return widen(parse(words).tree, vocabularies)


@pytest.mark.parametrize("name", ["catador", "scavenger", "récupératrices", "RECICLADORA"])
def test_any_name_asks_for_the_concept(name: str, vocabularies: Vocabularies) -> None:
    tree = asked(name, vocabularies)
    assert isinstance(tree, Word)
    assert WASTE_PICKERS in tree.also


def test_words_that_name_it_together_each_ask_for_it(vocabularies: Vocabularies) -> None:
    tree = asked("waste pickers Nairobi", vocabularies)
    assert isinstance(tree, And)
    waste, pickers, nairobi = tree.nodes
    assert isinstance(waste, Word)
    assert isinstance(pickers, Word)
    assert WASTE_PICKERS in waste.also & pickers.also
    assert nairobi == Word("Nairobi")


def test_either_side_of_or_is_widened(vocabularies: Vocabularies) -> None:
    tree = asked("catador OR hawker", vocabularies)
    assert isinstance(tree, Or)
    assert all(isinstance(node, Word) and node.also for node in tree.nodes)


def test_quoted_fielded_and_excluded_words_are_taken_as_they_are(
    vocabularies: Vocabularies,
) -> None:
    assert asked('"waste pickers"', vocabularies) == Phrase("waste pickers")
    assert asked("title:catador", vocabularies) == Word("catador", "title")
    tree = asked("fund -catador", vocabularies)
    assert isinstance(tree, And)
    assert tree.nodes[1] == Not(Word("catador"))


def test_a_common_word_names_its_concept_only_alone(vocabularies: Vocabularies) -> None:
    alone = asked("health", vocabularies)
    assert isinstance(alone, Word)
    assert ("topic", "safety-health") in alone.also
    beside = asked("health pamphlets", vocabularies)
    assert isinstance(beside, And)
    assert beside.nodes[0] == Word("health")


def test_codes_are_not_names(vocabularies: Vocabularies) -> None:
    assert asked("in", vocabularies) == Word("in")
