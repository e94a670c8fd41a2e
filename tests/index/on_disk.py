"""What every engine that lives in a folder must do, beyond the contract of all engines."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any, ClassVar

import pytest

from index.engine import IndexBusy, IndexNotWritten, IndexUnusable
from index.engines.generations import Generations
from index.query import Query
from tests.index.builders import LANGUAGES, asking, document
from tests.index.contract import LIBRARY, ids

_SPAWN = multiprocessing.get_context("spawn")


class OnDiskContract:
    """Give it the class of an engine."""

    make: ClassVar[Any]

    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "index"

    @pytest.fixture
    def engine(self, path):
        engine = self.make(path, LANGUAGES)
        engine.rebuild(LIBRARY)
        yield engine
        engine.close()

    def test_each_part_of_an_error_is_told(self, engine, path):
        with pytest.raises(IndexUnusable, match=r"no index in .*elsewhere"):
            self.make(path / "elsewhere", LANGUAGES).search(Query())
        with pytest.raises(IndexUnusable, match="vocabulary version '', and '2'"):
            self.make(path, LANGUAGES, "2").search(Query())
        with pytest.raises(IndexUnusable, match="languages"):
            self.make(path, ["en"]).info()
        with pytest.raises(IndexUnusable, match="languages"):
            self.make(path, ["en"]).update([document("a")])

    def test_an_older_schema_is_rebuilt_not_read(self, engine, path):
        about = next(path.glob("generations/*/about.json"))
        about.write_text(json.dumps(json.loads(about.read_text()) | {"schema_version": 0}))
        other = self.make(path, LANGUAGES)
        with pytest.raises(IndexUnusable, match="schema version 0"):
            other.search(Query())
        other.rebuild(LIBRARY)
        assert other.search(Query()).total == 4

    def test_an_update_makes_an_index_and_a_removal_does_not(self, path):
        engine = self.make(path, LANGUAGES)
        engine.remove(["a"])
        with pytest.raises(IndexUnusable):
            engine.search(Query())
        engine.update([document("a")])
        assert engine.ids() == {"a"}
        assert self.make(path, LANGUAGES).ids() == {"a"}

    def test_another_reader_sees_changes_and_new_generations(self, engine, path):
        reader = self.make(path, LANGUAGES)
        assert ids(reader, "market") == []
        engine.update([document("new", "market")])
        assert ids(reader, "market") == ["new"]
        for n in range(3):
            engine.rebuild([document(f"n{n}", "market")])
        assert ids(reader, "market") == ["n2"]
        assert len([*path.glob("generations/*")]) == 2
        assert engine.info().bytes > 0

    def test_nothing_is_left_of_a_rebuild_that_failed(self, engine, path):
        def documents():
            yield document("a")
            raise KeyError("a")  # of the giver, and told as it is

        with pytest.raises(KeyError):
            engine.rebuild(documents())
        assert len([*path.glob("generations/*")]) == 1
        assert engine.search(Query()).total == 4

    def test_commits_and_reopenings_leave_no_files_open(self, engine):
        def update_and_search() -> int:
            engine.update([document("new", "market")])
            engine.search(asking("market"))
            return len([*Path("/proc/self/fd").iterdir()])

        opened = [update_and_search() for _ in range(30)]
        assert max(opened[15:]) <= max(opened[:15])

    def test_one_writer_at_a_time(self, engine, path):
        held, done = _SPAWN.Event(), _SPAWN.Event()
        other = _SPAWN.Process(target=_hold, args=(path, held, done))
        other.start()
        try:
            assert held.wait(30)
            hurried = self.make(path, LANGUAGES, wait=0.1)
            for change in (hurried.update, hurried.rebuild, hurried.remove):
                with pytest.raises(IndexBusy):
                    change([])
            assert hurried.search(Query()).total == 4
        finally:
            done.set()
            other.join()
        hurried.update([document("new")])
        assert hurried.search(Query()).total == 5

    def test_a_folder_that_may_not_be_written_to(self, tmp_path):
        file = tmp_path / "file"
        file.write_text("")
        with pytest.raises(IndexNotWritten):
            self.make(file / "index", LANGUAGES).rebuild([])

    def test_a_writer_that_is_killed_loses_what_it_had_not_acknowledged_and_no_more(self, path):
        engine = self.make(path, LANGUAGES)
        engine.rebuild([document("d0", "market 0")])
        least = 1
        for pause in (0.01, 0.05, 0.1, 0.2, 0.3):
            told, telling = _SPAWN.Pipe(duplex=False)
            other = _SPAWN.Process(target=_go_on, args=(type(engine), path, least, telling))
            other.start()
            telling.close()
            assert told.poll(60)
            time.sleep(pause)
            os.kill(other.pid, signal.SIGKILL)
            other.join()
            with contextlib.suppress(EOFError):
                while True:
                    least = told.recv()
            for reader in (engine, self.make(path, LANGUAGES)):
                held = len(reader.ids())
                assert reader.ids() == {f"d{n}" for n in range(held)}
                assert least <= held <= least + 1  # the one more was committed, and not yet told
                assert reader.search(asking("market", size=0)).total == held
            least = held
        engine.update([document("last", "market")])
        assert ids(engine, "market", size=held + 1)
        assert engine.info().documents == held + 1


def _hold(path: Path, held: Any, done: Any) -> None:
    with Generations(path).writing():
        held.set()
        done.wait(30)


def _go_on(make: Any, path: Path, first: int, telling: Any) -> None:
    """Add one document after the other, and tell how many there are, until killed."""
    engine = make(path, LANGUAGES)
    for number in range(first, first + 10_000):
        engine.update([document(f"d{number}", f"market {number}")])
        telling.send(number + 1)
