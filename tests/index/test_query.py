"""A question as a value: what is asked for, what is left out, and going back."""

from __future__ import annotations

from index.query import And, Not, Or, Phrase, Query, Word, once

WAGES = {"topic": frozenset({"wages"})}


def test_a_value_is_asked_for_and_let_go() -> None:
    asked = Query(page=3).toggle("topic", "wages")
    assert asked == Query(chosen=WAGES)
    assert asked.has("topic", "wages")
    assert asked.toggle("topic", "wages") == Query()


def test_a_value_is_left_out_and_let_in_again() -> None:
    asked = Query(page=3).exclude("topic", "wages")
    assert asked == Query(without=WAGES)
    assert not asked.has("topic", "wages")
    assert asked.exclude("topic", "wages") == Query()


def test_a_value_is_never_both() -> None:
    assert Query(chosen=WAGES).exclude("topic", "wages") == Query(without=WAGES)
    assert Query(without=WAGES).toggle("topic", "wages") == Query(chosen=WAGES)


def test_what_is_asked_for_a_second_time_is_left_out() -> None:
    fund, strike = Word("fund"), Word("strike")
    assert once(And((fund, strike, fund))) == And((fund, strike))
    assert once(And((fund, fund))) == fund
    assert once(Or((Not(And((fund, fund))), strike, strike))) == Or((Not(fund), strike))
    assert once(Phrase("the the")) == Phrase("the the")
