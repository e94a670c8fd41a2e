"""The records of an archive made works of the library: all of them, or none.

Files are stored and read first, which changes nothing that anybody sees. Then everything is filed
in one transaction: a fault, a stop or a power cut before its end leaves the catalogue as it was.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from library import metadata as describing
from library import sandbox
from library.catalogue import Writer
from library.catalogue.changes import history
from library.catalogue.provenance import imports
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import collections, queries
from library.catalogue.resources.collections import Placing
from library.core.errors import InputError, LibraryError
from library.core.leases import me
from library.core.resource import Status, Stored
from library.ingestion import filing
from library.ingestion.editions import plain
from library.ingestion.filing import Taken
from library.ingestion.work import Work
from library.moving_in import mapping
from library.moving_in.plan import Document, Plan, Row

ACTION = "moved in"
BATCH = 32  # files that are stored at once
SHELVES = 200  # characters of the title of a collection

Numbered = tuple[int, Document]  # the place of its row, and a document


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a plan. rows: those that are other than planned have it in `why`."""

    plan: Plan
    done: bool
    resources: tuple[str, ...] = ()


def carry_out(
    work: Work,
    plan: Plan,
    *,
    status: Status = Status.PUBLISHED,
    leave_out: bool = False,
    jobs: int = 1,
    on_file: Callable[[], None] = lambda: None,
) -> Report:
    """Bring in what is new. leave_out: what is faulty stays out, and stops nothing else.

    Raises StorageFull, NotUsable, Stopped; then nothing was brought in.
    """
    if plan.faults and not leave_out:
        return Report(plan, False)
    fresh: list[str] = []
    try:
        stored, faults = _stored(work, plan, fresh)
        with TemporaryFile() as shelf:
            read = _read(work, stored, shelf, faults, jobs, on_file)
            plan = _with_faults(plan, faults)
            if faults and not leave_out:
                _forget(work, fresh)
                return Report(plan, False)
            with work.catalogue.write() as writer:
                made = list(_filed(work, writer, plan, read, shelf, status))
    except BaseException:
        with suppress(LibraryError):
            _forget(work, fresh)
        raise
    _forget(work, fresh)  # what became a twin of something that came meanwhile stays: it is noted
    return Report(plan, True, tuple(dict.fromkeys(made)))


