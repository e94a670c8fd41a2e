from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import And, Everything, Not, Or, Phrase, Prefix, Word
from index.text.syntax import MAX_WORDS, Parsed, loosened, parse, words, write

TYPED = [
    ("", Everything()),
    ("  \n ", Everything()),
    ("strike", Word("strike")),
    ("strike fund", And((Word("strike"), Word("fund")))),
    ("strike, fund!", And((Word("strike"), Word("fund")))),
    ('"strike fund"', Phrase("strike fund")),
    ("“strike  fund”", Phrase("strike fund")),
    ("« caisse de grève »", Phrase("caisse de grève")),
    ("„Streik Kasse“", Phrase("Streik Kasse")),
    ("fund -wages", And((Word("fund"), Not(Word("wages"))))),
    ("-wages", Not(Word("wages"))),
    ('-"street vendors" -tax', And((Not(Phrase("street vendors")), Not(Word("tax"))))),
    ("home-based", Word("home-based")),
    ("strike - fund", And((Word("strike"), Word("fund")))),
    ("strike OR lockout", Or((Word("strike"), Word("lockout")))),
    ("strike|lockout", Or((Word("strike"), Word("lockout")))),
    ("a OR b OR c", Or((Word("a"), Word("b"), Word("c")))),
    ("a b OR c d", And((Word("a"), Or((Word("b"), Word("c"))), Word("d")))),
    ("strike or lockout", And((Word("strike"), Word("or"), Word("lockout")))),
    ("strike AND lockout", And((Word("strike"), Word("lockout")))),
    ("title:fund", Word("fund", "title")),
    ("Title:fund author:Sen", And((Word("fund", "title"), Word("Sen", "author")))),
    ('author:"Ela Bhatt"', Phrase("Ela Bhatt", "author")),
    ("title:(a b)", And((Word("a", "title"), Word("b", "title")))),
    ("-title:fund", Not(Word("fund", "title"))),
    ("12:30", Word("12:30")),
    ("organi*", Prefix("organi")),
    ("title:organi*", Prefix("organi", "title")),
    ("home-bas*", And((Word("home"), Prefix("bas")))),
    ("(a b) OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
    ("-(a OR b)", Not(Or((Word("a"), Word("b"))))),
    ("-(-a)", Word("a")),
    ("l'eau", Word("l'eau")),
    ("हिन्दी की", And((Word("हिन्दी"), Word("की")))),
]


@pytest.mark.parametrize(("typed", "tree"), TYPED, ids=[typed for typed, _ in TYPED])
def test_typed(typed, tree):
    assert parse(typed) == Parsed(tree)


@pytest.mark.parametrize(
    ("typed", "tree", "note"),
    [
        ('"strike fund', Phrase("strike fund"), ("unclosed quote",)),
        ("strike OR", Word("strike"), ("operator without words", "OR")),
        ("title:", Everything(), ("operator without words", "title:")),
        ("title: fund", Word("fund"), ("operator without words", "title:")),
        ("wages Author: ", Word("wages"), ("operator without words", "author:")),
        ("OR strike", Word("strike"), ("operator without words", "OR")),
        ("a OR | b", Or((Word("a"), Word("b"))), ("operator without words", "OR")),
        ("(strike", Word("strike"), ("unmatched parenthesis",)),
        ("strike) fund", And((Word("strike"), Word("fund"))), ("unmatched parenthesis",)),
        ("()", Everything(), ("no words",)),
        ("!!! ???", Everything(), ("no words",)),
        ("-()", Everything(), ("operator without words", "-")),
    ],
)
def test_what_could_not_be_understood_is_left_out_and_noted(typed, tree, note):
    parsed = parse(typed)
    assert parsed.tree == tree
    assert note in parsed.notes


@pytest.mark.parametrize("typed", ["OR", "- - -", "| | |", '""', "(((", "OR OR -", "*", "title:"])
def test_only_operators_is_everything_or_words_with_a_note(typed):
    parsed = parse(typed)
    assert isinstance(parsed.tree, Everything | Word)
    assert parsed.notes or parsed.tree == Word("title")


def test_a_very_long_query_is_cut_to_a_bounded_number_of_words():
    parsed = parse("wages " * 10_000)
    assert len(words(parsed.tree)) == MAX_WORDS
    assert ("too many words", str(MAX_WORDS)) in parsed.notes
    assert parse('"' + "wages " * 5_000 + '"').notes


def test_deep_nesting_ends():
    assert words(parse("(" * 5_000 + "strike" + ")" * 5_000).tree) in ((), (Word("strike"),))
    assert parse("-" + "(-" * 4_000 + "strike").notes
    assert parse("title:author:" * 1_000 + "strike") is not None


def test_words_are_what_is_looked_for():
    tree = parse('strike -wages "living wage" OR title:fund organi*').tree
    assert words(tree) == (
        Word("strike"),
        Phrase("living wage"),
        Word("fund", "title"),
        Prefix("organi"),
    )


SYNTAX = st.lists(
    st.one_of(
        st.sampled_from(["strike", "l'eau", "home-based", "हिन्दी", "العمال", "街头小贩", "C189"]),
        st.sampled_from(["OR", "AND", "|", " ", "-", "(", ")", '"', "“", "»", "title:", "author:"]),
        st.sampled_from(["*", "\x00", "\ud800", "'", ":", "\u00ad"]),
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(st.characters(), max_size=200), SYNTAX))
def test_any_string_is_parsed_and_what_is_written_reads_the_same(typed):
    tree = parse(typed).tree
    assert parse(write(tree)).tree == tree


def test_a_loosened_phrase_is_its_words() -> None:
    tree = parse('"strike fund" wages -"two words"').tree
    assert write(loosened(tree)) == 'strike fund wages -"two words"'
    assert loosened(parse('title:"strike fund"').tree) == parse("title:strike title:fund").tree
    assert loosened(parse("strike").tree) == parse("strike").tree


@pytest.mark.parametrize("typed", ["wages,hours", "wages;hours", "wages/hours", "wages،hours"])
def test_commas_part_words(typed: str) -> None:
    assert parse(typed).tree == parse("wages hours").tree


@pytest.mark.parametrize("typed", ["co?id", "*vid", "la*or"])
def test_stars_inside_words_are_said_to_be_no_wildcards(typed: str) -> None:
    assert ("wildcard", typed) in parse(typed).notes


@pytest.mark.parametrize("typed", ["organi*", "why?", "Lehrer*innen", "who? when?"])
def test_other_stars_are_understood(typed: str) -> None:
    assert not parse(typed).notes


def test_in_capitals_alone_or_is_a_word() -> None:
    assert isinstance(parse("STRIKE OR LOCKOUT").tree, And)
    assert isinstance(parse("strike OR lockout").tree, Or)


@pytest.mark.parametrize("typed", ["1,250", "5(2)", "catador(a)", "vendedores/as", "C++"])
def test_marks_within_a_word_keep_it_whole(typed: str) -> None:
    assert parse(typed).tree == Word(typed)


@pytest.mark.parametrize(
    ("typed", "name", "left"),
    [
        ("subject:wages", "subject", "wages"),
        ('grupo:"street vendors" law', "grupo", '"street vendors" law'),
        ("-tema:salarios", "tema", "-salarios"),
        ("विषय:वेतन", "विषय", "वेतन"),
        ("موضوع:أجور", "موضوع", "أجور"),
    ],
)
def test_a_field_there_is_none_of_is_said_and_its_words_are_sought(
    typed: str, name: str, left: str
) -> None:
    parsed = parse(typed)
    assert ("unknown field", name) in parsed.notes
    assert parsed.tree == parse(left).tree


@pytest.mark.parametrize(
    "typed", ["https://example.org/a", "mailto:a", "12:30", "Note: pay", "title:a", "C177:3"]
)
def test_a_colon_is_no_field(typed: str) -> None:
    assert not parse(typed).notes


@pytest.mark.parametrize("typed", ["✊", "❤️", "* wages", "wages ☂"])
def test_a_sign_that_is_no_word_is_said(typed: str) -> None:
    parsed = parse(typed)
    assert any(note[0] == "no letters" for note in parsed.notes)
    assert parsed.tree in (Everything(), Word("wages"))


@pytest.mark.parametrize("typed", ["ILO|UN", "0|A", "(A|B) C", "a|B", "2019|2020 X"])
def test_either_of_two_in_capitals_is_written_so_that_it_reads_the_same(typed: str) -> None:
    tree = parse(typed).tree
    assert parse(write(tree)).tree == tree
