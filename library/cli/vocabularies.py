"""`library vocabulary`: concept schemes to give to others, and to take from them, as SKOS."""

from __future__ import annotations

import os
from pathlib import Path

import click

from library import skos
from library.catalogue.changes.history import COMMAND_LINE
from library.catalogue.curation import concepts
from library.cli.parts import opened
from library.core import permissions
from library.core.errors import InputError, UsageError
from library.metadata import decide
from library.skos import exchange
from library.store import originals
from library.vocabularies import EDITABLE


@click.group()
def vocabulary() -> None:
    """Give the library's concepts to others, and take theirs, as SKOS."""


@vocabulary.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--facet",
    default="",
    metavar="FACET",
    help="The facet that the concepts are to stand in, where the file does not say.",
)
@click.option("--preview", is_flag=True, help="Say what it would change, and change nothing.")
@click.option(
    "--retire-missing",
    is_flag=True,
    help="Offer concepts no more that are not in the file. Without it they stay as they are.",
)
def import_(file: Path, facet: str, preview: bool, retire_missing: bool) -> None:
    """Take the concepts of FILE, as one change that can be undone at the desk."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(
            "file unread", file=str(file), detail=error.strerror or str(error)
        ) from None
    schemes = skos.read(content, file.name)
    with opened() as library:
        base = library.settings.base_url
        plans = exchange.plans(
            library.vocabularies, schemes, facet=facet, base=base, retire=retire_missing
        )
        for name, plan in plans.items():
            _tell(name, plan, retire_missing)
        if preview:
            click.echo("Nothing was changed. Leave out --preview to do it.")
            return
        curator = concepts.Curator(COMMAND_LINE, library.vocabularies, decide)
        with library.catalogue.write() as writer:
            done = exchange.take(
                writer, curator, schemes, facet=facet, base=base, retire=retire_missing
            )
        library.ingest().index()
        click.echo(
            "Done. It can be undone at the desk." if done else "There was nothing to change."
        )


@vocabulary.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="FACET",
    help="Only this facet; may repeat. Without it: all that staff can change.",
)
@click.option(
    "--format",
    "chosen",
    type=click.Choice(list(skos.FORMATS)),
    help="Otherwise as FILE ends: .ttl, .rdf or .jsonld.",
)
def export(file: Path, facets: tuple[str, ...], chosen: str | None) -> None:
    """Write the library's concepts to FILE. Hidden labels are among them."""
    form = chosen or skos.format_of(file.name)
    if not form:
        raise UsageError("skos format unsaid", file=file.name)
    with opened() as library:
        made = skos.write(library.vocabularies, facets, library.settings.base_url, form)
        _write(file, made)
        count = sum(map(len, map(library.vocabularies.order, facets or EDITABLE)))
    click.echo(f"{count} concepts are in {file}.")


def _tell(facet: str, plan: skos.Plan, retire: bool) -> None:
    click.echo(f"{facet}: {len(plan.added)} new, {len(plan.changed)} changed, {plan.same} the same")
    gone = "offered no more" if retire else "not in the file, and left as they are"
    for what, ids in (
        ("new", plan.added),
        ("changed", [id_ or "phrases passed over" for id_ in plan.changed]),
        ("merged into others", plan.merged),
        (gone, plan.gone),
    ):
        if ids:
            click.echo(f"  {what}: {', '.join(ids)}")
    for note in plan.notes:
        click.echo(f"  {note}", err=True)


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all. Raises InputError."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as made:
            made.write(content)
            made.flush()
            os.fsync(made.fileno())
        permissions.hand_out(part)
        part.replace(file)
        originals.settle(file.parent)
    except OSError as error:
        raise InputError(
            "file not written", file=str(file), detail=error.strerror or str(error)
        ) from None
