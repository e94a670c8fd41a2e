"""The second go: what each document is that was filed by its words, told and filed in order.

A file that may take another's place is read, described and filed here at once.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from library import sandbox
from library.catalogue import Arrival, Task
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.catalogue.queue.undescribed import Undescribed
from library.catalogue.resources import queries
from library.core.errors import InputError, LibraryError
from library.core.resource import Edition, Page
from library.ingestion import arrivals, filing
from library.ingestion.arrivals import BATCH, batches
from library.ingestion.changes import (
    TRANSACTION,
    Arrived,
    Change,
    Described,
    Failed,
    Gone,
    changed,
    failed,
)
from library.ingestion.description import Asked
from library.ingestion.editions import spoken
from library.ingestion.filing import Taken, Told
from library.ingestion.ordering import in_order, together
from library.ingestion.outcomes import Ended
from library.ingestion.work import OnPage, Work

GROUP = 8  # documents that are described by one child
TOGETHER = 150_000  # characters that those may have together; a longer one is alone

SecondGo = Told | Described | Failed | Gone


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that was filed by its words, as it is now, and what is asked of it."""

    task: Task
    edition: Edition
    undescribed: Undescribed
    arrival: Arrival
    asked: Asked


def told(
    work: Work, later: Sequence[Task | Arrived], jobs: int
) -> Generator[SecondGo | None, None, None]:
    """Documents with what they are, in their order; None while that takes long."""
    groups = batches(later, GROUP)
    with closing(
        in_order(groups, lambda group: told_of(work, group), jobs, work.stopping, weight)
    ) as done:
        for group in done:
            yield from group if group is not None else [None]


def told_of(work: Work, group: Sequence[Task | Arrived]) -> list[SecondGo]:
    """Documents with what they are, several told by one child."""
    told: list[SecondGo] = []
    waiting: list[_Waiting] = []
    for one in group:
        match _asked(work, one):
            case _Waiting() as waits if _characters(waits.asked.pages) < TOGETHER:
                if sum(_characters(each.asked.pages) for each in waiting) > TOGETHER:
                    told += _described(work, waiting)
                    waiting = []
                waiting.append(waits)
            case _Waiting() as waits:
                told += [*_described(work, waiting), *_described(work, [waits])]
                waiting = []
            case other:
                told += [*_described(work, waiting), other]
                waiting = []
    return [*told, *_described(work, waiting)]


def _asked(work: Work, one: Task | Arrived) -> _Waiting | SecondGo:
    """A document that is to be described, or what has become of it."""
    if isinstance(one, Arrived):
        return whole(work, one)
    try:
        with work.catalogue.read() as conn:
            waits = undescribed.of(conn, one.subject)
            edition = queries.edition(conn, one.subject)
            arrival = outbox.numbered(conn, waits.arrival) if waits else None
            if waits is None or edition is None or arrival is None:
                return Gone(one)
            statements = queries.statements(conn, [one.subject])
            pages = tuple(queries.pages(conn, one.subject))
        opinions = work.opinions_of(edition.sha256, edition.media_type, pages)
    except InputError as error:
        return Failed(one, error)
    except (LibraryError, sandbox.Stopped):
        raise
    except Exception as error:
        return Failed(one, error)
    asked = Asked(pages, waits.said, edition.filename, spoken(statements), opinions)
    return _Waiting(one, edition, waits, arrival, asked)


def _described(work: Work, waiting: Sequence[_Waiting]) -> list[SecondGo]:
    """Each with what it was told to be."""
    if not waiting:
        return []
    began = time.monotonic()
    try:
        descriptions = work.describing().documents([one.asked for one in waiting])
    except InputError as error:
        return [Failed(one.task, error) for one in waiting]
    except (LibraryError, sandbox.Stopped):
        raise
    except Exception as error:
        return [Failed(one.task, error) for one in waiting]
    seconds = (time.monotonic() - began) / len(waiting)
    return [
        Told(
            one.task,
            one.edition,
            one.undescribed,
            one.arrival,
            one.asked.pages,
            description,
            seconds,
        )
        for one, description in zip(waiting, descriptions, strict=True)
    ]


def whole(work: Work, one: Arrived, on_page: OnPage = lambda pages: None) -> Described | Failed:
    """A stored file, read and described at once. Raises StorageFull, NotUsable, Stopped."""
    taken = arrivals.taken_of(work, replace(one, alone=True), on_page)
    if not isinstance(taken, Taken):
        assert isinstance(taken, Failed)
        return taken
    began = time.monotonic()
    try:
        description = work.describing().document(
            taken.reading.pages,
            taken.reading.said,
            filename=Path(one.arrival.path).name,
            language=spoken(taken.by_staff),
            opinions=work.opinions_of(one.arrival.sha256, taken.media_type, taken.reading.pages),
        )
    except InputError as error:
        return Failed(one, error)
    except (LibraryError, sandbox.Stopped):
        raise
    except Exception as error:
        return Failed(one, error)
    seconds = taken.seconds + time.monotonic() - began
    return Described(replace(taken, seconds=seconds), description)


def filed(
    work: Work,
    told: Generator[SecondGo | None, None, None],
    mine: Mapping[str, float] | None,
) -> Generator[Ended | None, None, None]:
    """Documents as they end; only `mine` are yielded, where that is given."""

    def do(change: Change, one: SecondGo) -> Ended | None:
        match one:
            case Told():
                now = filing.as_told(change.writer, one, change.experiences, work.settings)
                return now or filing.as_it_ended(change.writer.conn, one.edition.id)
            case Described():
                return filing.at_once(
                    change.writer,
                    one.taken,
                    one.description,
                    change.experiences,
                    work.settings,
                )
            case Gone():
                outbox.finish(change.writer.conn, [one.task.id])
                return filing.as_it_ended(change.writer.conn, one.task.subject)
        return failed(change.writer, one)

    with closing(told):
        groups: Iterator[list[SecondGo]] = together(told, BATCH, TRANSACTION)
        for group in groups:
            yield None
            for one, ended in changed(work.catalogue, group, do):
                edition = _edition_of(one)
                if ended is None or (edition and mine is not None and edition not in mine):
                    continue
                before = mine.get(edition, 0.0) if mine else 0.0
                yield replace(ended, seconds=before + _seconds(one))


def weight(done: object) -> int:
    """How many characters of text something keeps in memory."""
    match done:
        case list():
            return sum(map(weight, done))
        case Taken():
            pages = done.reading.pages
        case Described():
            pages = done.description.pages
        case Told():
            pages = done.description.pages
        case _:
            return 0
    return _characters(pages)


def _characters(pages: Sequence[Page]) -> int:
    return sum(len(page.text) for page in pages)


def _edition_of(one: SecondGo) -> str:
    """The edition that was found before it was described; "" for a file that was not."""
    match one:
        case Told():
            return one.edition.id
        case Gone():
            return one.task.subject
        case Failed(one=Task() as task):
            return task.subject
        case Failed(one=Told() as told):
            return told.edition.id
    return ""


def _seconds(one: object) -> float:
    match one:
        case Told():
            return one.seconds
        case Described():
            return one.taken.seconds
    return 0.0
