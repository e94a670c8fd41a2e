from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.state import WORK, State, positions_at, works_at
from index.engine import EngineMissing, IndexNotWritten
from index.engines import TANTIVY, open_engine
from index.engines.tantivy import TantivyEngine, positions, schema
from index.engines.tantivy.errors import refused
from index.engines.tantivy.snapshot import Snapshot as TantivyState
from index.engines.whoosh import WhooshEngine
from index.fields import FIELDS
from index.inversion import SURFACES
from index.query import Query
from tests.index.builders import LANGUAGES, asking, document
from tests.index.contract import LIBRARY, EngineContract, ids
from tests.index.on_disk import OnDiskContract
from tests.needs import ROOT


class TestInAFolder(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path):
        engine = TantivyEngine(tmp_path / "index", LANGUAGES)
        yield engine
        engine.close()


class TestOnDisk(OnDiskContract):
    make = TantivyEngine


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(path):
    engine = TantivyEngine(path, LANGUAGES)
    engine.rebuild(LIBRARY)
    yield engine
    engine.close()


# What Tantivy keeps


@given(st.integers(1, 1 << 40))
def test_how_often_is_told_by_digits(count):
    read = [schema.read(one) for one in schema.digits("strike", count)]
    assert {term for term, _, _ in read} == {"strike"}
    assert sum(value for _, value, _ in read) == count
    assert [last for _, _, last in read].count(True) == 1


@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=5),
        st.sets(st.integers(0, 1 << 31), min_size=1, max_size=9).map(sorted),
        max_size=40,
    )
)
def test_positions_come_back_as_they_were(held):
    packed = positions.pack({"title": held, "body": {term: [7] for term in held}})
    chunks = [positions.Chunk(one) for one in packed]

    def find(field: str, term: str) -> list[int]:
        key = positions.key_of(field, term)
        return chunks[positions.chunk_of(key, len(chunks))].find(key)

    assert {term: find("title", term) for term in held} == held
    assert all(find("body", term) == [7] for term in held)
    assert find("headings", "x") == []


def test_a_long_work_has_several_chunks():
    held = {f"term{n}": [n, n + 300] for n in range(20_000)}
    packed = positions.pack({"body": held})
    assert len(packed) > 10
    assert max(map(len, packed)) < 2 * positions.CHUNK


def postings(state: State, field: str, term: str) -> list[tuple[int, float]]:
    numbers, frequency = state.postings(field, term)
    return list(zip(numbers.tolist(), frequency.tolist(), strict=True))


def test_its_state_says_what_that_of_whoosh_says(path):
    """Postings, frequencies, positions, words and text: all that answers are made of."""
    drawn = random.Random(4)
    words = [f"word{n}" for n in range(60)] + ["organización", "कामगार", "ริมถนน"]
    weights = [1 / (n + 1) for n in range(len(words))]

    def some(number: int) -> str:
        return " ".join(drawn.choices(words, weights, k=number))

    documents = [
        document(
            f"d{n}",
            *(some(drawn.randint(0, 3_000)) for _ in range(drawn.randint(1, 3))),
            title=some(5),
            authors=(some(2),),
            headings=(("en", some(3)),),
            summary=some(20),
        )
        for n in range(30)
    ]
    documents[7] = document("d7", "word0 " * 40_000)
    ours, theirs = TantivyEngine(path, LANGUAGES), WhooshEngine(None, LANGUAGES)
    for engine in (ours, theirs):
        engine.rebuild(documents)
        engine.update(documents[3:9])
        engine.remove(["d20", "d21"])
    with ours._open() as tantivy, theirs._open() as whoosh:
        assert isinstance(tantivy, TantivyState)
        assert set(tantivy.facts.ids) == set(whoosh.facts.ids)
        numbers = [tantivy.number(id) for id in whoosh.facts.ids]
        for number, there in enumerate(numbers):
            for name in ("years", "added", "quality", "marks"):
                assert getattr(tantivy.facts, name)[there] == getattr(whoosh.facts, name)[number]
            assert list(tantivy.facts.lengths[there]) == list(whoosh.facts.lengths[number])
            for name in ("title", "told", "labels_of"):
                said = getattr(whoosh.facts, name)(number)
                assert getattr(tantivy.facts, name)(there) == said
        for field in (*(field.name for field in FIELDS), *SURFACES):
            terms = [term for term, _ in whoosh.lexicon(field, "")]
            assert [term for term, _ in tantivy.lexicon(field, "") if term in terms] == terms
            for term in terms:
                expected = {numbers[n]: often for n, often in postings(whoosh, field, term)}
                assert dict(postings(tantivy, field, term)) == expected
                assert tantivy.holders(field, term) >= len(expected)
                if field in SURFACES:
                    continue
                places = whoosh.places(field, term)
                there = np.array(numbers)[works_at(places)] << WORK | positions_at(places)
                assert sorted(tantivy.places(field, term).tolist()) == sorted(there.tolist())
            assert postings(tantivy, field, "nothing") == []
        for number, there in enumerate(numbers):
            layout = whoosh.layout(np.array([number], np.int32))
            other = tantivy.layout(np.array([there], np.int32))
            assert list(positions_at(other.starts)) == list(positions_at(layout.starts))
            assert [other.rows[page] for page in other.pages] == [
                layout.rows[page] for page in layout.pages
            ]
            for piece in range(len(layout.starts)):
                assert tantivy.piece(there, piece) == whoosh.piece(number, piece)
    ours.close()


