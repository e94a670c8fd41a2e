"""Works that came since a library was learned from: each is placed once, wherever it stands."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from index.answering import semantics
from index.answering.semantics import Sense, sense_of
from index.answering.state import State
from index.document import Document, Passage
from index.engines.whoosh import WhooshEngine

WORDS = [f"{a}{b}" for a in ("broom", "stall", "market", "wage") for b in "abcdefgh"]


def document(number: int, times: int = 1) -> Document:
    drawn = random.Random(number)
    text = " ".join(drawn.choices(WORDS, k=80)) + f" again{times}" * (times > 1)
    id = f"work{number}"
    return Document(id, id, language="en", passages=(Passage(f"{id}-en", "en", 1, text),))


@pytest.fixture
def engine() -> Iterator[WhooshEngine]:
    made = WhooshEngine(None, ("en",))
    made.rebuild(map(document, range(60)))
    yield made
    made.close()


def now(engine: WhooshEngine) -> tuple[State, Sense]:
    with engine._open() as state:
        sense = sense_of(state)
    assert sense is not None
    return state, sense


def test_what_came_before_a_change_is_not_placed_anew(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed: list[str] = []
    place = Sense._place
    monkeypatch.setattr(
        Sense, "_place", lambda self, told: placed.append(told) or place(self, told)
    )
    now(engine)
    assert placed == []
    engine.update([document(60)])
    now(engine)
    engine.update([document(61)])  # nobody asks of this state
    engine.update([document(62)])
    state, sense = now(engine)
    assert len(placed) == 3
    fresh = Sense(sense.learned, state.facts)
    assert np.array_equal(sense.vectors, fresh.vectors)
    assert np.array_equal(sense.keywords, fresh.keywords)
    assert np.array_equal(sense.weights, fresh.weights)


def test_what_changed_is_placed_anew_and_what_went_is_let_go_of(engine: WhooshEngine) -> None:
    engine.update([document(60), document(61)])
    _, before = now(engine)
    engine.update([document(60, times=2)])
    engine.remove(["work61"])
    state, sense = now(engine)
    assert len(before.placed) == 2
    assert [mark for mark in sense.placed if mark.startswith("work61 ")] == []
    assert set(sense.placed) < set(semantics.marks(state.facts))
    assert not set(sense.placed) & set(before.placed)
