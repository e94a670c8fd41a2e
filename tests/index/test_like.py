"""Works most like one where nothing was learned: by what both are filed under."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.document import Document
from index.engines.whoosh import WhooshEngine

FILED = {
    "asked": ("law", "wages"),
    "same": ("wages", "law"),
    "half": ("law",),
    "more": ("law", "wages", "health"),
    "other": ("gender",),
    "nothing": (),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[WhooshEngine]:
    made = WhooshEngine(None, ("en",))
    made.rebuild(Document(id, id, labels={"topic": held}) for id, held in FILED.items())
    yield made
    made.close()


def test_only_what_is_filed_just_so_is_alike_enough(engine: WhooshEngine) -> None:
    assert [(hit.id, hit.score) for hit in engine.like("asked", 9)] == [("same", 0.3)]
    assert engine.like("nothing", 9) == ()
    assert engine.like("other", 9) == ()
    assert engine.like("asked", 0) == ()
    assert engine.like("none", 9) == ()
