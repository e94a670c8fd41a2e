"""The shape of a document, whom it says it is for, and how it says it is to be cited."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Said
from library.metadata import citation, cues, decide
from library.metadata.addressees import addressed
from library.metadata.summary import is_of_court

PLAN = """Water at the market
Objectives:
Participants can name three risks.
Materials
Paper, pens
Time: 60 minutes
Steps
1. Ask each group to draw (20 minutes)
2. Discuss in pairs (30 minutes)
Debrief
"""


def test_the_parts_of_a_plan_are_counted() -> None:
    values = cues.measured([Page(1, PLAN)], "Water at the market", "water.txt", Said()).values
    assert values["plan"] >= 1.5
    assert values["minutes"] > 1
    prose = "The council met to talk of the market and its water for a long time. " * 20
    assert cues.measured([Page(1, prose)], "Water", "w.txt", Said()).values["plan"] == 0


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("This manual is for facilitators and union activists.", "educators"),
        ("Cartilla dirigida a sindicatos de base", "leaders"),
        ("Guide à l’usage des formateurs", "educators"),
        ("Prezado(a) gestor(a), sua cidade", "officials"),
        ("प्रशिक्षकों के लिए पुस्तिका", "educators"),
        ("دليل للمدربين", "educators"),
    ],
)
def test_readers_that_a_text_names(text: str, audience: str) -> None:
    assert audience in {one.audience for one in addressed(text)}


@pytest.mark.parametrize(
    ("text", "audience", "plainly"),
    [
        ("This guide aims to inspire and support street vendors", "members", True),
        ("We met to support street vendors", "members", False),
        ("Estimado (a) dirigente (a), la ley cambia", "leaders", True),
        ("As health and safety reps, you can ask for it", "leaders", True),
        ("Las delegadas pueden usar este mapa", "leaders", False),
    ],
)
def test_a_document_that_is_said_to_be_for_its_readers(
    text: str, audience: str, plainly: bool
) -> None:
    assert any(plainly is one.plainly for one in addressed(text) if one.audience == audience)


@pytest.mark.parametrize(
    ("text", "audiences"),
    [
        ("Guía para la inclusión de recicladoras y recicladores", set()),
        ("A manual for the training of trainers, and for stewards", {"leaders"}),
        ("Aimed at a wide range of organisers", {"organisers"}),
        ("Dirigido a dirigentes de mujeres trabajadoras y educadoras", {"leaders", "educators"}),
    ],
)
def test_who_stands_in_a_word_for_another_thing_is_not_addressed(
    text: str, audiences: set[str]
) -> None:
    assert {one.audience for one in addressed(text)} == audiences


def test_readers_are_named_in_the_same_sentence() -> None:
    assert list(addressed("This guide is for all. Teachers struck in May.")) == []


@pytest.mark.parametrize(
    ("text", "authors", "publisher"),
    [
        (
            "Suggested citation: Rivers, A. and Stone, B. (2021). Our Street. Lima: Casa Verde.",
            ("Rivers, A.", "Stone, B."),
            "Casa Verde",
        ),
        (
            "Cita sugerida\nRíos, A.; Peña, B. y Sol, C. (2021). Nuestra calle. Casa Verde.",
            ("Ríos, A.", "Peña, B.", "Sol, C."),
            "Casa Verde",
        ),
        (
            "How to cite: The Street Union. 2021. Our Street.",
            ("The Street Union",),
            None,
        ),
    ],
)
def test_how_a_work_is_to_be_cited(
    text: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    said = decide(citation.read([Page(1, text)]))
    assert said["authors"].value == authors
    assert said["date"].value == "2021"
    assert (said["publisher"].value if "publisher" in said else None) == publisher


def test_a_paper_of_a_court_is_known() -> None:
    assert is_of_court(
        [Page(1, "SUPREME COURT\nCase of Ríos v. The State\nJudgment of May 3, 2019")]
    )
    assert not is_of_court([Page(1, "A guide for stall holders who go to court")])


def test_names_of_steps_with_their_minutes_are_counted() -> None:
    plan = "Activity #1: The basket (15 minutes)\n2. Small groups (30 min)\nDebrief - 10 minutes"
    prose = (
        "She walks ninety minutes to the market each day, and 90 minutes back, " + "and so on " * 9
    )
    assert cues.measured([Page(1, plan)], "A plan", "a.txt", Said()).values["timed"] > 0
    assert cues.measured([Page(1, prose)], "Prose", "a.txt", Said()).values["timed"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "Level: first Duration: 30 minutes\nWhat will participants learn?\nTo count.\n"
        "What materials will participants need?\nA pencil.\nHow should the instructor prepare?\n",
        "¿Qué vamos a aprender?\nA medir.\n¿Qué necesitamos?\nCinta.\n¿Cuánto dura?\nUna tarde.\n",
        "De quoi avez-vous besoin ?\nDe papier.\nComment procéder ?\nEn cercle.\nDurée : 1 h 30\n",
        "O que vamos aprender?\nA contar.\nDo que você precisa?\nDe sacos.\nComo fazer\n",
    ],
)
def test_the_parts_of_a_plan_as_questions(text: str) -> None:
    assert cues.measured([Page(1, text)], "", "", Said()).values["plan"] >= 1.0


def test_a_day_by_the_clock_is_an_agenda_and_opening_hours_are_none() -> None:
    day = "9h00 – 9h20 : Accueil\n9.20 What is pay?\n11:30 Role play\n1:00 pm Lunch\n14:00 Grupos\n"
    values = cues.measured([Page(1, day)], "", "", Said()).values
    assert values["agenda"] > 0.9 and values["timeless"] == 0
    hours = "Monday 9:00 – 12:00\nTuesday 9:00 – 12:00\nThursday 14:00 – 18:00\n"
    assert cues.measured([Page(1, hours)], "", "", Said()).values["agenda"] == 0


def test_words_of_sessions_alone_are_no_plan() -> None:
    told = "Workshops were held for participants in small groups. Plenary sessions followed. " * 8
    values = cues.measured([Page(1, told)], "Trainings", "t.txt", Said()).values
    assert values["held"] == 0 and values["timeless"] == 1
    plan = cues.measured([Page(1, PLAN)], "Water", "w.txt", Said()).values
    assert plan["held"] > 1 and plan["timeless"] == 0


def test_a_cover_is_not_blamed_for_having_no_times() -> None:
    cover = "Module 2: Our rights at work\n\nMarket Workers’ School\n\nFirst edition 2019\n"
    values = cues.measured([Page(1, cover)], "Our rights at work", "m.txt", Said()).values
    assert values["unit"] == 1 and values["timeless"] == 0


def test_advice_on_sessions_is_told_from_a_session() -> None:
    advice = "Each session should have a clear aim.\nEvery workshop must end with an evaluation.\n"
    values = cues.measured([Page(1, advice)], "Good sessions", "a.txt", Said()).values
    assert values["advice"] > 1
    assert cues.measured([Page(1, PLAN)], "Water", "w.txt", Said()).values["advice"] == 0
    cada = "Cada taller debe tener un objetivo.\nChaque séance doit avoir un but.\n"
    assert cues.measured([Page(1, cada)], "Consejos", "a.txt", Said()).values["advice"] > 0


def test_lines_of_contents_are_no_blanks_to_fill() -> None:
    contents = "Introduction ................ 3\nMethod …………… 12\n"
    assert cues.measured([Page(1, contents)], "", "", Said()).values["blanks"] == 0
    form = "Name ......................\nDate …………… Place ............\n"
    assert cues.measured([Page(1, form)], "", "", Said()).values["blanks"] > 0


def test_what_somebody_said_is_told_from_a_name_in_quotes() -> None:
    said = "“We have waited for this for eleven years”, said the chair of the union yesterday."
    named = "It is part of the programme “Planning for the training of trade unionists”."
    assert cues.measured([Page(1, said)], "", "", Said()).values["spoken"] > 0
    assert cues.measured([Page(1, named)], "", "", Said()).values["spoken"] == 0


def test_words_that_mean_something_else_in_another_language_are_no_cues() -> None:
    office = [Page(1, "La Oficina de la Mujer y el Monitor de barrios dieron los datos.")]
    spanish = cues.measured(office, "", "", Said(), "es").values
    assert "session.body" not in spanish and "facilitator.body" not in spanish
    assert "session.body" in cues.measured(office, "", "", Said(), "pt").values
    idle = [Page(1, "Of course the working class may exercise the right to strike.")]
    english = cues.measured(idle, "", "", Said(), "en").values
    assert not any(name.startswith(("course", "participant", "activity")) for name in english)


def test_demands_that_are_told_of_are_not_made() -> None:
    told = [Page(1, "They voiced their demands, and the vendors demand a plan.")]
    made = [Page(1, "We demand a plan. Our demands are these.")]
    assert "demands.body" not in cues.measured(told, "", "", Said(), "en").values
    assert "demands.body" in cues.measured(made, "", "", Said(), "en").values


def test_a_manual_of_sessions_is_less_of_a_guide() -> None:
    plan = PLAN + "\nIn small groups, participants draw. Plenary.\n" * 3
    held = cues.measured([Page(1, plan)], "Manual of sessions", "m.txt", Said(), "en").values
    assert held["held"] >= cues.HELD and held["guide.title"] < 1


def test_what_a_program_fills_in_is_a_blank() -> None:
    text = "Local {localNumber}\nMember: {memberName}\nDate: <<date>>\nSincerely, {stewardName}"
    assert cues.measured([Page(1, text)], "", "", Said()).values["blanks"] > 1


@pytest.mark.parametrize(
    "text",
    [
        "This lesson is for anyone who is responsible for training others.",
        "Guía para quienes enseñan a leer una nómina",
        "Guide pour ceux qui forment des déléguées",
    ],
)
def test_who_is_told_plainly_once_is_told(text: str) -> None:
    values = cues.measured([Page(1, text)], "", "", Said()).values
    assert values["to_educators.opening"] > 0
    plain = cues.measured([Page(1, "A manual written for trainers")], "", "", Said()).values
    assert plain["told_educators.opening"] == 1.0


def test_labels_that_a_reader_joined_into_one_line_are_lines() -> None:
    text = "A cidade\n\nIdade: 12 a 14 anos Tempo: 2hs Objetivos: ver a cidade\n\nEscolher temas."
    values = cues.measured([Page(1, text)], "A cidade", "c.md", Said()).values
    assert values["plan"] >= 1
    assert values["lasts"] == 1
    talk = "He said: no. She said nothing, and the time was three."
    assert cues.measured([Page(1, talk)], "", "", Said()).values["plan"] == 0
