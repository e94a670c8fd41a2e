"""What every shipped scheme keeps to: complete, short, and kind to the people it names."""

from __future__ import annotations

import re

import pytest

from index.fields import FACETS
from library.vocabularies import Vocabularies
from library.vocabularies.folding import fold

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
OWN = ("topic", "group", "audience", "use", "kind")
MOST = {"topic": 25, "group": 16, "audience": 8, "use": 12, "kind": 25}

DEMEANING = {
    "waste-pickers": ("en", "scavenger", "rag picker", "garbage picker"),
    "domestic-workers": ("en", "maid", "servant"),
    "migrant-workers": ("en", "illegal worker"),
}


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


def test_every_facet_has_a_scheme(vocabularies: Vocabularies) -> None:
    assert set(vocabularies.schemes) == {facet.name for facet in FACETS}


@pytest.mark.parametrize("facet", [*OWN, "place"])
def test_every_concept_is_named_in_every_language(vocabularies: Vocabularies, facet: str) -> None:
    for concept in vocabularies.schemes[facet].concepts.values():
        assert set(LANGUAGES) <= set(concept.preferred), concept.id
        for language in ("ar", "hi"):
            script = r"[\u0600-\u06ff]" if language == "ar" else r"[\u0900-\u097f]"
            assert re.search(script, concept.preferred[language]), (concept.id, language)


@pytest.mark.parametrize("facet", OWN)
def test_a_scheme_is_short_enough_to_read(vocabularies: Vocabularies, facet: str) -> None:
    assert 5 <= len(vocabularies.order(facet)) <= MOST[facet]


@pytest.mark.parametrize("facet", OWN)
def test_a_scheme_has_two_levels_at_most(vocabularies: Vocabularies, facet: str) -> None:
    for id in vocabularies.order(facet):
        assert len(vocabularies.expand(facet, [id])) <= 2, id


@pytest.mark.parametrize("facet", [*OWN, "place"])
def test_no_two_concepts_are_shown_by_one_name(vocabularies: Vocabularies, facet: str) -> None:
    for language in LANGUAGES:
        shown = [fold(vocabularies.label(facet, id, language)) for id in vocabularies.order(facet)]
        assert len(shown) == len(set(shown)), language


def test_no_id_is_spelt_in_two_ways(vocabularies: Vocabularies) -> None:
    for facet in (*OWN, "place"):
        ids = vocabularies.order(facet)
        alike = {id.replace("-", "").replace("iz", "is").rstrip("s") for id in ids}
        assert len(alike) == len(ids), facet


@pytest.mark.parametrize("facet", [*OWN, "place"])
def test_a_label_shown_finds_its_concept(vocabularies: Vocabularies, facet: str) -> None:
    for id in vocabularies.order(facet):
        for language in LANGUAGES:
            label = vocabularies.label(facet, id, language)
            assert vocabularies.find(facet, label) == id, (label, language)


@pytest.mark.parametrize("id", DEMEANING)
def test_a_demeaning_name_finds_and_is_never_shown(vocabularies: Vocabularies, id: str) -> None:
    _, *names = DEMEANING[id]
    concept = vocabularies.concept("group", id)
    assert concept is not None
    shown = {fold(label) for labels in concept.alternative.values() for label in labels}
    shown |= {fold(label) for label in concept.preferred.values()}
    for name in names:
        assert vocabularies.find("group", name) == id
        assert vocabularies.find("group", name.upper() + "S") == id
        assert ("group", id) in vocabularies.named(name, alone=True)
        assert fold(name) not in shown


def test_no_hidden_label_is_shown_anywhere(vocabularies: Vocabularies) -> None:
    for facet in OWN:
        for concept in vocabularies.schemes[facet].concepts.values():
            shown = {(language, fold(label)) for language, label in concept.preferred.items()}
            for language, labels in concept.alternative.items():
                shown |= {(language, fold(label)) for label in labels}
            for language, labels in concept.hidden.items():
                assert not shown & {(language, fold(label)) for label in labels}, concept.id


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("catador", "waste-pickers"),
        ("Catadora", "waste-pickers"),
        ("catadores(as) de materiais recicláveis", "waste-pickers"),
        ("pepenadores", "waste-pickers"),
        ("cartonera", "waste-pickers"),
        ("récupératrices", "waste-pickers"),
        ("recuperateur", "waste-pickers"),
        ("reclaimers", "waste-pickers"),
        ("جامعي النفايات", "waste-pickers"),
        ("कूड़ा बीनने वाले", "waste-pickers"),
        ("household workers", "domestic-workers"),
        ("trabajador(a) del hogar", "domestic-workers"),
        ("employée de maison", "domestic-workers"),
        ("diaristas", "domestic-workers"),
        ("العمال المنزليين", "domestic-workers"),
        ("home workers", "home-based-workers"),
        ("trabajadoras/es a domicilio", "home-based-workers"),
        ("travailleur·euse·s à domicile", "home-based-workers"),
        ("market traders", "street-vendors"),
        ("hawker", "street-vendors"),
        ("camelôs", "street-vendors"),
        ("tianguistas", "street-vendors"),
        ("Marchandes ambulantes", "street-vendors"),
        ("फेरीवाला", "street-vendors"),
        ("boda-boda", "transport-workers"),
        ("campesinas", "agricultural-workers"),
    ],
)
def test_the_words_of_the_field_find_the_group(
    vocabularies: Vocabularies, words: str, id: str
) -> None:
    assert vocabularies.find("group", words) == id
