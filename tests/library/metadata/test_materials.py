"""What a session needs: by lists of materials in six languages, and that others say nothing."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Statement
from library.metadata import BELIEVED, decide, materials
from library.vocabularies import Vocabularies

WORDS = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
ABOUT = {
    "en": "For the facilitator. The participants sit in a circle; the activity begins.\n",
    "es": "Para la facilitadora. Las participantes se sientan; la actividad y el taller.\n",
    "fr": "L’animatrice accueille les participants à l’atelier.\n",
    "pt": "A facilitadora recebe as participantes na oficina.\n",
    "ar": "المشاركات والميسرة في ورشة ونشاط\n",
    "hi": "कार्यशाला, प्रतिभागी और गतिविधि\n",
}


def statements(text: str, language: str = "en", about: bool = True) -> list[Statement]:
    whole = (ABOUT[language] if about else "") + text
    return list(materials.read([Page(1, whole)], "", language, WORDS))


def needs(text: str, language: str = "en") -> set[str]:
    best = decide(statements(text, language)).get("needs")
    return set(best.value) if best else set()


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("en", "Materials: Flip chart paper, markers, masking tape\n",
         {"only-paper", "paper", "flipchart"}),
        ("en", "MATERIALS: Laptop, projector, flip chart paper, markers, and masking tape\n",
         {"projector", "computers", "paper", "flipchart"}),
        ("en", "You will need:\n- copies of the handout\n- sticky notes\n- a ball of string\n",
         {"no-projector", "copies", "cards"}),
        ("en", "## Materials needed\n\n* paper\n* pens\n\nSay hello.\n", {"only-paper", "paper"}),
        ("en", "MATERIALS: None.\n", {"nothing"}),
        ("es", "Materiales: papelógrafo, marcadores y fotocopias del caso\n",
         {"no-projector", "flipchart", "paper", "copies"}),
        ("fr", "Matériel nécessaire : feuilles, stylos, vidéoprojecteur\n",
         {"paper", "projector"}),
        ("pt", "Materiais: papel pardo, canetas, tarjetas\n",
         {"only-paper", "flipchart", "paper", "cards"}),
        ("ar", "المواد المطلوبة: أوراق، أقلام، سبورة\n", {"only-paper", "paper", "flipchart"}),
        ("hi", "आवश्यक सामग्री: कागज़, पेन, प्रोजेक्टर\n", {"paper", "projector"}),
    ],
)  # fmt: skip
def test_lists_of_materials(language: str, text: str, ids: set[str]) -> None:
    assert needs(text, language) == ids
    for statement in statements(text, language):
        assert statement.evidence[0].page == 1
        assert statement.confidence >= BELIEVED


def test_every_list_of_a_manual_counts() -> None:
    text = "Materials: None\nTalk.\n\nMaterials: paper, pens\n\nMaterials: projector, paper\n"
    assert needs(text) == {"paper", "projector"}


@pytest.mark.parametrize(
    "text",
    [
        "Materials: To reach people, ask participants to make banners beforehand and print them.\n",
        "You will need: good lists of numbers, broken down by region, exportable to a table.\n",
        "Materials can be found on our pages about paper.\n",
        "We printed copies on paper.\n",
    ],
)
def test_sentences_are_no_lists(text: str) -> None:
    assert needs(text) == set()


def test_a_document_of_no_session_needs_nothing() -> None:
    assert statements("Materials: paper, pens\n", about=False) == []


def test_what_is_named_once_is_only_a_suggestion() -> None:
    once = statements("Write it on the flipchart.\n")
    assert [s.value for s in once] == [("flipchart",)]
    assert once[0].confidence < BELIEVED
    assert needs("Write it on the flipchart. " * 3) == {"flipchart"}
    assert needs("This works without a projector.\n") == {"no-projector"}


def test_what_staff_add_to_the_vocabulary_is_found() -> None:
    assert needs("Materials: photocopies for participants, pens\n") >= {"copies"}
