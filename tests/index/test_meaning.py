from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from index.engines.whoosh import WhooshEngine
from index.meaning import Learned, dump, learning, load
from index.meaning.lookalikes import lookalikes
from index.meaning.space import axes, cosines, norms
from index.text import analysis
from tests.index.builders import bilingual

LANGUAGES = ("en", "es")


@pytest.fixture
def learned():
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(bilingual())
    with engine._open() as state:
        yield state.learned
    engine.close()


def test_axes_are_those_of_the_whole_decomposition():
    random = np.random.default_rng(1)
    matrix = (random.standard_normal((60, 12)) * np.geomspace(9, 1, 12)) @ random.standard_normal(
        (12, 40)
    )
    found = axes(sparse.csr_matrix(matrix.astype(np.float32)))
    _, _, right = np.linalg.svd(matrix, full_matrices=False)
    assert found.shape == (40, 20)
    for number in range(10):
        assert abs(float(found[:, number] @ right[number])) == pytest.approx(1, abs=1e-3)


def test_the_same_matrix_gives_the_same_axes():
    matrix = sparse.random(90, 70, 0.2, "csr", random_state=3).astype(np.float32)
    assert np.array_equal(axes(matrix), axes(matrix.copy()))


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_too_small_a_matrix_has_no_axes(rows):
    found = axes(sparse.csr_matrix((rows, 5), dtype=np.float32))
    assert found.shape == (5, 0)
    assert cosines(np.zeros((rows, 0)), np.ones((rows, 3)), np.zeros(0)).shape == (rows,)


def test_a_vector_is_closest_to_itself():
    vectors = np.random.default_rng(0).standard_normal((30, 20)).astype(np.float32)
    found = cosines(vectors, 1 / norms(vectors), vectors[7])
    assert int(np.argmax(found)) == 7
    assert found[7] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("typed", "near", "far"),
    [
        ("reciclador", "reciclaje", "recibo"),
        ("organisation", "organizational", "orange"),
        ("مدرسة", "المدرسة", "مكتبة"),
        ("मजदूर", "मजदूरों", "मकान"),
    ],
)
def test_words_that_share_letters_are_alike(typed, near, far):
    words = sorted([near, far, "strike", "sindicato", "வேலை", "kazi", "ufanyakazi"])
    found = {words[number]: likeness for number, likeness in lookalikes(words).of(typed)}
    assert near in found
    assert far not in found


def test_a_word_is_most_like_itself():
    words = ["domestic", "domesticated", "majestic"]
    found = lookalikes(words).of("domestic")
    assert found[0] == (0, pytest.approx(1, abs=1e-5))


@pytest.mark.parametrize("typed", ["", "abc", "zzzzzz", "\U0001f600" * 5])
def test_words_like_nothing(typed):
    assert lookalikes(["domestic", "worker"]).of(typed) == []
    assert lookalikes([]).of(typed) == []


def test_what_was_learned_survives_being_written(learned):
    again = load(dump(learned))
    assert isinstance(again, Learned)
    assert list(again.words) == list(learned.words)
    assert list(again.works) == list(learned.works)
    for name in ("holders", "placed", "axes", "vectors", "keywords", "weights"):
        assert np.array_equal(getattr(again, name), getattr(learned, name)), name
    assert again.lookalikes.of("dockers") == learned.lookalikes.of("dockers")


def test_works_taken_in_blocks_teach_what_all_at_once_do(learned, monkeypatch):
    monkeypatch.setattr(learning, "BLOCK", 7)
    engine = WhooshEngine(None, LANGUAGES)
    engine.rebuild(bilingual())
    with engine._open() as state:
        again = state.learned
    engine.close()
    for name in ("holders", "placed", "axes", "vectors", "keywords", "weights"):
        assert np.array_equal(getattr(again, name), getattr(learned, name)), name


def test_a_damaged_lesson_is_no_lesson(learned):
    content = dump(learned)
    assert load(b"") is None
    assert load(b"PK nonsense") is None
    assert load(content[: len(content) // 2]) is None
    assert load(content[:-1] + b"\x01") is None


def test_translations_lie_together(learned):
    def at(word: str, language: str) -> np.ndarray:
        place = learned.place(learned.words.number(analysis.stem(word, language)))
        return place[:5] / np.linalg.norm(place[:5])

    dockers = at("dockers", "en")
    assert dockers @ at("estibadores", "es") > 0.8 > dockers @ at("costureras", "es")
