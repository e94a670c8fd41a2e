"""How long the session lasts that a document is for, and that others say nothing of it."""

from __future__ import annotations

import pytest

from library.core.resource import Page, Said
from library.metadata import BELIEVED, decide, session_time
from library.vocabularies import Vocabularies

WORDS = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))
SESSION = "For the facilitator. The participants sit in a circle; the activity needs paper.\n"
SESIONES = "Para la facilitadora. Las participantes se sientan; la actividad y el taller.\n"


def times(text: str, title: str = "", fields: dict[str, str] | None = None) -> tuple[str, ...]:
    found = [
        *session_time.stated(Said(fields or {}), WORDS),
        *session_time.read([Page(1, text)], title, WORDS),
    ]
    for one in found:
        assert one.evidence and one.evidence[0].words
        assert one.confidence >= BELIEVED
    best = decide(found).get("time")
    return tuple(best.value) if best else ()


@pytest.mark.parametrize(
    "fields",
    [{"duration": "155"}, {"Duration": "2 hours 35 minutes"}, {"timeRequired": "PT155M"}],
)
def test_a_field_of_the_file_is_believed_first(fields: dict[str, str]) -> None:
    text = f"{SESSION}Duration: 10 minutes\n"
    assert times(text, fields=fields) == ("half-a-day",)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        (f"{SESSION}Duration: 45 minutes\n", "an-hour"),
        (f"{SESSION}Time needed: 90 - 120 minutes\n", "half-a-day"),
        (f"{SESIONES}### Duración\n\n70 minutos.\n", "half-a-day"),
        (f"{SESIONES}Tiempo recomendado: media hora\n", "half-an-hour"),
        ("Animatrice, participants, atelier.\nDurée : une heure et demie\n", "half-a-day"),
        ("Facilitadora, participantes, oficina.\nDuração: 2 dias\n", "several-days"),
        ("المشاركات والميسرة في ورشة ونشاط\nالمدة: ٤٥ دقيقة\n", "an-hour"),
        ("कार्यशाला, प्रतिभागी और गतिविधि\nअवधि: 30 मिनट\n", "half-an-hour"),
    ],
)
def test_a_line_that_says_so(text: str, id: str) -> None:
    assert times(text) == (id,)


def test_sessions_take_as_long_as_all_of_them_and_one_is_told_too() -> None:
    text = SESSION + "".join(f"Session {n}\nTime: 50 minutes\nTell stories.\n" for n in range(12))
    assert set(times(text)) == {"several-days", "an-hour"}
    assert times(f"{text}Total time: 4 hours\n") == ("half-a-day",)


@pytest.mark.parametrize(
    "sessions",
    [
        "".join(f"Who knows whom\nTime: 50 minutes\nRun {n}.\n" for n in range(13)),
        "".join(f"Session {n}\nTime: 50 minutes\nTalk.\n" for n in range(1, 41)),
    ],
)
def test_a_store_of_sessions_takes_as_long_as_one_of_them(sessions: str) -> None:
    found = [*session_time.read([Page(1, SESSION + sessions)], "", WORDS)]
    assert [(s.field, s.value) for s in found if s.confidence >= BELIEVED] == [
        ("time", ("an-hour",))
    ]
    assert "duration" in [s.field for s in found if s.confidence < BELIEVED]


def test_more_than_a_day_of_sessions_is_one_sessions_time_where_nothing_numbers_them() -> None:
    long = "\n".join(f"{name}\nTime: 90 minutes" for name in ("Power", "Rights", "Wages") * 3)
    found = [*session_time.read([Page(1, SESSION + long)], "", WORDS)]
    assert "duration" not in [s.field for s in found if s.confidence >= BELIEVED]
    numbered = "\n".join(f"Session {number}: Power\nTime: 90 minutes" for number in range(1, 10))
    found = [*session_time.read([Page(1, SESSION + numbered)], "", WORDS)]
    assert "PT13H30M" in [s.value for s in found if s.confidence >= BELIEVED]


def test_the_steps_of_a_plan_are_added_up() -> None:
    steps = ("Welcome (10 min)", "Stories (20 min)", "In groups (15 min)", "Closing (10 min)")
    assert times(SESSION + "\n".join(steps)) == ("an-hour",)


def test_a_title_says_it() -> None:
    assert times("Anything.", "A two-day workshop on wages") == ("several-days",)


@pytest.mark.parametrize(
    "text",
    [
        "Overtime: 2 hours. The workers of the plant rest 30 minutes.",
        "Timeline: 2-4 weeks\nTimeline: 3 weeks\nworkshop, course, participants",
        "Duration: 3 years. This agreement lasts, and workers have 30 days of leave.",
        "The strike went on for two days, and the police came after 20 minutes.",
        "From time to time the board meets for 90 minutes.",
        "",
    ],
)
def test_others_say_nothing_of_it(text: str) -> None:
    assert times(text) == ()


def test_exercises_for_so_many_people_are_no_steps_of_one_plan() -> None:
    text = SESSION + "".join(f"Game {n}\n{n} minutes; 5 - 20 people\nRun.\n" for n in range(5, 15))
    assert times(text) == ()
