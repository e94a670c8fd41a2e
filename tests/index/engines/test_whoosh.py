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


def test_what_a_change_learned_of_texts_changes_nothing_in_the_next(tmp_path, monkeypatch):
    texts = ["Article 5 of Convention No.\n189", "well-being, 1 250 l'eau", "Article 5, 1 250"]
    documents = [document(f"d{n}", texts[n % 3] * (n + 1)) for n in range(9)]

    def found(engine):
        asked = ("article 5", "C189", "wellbeing", "1,250", '"of convention"', "eau")
        answers = [engine.search(asking(one)) for one in asked]
        return [(one.total, {hit.id for hit in one.hits}, one.counts) for one in answers]

    at_once = WhooshEngine(tmp_path / "once", LANGUAGES)
    at_once.rebuild(documents)
    wanted = found(at_once)
    for most in (50_000, 1):  # as remembered, and forgotten each time
        monkeypatch.setattr("index.engines.whoosh.engine.REMEMBERED", most)
        engine = WhooshEngine(tmp_path / f"{most}", LANGUAGES)
        engine.rebuild(documents[:1])
        for one in documents[1:4]:
            engine.update([one])

        def broken():
            yield documents[4]
            raise KeyError("from whoever gives them")

        with pytest.raises(KeyError):
            engine.update(broken())
        engine.update(documents[4:])
        assert found(engine) == wanted
        engine.close()
    at_once.close()
