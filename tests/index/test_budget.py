"""Work is counted: no question reads more than it may, and what was left out is said."""

from __future__ import annotations

import random
from collections import Counter
from string import ascii_lowercase

import pytest

from index.answering import budget
from index.engines.whoosh import WhooshEngine
from index.engines.whoosh.snapshot import Snapshot
from tests.index.builders import asking, document

WORKS = 150
SMALL = 15_000
RARE = "quetzal"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Works of words that begin with every letter, and of many that stand everywhere."""
    dice = random.Random(5)
    words = [f"{letter}{''.join(dice.choices('aeiou', k=5))}" for letter in ascii_lowercase * 30]

    def works():
        for number in range(WORKS):
            said = [word for word in dice.sample(words, 80) for word in ("the", "of", word)]
            yield document(str(number), " ".join([*said, *([RARE] if number == 7 else ())]))

    engine = WhooshEngine(tmp_path_factory.mktemp("budget") / "index", ["en"])
    engine.rebuild(works())
    yield engine
    engine.close()


@pytest.fixture
def read(monkeypatch):
    """How many works and places were read."""
    counted = Counter()
    postings, places = Snapshot.postings, Snapshot.places

    def counting_postings(self, field, term):
        found = postings(self, field, term)
        counted["works"] += len(found[0])
        return found

    def counting_places(self, field, term, wanted=None):
        found = places(self, field, term, wanted)
        counted["places"] += len(found)
        return found

    monkeypatch.setattr(Snapshot, "postings", counting_postings)
    monkeypatch.setattr(Snapshot, "places", counting_places)
    monkeypatch.setattr(budget, "BUDGET", SMALL)
    return counted


HEAVY = {
    "every letter": " ".join(f"{letter}*" for letter in ascii_lowercase),
    "a letter again and again": "a~ " * 150,
    "many quotations": " ".join(f'"the {letter}"' for letter in ascii_lowercase) + ' "the of"' * 40,
    "one long quotation": f'"{"the of " * 32}"',
    "one word quoted again and again": '"the" ' * 64,
    "all at once": 'a* OR b* OR "the of the" OR "of the of" OR -c* OR d* OR e* OR ' * 6,
}


@pytest.mark.parametrize("words", HEAVY.values(), ids=HEAVY.keys())
def test_what_is_read_is_bounded(engine, read, words):
    results = engine.search(asking(f"{words} {RARE}"))
    assert read.total() < 4 * SMALL
    assert RARE not in results.left_out


def test_what_was_left_out_is_said_and_the_rarest_is_looked_up(engine, read):
    results = engine.search(asking(HEAVY["every letter"]))
    assert results.left_out
    assert len(results.left_out) < len(ascii_lowercase)
    assert results.total
    assert engine.search(asking(f'{RARE} "the of" a* b*')).hits[0].id == "7"


def test_the_same_is_left_out_when_it_is_asked_again(engine, read):
    first, second = (engine.search(asking(HEAVY["every letter"])) for _ in range(2))
    assert first.left_out == second.left_out
    assert first.total == second.total


def test_one_word_or_phrase_is_always_looked_up(engine, read, monkeypatch):
    monkeypatch.setattr(budget, "BUDGET", 1)
    for words in ("the", "t*", '"the of"', "the of"):
        results = engine.search(asking(words))
        assert results.total == WORKS
    assert not engine.search(asking("t*")).left_out


def test_ordinary_questions_leave_nothing_out(engine):
    for words in ("the rights of workers", "a* b*", '"the of"', f"{RARE} OR strike -wages"):
        assert not engine.search(asking(words)).left_out


def test_what_is_asked_for_twice_is_looked_at_once(engine: WhooshEngine) -> None:
    once = engine.search(asking("the of"))
    often = engine.search(asking("the of " * 500))
    assert [(hit.id, hit.excerpts) for hit in often.hits] == [
        (hit.id, hit.excerpts) for hit in once.hits
    ]
    beginnings = engine.search(asking("a* " * 900))
    assert beginnings.hits == engine.search(asking("a*")).hits
