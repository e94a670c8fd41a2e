"""The bridge from the catalogue to the index: what of a resource can be found, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.document import Document, Passage
from index.engine import (
    IndexBusy,
    IndexNotWritten,
    IndexUnreachable,
    IndexUnusable,
    SearchEngine,
)
from index.fields import FILED
from library.catalogue import Catalogue, Task
from library.catalogue.queue import tasks as outbox
from library.core import logs
from library.core.resource import Edition, Resource
from library.search.engines import open_engine as open_engine
from library.vocabularies import Vocabularies

LEASE = 300.0  # seconds a batch may take before another process may try it
BATCH = 64  # resources in one commit: memory stays bounded, and new ones are soon found
BULK = 512  # the same where many are owed: one commit of many costs less than many commits
AWAY = 10.0  # seconds after which a server that could not take a batch is asked again
SCANNED_DOUBT = 0.3


def document_of(resource: Resource, catalogue: Catalogue, words: Vocabularies) -> Document:
    """A resource as the index knows it: every edition's pages under one work."""
    labels = {"language": resource.languages}
    for facet in FILED:  # a narrower concept counts under those above it too
        labels[facet] = words.expand(facet, resource.filed(facet))
    main = resource.edition(*words.languages)
    others = [edition for edition in resource.editions if edition is not main]
    date = resource.date
    return Document(
        id=resource.id,
        title=main.title,
        language=main.language,
        summary=main.summary,
        titles=tuple((edition.language, edition.title) for edition in others),
        authors=(*dict.fromkeys(name for e in resource.editions for name in e.authors),)
        + ((resource.publisher,) if resource.publisher else ()),
        headings=tuple(
            (edition.language, heading.title)
            for edition in resource.editions
            for heading in edition.contents
        ),
        labels=labels,
        year=date.year if date else None,
        added=resource.added.toordinal() - 719163,  # the ordinal of 1970-01-01
        quality=min(map(_quality, resource.editions)),
        passages=tuple(
            Passage(edition.id, page.language or edition.language, page.number, page.text)
            for edition in resource.editions
            for page in catalogue.pages(edition.id)
            if not page.unreadable
        ),
    )


def _quality(edition: Edition) -> float:
    """How far the words of an edition can be trusted: those of a scan never wholly."""
    scanned = edition.scanned / max(1, edition.pages)
    return edition.text_quality * (1 - SCANNED_DOUBT * scanned)


def documents(
    catalogue: Catalogue, words: Vocabularies, ids: Sequence[str] | None = None
) -> Iterator[Document]:
    """Every published resource, or these of them, a batch in memory at a time."""
    wanted = catalogue.every() if ids is None else ids
    for start in range(0, len(wanted), BATCH):
        for resource in catalogue.resources(wanted[start : start + BATCH]):
            yield document_of(resource, catalogue, words)


def bring_up_to_date(
    catalogue: Catalogue,
    engine: SearchEngine,
    words: Vocabularies,
    limit: int = BATCH,
    among: Sequence[str] = (),
) -> int:
    """Index a batch of what the outbox owes; how many were done. 0 when there is nothing to do,
    when another process is at it, or when the server of the index cannot take it: it stays owed,
    and other work goes on. among: only these resources.
    """
    revision = catalogue.revision()
    tasks = catalogue.claim("index", LEASE, limit, among)
    if not tasks:
        return 0
    words = catalogue.vocabularies(words)  # at least as new as what made these tasks
    try:
        _index(catalogue, engine, words, tasks)
    except BaseException as error:
        with catalogue.write() as writer:
            tried = isinstance(error, Exception) and not _waits(error)
            later = AWAY if _is_away(error) else 0.0
            outbox.give_back(writer.conn, [task.id for task in tasks], tried=tried, later=later)
        if _waits(error):
            if _is_away(error):
                logs.event("index waits", "warning", reason=str(error))
            return 0
        raise
    with catalogue.write() as writer:
        outbox.finish(writer.conn, [task.id for task in tasks])
        outbox.brought(writer.conn, engine.info().engine, revision)
    return len(tasks)


def _waits(error: BaseException) -> bool:
    """Whether an error says that an index takes nothing now, and will take all of it later."""
    return isinstance(error, IndexBusy) or _is_away(error)


def _is_away(error: BaseException) -> bool:
    """The same of the server that an index is in."""
    if isinstance(error, IndexNotWritten):
        return error.code == "server full"
    return isinstance(error, IndexUnreachable)


def learn(engine: SearchEngine) -> bool:
    """Let the engine learn from the texts, where it is time to; whether it did."""
    try:
        return engine.learn()
    except (IndexBusy, IndexUnusable, IndexUnreachable):
        return False  # another process is at it, nothing is indexed yet, or its server is away


def _index(
    catalogue: Catalogue, engine: SearchEngine, words: Vocabularies, tasks: Sequence[Task]
) -> None:
    ids = [task.subject for task in tasks]
    there = {resource.id for resource in catalogue.resources(ids)}
    engine.update(documents(catalogue, words, [id_ for id_ in ids if id_ in there]))
    gone = [id_ for id_ in ids if id_ not in there]
    if gone:
        engine.remove(gone)


def rebuild(
    catalogue: Catalogue, engine: SearchEngine, words: Vocabularies, *, beside: bool = False
) -> int:
    """Build the whole index anew beside the old one, then switch; how many works it holds.

    What changes meanwhile stays owed, and is indexed after the switch. `beside`: for an engine
    that is to be searched later, so that what is owed stays owed to the one that is searched now.
    """
    revision = catalogue.revision()
    before = [] if beside else catalogue.claim("index", LEASE, 1_000_000)
    words = catalogue.vocabularies(words)
    try:
        engine.rebuild(documents(catalogue, words))
    except BaseException:
        with catalogue.write() as writer:
            outbox.give_back(writer.conn, [task.id for task in before], tried=False)
        raise
    with catalogue.write() as writer:
        outbox.finish(writer.conn, [task.id for task in before])
        outbox.brought(writer.conn, engine.info().engine, revision)
    return len(engine.ids())


def behind(catalogue: Catalogue, engine: SearchEngine) -> bool:
    """Whether another engine was searched, and kept up to date, since this one was."""
    with catalogue.read() as conn:
        return outbox.behind(conn, engine.info().engine)
