"""Text is made readable without losing a word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.extractors.cleanup import clean, join_spaced, joined, paragraphs
from library.extractors.compounds import MOST, Words
from library.extractors.quality import better, score

PROSE = "Domestic workers have the right to rest, to fair pay and to a written contract. " * 10


def test_ligatures_soft_hyphens_and_spaces() -> None:
    assert clean("o\ufb03ce  \u00a0of\u00adfice\u200b") == "office office"
    assert clean("cafe\u0301") == "café"
    assert clean("\ufefc") == "لا"
    assert clean("النائــب فوراًً हवााई") == "النائب فوراً हवाई"
    assert clean("क\u094d\u200dष") == "क\u094d\u200dष"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(0xD800 <= ord(sign) <= 0xDFFF for sign in once)


def test_words_cut_at_the_end_of_a_line() -> None:
    assert joined(["the organi-", "sation of workers"]) == "the organisation of workers"
    assert joined(["home-", "based work"], "home-based workers") == "home-based work"
    assert joined(["Nord-", "Kivu"]) == "Nord-Kivu"
    assert joined(["pages 10-", "12"]) == "pages 10- 12"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("home-", "based workers", "home-based workers"),
        ("self-", "employed", "self-employed"),
        ("a long-", "term plan", "a long-term plan"),
        ("non-", "governmental", "non-governmental"),
        ("its end-", "of-life", "its end-of-life"),
        ("day-", "to-day", "day-to-day"),
        ("short-", "and long-term", "short- and long-term"),
        ("COVID-", "19", "COVID-19"),
        ("an 8-", "hour day", "an 8-hour day"),
        ("la sous-", "traitance", "la sous-traitance"),
        ("celles-", "ci", "celles-ci"),
        ("o bem-", "estar", "o bem-estar"),
        ("na segunda-", "feira", "na segunda-feira"),
        ("para organizá-", "los", "para organizá-los"),
        ("teórico-", "práctico", "teórico-práctico"),
        ("nego-", "tiation", "negotiation"),
        ("muni-", "cipality", "municipality"),
        ("work-", "place", "workplace"),
        ("un-", "employed", "unemployed"),
        ("de-", "termine", "determine"),
        ("gas-", "to", "gasto"),
        ("mem-", "bros", "membros"),
        ("clas-", "se", "classe"),
        ("vende-", "dores", "vendedores"),
        ("travail-", "leuses", "travailleuses"),
        ("Arbeits-", "platz", "Arbeitsplatz"),
        ("with-", "in", "within"),
        ("self-", "ish", "selfish"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_a_compound_s_own_or_cuts_a_word(
    first: str, second: str, whole: str
) -> None:
    assert joined([first, second]) == whole


def test_the_document_says_which_hyphen_is_a_compound_s_own() -> None:
    words = Words("closed-circuit, the socioeconomic side, waste-picker and waste-collector")
    words.add(
        ["the waste picker, and the waste sorter that comes with a micro-", "loan, or micro-loan"]
    )
    assert joined(["closed-", "circuit"], words) == "closed-circuit"
    assert joined(["socio-", "economic"], words) == "socioeconomic"
    assert joined(["waste-", "sorter"], words) == "waste-sorter"  # as the document writes others
    assert joined(["micro-", "loan"], words) == "micro-loan"
    assert joined(["re-", "presentation"], Words("re-elected, re-used, a presentation")) == (
        "representation"
    )


def test_letters_set_apart_are_words() -> None:
    assert join_spaced("S T A G E de fin") == "STAGE de fin"
    assert join_spaced("a b") == "a b"
    assert clean("O U R  R I G H T S   A T  W O R K, 2019") == "OUR RIGHTS AT WORK, 2019"
    assert clean("N O S  D E R E C H O S") == "NOS DERECHOS"
    assert clean("a  b  c  d") == "a b c d"


def test_lines_become_paragraphs() -> None:
    lines = [
        "Every worker may join a union of her own choice and take part in",
        "its work.",
        "• A first thing",
        "• A second thing",
        "Nobody may be dismissed for that, whatever her employer says of it or",
        "any law.",
    ]
    assert paragraphs(lines) == [
        "Every worker may join a union of her own choice and take part in its work.",
        "• A first thing",
        "• A second thing",
        "Nobody may be dismissed for that, whatever her employer says of it or any law.",
    ]


def test_the_score_of_a_page() -> None:
    assert score(PROSE) == 1.0
    assert score("") == 0.0
    assert score(" \n ") == 0.0
    assert score("(cid:12)(cid:7)" * 50) < 0.1
    assert score("\ufffd\ue012" * 50) < 0.1
    assert score(" ".join(PROSE.replace(" ", ""))) < 0.5
    assert score("Xqz wvk jzpt bnm kkl dfg hjk lmn pqr stv " * 20) < 0.7
    hindi = (
        "प्रत्येक घरेलू कामगार को साप्ताहिक अवकाश का अधिकार है न्यूनतम मजदूरी कानून के अनुसार मिलनी चाहिए " * 5
    )
    broken = "प्रत्ये क घरे लू का म गा र को सा प्ता हि क अ व का श का अ धि का र है न्यू न त म म ज दू री " * 5
    assert score(hindi) == 1.0 and score(broken) < 0.8
    arabic = (
        "يحق للعامل الحصول على إجازة أسبوعية وفقا للقانون الاتفاقية بشأن العمل اللائق المادة " * 3
    )
    backwards = " ".join(word[::-1] for word in arabic.split())
    assert score(" ".join(word[::-1] for word in hindi.split())) < 0.5
    assert score(arabic) == 1.0 and score(backwards) < 0.5


def test_the_better_of_two_readings() -> None:
    assert better(PROSE, PROSE[: len(PROSE) - 40]) == PROSE[: len(PROSE) - 40]
    assert better(PROSE, PROSE[:100]) == PROSE
    assert better(PROSE, "\ufffd" * 400) == PROSE
    assert better("(cid:1)" * 100, PROSE) == PROSE
    assert better(PROSE, PROSE.replace("fair", "\ufffdair", 1)) == PROSE


def test_a_soft_hyphen_at_the_end_of_a_line_joins_the_word() -> None:
    assert paragraphs(["We sell on the pave\u00ad", "ment every day of the week."]) == [
        "We sell on the pavement every day of the week."
    ]


def test_so_many_words_of_a_document_are_remembered_and_no_more() -> None:
    letters = "bcdfghjklm"
    lines = ["".join(letters[int(digit)] for digit in f"{number:06}") for number in range(250_000)]
    known = Words("\n".join(lines))
    assert MOST <= len(known._seen) < MOST + 2_000
