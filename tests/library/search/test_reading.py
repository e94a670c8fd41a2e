"""What the words of a question ask for beside what it is about, and what only looks like it."""

from __future__ import annotations

import pytest

from index.query import And, Word
from index.text.syntax import parse, write
from library.search.reading import EVERYTHING, Reading, read
from library.vocabularies import Vocabularies

HARASSMENT = ("topic", "violence-harassment")
DOMESTIC = ("group", "domestic-workers")
SESSION = ("use", "session-plan")
AN_HOUR = ("time", "an-hour")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))


def reading(
    typed: str, known: Vocabularies, without: frozenset[tuple[str, str]] = frozenset()
) -> Reading:
    return read(typed, parse(typed).tree, known, without)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("session on sexual harassment for domestic workers in Spanish, 60 minutes", "es"),
        ("sesión sobre acoso sexual para trabajadoras domésticas en inglés, 60 minutos", "en"),
        (
            "atelier sur le harcèlement sexuel pour les travailleuses domestiques en espagnol, "
            "45 minutes",
            "es",
        ),
        ("oficina sobre assédio sexual para trabalhadoras domésticas em francês, 1 hora", "fr"),
        ("جلسة عن التحرش الجنسي لعاملات المنازل بالإسبانية، 60 دقيقة", "es"),
        ("घरेलू कामगारों के लिए यौन उत्पीड़न पर सत्र, 60 मिनट, अंग्रेज़ी में", "en"),
    ],
)
def test_topic_group_language_use_and_time_are_read(
    typed: str, language: str, vocabularies: Vocabularies
) -> None:
    found = reading(typed, vocabularies)
    assert {HARASSMENT, DOMESTIC, SESSION, AN_HOUR} <= set(found.named)
    assert found.wished() == {"language": frozenset([language])}
    left = write(found.tree)
    assert "60" not in left and "45" not in left  # a length of time is no word to find


@pytest.mark.parametrize(
    ("typed", "left", "code"),
    [
        ("contracts in Spanish", "contracts", "es"),
        ("contracts in Spanish, with pictures", "contracts with pictures", "es"),
        ("contratos en inglés", "contratos", "en"),
        ("dues in english for groups", "dues for groups", "en"),
        ("أجور بالإسبانية", "أجور", "es"),
        ("मजदूरी अंग्रेज़ी में", "मजदूरी", "en"),
    ],
)
def test_a_language_that_is_asked_for_is_no_word_to_find(
    typed: str, left: str, code: str, vocabularies: Vocabularies
) -> None:
    found = reading(typed, vocabularies)
    assert write(found.tree) == write(reading(left, vocabularies).tree)
    assert ("language", code) in found.named


@pytest.mark.parametrize(
    "typed",
    ["in Spanish", "Spanish dockers", "in port", "police in Spanish Town", "in French prisons"],
)
def test_a_language_merely_said_is_a_word(typed: str, vocabularies: Vocabularies) -> None:
    found = reading(typed, vocabularies)
    assert not found.wished()
    assert write(found.tree) == write(parse(typed).tree)


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("45 minute workshop on wages", "an-hour"),
        ("half-day training for shop stewards", "half-a-day"),
        ("taller de dos horas sobre salarios", "half-a-day"),
        ("formation de 3 jours sur la négociation", "several-days"),
        ("curso de um dia sobre saúde, 1 dia", "a-day"),
        ("wages, 20 minutes", "half-an-hour"),
        ("ورشة ساعتين عن الأجور", "half-a-day"),
        ("मजदूरी पर 45 मिनट का सत्र", "an-hour"),
    ],
)
def test_how_long_a_session_may_take(typed: str, id: str, vocabularies: Vocabularies) -> None:
    assert ("time", id) in reading(typed, vocabularies).named


