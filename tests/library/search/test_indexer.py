"""What is owed to an index waits for its server, and is brought when that is back."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engine import IndexNotWritten, IndexUnreachable, SearchError
from index.engines.whoosh import WhooshEngine
from library.catalogue.queue import tasks
from library.core.settings import Settings
from library.search import indexer
from tests.index.builders import asking
from tests.library.web.conftest import Shelf

AWAY = IndexUnreachable("server slow", where="https://search.example/library", seconds="30")
FULL = IndexNotWritten("server full", where="https://search.example/library", detail="95 %")


class Weak(WhooshEngine):
    """An engine whose server may take nothing."""

    error: SearchError | None = None

    def update(self, documents):
        if self.error:
            raise self.error
        super().update(documents)


@pytest.mark.parametrize("error", [AWAY, FULL], ids=lambda error: error.code)
def test_what_a_server_cannot_take_waits_and_is_not_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: SearchError
) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    engine = Weak(None, shelf.settings.languages)
    engine.error = error
    shelf.add("Our streets", ["Street vendors can bargain with the city."])
    for _ in range(20):  # more than a task is tried
        monkeypatch.setattr(indexer, "AWAY", 0.0)
        assert indexer.bring_up_to_date(shelf.catalogue, engine, shelf.vocabularies) == 0
    monkeypatch.setattr(indexer, "AWAY", 60.0)
    assert indexer.bring_up_to_date(shelf.catalogue, engine, shelf.vocabularies) == 0
    engine.error = None
    assert indexer.bring_up_to_date(shelf.catalogue, engine, shelf.vocabularies) == 0  # for a while
    with shelf.catalogue.write() as writer:
        assert tasks.owed(writer.conn, "index") == 1
        writer.conn.execute(tasks.schema.tasks.update().values(until=""))
    assert indexer.bring_up_to_date(shelf.catalogue, engine, shelf.vocabularies) == 1
    assert engine.search(asking("vendors")).total == 1


def test_any_other_refusal_of_an_index_is_told(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    engine = Weak(None, shelf.settings.languages)
    engine.error = IndexNotWritten("index not written", path="var", detail="no space left")
    shelf.add("Our streets", ["Street vendors can bargain with the city."])
    with pytest.raises(IndexNotWritten, match="no space left"):
        indexer.bring_up_to_date(shelf.catalogue, engine, shelf.vocabularies)
