"""What was read of a file, and what was told of it, brought into the catalogue.

A new document is filed twice: by its words, so that it is found, and when it is known what it is.
Whatever may take another's place is filed once, when both are known. Each function belongs to a
transaction of its caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from library import extractors
from library import metadata as describing
from library.catalogue import Arrival, Connection, Filed, Task, Writer
from library.catalogue.arrivals import actions
from library.catalogue.editions import versions
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.editions.merge import absorb
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.catalogue.queue.undescribed import Undescribed
from library.catalogue.resources import queries
from library.core.leases import me
from library.core.messages import Message
from library.core.resource import Edition, Outcome, Page, Statement
from library.core.settings import Settings
from library.ingestion import candidates, outcomes, sharing
from library.ingestion.description import Description
from library.ingestion.editions import edition_of, scans_wanted, work_of
from library.ingestion.experience import Experiences
from library.ingestion.outcomes import Ended
from library.likeness.similarity import Mark
from library.sandbox import Reading, libreoffice


def readers() -> str:
    """The readers of this machine. Where it changes, what they could not read is tried again."""
    return f"{extractors.VERSION} LibreOffice" if libreoffice.installed() else extractors.VERSION


@dataclass(frozen=True, slots=True)
class Taken:
    """A stored file, what kind it is and what was read of it; what staff said with it."""

    arrival: Arrival
    bytes: int
    media_type: str
    reading: Reading
    by_staff: tuple[Statement, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """A document that was filed by its words, as it was then, and what it was told to be."""

    task: Task
    edition: Edition
    undescribed: Undescribed
    arrival: Arrival
    pages: Sequence[Page]  # those that were held
    description: Description
    seconds: float = 0.0


def stands_alone(conn: Connection, arrival: Arrival) -> bool:
    """Whether an arrival can only become an edition of its own, or be another's twin.

    What came from where another file came from before may be a newer version of that, which only
    its title tells.
    """
    if arrival.replaces:
        return False
    held = queries.edition_with(conn, arrival.sha256)
    if held and held[0] == arrival.edition:
        return False  # to be read anew
    came = outbox.arrivals_at(conn, arrival.path)
    return not any(one.sha256 != arrival.sha256 and one.edition for one in came)


def by_words(writer: Writer, taken: Taken, settings: Settings, lease: float) -> Ended | Task:
    """File a new document so that it is found; a task where it is still to be told what it is.

    That is owed to the outbox, held by who files for `lease` seconds; for 0 by nobody.
    """
    arrival, reading = taken.arrival, taken.reading
    if elsewhere := as_noted(writer.conn, arrival):
        return elsewhere
    if twin := _twin(writer.conn, arrival):
        ended = outcomes.duplicate(arrival, *twin)
        _end(writer, ended, arrival, twin[0].id)
        return ended
    edition = edition_of(arrival, taken.bytes, taken.media_type, reading, taken.by_staff, settings)
    writer.tell_type(arrival.sha256, taken.media_type)
    filed = writer.file(
        edition,
        reading.pages,
        taken.by_staff,
        describing.decide,
        status=arrival.status,
        described=False,
    )
    waiting = Undescribed(filed.edition, arrival.id, reading.said, reading.problem)
    undescribed.keep(writer.conn, waiting)
    owner = me() if lease else ""
    outbox.owe(writer.conn, undescribed.KIND, [filed.edition], owner, lease)
    outcome = Outcome.PARTIAL if reading.problem else Outcome.ADDED
    _end(writer, Ended(arrival.path, outcome), arrival, filed.edition)
    task = outbox.task(writer.conn, undescribed.KIND, filed.edition)
    assert task is not None
    return task


def as_told(
    writer: Writer, told: Told, experiences: Experiences, settings: Settings
) -> Ended | None:
    """File what a document is that was filed by its words; None where somebody else did.

    Nothing is changed where another file took its place meanwhile.
    """
    conn, edition = writer.conn, told.edition
    now, waits = queries.edition(conn, edition.id), undescribed.of(conn, edition.id)
    outbox.finish(conn, [told.task.id])
    if now is None or waits is None or now.sha256 != edition.sha256:
        return None
    undescribed.drop(conn, edition.id)
    arrival, described = told.arrival, told.description
    by_staff = [s for s in queries.statements(conn, [edition.id]) if s.source == "staff"]
    statements = experiences.applied((*by_staff, *described.statements))
    statements = sharing.applied(conn, statements, edition=edition.id)
    reading = Reading(waits.said, described.pages, waits.problem, 0.0)
    made = edition_of(
        arrival,
        edition.bytes,
        edition.media_type,
        reading,
        (*by_staff, *described.statements),
        settings,
    )
    made = replace(made, id=edition.id, summary=sharing.summary_of(statements))
    like = candidates.same_words(conn, made, described.pages, described.mark)
    held = {page.number: page for page in told.pages}
    own, belongs = writer.describe(
        made,
        [page for page in described.pages if page != held[page.number]],
        [statement for statement in statements if statement.source != "staff"],
        describing.decide,
        work=work_of(statements),
        languages=settings.languages,
    )
    if belongs != own:
        absorb(writer, own, belongs)
    filed = Filed(belongs, edition.id, "added" if belongs == own else "joined")
    experiences.add(conn, edition.id, statements)
    ended = outcomes.ended(arrival, made, filed, reading.problem, described.problem)
    actions.taken_in(writer, arrival.path, filed, made)
    return _closed(writer, arrival, made, filed, described.pages, described.mark, like, ended)


def as_it_ended(conn: Connection, edition: str) -> Ended | None:
    """How the file ended that became an edition which somebody else has described."""
    arrival = outbox.became(conn, edition)
    return _as_noted(conn, arrival, edition) if arrival else None


def as_noted(conn: Connection, arrival: Arrival) -> Ended | None:
    """How an arrival ended that somebody else read as well, since who read it was silent for longer
    than it was theirs; None where it did not end yet."""
    now = outbox.numbered(conn, arrival.id)
    if now is None or now.outcome is None:
        return None
    return _as_noted(conn, now, now.edition) or Ended(
        now.path, now.outcome, reason=now.reason, messages=now.messages
    )


def _as_noted(conn: Connection, arrival: Arrival, edition: str | None) -> Ended | None:
    now = queries.edition(conn, edition) if edition else None
    held = queries.edition_with(conn, now.sha256) if now else None
    if now is None or held is None or arrival.outcome is None:
        return None
    return Ended(
        arrival.path,
        arrival.outcome,
        held[1],
        now.language,
        now.pages,
        reason=arrival.reason,
        messages=arrival.messages,
    )


def at_once(
    writer: Writer,
    taken: Taken,
    description: Description,
    experiences: Experiences,
    settings: Settings,
) -> Ended:
    """File a document of which everything is known; it may take another's place.

    Raises InputError where that is not there any more, or it does not fit.
    """
    conn, arrival = writer.conn, taken.arrival
    if elsewhere := as_noted(conn, arrival):
        return elsewhere
    reading = replace(taken.reading, pages=description.pages)
    statements = (*taken.by_staff, *description.statements)
    edition = edition_of(arrival, taken.bytes, taken.media_type, reading, statements, settings)
    pages = description.pages
    edition_held = queries.edition_with(conn, arrival.sha256)
    place = versions.place_of(conn, arrival)
    if place:
        older: str | None = place.id
        edition, added = versions.fitted(conn, place, edition, reading.problem)
        statements = (*added, *statements)
    elif edition_held and edition_held[0] == arrival.edition:
        older = edition_held[0]  # read anew
    else:
        older = queries.older_version(conn, arrival.path, edition)
    statements = sharing.applied(conn, experiences.applied(statements), edition=older)
    edition = replace(edition, summary=sharing.summary_of(statements))
    before = queries.edition(conn, older) if older else None
    known_as = replace(edition, id=older or edition.id)
    like = candidates.same_words(conn, known_as, pages, description.mark)
    writer.tell_type(arrival.sha256, taken.media_type)
    filed = writer.file(
        edition,
        pages,
        statements,
        describing.decide,
        status=arrival.status,
        work=work_of(statements),
        replaces=older,
        by=arrival.by if place else "",
        languages=settings.languages,
    )
    if filed.how != "duplicate":
        undescribed.drop(conn, filed.edition)  # it was still to be, as the file it was before
        experiences.add(conn, filed.edition, statements)
    ended = outcomes.ended(arrival, edition, filed, reading.problem, description.problem)
    if place is None:
        older_sha256 = before.sha256 if before else ""
        actions.taken_in(writer, arrival.path, filed, edition, older_sha256)
    elif filed.how == "replaced" and place.sha256 != arrival.sha256:
        versions.note(writer, place, edition.filename, arrival.sha256, by=arrival.by)
    return _closed(writer, arrival, edition, filed, pages, description.mark, like, ended)


def _closed(
    writer: Writer,
    arrival: Arrival,
    edition: Edition,
    filed: Filed,
    pages: Sequence[Page],
    mark: Mark,
    like: Sequence[Likeness],
    ended: Ended,
) -> Ended:
    """Keep what tells others like it, end the arrival, and owe what comes next."""
    scans = scans_wanted(edition.media_type, pages)
    if ended.outcome is Outcome.ADDED and not ended.reason and scans:
        ended = outcomes.with_pictures(ended, pages)
    if filed.how != "duplicate":
        candidates.keep(writer.conn, filed.edition, mark, edition.text_bytes, like)
        likeness = candidates.looks_like(writer.conn, filed.edition, filed.resource, like)
        if likeness and not ended.reason:
            named = Message(likeness.code, {**likeness.values, "file": arrival.path})
            ended = replace(ended, reason="alike", messages=(named,))
    _end(writer, ended, arrival, filed.edition)
    if not edition.laid_out and filed.how != "duplicate":
        outbox.owe(writer.conn, "layout", [filed.edition])
    if filed.how != "duplicate" and scans:
        outbox.owe(writer.conn, "ocr", [filed.edition])
    return ended


def _end(writer: Writer, ended: Ended, arrival: Arrival, edition: str) -> None:
    outbox.end_arrival(
        writer.conn,
        arrival.id,
        ended.outcome,
        readers=readers(),
        edition=edition,
        reason=ended.reason,
        messages=ended.messages,
    )


def _twin(conn: Connection, arrival: Arrival) -> tuple[Edition, str] | None:
    """The edition that has a file's very words, and its resource."""
    held = queries.edition_with(conn, arrival.sha256) or queries.superseded(conn, arrival.sha256)
    edition = queries.edition(conn, held[0]) if held else None
    return (edition, held[1]) if held and edition else None
