"""A question that names a concept asks for it, in any language and by any of its names."""

from __future__ import annotations

import pytest

from index.query import And, Node, Not, Or, Phrase, Word
from index.text.syntax import parse
from library.search.query_expansion import whole, widen
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


def names(node: Node) -> dict[str, set[str]]:
    """Language → the other names that a word is widened by."""
    assert isinstance(node, Word)
    found: dict[str, set[str]] = {}
    for language, name in node.names:
        found.setdefault(language, set()).add(name)
    return found


@pytest.mark.parametrize("name", ["hawker", "vendedora ambulante", "vendeur de rue"])
def test_a_group_is_looked_for_by_its_other_names(name: str, vocabularies: Vocabularies) -> None:
    tree = asked(name, vocabularies)
    for node in tree.nodes if isinstance(tree, And) else (tree,):
        assert names(node).keys() == {"en", "es", "fr", "pt", "ar", "hi"}
        assert name not in names(node)["en"] | names(node)["es"] | names(node)["fr"]


def test_no_hidden_label_is_among_the_names(vocabularies: Vocabularies) -> None:
    for facet, scheme in vocabularies.schemes.items():
        for concept in scheme.concepts.values() if facet != "language" else ():
            shown = {*concept.preferred.values()}
            shown |= {label for held in concept.alternative.values() for label in held}
            for _, label in concept.labels():
                named = vocabularies.names(facet, concept.id, label)
                assert {name for _, name in named} <= shown, concept.id


def test_a_loose_label_of_a_topic_brings_no_other_names(vocabularies: Vocabularies) -> None:
    preferred = asked("Collective bargaining", vocabularies)
    loose = asked("strike fund", vocabularies)
    assert isinstance(preferred, And)
    assert isinstance(loose, And)
    assert names(preferred.nodes[0])["es"] >= {"Negociación colectiva"}
    assert all(isinstance(node, Word) and node.also for node in loose.nodes)
    assert not names(loose.nodes[0])


def test_words_typed_whole_name_a_concept(vocabularies: Vocabularies) -> None:
    assert WASTE_PICKERS in whole(parse("waste pickers").tree, vocabularies)
    assert not whole(parse("waste pickers Nairobi").tree, vocabularies)
    assert not whole(parse('"waste pickers"').tree, vocabularies)
    assert not whole(parse("").tree, vocabularies)


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
