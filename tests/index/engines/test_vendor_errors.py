"""Whatever is done to the files, only SearchError leaves an engine."""

from __future__ import annotations

import contextlib
import inspect
import shutil
from importlib import import_module
from types import SimpleNamespace

import pytest
import whoosh.codec.base
import whoosh.fields
import whoosh.filedb.filestore
import whoosh.filedb.filetables
import whoosh.index
import whoosh.matching.mcore
import whoosh.reading
import whoosh.writing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engine import IndexUnusable, SearchError
from index.engines.errors import STORED, reading
from index.engines.whoosh import WhooshEngine
from index.query import Query
from tests.index.builders import LANGUAGES, asking, document
from tests.index.contract import LIBRARY

MODULES = (
    whoosh.codec.base,
    whoosh.fields,
    whoosh.filedb.filestore,
    whoosh.filedb.filetables,
    whoosh.index,
    whoosh.matching.mcore,
    whoosh.reading,
    whoosh.writing,
)
ENGINES = {"whoosh": WhooshEngine}
SUMMED_FILES = [("whoosh", f"*{ending}") for ending in (".seg", ".toc")]
FILES = [
    *SUMMED_FILES,
    ("whoosh", "sums.json"),
    *((engine, name) for engine in ENGINES for name in ("about.json", "current")),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    paths = {}
    for name, make in ENGINES.items():
        paths[name] = tmp_path_factory.mktemp(name) / "index"
        engine = make(paths[name], LANGUAGES)
        engine.rebuild([*LIBRARY, *(document(f"d{n}", f"market {n} " * 50) for n in range(50))])
        engine.update([document("late", "a late one"), document("d7", "market 7 again")])
        engine.close()
    return paths


def use(engine, path) -> None:
    engine = ENGINES[engine](path, LANGUAGES)
    try:
        engine.search(Query())
        engine.search(asking('strike market OR wage "living wage" organi*'))
        engine.search(asking("domestc"))
        engine.terms("ma", 5)
        engine.info()
        engine.ids()
        engine.update([document("new", "market")])
        engine.remove(["d1"])
    finally:
        engine.close()


def damaged(whole, engine: str, name: str, change, sums: bool):
    path = whole[engine].parent / "damaged"
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(whole[engine], path)
    files = sorted(file for file in path.rglob(name) if file.is_file())
    for file in files:
        file.write_bytes(change(file.read_bytes()))
    if not sums:  # as after a loss of power before they were written
        for file in path.rglob("sums.json"):
            file.unlink()
    assert files
    return path


@pytest.mark.parametrize(("engine", "name"), FILES)
@pytest.mark.parametrize("kept", [0, 1, 9, 100])
@pytest.mark.parametrize("sums", [True, False])
def test_truncated(whole, engine, name, kept, sums):
    path = damaged(
        whole, engine, name, lambda content: content[: min(kept, len(content) - 3)], sums
    )
    if name == "sums.json" and not sums:
        return
    with pytest.raises(IndexUnusable, match=r"[Rr]ebuild"):
        use(engine, path)
    again = ENGINES[engine](path, LANGUAGES)
    again.rebuild(LIBRARY)
    assert again.search(asking("strike")).total == 1
    again.close()


@pytest.mark.parametrize(("engine", "name"), SUMMED_FILES)
def test_missing(whole, engine, name):
    path = damaged(whole, engine, name, lambda content: content, sums=True)
    for file in path.rglob(name):
        file.unlink()
    with pytest.raises(IndexUnusable):
        use(engine, path)


@pytest.mark.parametrize(("engine", "name"), SUMMED_FILES)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), sums=st.booleans())
def test_flipped(whole, engine, name, place, bit, sums):
    def flip(content: bytes) -> bytes:
        at = int(place * len(content))
        return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]

    path = damaged(whole, engine, name, flip, sums)
    if sums:
        with pytest.raises(IndexUnusable):
            use(engine, path)
    else:
        with contextlib.suppress(SearchError):
            use(engine, path)


def test_every_class_of_whoosh_is_known():
    raised = {
        kind
        for module in MODULES
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__.startswith("whoosh")
    }
    assert raised
    for kind in raised:
        with pytest.raises(IndexUnusable), reading("here"):
            raise kind.__new__(kind)  # some ask for more than words


def test_errors_of_our_own_making_are_not_hidden():
    class Ours(Exception):
        pass

    for kind in (Ours, KeyboardInterrupt, NameError, AttributeError, ValueError, AssertionError):
        with pytest.raises(kind), reading("here"):
            raise kind


def test_what_only_files_raise_is_theirs():
    for kind in STORED:
        with pytest.raises(IndexUnusable, match="Rebuild"), reading("here"):
            raise kind("x")


@pytest.mark.parametrize("engine", [*ENGINES, "memory"])
@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError, NameError, AttributeError])
@pytest.mark.parametrize("place", ["index.engines.local.answer", "index.answering.answer.rank"])
def test_a_slip_while_answering_is_no_damage(whole, monkeypatch, engine, kind, place):
    """Of an index that is whole, `rebuild it` would be a lie."""
    if engine == "memory":
        made = WhooshEngine(None, LANGUAGES)
        made.rebuild(LIBRARY)
    else:
        made = ENGINES[engine](whole[engine], LANGUAGES)
    module, _, name = place.rpartition(".")
    if not hasattr(import_module(module), name):
        name = "Evaluation"
    slip = SimpleNamespace(calls=0)

    def wrong(*args, **more):
        slip.calls += 1
        raise kind("of our own")

    with monkeypatch.context() as patch:
        patch.setattr(import_module(module), name, wrong)
        for _ in range(3):
            with pytest.raises(kind, match="of our own"):
                made.search(asking("strike"))
    assert slip.calls == 3
    assert made.search(asking("strike")).total == 1
    made.close()


def test_a_slip_in_an_engine_is_no_damage(whole, monkeypatch):
    for name, make in ENGINES.items():
        made = make(whole[name], LANGUAGES)
        with monkeypatch.context() as patch:
            module = import_module(f"index.engines.{name}.snapshot")
            patch.delattr(module, "np")  # as if it had not been imported
            with pytest.raises(NameError):
                made.search(asking("strike"))
        made.close()
