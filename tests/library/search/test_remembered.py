"""An engine that remembers, over a real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from index.document import Document, Passage
from index.engine import IndexUnusable
from index.engines.whoosh import WhooshEngine
from index.query import Query
from index.text.syntax import parse
from library.search.remembered import RememberingEngine, key_of

PATIENCE = 30  # seconds


def document(id: str, text: str, **more: Any) -> Document:
    return Document(id, id, language="en", passages=(Passage(f"{id}-en", "en", 1, text),), **more)


def asking(words: str, **more: Any) -> Query:
    return Query(parse(words).tree, **more)


@pytest.fixture
def engine() -> Iterator[RememberingEngine]:
    made = RememberingEngine(WhooshEngine(None, ["en"]))
    made.rebuild([document(f"d{n}", "A strike fund pays.", year=2000 + n) for n in range(5)])
    yield made
    made.close()


def test_what_was_asked_before_is_not_asked_again(engine: RememberingEngine) -> None:
    first, made = engine.searched(asking("fund"))
    again, anew = engine.searched(asking("fund"))
    assert (made, anew) == (True, False)
    assert again is first
    assert engine.terms("str", 3) is engine.terms("str", 3)
    assert engine.like("d1", 3) is engine.like("d1", 3)
    tree = parse("fund").tree
    assert engine.inside("d1", "d1-en", tree, 0, 1) is engine.inside("d1", "d1-en", tree, 0, 1)


def test_a_change_that_a_search_can_see_forgets_it(engine: RememberingEngine) -> None:
    assert engine.search(asking("fund")).total == 5
    engine.remove(["d1"])
    assert engine.search(asking("fund")).total == 4
    engine.update([document("d9", "Another fund."), document("d0", "Nothing of it.")])
    assert {hit.id for hit in engine.search(asking("fund")).hits} == {"d2", "d3", "d4", "d9"}


def test_questions_that_differ_in_anything_are_told_apart() -> None:
    whole = asking("fund")
    others = [
        whole,
        asking("funds"),
        whole.toggle("topic", "law"),
        whole.exclude("topic", "law"),
        asking("fund", sort="newest"),
        asking("fund", page=2),
        asking("fund", size=5),
        asking("fund", excerpts=False),
        asking("fund", beyond=False),
        asking("fund", lifted={"topic": frozenset(("law",))}),
        asking("fund", wished={"topic": frozenset(("law",))}),
        asking('"fund pays"'),
    ]
    assert len({key_of(one) for one in others}) == len(others)
    assert key_of(whole.toggle("topic", "law").toggle("topic", "law")) == key_of(whole)


def test_what_is_kept_has_a_bound(engine: RememberingEngine) -> None:
    small = RememberingEngine(engine, most=400_000)
    for number in range(200):  # words that no work holds answer too
        small.search(asking(f"fund {number}"))
    assert small._bytes == sum(weight for _, weight in small._kept.values()) <= 400_000
    assert small._kept
    assert small.searched(asking("fund 199"))[1] is False
    assert small.searched(asking("fund 0"))[1] is True


def test_of_those_who_ask_the_same_at_once_one_asks_the_index(
    engine: RememberingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, began, asked = threading.Event(), threading.Event(), []
    search = WhooshEngine.search

    def slow(self: WhooshEngine, query: Query) -> Any:
        asked.append(query)
        began.set()
        going.wait(PATIENCE)
        return search(self, query)

    monkeypatch.setattr(WhooshEngine, "search", slow)
    with ThreadPoolExecutor(6) as readers:
        answers = [readers.submit(engine.search, asking("fund")) for _ in range(6)]
        assert began.wait(PATIENCE)
        going.set()
        assert {one.result().total for one in answers} == {5}
    assert len(asked) == 1


def test_an_error_is_met_by_each_and_kept_by_none(
    engine: RememberingEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Any:
        raise IndexUnusable("a moment")

    with monkeypatch.context() as patched:
        patched.setattr(WhooshEngine, "search", fail)
        for _ in range(2):
            with pytest.raises(IndexUnusable):
                engine.search(asking("fund"))
    assert engine.search(asking("fund")).total == 5
