"""From when on each part of a library needs a person, and what is found in a real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from library.catalogue.queue import tasks
from library.catalogue.queue.backlog import Backlog
from library.catalogue.statistics import latency
from library.catalogue.statistics.latency import Timed
from library.catalogue.upkeep import fixity
from library.catalogue.upkeep import log as kept
from library.catalogue.upkeep.fixity import Damage
from library.catalogue.upkeep.log import Done
from library.core.messages import Message
from library.core.settings import Settings
from library.operations import backup, health, restore_drill
from library.operations.health import (
    Chain,
    Confinement,
    Copies,
    Disk,
    Fixity,
    Health,
    Index,
    Queue,
    Rows,
    Speed,
    Whole,
)
from tests.library.web.conftest import Shelf

NOW = datetime(2026, 6, 1, tzinfo=UTC)
GB = 1_000_000_000


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def done(days: float, well: bool = True, **told: object) -> Done:
    return Done(ago(days), well, told)


DISK = Disk(100 * GB, 50 * GB, 10 * GB, GB, GB, 0, None)
QUEUE = Queue((), 1, True, NOW)
COPIES = Copies(done(1), None, 3, 0, done(100), ago(900), NOW)
INDEX = Index("whoosh", None, 10, 10, 0, None, "g", 4, "v", GB, NOW)
FIXITY = Fixity(10, 10, ago(20), (), NOW)
SPEED = Speed("whoosh", 7, latency.Speed(900, 50, 200, 400), ())


@pytest.mark.parametrize(
    ("part", "state"),
    [
        (DISK, "well"),
        (replace(DISK, free=4 * GB), "look"),
        (replace(DISK, free=GB // 2), "act"),
        (replace(DISK, free=30 * GB, index=20 * GB), "look"),  # no room for it to be built anew
        (replace(DISK, free=10 * GB, index=20 * GB), "act"),
        (replace(DISK, per_day=0.0), "well"),
        (replace(DISK, per_day=GB), "look"),
        (replace(DISK, per_day=5.0 * GB), "act"),
        (QUEUE, "well"),
        (replace(QUEUE, workers=0), "look"),
        (replace(QUEUE, workers=0, backlogs=(Backlog("arrival", 1, ago(1), 0),)), "act"),
        (replace(QUEUE, backlogs=(Backlog("arrival", 1, ago(0.1), 0),)), "well"),
        (replace(QUEUE, backlogs=(Backlog("arrival", 1, ago(2), 0),)), "look"),
        (replace(QUEUE, backlogs=(Backlog("ocr", 9, ago(200), 0),)), "well"),
        (replace(QUEUE, backlogs=(Backlog("ocr", 9, ago(2), 0),), scans=False), "look"),
        (replace(QUEUE, backlogs=(Backlog("layout", 0, None, 2),)), "look"),
        (COPIES, "well"),
        (replace(COPIES, made=None, began=None), "well"),
        (replace(COPIES, made=None, began=ago(2)), "look"),
        (replace(COPIES, made=None), "act"),
        (replace(COPIES, failed=done(0.5, False)), "act"),
        (replace(COPIES, made=done(300), files=0), "well"),  # nothing has changed since
        (replace(COPIES, made=done(300), files=0, changes=1), "act"),
        (replace(COPIES, made=done(10)), "look"),
        (replace(COPIES, made=done(1, same_disk=True)), "look"),
        (replace(COPIES, made=done(40)), "act"),
        (replace(COPIES, tried=None), "look"),
        (replace(COPIES, tried=done(500)), "look"),
        (replace(COPIES, tried=done(5, False)), "act"),
        (INDEX, "well"),
        (replace(INDEX, fault=Message("index missing", {"path": "/there"})), "act"),
        (replace(INDEX, documents=9), "look"),
        (replace(INDEX, documents=9, owed=1, oldest=ago(0.001)), "well"),
        (replace(INDEX, documents=9, owed=1, oldest=ago(1)), "look"),
        (FIXITY, "well"),
        (replace(FIXITY, oldest=ago(100)), "look"),
        (replace(FIXITY, damaged=(Damage("a", "b", "missing", NOW, None),)), "act"),
        (Chain(done(1), NOW), "well"),
        (Chain(None, NOW), "look"),
        (Chain(done(30), NOW), "look"),
        (Chain(done(1, False), NOW), "act"),
        (Whole(None), "well"),
        (Whole(done(1, False)), "look"),
        (Rows(None, NOW), "well"),
        (Rows(done(9), NOW), "look"),
        (Rows(replace(done(1, False), told={"wrong": 2}), NOW), "act"),
        (Confinement(), "well"),
        (Confinement(("folders",)), "look"),
        (SPEED, "well"),
        (replace(SPEED, speed=latency.Speed(3, 9000, 9000, 9000)), "well"),  # too few to tell
        (replace(SPEED, speed=latency.Speed(90, 300, 1500, 2000)), "look"),
        (replace(SPEED, speed=latency.Speed(90, 300, 5000, 9000)), "act"),
    ],
)
def test_when_a_part_needs_a_person(part: Disk, state: str) -> None:
    assert part.state == state


def test_the_worst_part_tells_how_the_whole_is() -> None:
    whole = Health(
        *(NOW, DISK, QUEUE, COPIES, INDEX, FIXITY, Chain(done(1), NOW), Whole(None), SPEED),
        Rows(None, NOW),
    )
    assert whole.state == "well"
    assert replace(whole, queue=replace(QUEUE, workers=0)).state == "look"
    assert (
        replace(
            whole, index=replace(INDEX, fault=Message("index missing", {"path": "/there"}))
        ).state
        == "act"
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path / "home"))
    made.add("A fund", ["A strike fund."])
    made.add("Rules", ["Rules of a fund."])
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


def look(shelf: Shelf) -> Health:
    return health.look_at(shelf.settings, shelf.catalogue, shelf.engine)


def test_a_new_library(shelf: Shelf) -> None:
    found = look(shelf)
    assert found.disk.originals > 0
    assert found.disk.index > 0
    assert found.disk.database > 0
    assert found.disk.per_day is None  # nothing is known of its growth yet
    assert (found.index.documents, found.index.published, found.index.owed) == (2, 2, 0)
    assert (found.fixity.originals, found.fixity.fresh) == (2, 2)
    assert found.queue.workers == 0
    assert found.copies.backup == "look"
    assert found.speed.speed.searches == 0
    assert found.state == "look"


def test_growth_leaves_out_what_was_there_at_the_beginning(shelf: Shelf) -> None:
    first, second = sorted(shelf.catalogue.every())
    shas = [shelf.catalogue.resource(one) for one in (first, second)]
    sizes = []
    for resource, days in zip(shas, (107, 50), strict=True):
        assert resource is not None
        [edition] = resource.editions
        sizes.append(edition.bytes)
        at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        with shelf.catalogue.write() as writer:
            writer.conn.execute(
                text("update originals set added = :at where sha256 = :sha"),
                {"at": at, "sha": edition.sha256},
            )
    found = look(shelf).disk
    assert found.per_day is not None
    beside = 1 + (found.index + found.database) / found.originals
    assert found.per_day == pytest.approx(sizes[1] / 90 * beside)


def test_what_waits_is_told_by_kind_and_age(shelf: Shelf) -> None:
    with shelf.catalogue.write() as writer:
        tasks.owe(writer.conn, "layout", ["one", "two"])
        tasks.owe(writer.conn, "picture", ["three"])
        writer.conn.execute(text("update tasks set attempts = 5 where kind = 'picture'"))
        kept.beat(writer.conn, "elsewhere:1.1:1")
    found = look(shelf).queue
    held = {one.kind: (one.waiting, one.stuck) for one in found.backlogs}
    assert held == {"layout": (2, 0), "picture": (0, 1)}
    assert (found.workers, found.waiting, found.stuck) == (1, 2, 1)
    assert found.oldest is not None


def test_a_copy_and_its_trial(shelf: Shelf, tmp_path: Path) -> None:
    backup.backup(shelf.settings, shelf.catalogue, tmp_path / "copy")
    found = look(shelf).copies
    assert found.made is not None
    assert (found.files, found.changes, found.tried) == (0, 0, None)
    shelf.add("Another", ["Another one."])
    restore_drill.drill(shelf.settings, tmp_path / "copy", shelf.catalogue)
    found = look(shelf).copies
    assert (found.files, found.tried is not None) == (1, True)
    assert found.drill == "well"


def test_an_index_that_is_gone(shelf: Shelf) -> None:
    for path in sorted(shelf.settings.index.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    found = look(shelf).index
    assert found.fault
    assert found.state == "act"


def test_slow_searches_are_told_by_their_kind(shelf: Shelf) -> None:
    today = datetime.now(UTC).date()
    line = Timed(today.isoformat(), "whoosh", 3, True, False, latency.bucket(6000))
    old = line._replace(day=(today - timedelta(days=20)).isoformat())
    with shelf.catalogue.write() as writer:
        latency.record(writer.conn, {line: 30, old: 500})
    found = look(shelf).speed
    assert (found.state, found.speed.searches) == ("act", 30)
    assert [(one.terms, one.phrase) for one in found.shapes] == [(3, True)]


def test_a_damaged_original_is_named(shelf: Shelf) -> None:
    [id_, _] = shelf.catalogue.every()
    resource = shelf.catalogue.resource(id_)
    assert resource is not None
    with shelf.catalogue.write() as writer:
        fixity.note(writer.conn, {resource.editions[0].sha256: "changed"})
    [damage] = look(shelf).fixity.damaged
    assert (damage.filename, damage.resource) == (resource.editions[0].filename, id_)
