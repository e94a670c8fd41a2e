"""Concepts: few, borne out by several places, and each with its evidence."""

from __future__ import annotations

import pytest

from library.core.resource import Block, Page, Said, Statement
from library.metadata import BELIEVED, concepts, nature, places
from library.metadata.cues import Measures
from library.vocabularies import Vocabularies
from library.vocabularies.mentions import Mention

VOCABULARIES = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
VENDORS = (
    "Street vendors in Kenya organise. Vendors in Nairobi asked the council for licences, and the "
    "street vendors of Kenya won them. Street vendors elsewhere follow the example of Kenya."
)


def found(pages: list[Page], title: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    return {s.field: tuple(s.value) for s in shown(pages, title, language)}


def shown(pages: list[Page], title: str, language: str = "en") -> list[Statement]:
    """What readers would see: not what is only a suggestion."""
    tallied = concepts.tallied(pages, title, "", language, VOCABULARIES)
    statements = concepts.read(tallied, nature.shipped(), VOCABULARIES)
    return [s for s in statements if s.confidence >= BELIEVED]


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
    statements = {s.field: s for s in shown(pages, "Report")}
    places = statements["group"].evidence
    assert 1 <= len(places) <= 3
    assert all(e.page in (2, 3) and "vendors" in e.words.casefold() for e in places)


def test_spanish() -> None:
    text = "Las recicladoras de Bogotá, en Colombia, exigen que la ciudad pague su trabajo. " * 4
    about = found([Page(1, text), Page(2, text)], "Recicladoras de Colombia", "es")
    assert about["group"] == ("waste-pickers",)
    assert about["place"] == ("co",)


def test_a_small_word_in_capitals_is_no_country() -> None:
    text = "RESOLUCIÓN DE LA CORTE. LA PRESIDENTA DE LA CORTE. ME DIRIJO A LA CORTE. " * 5
    assert "place" not in found([Page(1, text)], "Resolución", "es")


def kind(title: str, head: list[str], language: str = "en") -> set[str]:
    measures = Measures()
    concepts.titled(measures, "kind", title, head, language, VOCABULARIES)
    return set(measures.values)


def test_kinds_are_named_by_the_title_or_a_line_of_its_own() -> None:
    assert kind("Organising toolkit for waste pickers", []) == {"kind:toolkit.title"}
    assert kind("Sentencia de 24 de junio", [], "es") == {"kind:judgment.title"}
    assert kind("Safe streets", ["Position paper"]) == {"kind:position-paper.line"}
    assert kind("Safe streets", ["This position paper was adopted by all of us in May"]) == set()


def test_what_is_less_sure_is_a_suggestion() -> None:
    text = "The committee met on Monday and heard a report of the treasurer. " * 8
    pages = [Page(1, text + "Waste pickers spoke. Waste pickers and street vendors agreed.")]
    tallied = concepts.tallied(pages, "Minutes", "", "en", VOCABULARIES)
    for one in concepts.read(tallied, nature.shipped(), VOCABULARIES):
        assert one.confidence < BELIEVED or one.field != "place"
        assert one.evidence


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Los sindicatos argentinos y la economía popular argentina", "ar"),
        ("Sindicatos brasileiros e trabalhadoras do Rio de Janeiro", "br"),
        ("Your rights under the National Labor Relations Act", "us"),
        ("Meeting in Nairobi, with members from Mombasa", "ke"),
    ],
)
def test_signs_of_a_place_that_are_not_its_name(text: str, place: str) -> None:
    assert {id for id, *_ in places.signs(text)} == {place}


def test_a_language_is_no_place() -> None:
    assert not list(places.signs("Disponible en español. Also in French and Spanish."))


def test_what_files_say() -> None:
    said = Said({"doc_type": "collective_bargaining_agreement", "tags": "organising; Kenya; x"})
    stated = {s.field: s.value for s in concepts.stated(said, VOCABULARIES)}
    assert stated == {
        "kind": "collective-agreement",
        "topic": ("organising",),
        "place": ("ke",),
    }


@pytest.mark.parametrize("tag", ["calor", "Membres", "heat", "climas"])
def test_a_tag_that_says_little_alone_is_a_suggestion(tag: str) -> None:
    (stated,) = concepts.stated(Said({"tags": tag}), VOCABULARIES)
    assert stated.confidence < BELIEVED
    (filed,) = concepts.stated(Said({"topic": tag}), VOCABULARIES)
    assert filed.confidence >= BELIEVED


def test_headings_count_for_more() -> None:
    blocks = (Block("heading", "Home-based workers", 1), Block("paragraph", "We work."))
    text = "We sew at home for little money and want a fair price for each piece. " * 8
    pages = [Page(1, text + "Home-based workers. " * 3, blocks), Page(2, text)]
    assert found(pages, "Fair piece rates")["group"] == ("home-based-workers",)


