from __future__ import annotations

import errno
import os
import random

import pytest
from whoosh.filedb.filestore import FileStorage

from index.engine import IndexNotWritten
from index.engines import open_engine
from index.engines.whoosh import WhooshEngine
from index.query import Query, Years
from tests.index.builders import LANGUAGES, asking, document
from tests.index.contract import LIBRARY, EngineContract, ids
from tests.index.on_disk import OnDiskContract


class TestInMemory(EngineContract):
    @pytest.fixture
    def engine(self):
        engine = WhooshEngine(None, LANGUAGES)
        yield engine
        engine.close()


class TestInAFolder(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path):
        engine = WhooshEngine(tmp_path / "index", LANGUAGES)
        yield engine
        engine.close()


class TestOnDisk(OnDiskContract):
    make = WhooshEngine


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(path):
    engine = WhooshEngine(path, LANGUAGES)
    engine.rebuild(LIBRARY)
    yield engine
    engine.close()


# Five bugs of Whoosh 2.7.5, none of which may be met here.


def test_a_filter_is_never_dropped(engine):
    engine.rebuild(document(f"d{n}", "market", labels={"kind": (f"k{n % 10}",)}) for n in range(50))
    results = engine.search(asking("market", chosen={"kind": frozenset({"k1"})}))
    assert (results.total, len(results.hits)) == (5, 5)


def test_open_ended_years_leave_out_the_others(engine):
    engine.rebuild([document("old", year=-40), document("new", year=2020), document("none")])
    assert engine.search(Query(years=Years(2000, None))).total == 1
    assert engine.search(Query(years=Years(None, 2000))).total == 1


def test_the_right_words_are_marked(engine):
    text = "Wages here. A strike was called, then the wage rose; striking works, they said."
    engine.rebuild([document("a", text)])
    excerpt = engine.search(asking("strike wage")).hits[0].excerpts[0]
    marked = [excerpt.text[a:b] for a, b in excerpt.marks]
    assert marked == ["Wages", "strike", "wage", "striking"]


def test_an_error_inside_a_commit_leaves_no_lock(engine, monkeypatch):
    def no_room(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = engine.info()
    with monkeypatch.context() as patched:
        patched.setattr(FileStorage, "rename_file", no_room)
        with pytest.raises(IndexNotWritten, match="No space left"):
            engine.update([document("new", "market")])
    assert engine.info() == before
    engine.update([document("new", "market")])
    assert ids(engine, "market") == ["new"]


# On disk


def test_segments_stay_few(engine, path):
    for number in range(60):
        engine.update([document(f"d{number}", f"market {number}")])
    assert len([*path.glob("generations/*/*.seg")]) <= 10
    for _ in range(12):
        engine.update([document(f"d{number}", "market again") for number in range(60)])
    assert len([*path.glob("generations/*/*.seg")]) <= 10
    assert engine.search(asking("market")).total == 60
    assert engine.search(asking("again")).total == 60


def test_many_batches_become_a_few_segments_of_neighbours(path, monkeypatch):
    monkeypatch.setattr("index.engines.whoosh.writer.BATCH", 40)
    monkeypatch.setattr("index.engines.whoosh.writer.MERGED", 3)
    monkeypatch.setattr("index.engines.whoosh.writer.processes", lambda: 1)
    engine = WhooshEngine(path, LANGUAGES)
    works = [
        document(f"d{n}", f"market number{n} of the harbour {'rent ' * (n % 3)}") for n in range(50)
    ]
    engine.rebuild([*works, document("d7", "again a market")])
    generation = path / "generations" / (path / "current").read_text()
    assert 1 < len([*generation.glob("*.seg")]) <= 4
    assert engine.search(asking("market")).total == 50
    assert ids(engine, "number31") == ["d31"]
    assert engine.search(asking("number7")).total == 0
    engine.close()


def test_a_seeded_program_does_not_mix_generations(path):
    engine = WhooshEngine(path, LANGUAGES)
    for word in ("strike", "wage"):
        random.seed(1)
        engine.rebuild([document(word, word)])
        assert engine.ids() == {word}


def test_open_engine(path):
    open_engine("whoosh", path, LANGUAGES, "1").update([document("a")])
    assert open_engine("whoosh", path, LANGUAGES, "1").ids() == {"a"}
    with pytest.raises(Exception, match="Known are: whoosh"):
        open_engine("mongo", path, LANGUAGES, "1")
