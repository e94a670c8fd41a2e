"""The first go: files stored and noted, read, and filed by their words, in their order."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from library import metadata as describing
from library import sandbox
from library.catalogue import Arrival, Task
from library.catalogue.arrivals import actions
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.catalogue.resources import corrections, queries
from library.core.errors import InputError, LibraryError, by_reason
from library.core.leases import me
from library.core.messages import Message
from library.core.resource import Outcome, Status, Stored
from library.ingestion import filing, folders
from library.ingestion.changes import TRANSACTION, Arrived, Change, Failed, changed, failed
from library.ingestion.editions import plain
from library.ingestion.filing import Taken, readers
from library.ingestion.ordering import together
from library.ingestion.outcomes import Ended
from library.ingestion.work import LEASE, OnPage, Work
from library.store import originals
from library.store.originals import shown

BATCH = 32  # files that are stored, and filed, in one transaction

FirstGo = Ended | Arrived | Taken | Failed
One = TypeVar("One")


def arrivals(
    work: Work, files: Iterable[folders.Found], status: Status
) -> Iterator[Ended | Arrived]:
    """Files stored and noted, a few at a time; those that need not be read have ended."""
    for batch in batches(files, BATCH):
        yield from _stored(work, batch, status)


def _stored(
    work: Work, files: Sequence[folders.Found], status: Status
) -> Iterator[Ended | Arrived]:
    ended: dict[int, Ended] = {}
    meanwhile: list[int] = []  # what somebody else read since it was looked at: once more
    sums: dict[int, tuple[str, int]] = {}
    for number, file in enumerate(files):
        try:
            sums[number] = originals.checksum(file.path, file.place)
        except InputError as error:
            ended[number] = _unread(file, error)
    with work.catalogue.read() as conn:
        known = {
            number: (
                outbox.arrival(conn, _path(files[number]), sha256),
                queries.edition_with(conn, sha256),
                queries.superseded(conn, sha256),
            )
            for number, (sha256, _) in sums.items()
        }
    for number, (came, edition, newer) in known.items():
        again = came and _again(work, files[number], came, edition, newer)
        if again:
            ended[number] = again
    wanted = [number for number in sums if number not in ended]
    holdings = work.holdings
    new = [number for number in wanted if not holdings.held(*sums[number])]
    kept = holdings.put_all([(files[n].path, files[n].place) for n in new])
    stored = dict(zip(new, kept, strict=True))
    arrived: dict[int, Arrived] = {}
    with work.catalogue.write() as writer:
        for number in wanted:
            file, (sha256, size) = files[number], sums[number]
            match stored.get(number):
                case InputError() as problem:
                    ended[number] = _unread(file, problem)
                    continue
                case Stored() as now:  # it may have been written to since
                    sha256, size = now.sha256, now.bytes
            before, there = known[number][0], outbox.arrival(writer.conn, _path(file), sha256)
            if there and there.outcome and there != before and sha256 == sums[number][0]:
                meanwhile.append(number)
                continue
            writer.store_original(sha256, size, shown(Path(file.path.name)))
            one = outbox.record(
                writer.conn, _path(file), sha256, plain(file.fields), status, me(), LEASE
            )
            if one is None:
                messages = (Message("arrival elsewhere"),)
                ended[number] = Ended(shown(file.path), Outcome.UNCHANGED, messages=messages)
                continue
            alone = filing.stands_alone(writer.conn, one)
            arrived[number] = Arrived(one, size, file.problem, alone)
    if meanwhile:
        anew = _stored(work, [files[number] for number in meanwhile], status)
        for number, now_ended in zip(meanwhile, anew, strict=True):
            if isinstance(now_ended, Ended):
                ended[number] = now_ended
            else:
                arrived[number] = now_ended
    for number in range(len(files)):
        yield ended[number] if number in ended else arrived[number]


def _again(
    work: Work,
    file: folders.Found,
    known: Arrival,
    edition_held: tuple[str, str] | None,
    newer: tuple[str, str] | None,
) -> Ended | None:
    """How a file ends that came from here before, if it need not be read again."""
    name, fields = file.origin or shown(file.path), plain(file.fields)
    if newer and not edition_held:
        superseded = (Message("arrival superseded"),)
        return Ended(name, Outcome.UNCHANGED, newer[1], messages=superseded)
    same_code = known.readers == readers() and known.reason != "fault"
    if known.outcome is Outcome.PARTIAL and not same_code:
        return None  # readers that have learned may read the rest
    if edition_held and known.outcome in (Outcome.ADDED, Outcome.PARTIAL, Outcome.DUPLICATE):
        edition, resource = edition_held
        messages: tuple[Message, ...] = ()
        if fields != known.fields and known.edition == edition:
            statements = describing.followed(
                describing.staff(file.fields, work.vocabularies), work.vocabularies
            )
            with work.catalogue.write() as writer:
                corrections.note(writer, edition, statements, describing.decide)
                if any(statement.field == "language" for statement in statements):
                    outbox.owe(writer.conn, "ocr", [edition])
                outbox.remember(writer.conn, known.id, fields)
            messages = (Message("arrival restated"),)
        return Ended(name, Outcome.UNCHANGED, resource, messages=messages)
    lasting = by_reason(known.reason).lasting or known.reason == actions.GIVEN_UP
    same = same_code and fields == known.fields
    if known.outcome is Outcome.FAILED and lasting and same and not file.problem:
        kept = "" if known.messages else known.message
        return Ended(name, Outcome.FAILED, reason=known.reason, messages=known.messages, kept=kept)
    return None


def taken_of(work: Work, one: Ended | Arrived, on_page: OnPage) -> FirstGo:
    """A file with its words, where it is to be found by them before it is described."""
    if isinstance(one, Ended) or not one.alone:
        return one
    began = time.monotonic()
    try:
        if one.problem:
            raise one.problem
        by_staff = describing.followed(
            describing.staff(one.arrival.fields, work.vocabularies), work.vocabularies
        )
        with work.holdings.local(one.arrival.sha256) as original:
            media_type, reading = sandbox.take(
                original,
                one.arrival.path,
                layout=work.settings.pdf == "pdfminer",
                on_page=lambda number, of: on_page(1),
                stop=work.stopping,
            )
        if reading.problem and not reading.pages:
            raise reading.problem
    except InputError as error:
        return Failed(one, error)
    except (LibraryError, sandbox.Stopped):
        raise
    except Exception as error:  # a fault of ours must not stop the other files
        return Failed(one, error)
    seconds = time.monotonic() - began
    return Taken(one.arrival, one.bytes, media_type, reading, by_staff, seconds)


def filed(
    work: Work,
    taken: Generator[FirstGo | None, None, None],
    later: list[Task | Arrived],
    mine: dict[str, float],
    lease: float = LEASE,
    on_file: Callable[[], None] = lambda: None,
) -> Generator[Ended | None, None, None]:
    """Files as they end; what does not end yet is added to `later`, and to what is `mine`."""

    def do(change: Change, one: FirstGo) -> Ended | Arrived | Task:
        match one:
            case Failed():
                return failed(change.writer, one)
            case Taken():
                return filing.by_words(change.writer, one, work.settings, lease)
        return one

    with closing(taken):
        renewed = time.monotonic()
        groups: Iterator[list[FirstGo]] = together(taken, BATCH, TRANSACTION)
        for group in groups:
            yield None
            for one, filed in changed(work.catalogue, group, do):
                on_file()
                if isinstance(filed, Ended):
                    seconds = one.seconds if isinstance(one, Taken | Ended) else 0.0
                    yield replace(filed, seconds=seconds)
                    continue
                later.append(filed)
                if isinstance(filed, Task) and isinstance(one, Taken):
                    mine[filed.subject] = one.seconds
            if time.monotonic() - renewed > LEASE / 3:
                renewed = time.monotonic()
                with work.catalogue.write() as writer:
                    outbox.hold(writer.conn, undescribed.KIND, me(), LEASE)


def _unread(file: folders.Found, error: InputError) -> Ended:
    name = shown(file.path)
    return Ended(name, Outcome.FAILED, reason=error.reason, messages=(error.message,))


def _path(file: folders.Found) -> str:
    """Where a file comes from, as it is kept."""
    if file.origin:
        return file.origin
    return shown(file.place.path if file.place else file.path.resolve())


def batches(items: Iterable[One], most: int) -> Iterator[list[One]]:
    every = iter(items)
    while batch := list(islice(every, most)):
        yield batch
