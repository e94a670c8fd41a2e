from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.engine import IndexBusy, IndexNotWritten, IndexUnusable
from index.engines import open_engine
from index.engines.generations import Generations
from index.engines.whoosh import WhooshEngine
from index.query import Query, Years
from tests.index.builders import LANGUAGES, asking, document
from tests.index.contract import LIBRARY, EngineContract, ids


class TestInMemory(EngineContract):
    @pytest.fixture
    def engine(self):
        engine = WhooshEngine(None, LANGUAGES)
        yield engine
        engine.close()


class TestOnDisk(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path):
        engine = WhooshEngine(tmp_path / "index", LANGUAGES)
        yield engine
        engine.close()


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


def test_commits_and_reopenings_leave_no_files_open(engine):
    def update_and_search() -> int:
        engine.update([document("new", "market")])
        engine.search(asking("market"))
        return len([*Path("/proc/self/fd").iterdir()])

    opened = [update_and_search() for _ in range(30)]
    assert max(opened[15:]) <= max(opened[:15])


# On disk


def test_each_part_of_an_error_is_told(engine, path):
    with pytest.raises(IndexUnusable, match=r"no index in .*elsewhere"):
        WhooshEngine(path / "elsewhere", LANGUAGES).search(Query())
    with pytest.raises(IndexUnusable, match="vocabulary version '', and '2'"):
        WhooshEngine(path, LANGUAGES, "2").search(Query())
    with pytest.raises(IndexUnusable, match="languages"):
        WhooshEngine(path, ["en"]).info()
    with pytest.raises(IndexUnusable, match="languages"):
        WhooshEngine(path, ["en"]).update([document("a")])


def test_an_older_schema_is_rebuilt_not_read(engine, path):
    about = next(path.glob("generations/*/about.json"))
    about.write_text(json.dumps(json.loads(about.read_text()) | {"schema_version": 0}))
    other = WhooshEngine(path, LANGUAGES)
    with pytest.raises(IndexUnusable, match="schema version 0"):
        other.search(Query())
    other.rebuild(LIBRARY)
    assert other.search(Query()).total == 4


def test_an_update_makes_an_index_and_a_removal_does_not(path):
    engine = WhooshEngine(path, LANGUAGES)
    engine.remove(["a"])
    with pytest.raises(IndexUnusable):
        engine.search(Query())
    engine.update([document("a")])
    assert engine.ids() == {"a"}
    assert WhooshEngine(path, LANGUAGES).ids() == {"a"}


def test_another_reader_sees_changes_and_new_generations(engine, path):
    reader = WhooshEngine(path, LANGUAGES)
    assert ids(reader, "market") == []
    engine.update([document("new", "market")])
    assert ids(reader, "market") == ["new"]
    for n in range(3):
        engine.rebuild([document(f"n{n}", "market")])
    assert ids(reader, "market") == ["n2"]
    assert len([*path.glob("generations/*")]) == 2
    assert engine.info().bytes > 0


def test_nothing_is_left_of_a_rebuild_that_failed(engine, path):
    def documents():
        yield document("a")
        raise KeyError("a")  # of the giver, and told as it is

    with pytest.raises(KeyError):
        engine.rebuild(documents())
    assert len([*path.glob("generations/*")]) == 1
    assert engine.search(Query()).total == 4


def test_segments_stay_few(engine, path):
    for number in range(60):
        engine.update([document(f"d{number}", f"market {number}")])
    assert len([*path.glob("generations/*/*.seg")]) <= 10
    for _ in range(12):
        engine.update([document(f"d{number}", "market again") for number in range(60)])
    assert len([*path.glob("generations/*/*.seg")]) <= 10
    assert engine.search(asking("market")).total == 60
    assert engine.search(asking("again")).total == 60


def _hold(path: Path, held, done) -> None:
    with Generations(path).writing():
        held.set()
        done.wait(30)


def test_one_writer_at_a_time(engine, path):
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(path, held, done))
    other.start()
    try:
        assert held.wait(30)
        hurried = WhooshEngine(path, LANGUAGES, wait=0.1)
        for change in (hurried.update, hurried.rebuild, hurried.remove):
            with pytest.raises(IndexBusy):
                change([])
        assert hurried.search(Query()).total == 4
    finally:
        done.set()
        other.join()
    hurried.update([document("new")])
    assert hurried.search(Query()).total == 5


def test_a_folder_that_may_not_be_written_to(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(IndexNotWritten):
        WhooshEngine(file / "index", LANGUAGES).rebuild([])


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
