"""Everyday words find what papers call the same, and are asked for beside what was typed."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from index.query import And, Node, Phrase, Word
from index.text.syntax import parse
from library.search import everyday
from library.search.query_expansion import widen
from library.search.reading import read
from library.vocabularies import Vocabularies
from library.vocabularies.folding import key

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


def names_of(node: Node, text: str) -> set[tuple[str, str]]:
    nodes = node.nodes if isinstance(node, And) else (node,)
    return {n for one in nodes if isinstance(one, Word) and one.text == text for n in one.names}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("boss", ("es", "empleador")),
        ("bosses", ("en", "employer")),
        ("patrões", ("fr", "employeur")),
        ("leaflets", ("pt", "folheto")),
        ("पासपोर्ट", ("en", "passport")),
    ],
)
def test_a_word_is_looked_for_by_what_others_call_the_same(
    typed: str, name: tuple[str, str], vocabularies: Vocabularies
) -> None:
    tree = widen(parse(f"{typed} xyz").tree, vocabularies)
    assert name in names_of(tree, typed)
    assert typed not in {label for _, label in names_of(tree, typed)}


def test_names_of_several_words_are_read_together(vocabularies: Vocabularies) -> None:
    tree = widen(parse("end of service benefits now").tree, vocabularies)
    assert ("es", "finiquito") in names_of(tree, "service")
    assert not names_of(tree, "now")


def test_what_stands_in_quotation_marks_or_in_a_field_is_taken_as_it_is(
    vocabularies: Vocabularies,
) -> None:
    assert widen(Phrase("boss"), vocabularies) == Phrase("boss")
    assert widen(Word("boss", "title"), vocabularies) == Word("boss", "title")


def test_a_hidden_word_finds_and_is_never_looked_for() -> None:
    hidden = [label for row in everyday._rows() for label in row.get(everyday.HIDDEN, ())]
    assert hidden
    shown = {label for names in everyday._made().rows for _, label in names}
    assert shown.isdisjoint(hidden)
    for label in hidden:
        assert everyday._made().names(key(label, ""))


def test_each_meaning_has_every_language_and_no_word_has_two() -> None:
    said = Counter(
        spelling
        for row in everyday._rows()
        for spelling in {key(label, language) for language in LANGUAGES for label in row[language]}
    )
    assert [spelling for spelling, times in said.items() if times > 1] == []
    assert all(0 < len(spelling) <= everyday.LONGEST for spelling in said)


def test_no_word_for_people_is_looked_for_that_the_vocabularies_hide(
    vocabularies: Vocabularies,
) -> None:
    """A word that hurts is found by whoever types it, and shown to nobody."""
    hides = {
        key(label, language)
        for concept in vocabularies.schemes["group"].concepts.values()
        for language, labels in concept.hidden.items()
        for label in labels
    }
    shown = {key(label, language) for names in everyday._made().rows for language, label in names}
    assert shown & hides == set()


@pytest.mark.parametrize(
    ("words", "apart"),
    [
        ("half hour workshops for branch meetings", 2),
        ("training on wages in Spanish", 1),
        ("wages of domestic workers", 0),
    ],
)
def test_words_that_were_read_as_values_are_counted(
    words: str, apart: int, vocabularies: Vocabularies
) -> None:
    assert read(words, parse(words).tree, vocabularies).apart == apart


def test_an_everyday_word_for_people_asks_for_them(vocabularies: Vocabularies) -> None:
    read_ = read("days off of a maid", parse("days off of a maid").tree, vocabularies)
    assert ("group", "domestic-workers") in read_.named
    other = read("boss is late", parse("boss is late").tree, vocabularies)
    assert not [label for label in other.named if label[0] == "group"]


def test_a_table_that_was_kept_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made, kept = everyday._made(), json.loads(json.dumps(everyday.table()))
    monkeypatch.setattr(everyday, "_taken", None)
    assert everyday.take(kept)
    taken = everyday._taken
    assert taken is not None and taken is not made
    assert taken.languages == made.languages
    spellings = [tuple(line.split(" ")) for line in made.lines] + [("no", "such", "words")]
    assert [taken.names(one) for one in spellings] == [made.names(one) for one in spellings]


@pytest.mark.parametrize(
    "change",
    [
        {"of": "another file"},
        {"rows": []},
        {"rows": [["en"]]},
        {"lines": {"boss": [-1]}},
        {"lines": {"boss": ["x"]}},
        {"lines": 3},
        {"languages": None},
    ],
)
def test_one_of_another_file_or_damaged_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    monkeypatch.setattr(everyday, "_taken", None)
    assert not everyday.take({**everyday.table(), **change})
    assert not everyday.take(None)
    assert everyday._taken is None
