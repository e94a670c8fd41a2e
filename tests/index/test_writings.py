"""What else a stretch of a text can be written as, and how questions meet it."""

from __future__ import annotations

import pytest

from index.query import And, Word
from index.text.amounts import numbers
from index.text.matching import is_function_word, ways
from index.text.numbered import value_of
from index.text.query_plan import planned
from index.text.syntax import parse
from index.text.writings import readings


def read(text: str) -> set[str]:
    return {one.text for one in readings(text)}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("well-paid work", {"wellpaid"}),
        ("the E.U. and its C.S.O.s", {"EU", "CSOs", "CSO"}),
        ("C.155 and R-166", {"C155", "R166"}),
        ("C087", {"C", "087", "C87"}),
        ("Convention No. 155, Convenio núm. 155", {"c155", "no155"}),
        ("recommandation n° 166", {"r166", "no166"}),
        ("a fine of 2,340.50", {"2340", "2340.5"}),
        ("2.340,50 euros", {"2340", "2340.5", "eur2340"}),
        ("2 340 rand", {"2340", "zar2340"}),
        ("₹3,00,000", {"300000", "inr300000"}),
        ("$15 or 15 dollars", {"usd15", "peso15"}),
        ("R$ 50 and 50 mil reais", {"brl50", "brl50000"}),
        (
            "$1.5m, 2 milliards d'euros",
            {"5", "m", "1.5", "usd1500000", "peso1500000", "eur2000000000"},
        ),
        ("$1.2.3 dollars", set()),
        ("$7.5 and 7.50 dollars", {"7.5", "usd7.5", "peso7.5"}),
        ("£15.00", {"gbp15"}),
        ("٥٫٥ مليون دولار, ١٬٢٠٠ دولار", {"٥.٥", "usd5500000", "١٢٠٠", "usd١٢٠٠"}),
        ("2 MİLLİON EURO, 3 milliardſ de livres", {"eur2000000", "gbp3000000000"}),
        ("21st, 1er, 1.º and XXe", {"21", "st", "1", "er", "1º", "20"}),
        ("1.250", {"1250", "1.25"}),
        ("3 00 000", {"300000"}),
        ("1 1/2 and 3/4", {"1.5", "0.75"}),
        ("12 % or 12,5 por ciento", {"12.5", "percent12", "percent12.5"}),
        ("decree No. 612, n° 7", {"no612", "no7"}),
        ("20 m^2", {"m2"}),
        ("s. 12", {"sec12"}),
        ("the worker's 12", {"workers"}),
        ("Article XII", {"12", "art12"}),
        ("artículo iv", {"4", "art4"}),
        ("§ 7", {"sec7", "par7"}),
        ("a part of 5", set()),
        ("compañer@s y vecinxs", {"compañeras", "vecinas"}),
        ("vendeur·euse·s", {"vendeuses", "vendeurs"}),
        ("Lehrer*innen", {"Lehrerinnen"}),
        ("D'Souza", {"DSouza", "Souza"}),
        ("PayPal", {"Pay", "Pal"}),
        ("MP3", {"MP", "3"}),
        ("C#", {"C#"}),
        ("no words apart", set()),
        ("an end.Another", set()),
        ("5.2 and 12.03.2019", {"5.2"}),
        ("Marx", set()),
        ("I am 街头-小贩", set()),
        ("§ı", {"sec1", "par1"}),
        ("art. L.1234-5", {"L1234"}),
    ],
)
def test_readings(text: str, others: set[str]) -> None:
    assert read(text) == others


@pytest.mark.parametrize(
    "text", ["III:ſ", "Sectıon 4", "artİcle iv", "conventıon no. 5", "x/ıere", "1.ʼ", "ʼ-1ʼ"]
)
def test_letters_that_a_pattern_takes_for_others_stop_nothing(text: str) -> None:
    read(text)


@pytest.mark.parametrize("mark", "-./_&'\u2019\u02bc\u00b7@*:\u00ad\uff07")
@pytest.mark.parametrize("text", ["x{}\u02bcy", "\u02bc{}y", "x\u02bc{}", "1\u02bc{}\u02bc2"])
def test_a_letter_that_is_a_mark_may_touch_another_mark(text: str, mark: str) -> None:
    read(text.format(mark))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("well-paid", "wellpaid"),
        ("C155", "C-155"),
        ("2340", "2,340"),
        ("2 340", "2340"),
        ("Convention No. 155", "C155"),
        ("article 4", "Article IV"),
    ],
)
def test_two_writings_have_a_way_in_common(typed: str, written: str) -> None:
    """What was typed, word by word, and what a text says, whichever of the two is which."""

    def forms(text: str) -> set[str]:
        tree = planned(parse(text).tree)
        leaves = tree.nodes if isinstance(tree, And) else (tree,)
        found: set[str] = set()
        for leaf in leaves:
            assert isinstance(leaf, Word)
            for one in (leaf, *(Word(text) for text in leaf.together)):
                found |= {f for way in ways(one, ["en"]) if len(way) == 1 for f in way[0]}
        return found

    assert forms(typed) & forms(written)