@pytest.mark.parametrize(
    "typed",
    [
        "overtime after 12 hours a day",
        "90 days notice",
        "two days of leave for a wedding",
        "8 horas por día",
        "paid for 60 minutes",
        "eight hours work",
    ],
)
def test_other_lengths_of_time_are_what_is_asked_about(
    typed: str, vocabularies: Vocabularies
) -> None:
    found = reading(typed, vocabularies)
    assert not {facet for facet, _ in found.named} & {"time"}
    assert write(found.tree) == write(parse(typed).tree)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("report on wages in Kenya", ("kind", "report")),
        ("workshop for street vendors", ("use", "session-plan")),
        ("informe sobre salarios mínimos", ("kind", "report")),
        ("curso para cartoneros", ("kind", "training-manual")),
        ("अधिकारों पर सत्र", ("use", "session-plan")),
    ],
)
def test_a_common_word_is_a_sort_of_document_where_one_asks_for_it_so(
    typed: str, label: tuple[str, str], vocabularies: Vocabularies
) -> None:
    assert label in reading(typed, vocabularies).named


@pytest.mark.parametrize(
    "typed",
    ["to report on a boss", "we study for nothing", "the workshop burned", "wages report"],
)
def test_and_elsewhere_a_word_like_others(typed: str, vocabularies: Vocabularies) -> None:
    sorts = {facet for facet, _ in reading(typed, vocabularies).named}
    assert not sorts & {"kind", "use"}


def test_a_question_that_is_one_name_is_about_it(vocabularies: Vocabularies) -> None:
    found = reading("domestic workers", vocabularies)
    assert found.named == ()
    assert isinstance(found.tree, And)
    assert all(isinstance(node, Word) and DOMESTIC in node.also for node in found.tree.nodes)


def test_what_is_taken_back_is_words_again(vocabularies: Vocabularies) -> None:
    typed = "session on sexual harassment for domestic workers in Spanish, 60 minutes"
    every = reading(typed, vocabularies).named
    for one in every:
        rest = reading(typed, vocabularies, frozenset([one]))
        assert one not in rest.named
        assert set(every) - {one} <= set(rest.named)
    assert "60 minutes" in write(reading(typed, vocabularies, frozenset([AN_HOUR])).tree)
    assert reading(typed, vocabularies, frozenset([EVERYTHING])).named == ()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("boss keeps my passport", ("topic", "child-forced-labour")),
        ("what to do when hurt at work", ("topic", "safety-health")),
        ("get me the job abroad please", ("topic", "migration")),
        ("el patrón no me paga hace meses", ("topic", "wages")),
        ("mon patron ne me paie pas depuis mars", ("topic", "wages")),
        ("vender na rua sem multa", ("group", "street-vendors")),
    ],
)
def test_lay_words_name_a_concept_with_small_words_between(
    typed: str, label: tuple[str, str], vocabularies: Vocabularies
) -> None:
    assert label in reading(typed, vocabularies).named


def test_of_names_that_share_a_word_the_one_that_tells_more_is_meant(
    vocabularies: Vocabularies,
) -> None:
    found = reading("curso para trabajadoras domésticas", vocabularies).named
    assert DOMESTIC in found
    assert ("audience", "members") not in found


@pytest.mark.parametrize(
    "words", ["position paper", "paper on wages", "cards on rights", "mobile phones for vendors"]
)
def test_what_a_session_needs_is_read_only_where_it_is_asked_for(
    words: str, vocabularies: Vocabularies
) -> None:
    named = {facet for facet, _ in reading(words, vocabularies).named}
    assert not named & {"needs", "size"}
    asked = reading("activity without a projector, 60 minutes", vocabularies).named
    assert ("needs", "no-projector") in asked
    assert AN_HOUR in asked


@pytest.mark.parametrize(
    ("typed", "apart"),
    [
        ("boss keeps my passport", 1),
        ("me quitaron el pasaporte", 1),
        ("mon patron garde le passeport", 1),
        ("passport retention employers", 0),
        ("rights of domestic workers", 0),
    ],
)
def test_who_tells_what_happened_lists_no_conditions(typed, apart, vocabularies) -> None:
    assert reading(typed, vocabularies).apart == apart
