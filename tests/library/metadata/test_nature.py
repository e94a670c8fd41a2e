"""Kind, audience and use, told by who is addressed and by the shape of a text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from library.core.resource import Page, Said, Statement
from library.metadata import BELIEVED, cues, decide, describe, measures_of, nature
from library.vocabularies import Vocabularies

HERE = Path(__file__).parent.parent.parent.parent
LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
VOCABULARIES = Vocabularies.load(LANGUAGES)


def said_of(text: str, filename: str = "a.txt") -> tuple[Statement, ...]:
    return describe(
        [Page(1, text)], Said(), filename=filename, vocabularies=VOCABULARIES, languages=LANGUAGES
    )


def shown(text: str) -> dict[str, object]:
    return {field: one.value for field, one in decide(said_of(text)).items()}


SESSIONS = {
    "en": (
        "Counting our hours\n\nA session plan for facilitators.\nDuration: 90 minutes\n\n"
        "Objectives: participants can write down a working day.\n\n"
        "Materials needed: flip chart, markers.\n\n"
        "1. Welcome (10 minutes). The facilitator greets the participants.\n"
        "2. Exercise in small groups (40 minutes). Divide the group in pairs.\n"
        "3. Plenary (25 minutes). Each group reports back.\n4. Debrief (15 minutes).\n"
    ),
    "es": (
        "Contar nuestras horas\n\nPlan de sesión para facilitadoras.\nDuración: 90 minutos\n\n"
        "Objetivos: las participantes anotan un día de trabajo.\n\n"
        "Materiales necesarios: papelógrafo, marcadores.\n\n"
        "1. Bienvenida (10 minutos). La facilitadora saluda a las participantes.\n"
        "2. Ejercicio en grupos pequeños (40 minutos).\n3. Plenaria (25 minutos).\n"
        "4. Lluvia de ideas (15 minutos).\n"
    ),
    "fr": (
        "Compter nos heures\n\nPlan de séance pour les animatrices.\nDurée : 90 minutes\n\n"
        "Objectifs : les participantes notent une journée.\n\n"
        "Matériel nécessaire : tableau de papier, feutres.\n\n"
        "1. Accueil (10 minutes). L’animatrice salue les participantes.\n"
        "2. Exercice en petits groupes (40 minutes).\n3. Plénière (25 minutes).\n"
    ),
    "pt": (
        "Contar as nossas horas\n\nPlano de sessão para facilitadoras.\nDuração: 90 minutos\n\n"
        "Objetivos: as participantes anotam um dia.\n\nMaterial necessário: cartolina, canetas.\n\n"
        "1. Acolhida (10 minutos). A facilitadora recebe as participantes.\n"
        "2. Exercício em pequenos grupos (40 minutos).\n3. Plenária (25 minutos).\n"
    ),
}


@pytest.mark.parametrize("language", SESSIONS)
def test_a_session_plan_is_for_educators_in_any_language(language: str) -> None:
    found = shown(SESSIONS[language])
    assert "session-plan" in found["use"]
    assert "educators" in found["audience"]
    statements = [s for s in said_of(SESSIONS[language]) if s.field == "use"]
    assert all(s.evidence for s in statements)


@pytest.mark.parametrize(
    "text",
    [
        "What is a union?\n\nA union is all of us together. Protected by Federal Law! Talk to us.",
        "Rules of our savings group\n\nBylaws. We meet on Sundays and each of us pays two coins.",
        "A bill of rights for nannies\n\nWe tell families what we want: rest, pay, respect.",
        "Waste pickers at the treaty talks\n\nThe delegates announced today that they will go on.",
    ],
)
def test_a_text_that_speaks_of_law_is_no_law(text: str) -> None:
    assert shown(text).get("kind") != "law"


def test_lessons_learned_in_a_title_make_no_case_study() -> None:
    pages = "Este informe analiza los datos de la encuesta. La metodología y los hallazgos. " * 30
    found = shown("Lecciones aprendidas de los programas de crédito\n\n" + pages)
    assert found.get("kind") != "case-study"


def test_a_law_is_known_by_its_articles() -> None:
    articles = "\n".join(
        f"Article {n}\nThe employer shall pay. This provision shall enter into force hereby."
        for n in range(1, 30)
    )
    best = [s for s in said_of("Decree law on wages\n\n" + articles) if s.field == "kind"]
    assert best[0].value == "law"


def test_suggestions_stay_below_what_is_believed() -> None:
    for text in SESSIONS.values():
        believed = {
            field: [s for s in said_of(text) if s.field == field and s.confidence >= BELIEVED]
            for field in ("kind", "audience", "use")
        }
        assert all(len(held) <= 1 for held in believed.values())


def test_the_coefficients_are_small_and_have_a_card() -> None:
    folder = Path(nature.__file__).parent
    content = json.loads((folder / "nature.json").read_text("utf-8"))
    assert (folder / "nature.json").stat().st_size < 300_000
    assert "scripts/train-nature" in (folder / "nature.md").read_text("utf-8")
    assert set(content["facets"]) == {"kind", "audience", "use", "topic", "group", "place"}
    for facet, one in content["facets"].items():
        known = set(VOCABULARIES.order(facet)) | {"*"}
        assert set(one["weights"]) <= known
        assert 0 < one["threshold"] <= 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Manuel pour organiser les marchandes de rue dans les villes moyennes", "guide"),
        ("A toolkit to help associations of porters keep their own books in order", "toolkit"),
    ],
)
def test_a_subtitle_that_begins_with_a_kind_says_it(line: str, kind: str) -> None:
    text = f"Ensemble\n\n{line}\n\nLe marché ouvre à six heures."
    measures, _ = measures_of(
        [Page(1, text)], Said(), filename="a.txt", vocabularies=VOCABULARIES, languages=LANGUAGES
    )
    assert measures.values.get(f"kind:{kind}.line") == 1.0


def test_a_title_that_speaks_of_workers_does_not_speak_to_them() -> None:
    text = "Un travail décent pour les travailleurs domestiques\n\nLa conférence a eu lieu."
    measures, _ = measures_of(
        [Page(1, text)], Said(), filename="a.txt", vocabularies=VOCABULARIES, languages=LANGUAGES
    )
    assert "audience:members.title" not in measures.values


def test_texts_of_our_own_have_labels_that_the_vocabularies_know() -> None:
    texts = tomllib.loads((HERE / "benchmarks" / "texts" / "styles.toml").read_text("utf-8"))
    styles = [one["style"] for one in texts["text"]]
    assert len(styles) == len(set(styles)) > 50
    for one in texts["text"]:
        assert one["language"] in LANGUAGES
        for facet in nature.FACETS:
            known = VOCABULARIES.schemes[facet].concepts
            assert set(one[facet]) <= set(known), one["style"]


@pytest.mark.parametrize(
    ("title", "kind"), [("Hotlines", "leaflet"), ("Templates", "model-document")]
)
def test_a_title_alone_makes_no_leaflet_and_no_form(title: str, kind: str) -> None:
    text = f"# {title}\n\nHere you find whom to call.\n\nCall us if you are hurt. Call us at night."
    assert shown(text).get("kind") != kind


def test_a_session_plan_has_times_and_people_or_says_so() -> None:
    listed = {"timeless": 0.0, "minutes": 1.1, "session.body": 2.0, "numbered": 1.0}
    assert not nature.is_session(listed)
    led = {**listed, "participant.body": 0.4}
    assert nature.is_session({**led, "plan": 0.5})
    assert nature.is_session({**led, "itself.opening": 0.5})
    assert not nature.is_session({**led, "plan": 0.5, "timeless": 1.0})
    assert nature.is_session({**listed, "plan": 1.0})
    assert nature.is_session({"timeless": 1.0, "use:session-plan.title": 1.0})
    assert nature.is_session({"timeless": 0.0, "unit": 1.0})  # a cover
    assert not nature.is_session({"timeless": 0.0, "articles": 1.2})


def test_a_guide_to_workshops_is_no_plan_of_one() -> None:
    timed = {"timeless": 0.0, "minutes": 1.1, "plan": 2.0, "facilitator.body": 1.0}
    assert nature.is_session({**timed, "session.title": 1.0})
    assert nature.is_session({**timed, "guide.title": 1.0})
    assert not nature.is_session({**timed, "session.title": 1.0, "guide.title": 1.0})
    assert not nature.is_session({**timed, "use:session-plan.title": 1.0, "form.title": 1.0})


@pytest.mark.parametrize(
    ("line", "lasts"),
    [("Duration: 90 minutes", 1), ("Duración: 2 h", 1), ("Duration 120 days", 0),
     ("Duration: 3 weeks", 0), ("Duración: 45-60 minutos", 1), ("Durée : 6 mois", 0)],
)  # fmt: skip
def test_what_takes_days_is_no_session(line: str, lasts: int) -> None:
    text = f"# Starting a cooperative\n\n{line}\n\nThe office looks at the forms."
    assert cues.measured([Page(1, text)], "", "", Said()).values["lasts"] == lasts


def test_a_lesson_to_be_read_alone_is_no_session_plan() -> None:
    reading = {"timeless": 0.0, "lasts": 1.0, "minutes": 0.7, "plan": 0.5, "aims.headings": 0.7}
    assert not nature.is_session(reading)
    assert nature.is_session({**reading, "groupwork.body": 0.5})
    assert nature.is_session({**reading, "session.title": 1.0})


@pytest.mark.parametrize(
    ("audience", "measures", "shown"),
    [
        ("organisers", {"for_organisers.body": 2.0, "for_organisers.opening": 1.0}, False),
        ("organisers", {"told_organisers.opening": 0.5}, True),
        ("officials", {"for_officials.title": 1.0}, True),
        ("educators", {"course.body": 1.0, "itself.opening": 0.5, "plan": 1.5}, False),
        ("educators", {"course.body": 1.0, "facilitator.body": 0.5}, True),
        ("researchers", {"research.body": 2.0, "cited": 1.0, "footnotes": 1.0}, False),
        ("researchers", {"research.body": 2.0, "captions": 0.6}, True),
        ("researchers", {"research.title": 1.0}, True),
        ("members", {"second": 1.0, "working": 0.9}, True),
        ("members", {"second": 1.0, "for_members.opening": 1.0}, False),  # of a choir
        ("members", {"first": 1.0, "working": 0.9, "letter.opening": 0.5}, False),
        ("members", {"working": 0.9, "letter.opening": 0.5, "told_members.opening": 1.0}, True),
        ("educators", {"facilitator.body": 1.0, "unit": 1.0, "shop.body": 0.9}, False),
    ],
)
def test_whom_a_text_is_for_is_said_or_shown_by_a_second_kind_of_evidence(
    audience: str, measures: Mapping[str, float], shown: bool
) -> None:
    assert nature.allowed("audience", audience, measures, session=False) is shown


def test_a_demand_is_somebodys() -> None:
    reported = {"demands.body": 2.0, "demands.opening": 1.0}
    assert not nature.allowed("use", "demands", reported, session=False)
    assert nature.allowed("use", "demands", {**reported, "first": 0.4}, session=False)


def test_a_page_with_its_own_day_is_posted_and_a_file_with_a_clock_is_not() -> None:
    said = Said({"date": "2021-05-04"})
    page = Page(1, "We met the owner on Monday.", reader="markdown")
    assert cues.measured([page], "", "", said).values["posted"] == 1
    assert cues.measured([replace(page, reader="pdfium")], "", "", said).values["posted"] == 0
    flagged = cues.measured([page], "", "", Said({"published": "true"}))
    assert flagged.values["posted"] == 0


def test_an_activity_beside_a_session_plan_has_its_own_name() -> None:
    exercises = {"activity.body": 1.0, "participant.body": 1.0}
    assert nature.allowed("use", "activity", exercises, session=False)
    assert not nature.allowed("use", "activity", exercises, session=True)
    assert nature.allowed("use", "activity", {"activity.title": 1.0}, session=True)
    assert not nature.allowed("use", "activity", {"play.title": 1.0}, session=False)


def test_what_offers_a_training_is_no_plan_of_it() -> None:
    offer = {"timeless": 0.0, "minutes": 1.1, "itself.opening": 0.5, "participant.body": 0.4}
    assert nature.is_session(offer)
    assert not nature.is_session({**offer, "event.opening": 0.5})


def test_a_page_of_a_site_looks_like_one() -> None:
    assert not nature.allowed("kind", "web-page", {"page.body": 2.0}, session=False)
    assert nature.allowed("kind", "web-page", {"web": 1.0}, session=False)


@pytest.mark.parametrize(
    ("kind", "measures", "shown"),
    [
        ("training-manual", {"materials.body": 1.0, "minutes": 1.0, "plan": 1.0}, False),
        ("training-manual", {"course.body": 1.0, "lasts": 1.0, "timed": 1.0}, False),
        ("training-manual", {"course.body": 1.0, "participant.body": 0.4}, True),
        ("training-manual", {"kind:training-manual.title": 1.0}, True),
        ("training-manual", {"course.body": 1.0, "session.body": 0.4, "shop.body": 0.8}, False),
        ("toolkit", {"toolkit.body": 2.0}, False),
        ("toolkit", {"toolkit.opening": 0.5}, True),
    ],
)
def test_recipes_programs_and_shops_are_no_courses(
    kind: str, measures: Mapping[str, float], shown: bool
) -> None:
    assert nature.allowed("kind", kind, measures, session=False) is shown


def test_an_agreement_that_gives_hours_is_no_plan_of_a_session() -> None:
    hours = {"timeless": 0.0, "agenda": 1.0, "participant.body": 0.4}
    assert nature.is_session(hours)
    assert not nature.is_session({**hours, "articles": 1.2})


def test_you_in_a_text_on_work_is_somebody_who_works() -> None:
    def measured(text: str) -> Mapping[str, float]:
        page = (Page(1, text),)
        found, _ = measures_of(
            page, Said(), filename="a.txt", vocabularies=VOCABULARIES, languages=LANGUAGES
        )
        return found.values

    at_work = measured("You have a job and an employer. Your union asks you for your hours. " * 9)
    at_home = measured("You have a bowl and a spoon. Your oven asks you for your patience. " * 9)
    assert at_work["you_working"] > 0.9 > 0.1 > at_home["you_working"]
    assert at_home["second"] > 0.9
    assert not nature.allowed("audience", "members", at_home, session=False)
