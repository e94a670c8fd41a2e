"""Whatever is done to the files, only SearchError leaves the engine."""

from __future__ import annotations

import contextlib
import inspect
import shutil

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
from index.engines.errors import DAMAGE, reading
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


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "index"
    engine = WhooshEngine(path, LANGUAGES)
    engine.rebuild([*LIBRARY, *(document(f"d{n}", f"market {n} " * 50) for n in range(50))])
    engine.update([document("late", "a late one")])
    engine.close()
    return path


def use(path) -> None:
    engine = WhooshEngine(path, LANGUAGES)
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


def damaged(whole, name: str, change, sums: bool):
    path = whole.parent / "damaged"
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(whole, path)
    files = sorted(file for file in path.rglob(name) if file.is_file())
    for file in files:
        file.write_bytes(change(file.read_bytes()))
    if not sums:  # as after a loss of power before they were written
        for file in path.rglob("sums.json"):
            file.unlink()
    assert files
    return path


@pytest.mark.parametrize("name", ["*.seg", "*.toc", "about.json", "current", "sums.json"])
@pytest.mark.parametrize("kept", [0, 1, 9, 100])
@pytest.mark.parametrize("sums", [True, False])
def test_truncated(whole, name, kept, sums):
    path = damaged(whole, name, lambda content: content[: min(kept, len(content) - 3)], sums)
    if name == "sums.json" and not sums:
        return
    with pytest.raises(IndexUnusable, match=r"[Rr]ebuild"):
        use(path)
    engine = WhooshEngine(path, LANGUAGES)
    engine.rebuild(LIBRARY)
    assert engine.search(asking("strike")).total == 1
    engine.close()


@pytest.mark.parametrize("name", ["*.seg", "*.toc"])
def test_missing(whole, name):
    path = damaged(whole, name, lambda content: content, sums=True)
    for file in path.rglob(name):
        file.unlink()
    with pytest.raises(IndexUnusable):
        use(path)


@pytest.mark.parametrize("name", ["*.seg", "*.toc"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), sums=st.booleans())
def test_flipped(whole, name, place, bit, sums):
    def flip(content: bytes) -> bytes:
        at = int(place * len(content))
        return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]

    path = damaged(whole, name, flip, sums)
    if sums:
        with pytest.raises(IndexUnusable):
            use(path)
    else:
        with contextlib.suppress(SearchError):
            use(path)


def test_every_class_of_the_vendor_is_known():
    raised = {
        kind
        for module in MODULES
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__.startswith("whoosh")
    }
    assert raised
    for kind in raised:
        with pytest.raises(IndexUnusable), reading("here"):
            raise kind("x")


def test_errors_of_our_own_making_are_not_hidden():
    class Ours(Exception):
        pass

    assert not issubclass(Ours, DAMAGE)
    with pytest.raises(Ours), reading("here"):
        raise Ours
