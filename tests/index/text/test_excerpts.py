from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.excerpts import excerpt, marks
from index.text.syntax import parse

TEXT = (
    "Street vendors in the city have organised since 1994. They pay a licence fee. The council "
    "said that no street vendor may trade without it! When the traders' committee met the mayor, "
    "she agreed that the licence fees would be lowered for all vendors, and that the police would "
    "no longer take their goods. It took two years of meetings. The agreement was signed in 1998."
)


def marked(text: str, words: str, *languages: str, **more: str) -> list[str]:
    return [text[a:b] for a, b in marks(text, parse(words).tree, languages or ("en",), **more)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("licence", ["licence", "licence"]),
        ("vendor", ["vendors", "vendor", "vendors"]),
        ('"licence fees"', ["licence fee", "licence fees"]),
        ('"street vendor" licence', ["Street vendors", "licence", "street vendor", "licence"]),
        ("organis*", ["organised"]),
        ("the agreement", ["agreement"]),
        ("police OR goods -mayor", ["police", "goods"]),
        ("title:street", []),
        ("-street", []),
        ("", []),
    ],
)
def test_marks(words, found):
    assert marked(TEXT, words) == found


def test_marks_in_other_languages():
    assert marked("La organización", "organizaciones", "es") == ["organización"]
    assert marked("कामगारों की मज़दूरी", "कामगार मजदूरी", "hi") == ["कामगारों", "मज़दूरी"]
    assert marked("街头小贩协会", "小贩协") == ["小贩协"]
    assert marked("l’eau vive", "eau", "fr") == ["eau"]


def test_words_of_a_field_are_marked_in_it():
    assert marked("A strike fund", "title:strike fund", field="title") == ["strike", "fund"]


def test_an_excerpt_holds_many_different_words_and_keeps_to_its_width():
    text, spans = excerpt(TEXT, parse("licence police goods").tree, ["en"])
    assert [text[a:b] for a, b in spans] == ["licence", "police", "goods"]
    assert len(text) <= 202
    assert text.endswith(("goods.", "…"))


def test_an_excerpt_begins_with_its_sentence_where_it_can():
    text, _ = excerpt(TEXT, parse("committee mayor").tree, ["en"])
    assert text.startswith("When the traders' committee")


def test_without_words_an_excerpt_is_the_beginning():
    text, spans = excerpt(TEXT, parse("").tree, ["en"])
    assert text.startswith("Street vendors")
    assert text.endswith("…")
    assert spans == ()


def test_white_space_is_single():
    assert excerpt("a \n\n strike\t", parse("strike").tree, ["en"]) == ("a strike", ((2, 8),))


@given(
    st.lists(
        st.sampled_from(["strike", "fund.", "the", "हिन्दी", "街头小贩", "é", "\n"]), max_size=200
    ),
    st.sampled_from(["strike", "fund the", '"strike fund"', "街头", "str* fund", "हिन्दी"]),
    st.integers(20, 300),
    st.sampled_from([" ", ""]),
)
def test_marks_of_an_excerpt_are_those_of_its_text(words, asked, width, between):
    tree = parse(asked).tree
    text, spans = excerpt(between.join(words), tree, ["en"], width)
    assert len(text) <= width + 60
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert list(spans) == sorted(spans)
    if between:
        assert set(spans) <= set(marks(text, tree, ["en"]))
