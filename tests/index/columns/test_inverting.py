"""Many documents are inverted in processes of their own, and give the same index."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from index.columns.inverting import Inverters
from index.engine import IndexNotWritten
from index.engines.whoosh import WhooshEngine, writer
from index.query import Query
from tests.index.builders import LANGUAGES, asking, document


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(writer, "BATCH", 3_000)
    monkeypatch.setattr(writer, "processes", lambda: 2)


def works(count: int):
    for number in range(count):
        yield document(f"d{number}", f"market {number} " * 20, title=f"Work {number}")


def test_an_index_is_the_same_whoever_inverted_it(tmp_path, monkeypatch):
    many = WhooshEngine(tmp_path / "many", LANGUAGES)
    many.rebuild([*works(60), *works(5)])  # the first five came again
    monkeypatch.setattr(writer, "processes", lambda: 1)
    one = WhooshEngine(tmp_path / "one", LANGUAGES)
    one.rebuild([*works(60), *works(5)])
    for asked in (asking("market"), asking("work 7"), asking('"market 12 market"'), Query()):
        assert many.search(asked) == one.search(asked)
    assert len(many.ids()) == 60
    assert len([*tmp_path.glob("many/generations/*/*.seg")]) == 1


def test_what_is_wrong_with_the_documents_is_told_and_nothing_is_left(tmp_path):
    def given():
        yield from works(40)
        raise KeyError("a")

    engine = WhooshEngine(tmp_path / "index", LANGUAGES)
    engine.rebuild(works(3))
    with pytest.raises(KeyError):
        engine.update(given())
    assert len(engine.ids()) == 3
    assert len([*tmp_path.glob("index/generations/*/*.seg")]) == 1


def test_a_process_that_was_ended_leaves_the_index_as_it_was(tmp_path, monkeypatch):
    engine = WhooshEngine(tmp_path / "index", LANGUAGES)
    engine.rebuild(works(3))
    begun = Inverters.__init__

    def ended(self, *given):
        begun(self, *given)
        for child in self._children:
            os.kill(child.pid, signal.SIGKILL)

    monkeypatch.setattr(Inverters, "__init__", ended)
    with pytest.raises(IndexNotWritten, match="ended"):
        engine.update(works(60))
    assert len(engine.ids()) == 3


def test_an_error_in_a_process_is_raised_as_it_was(tmp_path):
    inverters = Inverters(["en"], 1)
    try:
        inverters.invert(Path(tmp_path / "no folder" / "a.seg"), works(1))
        with pytest.raises(FileNotFoundError):
            inverters.finish()
    finally:
        inverters.close()
