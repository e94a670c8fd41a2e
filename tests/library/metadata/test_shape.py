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
