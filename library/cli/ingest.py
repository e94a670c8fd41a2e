"""`library ingest`: files and folders become resources that can be found and read, once or for
as long as the command watches.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from library import metadata as describing
from library.catalogue.queue import tasks as outbox
from library.cli import facets
from library.cli.grace import bound
from library.cli.interrupts import calmly
from library.cli.parts import Library, fresh_index, opened
from library.core import memory
from library.core.errors import InputError, UsageError
from library.core.resource import Outcome, Status
from library.fetching import Allowed, Fetcher
from library.ingestion import candidates, folders, scans
from library.ingestion.folders import Passed
from library.ingestion.pipeline import Ended
from library.ingestion.watch import Watch
from library.moving_in import harvest
from library.moving_in.web_addresses import WEB
from library.search import indexer
from library.store import homes
from library.store.originals import shown
from library.vocabularies import Vocabularies

Given = dict[str, str | tuple[str, ...]]  # staff's word on every file, by field


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH…")
@facets.to_file
@click.option("--language", default="", metavar="CODE", help="Their language, such as en or es.")
@click.option("--draft", is_flag=True, help="Keep them from readers until published.")
@click.option(
    "--jobs",
    default=0,
    type=click.IntRange(min=0),
    metavar="N",
    help="How many files are read at once; default: one for each processor.",
)
@click.option("--watch", is_flag=True, help="Go on, and bring in what is put there later.")
@click.option(
    "--every",
    default=5.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="How long --watch waits between two looks.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and no more.")
def ingest(
    sources: tuple[str, ...],
    draft: bool,
    jobs: int,
    watch: bool,
    every: float,
    as_json: bool,
    **options: str | tuple[str, ...],
) -> None:
    """Bring in files, and folders with all that is in them; or documents by their addresses.

    Every file is stored, then made findable, then described, then its pages are laid out for
    reading. Running the same command again goes on where it stopped. Beside a file, NAME.toml,
    and in a folder, metadata.csv (column `file`, then field names), say what staff know; that wins
    over guesses. An address (https://…) is fetched where LIBRARY_FETCH_FROM names its host.
    """
    if watch:
        memory.give_back()
    bound(well=watch)
    paths = tuple(Path(one) for one in sources if not one.startswith(WEB))
    addresses = [one for one in sources if one.startswith(WEB)]
    if watch and addresses:
        raise UsageError("watch address", address=addresses[0])
    given = {name: value for name, value in options.items() if value}
    jobs = jobs or os.cpu_count() or 1
    status = Status.DRAFT if draft else Status.PUBLISHED
    with opened(make=True) as library:
        fresh_index(library)
        _known(given, library.vocabularies)
        if watch:
            home = homes.home_of(library.settings)
            seen = Watch(paths, say=_aside, home=home)
            _watch(library, seen, every, given, status, jobs, as_json)
            return
        passed: dict[Passed, None] = {}
        files = list(folders.find(paths, homes.home_of(library.settings), passed.setdefault))
        for path in passed:
            _aside(str(path))
        if not files and not passed and not addresses:
            raise UsageError("no files", folders=", ".join(map(shown, paths)))
        report = _Report(as_json, len(files) + len(addresses), passed)
        with TemporaryDirectory(prefix="fetched-", dir=library.settings.home) as folder:
            files += _fetched(library, addresses, Path(folder), report)
            _bring_in(library, paths, _told(files, given), status, jobs, report)
        report.summary()
    if report.counts[Outcome.FAILED] or report.complaints:
        raise SystemExit(1)


def _fetched(
    library: Library, addresses: Sequence[str], folder: Path, report: _Report
) -> list[folders.Found]:
    """Documents of other servers, saved; one that cannot be had is complained of."""
    settings = library.settings
    save = harvest.saved(Fetcher(Allowed(settings.fetch_from), settings.contact), folder)
    found = []
    for address in dict.fromkeys(addresses):
        try:
            fields = {"source_url": address}
            found.append(folders.Found(save(address), fields, origin=address))
        except InputError as error:
            report.complain(str(error))
    return found


def _told(files: Iterable[folders.Found], given: Given) -> list[folders.Found]:
    return [replace(file, fields={**given, **file.fields}) for file in files]


def _bring_in(
    library: Library,
    paths: tuple[Path, ...],
    documents: list[folders.Found],
    status: Status,
    jobs: int,
    report: _Report,
) -> None:
    """Make these files findable, make the collections of their folders, and lay out pages."""
    work = library.ingest()
    report.begin()
    with report.showing():
        with calmly(work.stopping):
            files = work.files(
                documents,
                status=status,
                jobs=jobs,
                on_page=report.on_page,
                on_file=report.read,
                on_found=report.found,
            )
            with closing(files):
                for ended in files:
                    report.ended(ended)
            report.described()
            _make_collections(library, paths, report)
            report.layouts(_owed(library))
            _all(work.layouts(jobs=jobs, on_page=report.on_page), report)
            report.scans(scans.owed(work))
            _all(scans.every(work, jobs=jobs, on_page=report.on_page), report)
        candidates.bring_up_to_date(library.catalogue)
        indexer.learn(library.engine)


def _all(work: Generator[str, None, None], report: _Report) -> None:
    with closing(work):
        for _ in work:
            report.laid_out()


def _watch(
    library: Library,
    watch: Watch,
    every: float,
    given: Given,
    status: Status,
    jobs: int,
    as_json: bool,
) -> None:
    """Bring in what settles in the folders until somebody stops it: that is how it ends well."""
    report = _Report(as_json, 0, follow=True)
    _aside(f"Watching {', '.join(shown(path) for path in watch.roots)}  (Ctrl-C stops it)")
    try:
        while True:
            if settled := watch.look():
                paths = tuple(path for path in watch.roots if path.is_dir())
                _bring_in(library, paths, _told(settled, given), status, jobs, report)
                watch.given(settled)
            time.sleep(every)
    except KeyboardInterrupt:
        report.summary()


def _aside(line: str) -> None:
    """Say something to whoever looks at the terminal, beside what is printed for programs."""
    click.echo(line, err=True)


def _known(given: Given, vocabularies: Vocabularies) -> None:
    """A wrong word in an option is wrong for every file: say so before beginning."""
    try:
        describing.staff(given, vocabularies)
    except InputError as error:
        raise UsageError(error.code, **error.values) from error


def _owed(library: Library) -> int:
    with library.catalogue.read() as conn:
        return outbox.owed(conn, "layout")


def _make_collections(library: Library, paths: tuple[Path, ...], report: _Report) -> None:
    try:
        complaints = library.ingest().collections(folders.collections_in(paths))
    except InputError as error:
        report.complain(str(error))
    else:
        for line in complaints:
            report.complain(line)


class _Report:
    """What staff see while files are read: a bar on a terminal, or a line for each (`follow`)."""

    def __init__(
        self, as_json: bool, files: int, passed: Iterable[Passed] = (), *, follow: bool = False
    ) -> None:
        self._follow = follow and not as_json
        self._passed = list(passed)
        self.counts: Counter[Outcome] = Counter()
        self.complaints: list[str] = []
        self._pages = 0
        self._failed: list[Ended] = []
        self._json = as_json
        self._started = time.monotonic()
        self._console = Console(stderr=True)
        self._began = time.monotonic()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages · {task.fields[rate]} pages/s"),
            TimeElapsedColumn(),
            console=self._console,
            disable=as_json or follow or not self._console.is_terminal,
        )
        self._task = self._progress.add_task("Making findable", total=files, pages=0, rate=0)
        self._seen = 0
        self._describing = False
        self._found = self._told = 0.0

    @contextmanager
    def showing(self) -> Iterator[None]:
        with self._progress:
            yield

    def on_page(self, pages: int) -> None:
        self._seen += pages
        rate = self._seen / max(time.monotonic() - self._began, 0.001)
        self._progress.update(self._task, pages=self._seen, rate=round(rate))

    def begin(self) -> None:
        """Files are read from here on."""
        self._describing, self._began = False, time.monotonic()

    def read(self) -> None:
        """A file was read: it is soon found, or it has ended."""
        self._progress.advance(self._task)

    def found(self, left: int) -> None:
        """All that was read can be found; so many documents are still to be described."""
        self._found += time.monotonic() - self._began
        self._describing = True
        self._phase("Describing", left)

    def described(self) -> None:
        """All that was found is described."""
        self._told += time.monotonic() - self._began

    def ended(self, ended: Ended) -> None:
        self.counts[ended.outcome] += 1
        self._pages += ended.pages
        if self._describing:
            self._progress.advance(self._task)
        if self._json:
            click.echo(json.dumps(ended.json(), ensure_ascii=False))
        if self._follow:
            click.echo(f"{ended.outcome}: {ended.said or ended.file}")
        elif ended.outcome is Outcome.FAILED:
            self._failed.append(ended)

    def layouts(self, count: int) -> None:
        self._phase("Laying out", count)

    def scans(self, count: int) -> None:
        self._phase("Reading scans", count)

    def _phase(self, name: str, count: int) -> None:
        self._seen, self._began = 0, time.monotonic()
        if count:
            self._task = self._progress.add_task(name, total=count, pages=0, rate=0)

    def laid_out(self) -> None:
        self._progress.advance(self._task)

    def complain(self, words: str) -> None:
        if words in self.complaints:
            return
        self.complaints.append(words)
        if self._follow:
            _aside(words)

    def summary(self) -> None:
        seconds = time.monotonic() - self._started
        for ended in self._failed:
            click.secho(f"failed ({ended.reason}): {ended.said}", fg="red", err=True)
        for words in () if self._follow else self.complaints:
            click.secho(words, fg="red", err=True)
        if self._json:
            counts = {outcome.value: self.counts[outcome] for outcome in Outcome}
            line = {
                "summary": counts,
                "pages": self._pages,
                "seconds": round(seconds, 3),
                "findable_after": round(self._found, 3),
                "described_after": round(self._found + self._told, 3),
            }
            passed = [
                {"file": shown(passed.path), "reason": passed.reason, "message": passed.message}
                for passed in self._passed
            ]
            click.echo(json.dumps({**line, "passed_over": passed}, ensure_ascii=False))
            return
        table = Table(box=None, show_header=False, pad_edge=False)
        for outcome in Outcome:
            if self.counts[outcome]:
                table.add_row(outcome.value, str(self.counts[outcome]))
        if self._passed:
            table.add_row("passed over", str(len(self._passed)))
        console = Console()
        console.print(table)
        console.print(
            f"{sum(self.counts.values())} files, {self._pages} pages read in {seconds:.1f} s: "
            f"found after {self._found:.1f} s, described after {self._found + self._told:.1f} s"
        )