def _stored(
    work: Work, plan: Plan, fresh: list[str]
) -> tuple[list[Numbered], dict[int, InputError]]:
    """The documents that are stored now, and the rows of which one could not be."""
    wanted = [
        (place, document)
        for place, row in enumerate(plan.rows)
        if row.outcome == "new"
        for document in row.documents
    ]
    stored: list[Numbered] = []
    faults: dict[int, InputError] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        files = [(document.file.path, document.file.place) for _, document in part]
        kept = work.holdings.put_all(files)
        for (place, document), one in zip(part, kept, strict=True):
            if isinstance(one, Stored):
                if one.new:
                    fresh.append(one.sha256)
                now = replace(document, sha256=one.sha256, bytes=one.bytes)
                stored.append((place, now))
            else:
                faults.setdefault(place, one)
    return stored, faults


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a document, but for its pages, which wait on a shelf."""

    document: Document
    media_type: str
    reading: sandbox.Reading
    start: int


def _read(
    work: Work,
    stored: Sequence[Numbered],
    shelf: IO[bytes],
    faults: dict[int, InputError],
    jobs: int,
    on_file: Callable[[], None],
) -> dict[int, list[_Read]]:
    """The words of each document, by row."""

    def take(one: Numbered) -> tuple[int, Document, str, sandbox.Reading | InputError]:
        place, document = one
        try:
            with work.holdings.local(document.sha256) as original:
                media_type, reading = sandbox.take(
                    original,
                    document.file.name,
                    layout=work.settings.pdf == "pdfminer",
                    stop=work.stopping,
                )
        except InputError as error:
            return place, document, "", error.of(file=document.file.name)
        problem = None
        if reading.problem and not reading.pages:
            problem = reading.problem.of(file=document.file.name)
        return place, document, media_type, problem or reading

    read: dict[int, list[_Read]] = {}
    with closing(work.spread(stored, take, jobs)) as done:
        for place, document, media_type, reading in done:
            on_file()
            if isinstance(reading, InputError):
                faults.setdefault(place, reading)
                continue
            start = shelf.seek(0, 2)
            pickle.dump(reading.pages, shelf, protocol=5)
            kept = _Read(document, media_type, replace(reading, pages=()), start)
            read.setdefault(place, []).append(kept)
    return read


def _with_faults(plan: Plan, faults: dict[int, InputError]) -> Plan:
    rows = [
        replace(row, outcome="fault", why=str(faults[place])) if place in faults else row
        for place, row in enumerate(plan.rows)
    ]
    return replace(plan, rows=tuple(rows))


def _filed(
    work: Work,
    writer: Writer,
    plan: Plan,
    read: dict[int, list[_Read]],
    shelf: IO[bytes],
    status: Status,
) -> Iterator[str]:
    """File everything in this transaction; the resources."""
    shelves: dict[str, list[str]] = {}
    for place, row in enumerate(plan.rows):
        if row.outcome == "here" and row.edition:
            fresh = list(row.record.identifiers)
            if len(imports.known(writer.conn, fresh)) < len(fresh):
                _keep(writer, plan, row, row.edition)
            continue
        if row.outcome != "new":
            continue
        order = {document.file.name: number for number, document in enumerate(row.documents)}
        documents = sorted(read.get(place, ()), key=lambda one: order[one.document.file.name])
        for number, one in enumerate(documents):
            edition = _file(work, writer, row, one, shelf, status)
            if edition and not number:
                _keep(writer, plan, row, edition)
            if edition:
                resource = writer.resource_of(edition)
                for title in row.record.collections if not number else ():
                    shelves.setdefault(" ".join(title.split())[:SHELVES], []).append(resource)
                yield resource
    shelves.pop("", None)
    for title, resources in shelves.items():
        _shelve(writer, title, resources)
    counts = dict(plan.counts)
    told = {"format": plan.format, "source": plan.source, "rows": counts}
    history.note(
        writer.conn, by=history.COMMAND_LINE, action=ACTION, subject=f"archive {plan.source}",
        before={}, after=told,
    )  # fmt: skip


def _file(
    work: Work, writer: Writer, row: Row, one: _Read, shelf: IO[bytes], status: Status
) -> str:
    """File one document by its words; its edition. Raises InputError."""
    document = one.document
    stands = Status.DRAFT if row.record.draft else status
    writer.store_original(document.sha256, document.bytes, Path(document.file.name).name)
    arrival = outbox.record(
        writer.conn,
        document.file.name,
        document.sha256,
        plain(document.fields),
        stands,
        me(),
        0.0,
    )
    if arrival is None:
        return ""
    shelf.seek(one.start)
    pages = pickle.load(shelf)  # noqa: S301  our own, of a moment ago
    by_staff = describing.followed(
        describing.staff(document.fields, work.vocabularies), work.vocabularies
    )
    taken = Taken(
        arrival,
        document.bytes,
        one.media_type,
        replace(one.reading, pages=pages),
        by_staff,
    )
    filing.by_words(writer, taken, work.settings, 0.0)
    held = queries.edition_with(writer.conn, document.sha256)
    return held[0] if held else ""


def _keep(writer: Writer, plan: Plan, row: Row, edition: str) -> None:
    imports.keep(
        writer.conn,
        edition,
        row.record.identifiers,
        system=plan.format,
        source=plan.source,
        raw=row.record.raw,
        unmatched=mapping.rows_of(row.unmatched),
    )


def _shelve(writer: Writer, title: str, resources: Sequence[str]) -> None:
    """Put works into the collection of a title, which is made where there is none."""
    for held in collections.held(writer.conn):
        if held.title == title:
            placing = Placing(held.slug, add=tuple(dict.fromkeys(resources)))
            collections.place(writer, placing, by=history.COMMAND_LINE)
            return
    collections.make(writer, title, "", list(dict.fromkeys(resources)), by=history.COMMAND_LINE)


def _forget(work: Work, fresh: Sequence[str]) -> None:
    """Take away files that were stored for this and that nothing in the catalogue names."""
    with work.catalogue.write() as writer:
        for sha256 in fresh:
            if queries.original(writer.conn, sha256) is None:
                work.holdings.forget(writer, sha256)
