"""`library ingest`: files and folders become resources that can be found and read."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from library import folders
from library import metadata as describing
from library.catalogue import waiting as outbox
from library.cli.opening import Library, fresh_index, opened
from library.errors import InputError, UsageError
from library.ingest import Ended
from library.originals import shown
from library.resource import Outcome, Status
from library.vocabularies import Vocabularies

CHOSEN = ("topic", "audience", "group", "use", "place", "kind", "language")


@click.command(short_help="Bring in files and folders.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--topic", multiple=True, metavar="ID", help="A topic of every file; may repeat.")
@click.option("--audience", multiple=True, metavar="ID", help="Whom they are for; may repeat.")
@click.option("--group", multiple=True, metavar="ID", help="A group of workers; may repeat.")
@click.option("--use", multiple=True, metavar="ID", help="A use in a session; may repeat.")
@click.option("--place", multiple=True, metavar="ID", help="A country or region; may repeat.")
@click.option("--kind", default="", metavar="ID", help="The kind of document.")
@click.option("--language", default="", metavar="CODE", help="Their language, such as en or es.")
@click.option("--draft", is_flag=True, help="Keep them from readers until published.")
@click.option(
    "--jobs",
    default=0,
    type=click.IntRange(min=0),
    metavar="N",
    help="How many files are read at once; default: one for each processor.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and no more.")
def ingest(
    paths: tuple[Path, ...], draft: bool, jobs: int, as_json: bool, **options: str | tuple[str, ...]
) -> None:
    """Bring in files, and folders with all that is in them.

    Every file is stored, then made findable, then its pages are laid out for reading. Running the
    same command again goes on where it stopped. Beside a file, NAME.toml, and in a folder,
    metadata.csv (column `file`, then field names), say what staff know; that wins over guesses.
    """
    given = {name: value for name, value in options.items() if value}
    jobs = jobs or os.cpu_count() or 1
    started = time.monotonic()
    with opened(make=True) as library:
        fresh_index(library)
        _known(given, library.vocabularies)
        found = [
            folders.Found(one.path, {**given, **one.fields}, one.problem)
            for one in folders.find(paths)
        ]
        if not found:
            raise UsageError(
                f"There is no file in {', '.join(shown(path) for path in paths)}.",
                "Name files, or folders with files in them.",
            )
        status = Status.DRAFT if draft else Status.PUBLISHED
        report = _Report(as_json, len(found))
        with report.showing():
            work = library.ingest()
            for ended in work.files(found, status=status, jobs=jobs, on_page=report.on_page):
                report.ended(ended)
            _make_collections(library, paths, report)
            report.layouts(_owed(library))
            for _ in work.layouts(jobs=jobs, on_page=report.on_page):
                report.laid_out()
        report.summary(time.monotonic() - started)
    if report.counts[Outcome.FAILED] or report.complaints:
        raise SystemExit(1)


def _known(given: dict[str, str | tuple[str, ...]], vocabularies: Vocabularies) -> None:
    """A wrong word in an option is wrong for every file: say so before beginning."""
    try:
        describing.staff(given, vocabularies)
    except InputError as error:
        raise UsageError(error.message, error.remedy) from error


def _owed(library: Library) -> int:
    with library.catalogue.read() as conn:
        return outbox.owed(conn, "layout")


def _make_collections(library: Library, paths: tuple[Path, ...], report: _Report) -> None:
    try:
        unknown = library.ingest().collections(folders.collections_in(paths))
    except InputError as error:
        report.complain(str(error))
    else:
        for name in unknown:
            report.complain(f"A collection names a resource that is not here: {name}.")


class _Report:
    """What staff see while files are read: a bar on a terminal, lines elsewhere."""

    def __init__(self, as_json: bool, files: int) -> None:
        self.counts: Counter[Outcome] = Counter()
        self.complaints: list[str] = []
        self._pages = 0
        self._failed: list[Ended] = []
        self._json = as_json
        self._files = files
        self._console = Console(stderr=True)
        self._began = time.monotonic()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages · {task.fields[rate]} pages/s"),
            TimeElapsedColumn(),
            console=self._console,
            disable=as_json or not self._console.is_terminal,
        )
        self._task = self._progress.add_task("Making findable", total=files, pages=0, rate=0)
        self._seen = 0

    @contextmanager
    def showing(self) -> Iterator[None]:
        with self._progress:
            yield

    def on_page(self, pages: int) -> None:
        self._seen += pages
        rate = self._seen / max(time.monotonic() - self._began, 0.001)
        self._progress.update(self._task, pages=self._seen, rate=round(rate))

    def ended(self, ended: Ended) -> None:
        self.counts[ended.outcome] += 1
        self._pages += ended.pages
        self._progress.advance(self._task)
        if self._json:
            click.echo(json.dumps(ended.json(), ensure_ascii=False))
        if ended.outcome is Outcome.FAILED:
            self._failed.append(ended)

    def layouts(self, count: int) -> None:
        self._seen, self._began = 0, time.monotonic()
        if count:
            self._task = self._progress.add_task("Laying out", total=count, pages=0, rate=0)

    def laid_out(self) -> None:
        self._progress.advance(self._task)

    def complain(self, words: str) -> None:
        self.complaints.append(words)

    def summary(self, seconds: float) -> None:
        for ended in self._failed:
            click.secho(f"failed ({ended.reason}): {ended.message}", fg="red", err=True)
        for words in self.complaints:
            click.secho(words, fg="red", err=True)
        if self._json:
            counts = {outcome.value: self.counts[outcome] for outcome in Outcome}
            line = {"summary": counts, "pages": self._pages, "seconds": round(seconds, 3)}
            click.echo(json.dumps(line))
            return
        table = Table(box=None, show_header=False, pad_edge=False)
        for outcome in Outcome:
            if self.counts[outcome]:
                table.add_row(outcome.value, str(self.counts[outcome]))
        console = Console()
        console.print(table)
        console.print(f"{self._files} files, {self._pages} pages read in {seconds:.1f} s")
