"""Layouts: how an edition gets one, and how those that an older reader made are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from library import sandbox
from library.catalogue import Catalogue, Task
from library.catalogue.editions.likenesses import keep_outline
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import covers, queries
from library.core.errors import InputError
from library.core.resource import Edition, Page
from library.extractors import EXTRACTORS, LAYOUT
from library.ingestion.changes import DESCRIBED_LATER
from library.ingestion.contents import contents_of
from library.ingestion.work import OnPage, Work
from library.likeness.structure import outline_of

KIND = "layout"  # of the outbox's tasks


def older(catalogue: Catalogue) -> list[str]:
    """Ids of the editions with pages laid out by another version than today's, and not owed yet."""
    types = [name for name, row in EXTRACTORS.items() if row.layout]
    with catalogue.read() as conn:
        owed = outbox.subjects(conn, KIND)
        return [id_ for id_ in queries.laid_out_otherwise(conn, LAYOUT, types) if id_ not in owed]


def owe(catalogue: Catalogue) -> int:
    """Put them in the outbox; how many. What is owed stays owed if this is stopped."""
    editions = older(catalogue)
    with catalogue.write() as writer:
        outbox.owe(writer.conn, KIND, editions)
    return len(editions)


def words_anew(kept: Sequence[Page], read: Sequence[Page]) -> list[Page]:
    """Pages as they are to be laid out once more: their words as they are read today.

    Those whose words came from pictures, and those that were not read this time, stay as they are.
    """
    fresh = {page.number: page for page in read}
    return [
        replace(fresh[page.number], label=page.label)
        if page.number in fresh and not page.scanned
        else page
        for page in kept
    ]


def lay_out(work: Work, task: Task, on_page: OnPage = lambda pages: None) -> str:
    """Give an edition's pages headings, lists and tables; keep the better of two texts."""
    with work.catalogue.read() as conn:
        edition = queries.edition(conn, task.subject)
    if edition is not None:
        pages_held = work.catalogue.pages(edition.id)
        with work.holdings.local(edition.sha256) as original:
            read, words, words_problem = _layout_of(
                work, task, original, edition, pages_held, on_page
            )
        laid_out = {page.number: page for page in read.pages}
        described = work.describing().layout(
            words, laid_out, filename=edition.filename, language=edition.language
        )
        pages = described.pages
        with work.catalogue.write() as writer:
            now = queries.edition(writer.conn, edition.id)
            if now is None or now.sha256 != edition.sha256:
                pass  # another file took its place meanwhile, and is owed its own layout
            elif read.pages:
                writer.lay_out(edition.id, pages, contents_of(pages, read.said))
                keep_outline(writer.conn, edition.id, outline_of(pages))
                if read.said.cover:
                    covers.suggest(writer, edition.id)
            else:
                writer.give_up_layout(edition.id)
            describing_failed = described.problem or words_problem
            if describing_failed and now is not None and now.sha256 == edition.sha256:
                # What was laid out is kept; who looks after the library sees that it waits.
                later = DESCRIBED_LATER * task.attempts
                outbox.give_back(writer.conn, [task.id], tried=True, later=later)
            else:
                outbox.finish(writer.conn, [task.id])
    else:
        with work.catalogue.write() as writer:
            outbox.finish(writer.conn, [task.id])
    return task.subject


def _layout_of(
    work: Work,
    task: Task,
    original: Path,
    edition: Edition,
    pages_held: Sequence[Page],
    on_page: OnPage,
) -> tuple[sandbox.Reading, Sequence[Page], InputError | None]:
    """The layout of an edition, and its words: read anew where they were laid out before.

    Beside them why the words could not be described, where they could not.
    """
    try:
        read = sandbox.read(
            original,
            edition.media_type,
            layout=True,
            on_page=lambda number, of: on_page(1),
            stop=work.stopping,
        )
        if not edition.laid_out or not read.pages:
            return read, pages_held, None
        anew, opinions = work.words_of(original, edition.media_type)
        words = work.describing().passages(
            anew.pages,
            filename=edition.filename,
            language=edition.language,
            opinions=opinions,
        )
    except sandbox.Stopped:
        with work.catalogue.write() as writer:
            outbox.give_back(writer.conn, [task.id], tried=False)
        raise
    laid_out = {page.number for page in read.pages}
    fresh = [page for page in words.pages if page.number in laid_out]
    return read, words_anew(pages_held, fresh), words.problem
