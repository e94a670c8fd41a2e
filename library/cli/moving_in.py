"""`library import`: an archive of another system becomes works of this library, or a table of ours
comes back. All of it or nothing, looked at before, and again without doubles.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from library.catalogue.provenance import terms
from library.cli import folders, tables
from library.cli.interrupts import calmly
from library.cli.parts import Library, fresh_index, opened
from library.core.errors import InputError, Unreadable, UsageError
from library.core.resource import Status
from library.fetching import Allowed, Fetcher
from library.moving_in import formats, harvest, importing, mapping, reading, unpacking
from library.moving_in.attachments import Files
from library.moving_in.plan import Plan, Planner, Row
from library.moving_in.reading import Archive
from library.moving_in.web_addresses import WEB
from library.operations import bag
from library.search import indexer
from library.sheets.cells import guarded
from library.store.originals import shown

SHOWN = 300  # rows and values that are printed
ADDRESSES = "addresses"
FROM = (*formats.FORMATS, ADDRESSES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, but for the source."""

    format: str
    mapping: Path | None
    files: tuple[Path, ...]
    fetch: bool
    cards: bool
    part: str
    since: str
    until: str


@click.command("import")
@click.argument("source")
@click.option(
    "--from", "format", type=click.Choice(FROM), help="Which system; default: it is told."
)
@click.option("--preview", is_flag=True, help="Say what would become of each row; do nothing.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="What their fields and values mean here (TOML).",
)
@click.option(
    "--files",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Where copies of their files are; may repeat.",
)
@click.option("--fetch", is_flag=True, help="Fetch files that are addresses, as settings allow.")
@click.option("--cards", is_flag=True, help="Make a page of what is known where there is no file.")
@click.option("--leave-out", is_flag=True, help="Bring in the rest where rows are faulty.")
@click.option("--draft", is_flag=True, help="Keep them from readers until published.")
@click.option("--later", is_flag=True, help="Leave describing and laying out to the worker.")
@click.option("--set", "part", default="", metavar="NAME", help="Of an OAI-PMH server: this set.")
@click.option("--since", default="", metavar="DAY", help="Of an OAI-PMH server: changed since.")
@click.option("--until", default="", metavar="DAY", help="Of an OAI-PMH server: changed until.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what became of each row, as a table (CSV).",
)
@click.option("--jobs", default=0, type=click.IntRange(min=0), metavar="N", help="Files at once.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and no more.")
def import_(
    source: str,
    format: str | None,
    preview: bool,
    leave_out: bool,
    draft: bool,
    later: bool,
    report: Path | None,
    jobs: int,
    as_json: bool,
    **options: object,
) -> None:
    """Bring in what another system exports, or take the words of a table of our own.

    SOURCE is a file, a folder or a zip file: RIS, BibTeX, CSL-JSON, Zotero RDF, Dublin Core tables
    of Omeka S and AtoM, Uwazi, DSpace, WordPress; the address of an OAI-PMH server; or, with
    --from addresses, a list of addresses. A table that `library export` wrote (CSV or JSON) is
    taken as staff's word on what is here already. All of it comes in, or nothing; what is here
    is told by its identifiers and its bytes, and does not come twice.
    """
    remote = source.startswith(WEB)
    path = Path(source)
    if not remote and not path.exists():
        raise UsageError("file unread", file=source, detail="it is not there")
    if not remote and not format and _is_ours(path):
        tables.take(path, preview)
        return
    if not remote and bag.is_bag(path):
        folders.take(path, preview)
        return
    asked = Asked(format or "", **options)  # type: ignore[arg-type]
    with opened(make=True) as library, _planned(library, source, asked) as plan:
        if preview:
            _tell(plan, as_json, every=True)
            _written(plan, report)
            _summary(plan, as_json, "would come in")
            sys.exit(1 if plan.faults else 0)
        _bring_in(
            library, plan, draft, leave_out, later, jobs or os.cpu_count() or 1, report, as_json
        )


def _bring_in(
    library: Library,
    plan: Plan,
    draft: bool,
    leave_out: bool,
    later: bool,
    jobs: int,
    report: Path | None,
    as_json: bool,
) -> None:
    fresh_index(library)
    work = library.ingest()
    status = Status.DRAFT if draft else Status.PUBLISHED
    with calmly(work.stopping):
        came = importing.carry_out(work, plan, status=status, leave_out=leave_out, jobs=jobs)
        if came.done:
            while indexer.bring_up_to_date(library.catalogue, library.engine, library.vocabularies):
                pass
    _tell(came.plan, as_json, every=as_json)
    _written(came.plan, report)
    if not came.done:
        click.echo(
            "Nothing was brought in. Mend those rows, or leave them out: --leave-out", err=True
        )
        sys.exit(1)
    _summary(came.plan, as_json, "came in")
    if not later:
        with calmly(work.stopping):
            for steps in (work.descriptions(jobs=jobs), work.layouts(jobs=jobs)):
                with closing(steps):
                    for _ in steps:
                        pass
            indexer.learn(library.engine)
    if came.plan.faults:
        sys.exit(1)