@pytest.mark.parametrize(
    ("text", "words", "named"),
    [
        (
            "She wrote to the Workers’ Education Association of the north last year",
            "Education",
            True,
        ),
        ("We were helped by the Centre for Leadership in Action and by others", "Leadership", True),
        ("La escriben personas del Instituto de Salud Laboral que vive del puerto", "Salud", True),
        ("Leadership means that members decide what happens in their union", "Leadership", False),
        ("Workers’ Education in the Ports", "Education", False),
        ("the members of the coalition wrote about education in their ports", "education", False),
    ],
)
def test_a_topic_in_the_name_of_a_body_is_named_in_passing(
    text: str, words: str, named: bool
) -> None:
    start = text.index(words)
    mention = Mention("topic", "any", start, start + len(words), words, 1.0)
    assert concepts.in_name(text, mention) is named


def test_what_no_title_heading_or_first_words_name_is_aside_in_a_long_text() -> None:
    long = "The council met to talk of the market and its water. " * 40
    come = "Street vendors came. "
    for first, last, aside in (("", come, 1.0), (come, "", 0.0)):
        pages = [Page(1, first + long), Page(2, long), Page(3, long), Page(4, last + long)]
        found = concepts.tallied(pages, "", "", "en", VOCABULARIES)
        assert concepts.measured("group", found, VOCABULARIES)["street-vendors"]["aside"] == aside


def test_one_of_many_groups_in_a_list_is_an_example_of_them_all() -> None:
    listed = dict.fromkeys(("first", "title", "named", "headings", "share", "several"), 0.0)
    listed |= {"others": 0.6, "equals": 5.0}
    assert not concepts.allowed("group", listed)
    for told in ({"first": 1.0}, {"others": 0.3}, {"title": 1.0}, {"headings": 0.7}):
        assert concepts.allowed("group", {**listed, **told})


def test_a_topic_has_a_word_that_says_enough_or_many_that_say_it_together() -> None:
    weak = {"strong": 0.0, "title": 0.3, "variety": 1.1, "elsewhere": 0.0}
    assert not concepts.allowed("topic", weak)
    for told in ({"strong": 0.2}, {"title": 1.0}, {"variety": 2.0}):
        assert concepts.allowed("topic", {**weak, **told})
        assert not concepts.allowed("topic", {**weak, **told, "elsewhere": 1.0})


def test_evictions_are_about_public_space_where_people_work_there() -> None:
    tenants = (
        "The mayor should stop evictions. After an eviction a family has no housing, and the city"
        " council knows of 22,000 evictions a year. Tenants who are facing eviction need a lawyer."
    )
    vendors = tenants.replace("family", "vendor").replace("Tenants", "Vendors and other workers")
    assert measured(tenants)["public-space"]["elsewhere"] == 1.0
    assert measured(vendors)["public-space"]["elsewhere"] == 0.0


def measured(text: str) -> dict[str, dict[str, float]]:
    found = concepts.tallied([Page(1, text)], "", "a.txt", "en", VOCABULARIES)
    return concepts.measured("topic", found, VOCABULARIES)


def test_bylaws_of_a_choir_are_not_about_law() -> None:
    sung = "We sing on Thursdays at seven, and whoever likes brings a friend to the supper. " * 30
    choir = f"Article 1. The choir has legal status. Article 2. All have the right to sing. {sung}"
    union = choir.replace("choir", "union of workers").replace("friend", "worker")
    court = "The court found a violation of human rights, and the judgment of the tribunal stands. "
    assert measured(court * 20)["law"]["elsewhere"] == 0.0
    assert measured(choir)["law"]["elsewhere"] == 1.0
    assert measured(union)["law"]["elsewhere"] == 0.0


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("Subimos na quarta-feira e voltamos na sexta-feira", "pt", "public-space"),
        ("Le système d’exploitation de la machine", "fr", "child-forced-labour"),
        ("Un proyecto que se puso en marcha", "es", "campaigns"),
        ("Cook over medium heat", "en", "climate"),
        ("The family members came", "en", "organising"),
    ],
)
def test_a_word_that_is_part_of_another_names_no_topic(
    text: str, language: str, topic: str
) -> None:
    assert topic not in {mention.id for mention in VOCABULARIES.mentions(text, language)}


def test_two_groups_that_a_short_text_is_about_alike() -> None:
    alike = {"first": 0.0, "others": 0.5, "title": 0, "named": 0, "headings": 0, "several": 1.0}
    assert concepts.allowed("group", {**alike, "equals": 2.0, "share": 0.9})
    assert not concepts.allowed("group", {**alike, "equals": 4.0, "share": 0.9})
    assert not concepts.allowed("group", {**alike, "equals": 2.0, "share": 0.4})
