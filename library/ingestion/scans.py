"""Pages without usable text are read from their pictures, when everything else is done.

What is owed stays in the outbox until Tesseract is installed. Pages are kept as they are read, a
few at a time, so that a long scan that is stopped goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from library import metadata as describing
from library import sandbox
from library.catalogue import Catalogue, Task
from library.catalogue.arrivals import rescans
from library.catalogue.arrivals.rescans import KIND, SEPARATOR
from library.catalogue.changes import history
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import queries
from library.catalogue.resources.writer import Writer
from library.core.cancellation import Stopping
from library.core.errors import InputError, Unsupported
from library.core.formats import UNKNOWN
from library.core.messages import Message
from library.core.resource import SCANNED, STRANGE, Edition, Page, Said, Statement
from library.extractors import EXTRACTORS
from library.ingestion import ocr
from library.ingestion.changes import DESCRIBED_LATER
from library.ingestion.contents import contents_of
from library.ingestion.work import INDEX_SELDOM, LEASE, OnPage, Work

SLICE = 120.0  # seconds of reading between one keeping and the next
MORE, AT_LEAST = 1.5, 80  # of the characters typed over a picture: what it must say to be read
LATER = 86400.0  # seconds until a scan in a language Tesseract has not learnt is looked at again


def every(
    work: Work, *, jobs: int = 1, on_page: OnPage = lambda pages: None
) -> Generator[str, None, None]:
    """Read every scan that waits, if that can be done here; each id is yielded once it is done."""
    done = work.spread(_claimed(work), lambda task: read(work, task, on_page), jobs)
    with closing(work.indexing(done, INDEX_SELDOM)) as ended:
        yield from filter(None, ended)


def owed(work: Work) -> int:
    """How many editions wait for their scans to be read, and can be here."""
    with work.catalogue.read() as conn:
        return outbox.owed(conn, KIND) if ocr.installed() else 0


def claim(work: Work) -> list[Task]:
    """The scan that waits longest, if scans can be read here."""
    return work.catalogue.claim(KIND, LEASE) if ocr.installed() else []


def read(work: Work, task: Task, on_page: OnPage = lambda pages: None) -> str:
    """Read a scan for a while; its edition's id, or "" while some of it is still to be read."""
    id_, _, named = task.subject.partition(SEPARATOR)
    asked = tuple(filter(None, named.split("+")))
    with work.catalogue.read() as conn:
        edition = queries.edition(conn, id_)
        statements = queries.statements(conn, [id_])
    pages = work.catalogue.pages(id_) if edition else []
    spoken = _by_staff(statements)
    wanted = [page for page in pages if _is_wanted(page, asked or tuple(filter(None, [spoken])))]
    if edition is not None and not wanted and task.attempts > 1:
        # Its pictures were read before; what they say was not described.
        done = [page for page in pages if page.scanned]
        _keep(work, edition, pages, done, statements, task, whole=True)
        return id_
    if edition is None or not wanted or not EXTRACTORS.get(edition.media_type, UNKNOWN).scan:
        with work.catalogue.write() as writer:
            outbox.finish(writer.conn, [task.id])
        return id_
    own = spoken or (edition.language if any(_is_sound(page) for page in pages) else "")
    codes = asked or ((own,) if own else work.settings.languages)
    if not ocr.languages_for(codes):
        with work.catalogue.write() as writer:
            outbox.give_back(writer.conn, [task.id], tried=False, later=LATER)
        return ""
    try:
        done = list(_read(work, edition, wanted, codes, bool(asked), on_page))
    except sandbox.Stopped:
        with work.catalogue.write() as writer:
            outbox.give_back(writer.conn, [task.id], tried=False)
        raise
    _keep(work, edition, pages, done, statements, task, whole=len(done) == len(wanted))
    return id_ if len(done) == len(wanted) else ""


def again(
    work: Work, edition: Edition, codes: Sequence[str], on_page: OnPage = lambda pages: None
) -> bool:
    """Read an edition's scans once more, now; whether this process did it, and no other.

    Raises Unsupported.
    """
    subject = ask_again(work.catalogue, edition, codes)
    done = ""
    while not done:
        tasks = work.catalogue.claim(KIND, LEASE, among=[subject])
        if not tasks:
            return False
        done = read(work, tasks[0], on_page)
    work.index()
    return True


def ask_again(catalogue: Catalogue, edition: Edition, codes: Sequence[str]) -> str:
    """Owe that the pictures of an edition's pages are read once more, in these languages.

    codes: ISO 639. All of them are tried on every page; staff's word on the document's own
    language stays as it is. The task's subject is returned. Raises Unsupported where that cannot
    be done.
    """
    if not ocr.installed():
        raise Unsupported("tesseract missing")
    missing = [code for code in codes if not ocr.languages_for([code])]
    if missing:
        raise Unsupported("tesseract language", languages=", ".join(missing))
    if not is_scan(edition, catalogue.pages(edition.id)):
        raise Unsupported("edition not scanned", title=edition.title, file=edition.filename)
    with catalogue.write() as writer:
        return rescans.ask(writer, edition.id, codes, by=history.COMMAND_LINE)


