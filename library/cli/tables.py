"""`library export`, and what `library import` does with a table: out, and back in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from library import sheets
from library.catalogue.changes import history
from library.catalogue.curation import batch as bulk
from library.cli import folders
from library.cli.parts import Library, opened
from library.core.errors import Changed, UsageError
from library.metadata import decide
from library.search import indexer
from library.sheets import Fault
from library.sheets.diff import Fitted

SHOWN = 300  # mistakes and rows that are printed


@click.command("export")
@click.argument("dest", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    help="By the ending of DEST, where it is not said.",
)
@click.option(
    "--bag", "as_bag", is_flag=True, help="All of it, with originals, as a folder: BagIt."
)
@click.option("--static", is_flag=True, help="The public site as a folder of plain files.")
def export(dest: Path, form: str | None, as_bag: bool, static: bool) -> None:
    """Write what is known of every edition, drafts too, to the file DEST; `-` is standard output.

    What comes back unchanged by `library import`, or at the desk, changes nothing. With --bag DEST
    is a folder that an archive keeps, and that `library import` makes a library of again; with
    --static, one that any web server shows, with its own search.
    """
    if (form and (as_bag or static)) or (as_bag and static):
        raise UsageError("one choice")
    if as_bag or static:
        folders.write(dest, static=static)
        return
    made = {"csv": sheets.csv_of, "json": sheets.json_of}
    chosen = form or ("json" if dest.suffix.lower() == ".json" else "csv")
    with opened() as library:
        pieces = made[chosen](library.catalogue, library.catalogue.every(public=False))
        try:
            with click.open_file(str(dest), "wb", atomic=str(dest) != "-") as file:
                for piece in pieces:
                    file.write(piece)
        except OSError as error:
            raise UsageError(
                "file not written", file=str(dest), detail=error.strerror or str(error)
            ) from error


def take(file: Path, preview: bool) -> None:
    """Take the words of a table (CSV or JSON) as staff's: all of it, or nothing where it is wrong.

    It can be undone as one, in the history of the staff desk.
    """
    try:
        table = sheets.read(file.read_bytes())
    except OSError as error:
        raise UsageError(
            "file unread", file=str(file), detail=error.strerror or str(error)
        ) from error
    with opened() as library:
        with library.catalogue.read() as conn:
            fitted = sheets.fit(conn, table, library.vocabularies)
        for line in fitted.unknown[:SHOWN]:
            click.echo(
                f"row {line.number}: {line.cells.get('file')} is not in the library", err=True
            )
        for fault in fitted.faults[:SHOWN]:
            click.echo(_told(fault), err=True)
        plan = fitted.plan
        if preview:
            _show(fitted)
        if fitted.faults:
            click.echo(f"{len(fitted.faults)} cells are wrong; nothing was changed.", err=True)
            sys.exit(1)
        count = f"{len(plan.rows)} resources, {plan.same} are so already"
        if preview or not plan.rows:
            click.echo(f"Would change {count}.")
            return
        _take(library, fitted, file.name)
        click.echo(f"Changed {count}.")


def _take(library: Library, fitted: Fitted, name: str) -> None:
    try:
        with library.catalogue.read() as conn:  # worked out without the lock
            prepared = bulk.prepare(conn, fitted.plan.wishes, decide=decide)
        with library.catalogue.write() as writer:
            bulk.carry_out(
                writer,
                fitted.plan.wishes,
                by=history.COMMAND_LINE,
                decide=decide,
                languages=library.settings.languages,
                prepared=prepared,
                told={"name": name},
            )
    except Changed as error:
        raise Changed("table meanwhile") from error
    while indexer.bring_up_to_date(library.catalogue, library.engine, library.vocabularies):
        pass


def _show(fitted: Fitted) -> None:
    for row in fitted.plan.rows[:SHOWN]:
        main = row.resource.editions[0]
        click.echo(f"{row.resource.id}  {main.title}")
        for difference in row.differences:
            before, after = (
                "; ".join(values) or "-" for values in (difference.before, difference.after)
            )
            note = " (staff's word)" * difference.confirmed + " (a guess again)" * difference.lifted
            click.echo(f"    {difference.field}: {before} -> {after}{note}")


def _told(fault: Fault) -> str:
    where = f"row {fault.row}" + (f", column {fault.column}" if fault.column else "")
    near = f" Close to it: {', '.join(fault.near)}." if fault.near else ""
    value = f" {fault.value!r}" if fault.value else ""
    return f"{where}: {WHAT[fault.what]}{value}.{near}"


WHAT = {
    "column": "no column, or one that stands twice:",
    "cells": "more cells than columns; is something not in quotation marks?",
    "text": "no text:",
    "no key": "neither file nor identifier",
    "no edition": "there is no edition",
    "no resource": "there is no resource",
    "which edition": "several editions; say which, by edition or language:",
    "several files": "several files have this name; say which, by edition or id:",
    "twice": "the same document stands in row",
    "conflict": "it contradicts another row of the same work:",
    "concept": "no name of a concept:",
    "language": "no language; write a code such as en, es or fr:",
    "date": "not a date; write 2019, 2019-05 or 2019-05-15:",
    "which date": "it may mean several days; write it as 2019-05-15:",
    "address": "no address; write it with https:// in front:",
    "duration": "no length of time; write 45, 1:30 or 2 hours:",
    "status": "no status (draft, review, embargoed, published, superseded, withdrawn):",
    "day": "not a day; write it as 2030-01-31:",
    "year": "not a year; write it as 2019:",
    "successor": "no resource of the library:",
    "standing": "it lacks a day to come, a reason, or what took its place:",
    "work": "editions are joined and parted at the desk, not by a table:",
    "no title": "a title cannot be empty",
    "one value": "stands alone:",
    "ours": "no column that can be staff's word:",
}
