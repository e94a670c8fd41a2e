"""What stretches of a question are called in other words."""

from __future__ import annotations

import pytest

from index.engines.whoosh import WhooshEngine
from index.text.analysis import tokens
from index.text.phrases import found
from tests.index.builders import LANGUAGES, asking, document


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("won't", "will not"),
        ("dont", "do not"),
        ("we have", "we've"),
        ("without", "w/o"),
        ("por ejemplo", "p. ej."),
        ("half an hour", "media hora"),
        ("two and a half hours", "2.5 hours"),
        ("dos horas y media", "2h30"),
        ("2h30", "deux heures et demie"),
        ("ढाई घंटे", "2.5 घंटे"),
        ("40 degrees", "40°"),
        ("1990s", "nineties"),
        ("nineties", "90s"),
        ("zum Beispiel", "z. B."),
        ("Q&A", "questions and answers"),
    ],
)
def test_what_is_typed_is_said_otherwise(typed: str, other: str) -> None:
    words = [token.text for token in tokens(typed)]
    assert other in {one for *_, others in found(words) for one in others}


@pytest.mark.parametrize(
    "typed", ["half a day", "two and a hat", "I have", "w", "2.7 hours", "99 5"]
)
def test_what_is_something_else_is_left_alone(typed: str) -> None:
    words = [token.text for token in tokens(typed)]
    said = {one for *_, others in found(words) for one in others}
    assert said <= {"½", "I've", "i've"}


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("1920s", "2020s"),
        ("2020s", "1920s"),
        ("2020s", "nineteen twenties"),
        ("USW", "und so weiter"),
    ],
)
def test_another_century_and_a_union_are_no_other_writing(typed: str, other: str) -> None:
    words = [token.text for token in tokens(typed)]
    assert other not in {one for *_, others in found(words) for one in others}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("https://www.ilo.org", "ilo.org"),
        ("www.ilo.org", "ilo.org"),
        ("doscientos obreros", "200 obreros"),
        ("200 operários", "duzentos operários"),
        ("carnés", "carnets"),
        ("half", "½"),
    ],
)
def test_one_finds_the_other(typed: str, printed: str) -> None:
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(
        [document("said", f"Aqui {printed} y más.", language="es"), document("no", "no")]
    )
    assert [hit.id for hit in engine.search(asking(typed)).hits] == ["said"]