def test_a_number_whose_marks_make_no_number_is_none() -> None:
    assert not [*numbers("12.03.2019")]
    assert not [*numbers("1,2,3")]


def test_roman_numbers() -> None:
    assert [value_of(one) for one in ("i", "IV", "IX", "XIV", "xxxviii")] == [1, 4, 9, 14, 38]


def test_long_runs_are_read_in_time() -> None:
    """Each of these would take minutes where a pattern goes back on its way."""
    for text in ("a-" * 20_000, "1," * 20_000, "aB" * 20_000, "·" * 40_000, "x" * 40_000):
        readings(text)


def test_a_run_without_spaces_is_many_words() -> None:
    tree = planned(parse("ขายของริมถนน").tree)
    assert isinstance(tree, And)
    assert len(tree.nodes) > 3
    assert planned(parse("街头").tree) == Word("街头")
    assert planned(tree) == tree


def test_a_word_typed_again_is_the_same_word() -> None:
    tree = planned(parse("waste-picker unions and waste depots of waste").tree)
    assert isinstance(tree, And)
    assert len({node for node in tree.nodes if getattr(node, "text", "") == "waste"}) == 1


def asked(words: str, *printed: str) -> tuple[set[str], set[str]]:
    """What the words of a question are written as besides, alone and together, where a library
    prints some words."""
    held = {form for text in printed for form in text.split()}
    tree = planned(parse(words).tree, ("en", "es", "fr", "pt"), lambda word: _known(word, held))
    nodes = tree.nodes if isinstance(tree, And) else (tree,)
    leaves = [node for node in nodes if isinstance(node, Word)]
    return (
        {form for leaf in leaves for form in leaf.written},
        {form for leaf in leaves for form in leaf.together},
    )


def _known(word: str, held: set[str]) -> dict[str, int]:
    return {word: 1} if word in held else {}


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("2017-05-01", "1 de mayo de 2017"),
        ("1.º de mayo de 2017", "2017-05-01"),
        ("May 1, 2017", "1 mai 2017"),
        ("1er mai 2017", "may 1 2017"),
        ("12/03/2019", "2019-03-12"),
        ("12/03/2019", "2019-12-03"),
        ("12 de marzo del 2019", "12 march 2019"),
        ("१२ मार्च २०१९", "2019-03-12"),
        ("20190312", "12 mars 2019"),
        ("March 2019", "2019-03"),
        ("2019-03", "marzo de 2019"),
        ("2019-2021", "2019 21"),
        ("2019/20", "2019 2020"),
    ],
)
def test_a_date_is_asked_for_as_others_write_it(words: str, other: str) -> None:
    assert other in set.union(*asked(words, "may mayo mai march marzo mars"))


@pytest.mark.parametrize("words", ["5 may 2150x", "40-50-60", "2019", "99/99/2019", "may 2017 may"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert not {one for one in set.union(*asked(words, "may march")) if one.count("-") == 2}


@pytest.mark.parametrize(
    ("words", "printed", "written", "together"),
    [
        ("Madame Dupont", "mme dupont", set(), {"mme dupont"}),
        ("M. Dupont", "monsieur dupont", set(), {"monsieur dupont"}),
        ("Dept", "department", {"department"}, set()),
        ("page 14", "p 14", set(), {"p 14"}),
        ("Dept", "", set(), set()),
        ("facto", "fato", {"fato"}, set()),
        ("amnistia", "anistia", {"anistia"}, set()),
        ("planear", "planejar", {"planejar"}, set()),
        ("moustache", "mustache", {"mustache"}, set()),
        ("WWII", "ww2", {"ww2"}, set()),
        ("recto", "reto", set(), set()),
        ("RRHH", "rr hh", {"rr hh"}, set()),
        ("911", "9 1", {"9 1 1"}, set()),
        ("9-1-1", "911", {"911"}, set()),
        ("9112", "9 1 2", set(), set()),
    ],
)
def test_words_in_the_writing_of_others(
    words: str, printed: str, written: set[str], together: set[str]
) -> None:
    assert asked(words, printed) == (written, together)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("1.5 million", "1500000"),
        ("1,500,000", "1 5 million"),
        ("15k", "15000"),
        ("300 workers", "three hundred"),
    ],
)
def test_large_numbers_in_the_writing_of_others(words: str, other: str) -> None:
    assert other in set.union(*asked(words, "million three hundred workers 15000 1500000 1 5"))


@pytest.mark.parametrize("small", ["l@s", "lxs", "los/as", "el/la", "tod@s"])
def test_a_small_word_of_two_genders_tells_nothing(small: str) -> None:
    assert is_function_word(Word(small), ("es",)) is (small != "tod@s")


def test_the_scheme_of_an_address_is_not_looked_for() -> None:
    assert parse("https://www.ilo.org/").tree == Word("www.ilo.org")