def tell_languages(catalogue: Catalogue) -> None:
    """Write down, for the site, which languages can be read from pictures by this process."""
    codes = sorted(code for code in ocr.LANGUAGES if ocr.languages_for([code]))
    with catalogue.read() as conn:
        if list(rescans.languages(conn)) == codes:
            return
    with catalogue.write() as writer:
        rescans.tell_languages(writer.conn, codes)


def _read(
    work: Work,
    edition: Edition,
    wanted: Sequence[Page],
    codes: Sequence[str],
    all_of_them: bool,
    on_page: OnPage,
) -> Iterator[Page]:
    """Pages as their pictures say, for as long as a slice of time lasts."""
    began = time.monotonic()
    with work.holdings.local(edition.sha256) as original:
        for page in wanted:
            if work.stopping.is_set():
                raise sandbox.Stopped
            yield _page(original, edition.media_type, page, codes, all_of_them, work.stopping)
            on_page(1)
            if time.monotonic() - began > SLICE:
                return


def _page(
    original: Path,
    media_type: str,
    page: Page,
    codes: Sequence[str],
    all_of_them: bool,
    stop: Stopping,
) -> Page:
    """A page with the words of its picture; as it was, but marked, where there are none.

    all_of_them: read it in all the languages, not only in those of its script.
    """
    tried = replace(page, reader=SCANNED)
    try:
        picture = sandbox.scan(original, media_type, page.number, stop=stop)
        if not picture:
            return tried
        fitting = codes if all_of_them else ocr.of_script(picture, codes, stop)
        languages = ocr.languages_for(fitting)
        tried = replace(page, reader=f"{SCANNED} {'+'.join(languages)}")
        words = ocr.read(picture, languages, stop)
    except InputError:
        return tried
    if not words.text or words.confidence < ocr.SURE:
        return tried
    typed = page.pictured and not page.unreadable
    if typed and len(words.text) < MORE * len(page.text) + AT_LEAST:
        return tried  # its picture says no more than what was typed over it
    return replace(
        tried, text=words.text, blocks=words.blocks, layout=SCANNED, score=words.confidence
    )


def _keep(
    work: Work,
    edition: Edition,
    pages: Sequence[Page],
    done: Sequence[Page],
    statements: Sequence[Statement],
    task: Task,
    *,
    whole: bool,
) -> None:
    read = {page.number: page for page in done}
    now = [read.get(page.number, page) for page in pages]
    describer = work.describing()
    if whole and not any(_is_sound(page) for page in pages if not page.scanned):
        described = describer.scanned(
            now,
            filename=edition.filename,
            language=_by_staff(statements) or None,
            otherwise=edition.language,
        )
        done = [page for page in described.pages if page.number in read]
    else:
        language = _by_staff(statements) or edition.language
        described = describer.passages(done, filename=edition.filename, language=language)
        done = described.pages
    guesses = described.statements
    with work.catalogue.write() as writer:
        current = queries.edition(writer.conn, edition.id)
        if current is None or current.sha256 != edition.sha256:
            outbox.finish(writer.conn, [task.id])  # another file took its place meanwhile
            return
        writer.reread(edition.id, done, edition.contents or contents_of(now, Said()))
        if guesses:
            writer.guess_again(edition.id, guesses, describing.decide)
        if whole and described.problem:
            # The words are kept; who looks after the library sees that something of it waits.
            later = DESCRIBED_LATER * task.attempts
            outbox.give_back(writer.conn, [task.id], tried=True, later=later)
        elif whole:
            outbox.finish(writer.conn, [task.id])
            if SEPARATOR not in task.subject:
                _in_its_language(writer, edition.id)
        else:
            outbox.give_back(writer.conn, [task.id], tried=False)


def _in_its_language(writer: Writer, edition: str) -> None:
    """Have a scan read again in the language that its words turned out to be of.

    Where Tesseract has not learnt that, it is said.
    """
    kept = queries.edition(writer.conn, edition)
    named = ocr.LANGUAGES.get(kept.language) if kept else None
    read_in = {name for page in queries.pages(writer.conn, edition) for name in page.read_in}
    if kept is None or named is None or not read_in or named[0] in read_in:
        return
    if ocr.languages_for([kept.language]):
        outbox.owe(writer.conn, KIND, [f"{edition}{SEPARATOR}{kept.language}"])
    else:
        values = {"data": named[0], "package": named[0].replace("_", "-")}
        writer.tell_unread(edition, Message(STRANGE, values))


def _claimed(work: Work) -> Iterator[Task]:
    while not work.stopping.is_set() and (tasks := claim(work)):
        yield from tasks


def _is_wanted(page: Page, spoken: Sequence[str]) -> bool:
    """Whether a page is to be read: it has no usable words, or staff named other languages."""
    if page.scanned:
        named = ocr.languages_for(spoken)
        return bool(named) and page.reader not in (SCANNED, f"{SCANNED} {'+'.join(named)}")
    return page.unreadable or page.pictured


def is_scan(edition: Edition, pages: Sequence[Page]) -> bool:
    """Whether words of an edition can only be had from pictures of its pages."""
    pictures = any(page.scanned or page.unreadable or page.pictured for page in pages)
    return pictures and bool(EXTRACTORS.get(edition.media_type, UNKNOWN).scan)


def _is_sound(page: Page) -> bool:
    return not page.unreadable


def _by_staff(statements: Sequence[Statement]) -> str:
    return next(
        (str(s.value) for s in statements if s.field == "language" and s.source == "staff"), ""
    )
