"""Patterns that wait for their first question."""

from __future__ import annotations

import copy

import pytest
import regex

from index.text import amounts, deferred


def test_a_deferred_pattern_answers_as_the_pattern_itself() -> None:
    source, text = r"(?P<word>\p{L}+)\s?(?P<number>\d*)", "Article 4, no. 5"
    made, plain = deferred.compile(source, regex.IGNORECASE), regex.compile(source, regex.I)
    assert [m.groupdict() for m in made.finditer(text)] == [
        m.groupdict() for m in plain.finditer(text)
    ]
    assert made.sub("-", text, count=1) == plain.sub("-", text, count=1)
    assert made.fullmatch("part 12") is not None
    assert (made.pattern, made.flags) == (plain.pattern, plain.flags)


def test_it_compiles_when_it_is_first_asked_and_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(
        deferred.Deferred,
        "compiled",
        lambda self: compiled.append(self._source) or regex.compile(self._source, self._flags),
    )
    made = deferred.compile(r"a+b")
    assert compiled == []
    assert made.search("aab") and made.search("ab") and not made.match("b")
    assert compiled == [r"a+b"]


def test_all_are_compiled_at_once_before_others_are_forked() -> None:
    deferred.compile_all()
    assert "search" in vars(amounts._NUMBER)


def test_a_copy_asks_for_no_pattern() -> None:
    assert copy.copy(deferred.Deferred("(", 0)) is not None  # which cannot be compiled


def test_a_mistake_in_a_pattern_is_met_with_its_first_question() -> None:
    with pytest.raises(regex.error):
        deferred.Deferred("(", 0).search("a")
