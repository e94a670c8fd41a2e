"""A resource in a list."""

from __future__ import annotations

from library.web.parts.cards import shortened


def test_a_summary_that_is_shortened_says_so() -> None:
    assert shortened("Of the meeting, and more.", 16) == "Of the meeting…"
    assert shortened("Of the meeting.", 15) == "Of the meeting."
    assert shortened("Of the meeting - and more", 18) == "Of the meeting…"