def test_the_words_of_a_work_may_begin_as_others_do(engine):
    engine.rebuild([document("a", "strike strikes striker"), document("b", "strikers")])
    with engine._open() as state:
        assert dict(state.lexicon("words", "striker\x00")) == {"striker\x00striker": 1}
        assert state.holders("body", "strike") == 1
        assert state.holders("body", "stri") == 0


# Traps


def test_an_index_does_not_grow_over_ten_thousand_updates(path):
    """Segments that were merged away stay on the disk until a writer opens the index anew."""
    engine = TantivyEngine(path, ["en"])
    hundred = [document(f"d{n}", f"Page {n} of the market, and of rent.") for n in range(100)]
    engine.rebuild(hundred)
    whole = engine.info().bytes
    most = 0
    for _ in range(100):
        engine.update(hundred)
        most = max(most, engine.info().bytes)
    (generation,) = path.glob("generations/*")
    assert most < 12 * whole  # at most eight segments, and their lists
    assert len([*generation.iterdir()]) < 90
    assert engine.search(asking("market", size=0)).total == 100
    engine.close()


def test_a_change_that_fails_leaves_nothing_on_the_disk(engine, path):
    (generation,) = path.glob("generations/*")
    before = {file.name for file in generation.iterdir()}

    def documents():
        for number in range(20):
            yield document(f"n{number}", "market " * 2_000)
        raise KeyError("the giver's")

    for _ in range(3):
        with pytest.raises(KeyError):
            engine.update(documents())
    left = {file.name for file in generation.iterdir()} - before
    assert {name for name in left if not name.startswith(".")} == set()


def test_no_room_changes_nothing(engine):
    """A limit on the size of files refuses as a full disk does."""
    before = engine.info()
    unpressed = bytes(random.Random(1).randbytes(40_000)).hex()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(IndexNotWritten, match=r"make room"):
            engine.update([document("new", f"market {unpressed}")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert engine.info() == before
    engine.update([document("new", f"market {unpressed}")])
    assert ids(engine, "market") == ["new"]


def test_what_the_disk_refused_is_told_from_a_damaged_index():
    for number in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT):
        reason = os.strerror(number)
        assert refused(f"An IO error occurred: '{reason} (os error {number})'") == reason
        assert refused(f'IoError {{ io_error: Os {{ code: {number}, message: "x" }} }}') == reason
    assert refused("An error occurred in a thread: 'An index writer was killed.. A worker …'")
    assert not refused("IoError { io_error: Os { code: 2, kind: NotFound } }")
    assert not refused("Data corrupted: 'Data corruption'")


# The extra


def test_the_engine_is_found_by_its_name_and_kept_apart(path):
    whoosh = open_engine("whoosh", path, LANGUAGES, "1")
    whoosh.update([document("a")])
    tantivy = open_engine("tantivy", path, LANGUAGES, "1")
    tantivy.update([document("b")])
    assert (whoosh.ids(), tantivy.ids()) == ({"a"}, {"b"})
    assert (whoosh.info().engine, tantivy.info().engine) == ("whoosh", "tantivy")
    whoosh.rebuild([document("c")])
    assert tantivy.search(Query()).total == 1
    tantivy.close()


def test_without_its_package_it_says_how_to_install_it(path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("index.engines.tantivy")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineMissing, match="not installed") as raised:
        open_engine("tantivy", path, LANGUAGES, "1")
    assert f"pip install '{TANTIVY}'" in raised.value.remedy


def test_the_extra_is_what_it_says_to_install():
    assert f'fast = ["{TANTIVY}"]' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_nothing_but_its_engine_needs_the_package():
    code = "import sys; sys.modules['tantivy'] = None; import library.cli, library.web.app"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT, timeout=60)
