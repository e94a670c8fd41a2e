"""Languages: the library's own are preferred, and none is forced on a text in another."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Said
from library.metadata import decide, language, language_of
from library.vocabularies import Vocabularies

OWN = ("en", "es", "fr", "pt", "ar", "hi")
TEXTS = {
    "en": "Street vendors in many cities face harassment, and they organise for their rights.",
    "es": "Las trabajadoras del hogar se organizan para defender sus derechos en muchas ciudades.",
    "fr": "Les travailleuses domestiques s’organisent pour défendre leurs droits dans les villes.",
    "pt": "As trabalhadoras domésticas organizam-se para defender os seus direitos nas cidades.",
    "ar": "ينظم عمال المنازل أنفسهم للدفاع عن حقوقهم في كثير من المدن والبلدان حول العالم",
    "hi": "घरेलू कामगार अपने अधिकारों की रक्षा के लिए कई शहरों में संगठित हो रहे हैं और काम करते हैं।",
    "nl": "Huishoudelijk werkers organiseren zich om hun rechten te verdedigen in veel steden.",
    "de": "Hausangestellte organisieren sich, um ihre Rechte in vielen Städten zu verteidigen.",
    "ru": "Домашние работники объединяются, чтобы защищать свои права во многих городах мира.",
    "el": "Οι οικιακοί εργαζόμενοι οργανώνονται για να υπερασπιστούν τα δικαιώματά τους.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_the_language_of_a_sentence(code: str) -> None:
    found, sure = language_of(TEXTS[code], OWN)
    assert found == code
    assert 0.5 < sure <= 0.99


def test_short_texts_are_less_sure() -> None:
    assert language_of("Rights", OWN)[1] < language_of(TEXTS["en"], OWN)[1]
    assert language_of("", OWN) == ("", 0.0)
    assert language_of("12 34 — 56", OWN) == ("", 0.0)
    assert language_of("https://example.org/in/english", OWN) == ("", 0.0)


def test_no_languages_of_its_own() -> None:
    assert language_of(TEXTS["nl"], ())[0] == "nl"


def test_pages_vote() -> None:
    pages = [Page(n, TEXTS["es"] * 4) for n in range(1, 5)] + [Page(5, TEXTS["en"])]
    found = list(language.read(pages, OWN))
    assert [statement.value for statement in found] == ["es", "en"]
    assert found[0].evidence[0].page in range(1, 6)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"langCode": "pt-br"}, "pt"),
        ({"language": "Español"}, "es"),
        ({"og:locale": "fr_FR"}, "fr"),
        ({"language": "gibberish"}, None),
        ({}, None),
    ],
)
def test_what_a_file_says(fields: dict[str, str], code: str | None) -> None:
    found = list(language.stated(Said(fields), Vocabularies.load(OWN)))
    assert [statement.value for statement in found] == ([code] if code else [])


def test_a_text_that_belies_its_file() -> None:
    pages = [Page(1, TEXTS["en"] * 5)]
    said = Said({"language": "es-ES", "producer": "Word"})
    found = [*language.stated(said, Vocabularies.load(OWN)), *language.read(pages, OWN)]
    assert decide(found)["language"].value == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wauzaji wa mitaani wanadai maji na taa sokoni. Tulikutana na viongozi wa mji na "
         "kuwaeleza kwamba kila mfanyakazi ana haki ya kulipwa kwa wakati.", "sw"),
        ("Pedagang kaki lima menuntut air dan penerangan di pasar. Kami bertemu dengan "
         "pemerintah kota dan menjelaskan bahwa setiap pekerja berhak dibayar tepat waktu.", "id"),
        ("Die Händlerinnen fordern Wasser und Licht auf dem Markt. Wir trafen den Rat der Stadt "
         "und sagten, dass jede Arbeiterin pünktlich bezahlt werden muss.", "de"),
        ("Le venditrici chiedono acqua e luce nel mercato. Abbiamo incontrato il consiglio della "
         "città e detto che ogni lavoratrice deve essere pagata in tempo.", "it"),
    ],
)  # fmt: skip
def test_languages_beyond_the_six_of_the_site(text: str, code: str) -> None:
    found, sure = language_of(text, ("en", "es", "fr", "pt", "ar", "hi"))
    assert found == code
    assert sure > 0.7