def _is_ours(path: Path) -> bool:
    """Whether a file is a table of our own: any that no other system is told to have written."""
    if not path.is_file() or path.suffix.lower() not in (".csv", ".json", ".txt", ".tsv", ""):
        return False
    try:
        formats.told(path)
    except InputError:
        return path.suffix.lower() in (".csv", ".json", ".tsv")
    return False


@contextmanager
def _planned(library: Library, source: str, asked: Asked) -> Iterator[Plan]:
    """What would become of a source, as long as what was unpacked and fetched is needed."""
    settings = library.settings
    remote = source.startswith(WEB)
    fetcher = Fetcher(Allowed(settings.fetch_from), settings.contact)
    with (
        TemporaryDirectory(prefix="moving-in-", dir=settings.home) as made,
        unpacking.folder_of(Path(made) if remote else Path(source), Path(made)) as root,
    ):
        folder = Path(made)
        archive = _archive(library, source, root, asked, fetcher, folder)
        if asked.fetch and archive.format in ("oai",):
            archive = harvest.with_landing_pages(archive, fetcher)
        fetched = folder / "fetched"
        fetched.mkdir(exist_ok=True)
        pages = folder / "pages"
        pages.mkdir(exist_ok=True)
        fetch = (
            harvest.saved(fetcher, fetched) if asked.fetch or archive.format == ADDRESSES else None
        )
        called = source if remote else shown(Path(source).resolve())
        with library.catalogue.read() as conn:
            desk = terms.every(conn)
            meanings = mapping.Meanings(values=desk)
            if asked.mapping:
                meanings = mapping.of_file(asked.mapping, desk, library.vocabularies)
            files = Files(root, archive.folder, called, asked.files, fetch)
            planner = Planner(conn, files, meanings, library.vocabularies, pages, cards=asked.cards)
            plan = planner.plan(archive, called)
        yield plan


def _archive(
    library: Library, source: str, root: Path, asked: Asked, fetcher: Fetcher, folder: Path
) -> Archive:
    if source.startswith(WEB) and asked.format == ADDRESSES:
        return harvest.listed([source])
    if source.startswith(WEB):
        return harvest.harvest(
            fetcher,
            source,
            folder / "answers",
            part=asked.part,
            since=asked.since,
            until=asked.until,
        )
    if asked.format == ADDRESSES:
        try:
            text = root.read_text("utf-8-sig")
        except (OSError, ValueError) as error:
            raise Unreadable("file unread", file=source, detail=str(error)) from error
        return harvest.listed(harvest.addresses_in(text))
    return reading.read(root, asked.format)


def _tell(plan: Plan, as_json: bool, *, every: bool) -> None:
    if as_json:
        for row in plan.rows:
            click.echo(json.dumps(_json(row), ensure_ascii=False))
        return
    told = [row for row in plan.rows if every or row.outcome not in ("new", "here")]
    for row in told[:SHOWN]:
        why = f"  ({row.why})" if row.why else ""
        line = f"row {row.record.number}: {row.outcome}  {row.record.title}{why}"
        click.echo(line, err=row.outcome == "fault")
    if len(told) > SHOWN:
        click.echo(f"… and {len(told) - SHOWN} more; --report FILE writes all of them")
    if not every and not plan.unmatched:
        return
    values = plan.unmatched.most_common(SHOWN)
    if values:
        click.echo("Nothing of ours is known for these; they are kept, and shown at the desk:")
    for (field, value), works in values:
        click.echo(f"    {field}: {value}  ({works})")


def _json(row: Row) -> dict[str, object]:
    return {
        "row": row.record.number,
        "outcome": row.outcome,
        "title": row.record.title,
        "files": [document.file.name for document in row.documents],
        "resource": row.resource,
        "reason": row.why,
        "unmatched": [list(pair) for pair in row.unmatched],
    }


def _written(plan: Plan, file: Path | None) -> None:
    if file is None:
        return
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            names = ("row", "outcome", "title", "files", "resource", "reason", "unmatched")
            writer.writerow(names)
            for row in plan.rows:
                said = _json(row)
                cells = [
                    "; ".join(map(str, said[name])) if isinstance(said[name], list) else said[name]  # type: ignore[call-overload]
                    for name in names
                ]
                writer.writerow([_guarded(str(cell)) for cell in cells])
    except OSError as error:
        raise UsageError(
            "file not written", file=str(file), detail=error.strerror or str(error)
        ) from error


def _guarded(text: str) -> str:
    return text if text.isdecimal() else guarded(text)


def _summary(plan: Plan, as_json: bool, did: str) -> None:
    counts = plan.counts
    if as_json:
        click.echo(json.dumps({"summary": dict(counts), "format": plan.format}))
        return
    parts = [
        f"{counts['new']} {did}",
        f"{counts['here']} are here already",
        f"{counts['twice']} stand twice",
        f"{counts['no file']} have no file (--cards makes a page of each)"
        if counts["no file"]
        else "",
        f"{counts['fault']} are faulty" if counts["fault"] else "",
    ]
    click.echo(f"{_title(plan.format)}: " + ", ".join(filter(None, parts)) + ".")


def _title(name: str) -> str:
    return formats.FORMATS[name].title if name in formats.FORMATS else name
