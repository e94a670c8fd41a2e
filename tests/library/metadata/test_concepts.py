"""Concepts: few, borne out by several places, and each with its evidence."""

from __future__ import annotations

from library.core.resource import Block, Page, Said
from library.metadata import concepts
from library.vocabularies import Vocabularies

VOCABULARIES = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
VENDORS = (
    "Street vendors in Kenya organise. Vendors in Nairobi asked the council for licences, and the "
    "street vendors of Kenya won them. Street vendors elsewhere follow the example of Kenya."
)


def found(pages: list[Page], title: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    statements = concepts.read(pages, title, language, VOCABULARIES)
    return {s.field: tuple(s.value) for s in statements}


def test_what_a_document_is_about() -> None:
    pages = [Page(n, VENDORS) for n in range(1, 5)]
    about = found(pages, "Street vendors at the table")
    assert about["group"] == ("street-vendors",)
    assert about["place"] == ("ke",)


def test_one_mention_suggests_nothing() -> None:
    text = "The committee met on Monday and heard a report of the treasurer. " * 20
    pages = [Page(1, text + "Waste pickers in Brazil were spoken of as well."), Page(2, text)]
    assert "group" not in found(pages, "Minutes")
    assert "place" not in found(pages, "Minutes")


def test_evidence_is_a_page_and_the_words_around() -> None:
    pages = [Page(1, "Nothing here."), Page(2, VENDORS), Page(3, VENDORS)]
    statements = {s.field: s for s in concepts.read(pages, "Report", "en", VOCABULARIES)}
    places = statements["group"].evidence
    assert 1 <= len(places) <= 3
    assert all(e.page in (2, 3) and "vendors" in e.words.casefold() for e in places)


def test_spanish() -> None:
    text = "Las recicladoras de Bogotá, en Colombia, exigen que la ciudad pague su trabajo. " * 4
    about = found([Page(1, text), Page(2, text)], "Recicladoras", "es")
    assert about["group"] == ("waste-pickers",)
    assert about["place"] == ("co",)


def test_a_small_word_in_capitals_is_no_country() -> None:
    text = "RESOLUCIÓN DE LA CORTE. LA PRESIDENTA DE LA CORTE. ME DIRIJO A LA CORTE. " * 5
    assert "place" not in found([Page(1, text)], "Resolución", "es")


def kind(title: str, head: list[str], language: str = "en") -> str:
    statements = concepts.titled("kind", title, head, language, VOCABULARIES)
    return next((str(s.value) for s in statements), "")


def test_kinds_by_the_title_or_a_line_of_its_own() -> None:
    assert kind("Organising toolkit for waste pickers", []) == "toolkit"
    assert kind("Sentencia de 24 de junio", [], "es") == "judgment"
    assert kind("Safe streets", ["Position paper"]) == "position-paper"
    assert kind("Safe streets", ["This position paper was adopted by all of us in May"]) == ""


def test_what_files_say() -> None:
    said = Said({"doc_type": "collective_bargaining_agreement", "tags": "organising; Kenya; x"})
    stated = {s.field: s.value for s in concepts.stated(said, VOCABULARIES)}
    assert stated == {
        "kind": "collective-agreement",
        "topic": ("organising",),
        "place": ("ke",),
    }


def test_headings_count_for_more() -> None:
    blocks = (Block("heading", "Home-based workers", 1), Block("paragraph", "We work."))
    text = "We sew at home for little money and want a fair price for each piece. " * 8
    pages = [Page(1, text + "Home-based workers. " * 3, blocks), Page(2, text)]
    assert found(pages, "Fair piece rates")["group"] == ("home-based-workers",)
