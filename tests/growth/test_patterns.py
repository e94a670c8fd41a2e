"""No pattern of the project takes longer than in step with its text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import attacks, course
from tests.growth.patterns import Found, found

FOUND = found()
MIXED = st.lists(st.sampled_from(attacks.PIECES), min_size=1, max_size=4).map("".join)


def _job(one: Found, tried: list[attacks.Attack]) -> dict[str, Any]:
    source = one.pattern.pattern
    binary = isinstance(source, bytes)
    return {
        "where": one.where,
        "engine": one.engine,
        "source": source.decode("latin-1") if binary else source,
        "binary": binary,
        "flags": one.pattern.flags & ~(0x20 if binary else 0),
        "methods": sorted(one.methods),
        "attacks": tried,
    }


def _name(one: Found) -> str:
    return one.where


@pytest.mark.parametrize("one", FOUND, ids=_name)
def test_a_pattern_takes_time_in_step_with_its_text(one: Found) -> None:
    tried = [*attacks.common(), *attacks.of(one.pattern)]
    assert course.faults({"patterns": [_job(one, tried)]}) == []


@given(st.sampled_from(("", "a", "1", "(", "# ", "© ")), MIXED, st.sampled_from(attacks.UNWANTED))
@settings(max_examples=25, derandomize=True, deadline=None, database=None)
def test_so_does_every_pattern_over_mixtures(first: str, part: str, last: str) -> None:
    jobs = [_job(one, [(first, part, last)]) for one in FOUND]
    assert course.faults({"patterns": jobs}) == []


def test_patterns_are_found_wherever_they_stand() -> None:
    places = {one.where for one in FOUND}
    assert len(FOUND) > 200
    assert {
        "index.text.syntax._TOKEN",
        "library.web.parts.blocks._BULLET",
        "library.metadata.dates._months",
    } <= places
    assert any(isinstance(one.pattern.pattern, bytes) for one in FOUND)
    assert all(one.methods for one in FOUND)


@pytest.mark.parametrize(
    ("source", "attack"),
    [
        (r"\S*@\S*x", ("", "a", "")),
        (r"(?:a|b|ab)*c", ("", "ab", "")),
        (r"\s+$", ("", " ", "a")),
        (r"^(?:a+)+$", ("", "a", "!")),
    ],
)
def test_a_pattern_that_grows_too_fast_is_told(source: str, attack: attacks.Attack) -> None:
    bad = {
        "where": "here",
        "engine": "re",
        "source": source,
        "binary": False,
        "flags": 0,
        "methods": ["search"],
        "attacks": [attack],
    }
    assert course.faults({"patterns": [bad], "seconds": 2})
