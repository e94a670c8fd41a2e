"""How easy a text is to read: syllables of known words, the formulas, and when nothing is said."""

from __future__ import annotations

import pytest

from library.core.resource import Page
from library.metadata import reading_level
from library.metadata.reading_level import measure, syllables_of
from library.vocabularies.reading_levels import FORMULAS, level, parsed

KNOWN = {
    "en": "a:1 the:1 work:1 worker:2 organise:3 organization:5 market:2 domestic:3 employer:3 "
    "agreement:3 negotiate:4 negotiation:5 collective:3 health:1 safety:2 violence:3 community:4 "
    "information:4 education:4 activity:4 asked:1 wanted:2 table:2 people:2 make:1 changes:2 "
    "minutes:2 social:2 nation:2 material:4 various:3 radio:3 created:3 reality:4 usually:4 "
    "equal:2 question:2 region:2 cooperative:5 ideas:3 playing:2 have:1 language:2 statement:2 "
    "useful:2 individual:5 society:4 variety:4",
    "es": "trabajo:3 trabajadora:5 ciudad:2 reunión:2 organización:5 países:3 día:2 guía:2 "
    "guerra:2 aquí:2 que:1 y:1 hay:1 muy:1 leer:2 poeta:3 economía:5 seguridad:4 educación:4 "
    "leyes:2 negociación:4 agua:2 bueno:2 lingüística:4 construir:2 maíz:2",
    "pt": "trabalho:3 trabalhadora:5 não:1 ações:2 mãe:1 organização:5 negociação:5 países:3 dia:2 "
    "água:2 saúde:3 leis:1 rua:2 guia:2 quando:2 questão:2 economia:5 violência:4 pessoas:3",
    "fr": "travail:2 travailleuse:3 droits:1 femmes:1 parlent:1 organisation:5 réunion:3 pays:2 "
    "économie:4 négociation:5 marché:2 domestique:3 salaire:2 vie:1 santé:2 sécurité:4 social:2 "
    "idée:2 groupe:1 bien:1 moyen:2 document:3 argent:2 moment:2",
}


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        (language, word, int(number))
        for language, words in KNOWN.items()
        for word, _, number in (pair.partition(":") for pair in words.split())
    ],
)
def test_syllables_of_known_words(language: str, word: str, number: int) -> None:
    assert syllables_of(word, language) == number


def test_the_formula_gives_what_it_gives_by_hand() -> None:
    # Eight words and ten syllables in each sentence.
    read = measure([Page(1, "We asked the workers in the market today. " * 30)], "en")
    assert read is not None
    assert (read.sentences, read.words) == (30, 240)
    assert read.number == pytest.approx(0.39 * 8 + 11.8 * 11 / 8 - 15.59)


EASY = {
    "en": "We sat in the shade and talked. The boss had cut the pay. So we made a plan. ",
    "es": "Nos vimos en la plaza. La jefa no paga bien. Hoy vamos a hablar con ella. ",
    "fr": "On se voit sur la place. Le chef ne paie pas. Ce soir on parle tous. ",
    "pt": "A gente se viu na rua. O chefe não paga bem. Hoje vamos falar com ele. ",
}
HARD = {
    "en": "The institutionalisation of representative organisations necessitates considerable "
    "intergovernmental coordination regarding administrative responsibilities. ",
    "es": "La institucionalización de organizaciones representativas necesita considerable "
    "coordinación intergubernamental respecto de responsabilidades administrativas. ",
    "fr": "L’institutionnalisation des organisations représentatives nécessite une coordination "
    "intergouvernementale considérable concernant les responsabilités administratives. ",
    "pt": "A institucionalização das organizações representativas necessita de considerável "
    "coordenação intergovernamental sobre responsabilidades administrativas. ",
}


@pytest.mark.parametrize("language", sorted(FORMULAS))
def test_easy_and_hard_are_told_apart(language: str) -> None:
    levels = []
    for text in (EASY[language], HARD[language]):
        [statement] = reading_level.read([Page(1, text * 30)], language)
        read = parsed(str(statement.value))
        assert read is not None
        levels.append(level(*read))
    assert levels == ["very easy", "very hard"]


@pytest.mark.parametrize(
    ("page", "language"),
    [
        (Page(1, EASY["en"] * 2), "en"),  # too short
        (Page(1, "Rice 40 2.5\nBeans 30 1.5\nOil 20 3.5\n" * 200), "en"),  # a table
        (Page(1, EASY["en"] * 30, reader="tesseract 5"), "en"),  # read from its picture
        (Page(1, EASY["en"] * 30, score=0.3), "en"),  # read badly
        (Page(1, "نحن في السوق اليوم. " * 100), "ar"),
        (Page(1, EASY["en"] * 30), "sw"),
    ],
)
def test_nothing_is_said_where_no_formula_can_tell(page: Page, language: str) -> None:
    assert list(reading_level.read([page], language)) == []


def test_what_an_edition_keeps_is_read_back() -> None:
    assert parsed("") is None
    assert parsed("nonsense 3") is None
    read = parsed("martins 48.5")
    assert read is not None
    assert level(*read) == "hard"
