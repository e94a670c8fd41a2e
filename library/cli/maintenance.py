"""`library init`, `reindex`, `check`, `backup` and `restore`: keeping a library sound."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from index.engine import IndexUnreachable, IndexUnusable
from index.engines.addresses import shown
from library.catalogue import open_catalogue
from library.cli.parts import fresh_index, opened
from library.core import settings
from library.core.errors import NotUsable
from library.core.settings import known_engine
from library.operations import backup as copies
from library.operations import check as checks
from library.operations import restore_drill as drills
from library.operations import sealed
from library.search import indexer
from library.store.holdings import prepare


@click.command()
def init() -> None:
    """Make the home folder and the catalogue. Safe to repeat."""
    with opened(make=True, in_server=True) as library:
        prepare(library.settings, library.catalogue)
        fresh_index(library)
        totals = library.catalogue.totals()
        click.echo(f"{library.settings.home} holds {totals.resources} resources.")
        if not totals.resources:
            click.echo("Bring documents in with: library ingest FOLDER")
        if less := language_lacks(library.settings.languages):
            click.echo(f"Less is known of {', '.join(less)}: library check says what.", err=True)


@click.command()
@click.option("--engine", default="", metavar="NAME", help="Another engine than the settings name.")
def reindex(engine: str) -> None:
    """Build the whole index anew beside the old one, then switch; searches go on meanwhile.

    With --engine, build that of another engine, to be searched once LIBRARY_ENGINE names it.
    """
    if engine:
        known_engine(engine)
    with opened() as library:
        if engine in ("", library.settings.engine):
            works = indexer.rebuild(library.catalogue, library.engine, library.vocabularies)
            while indexer.bring_up_to_date(library.catalogue, library.engine, library.vocabularies):
                pass
            click.echo(f"{works} resources can be found.")
            return
        named = dataclasses.replace(library.settings, engine=engine)
        with closing(indexer.open_engine(named, library.vocabularies)) as other:
            works = indexer.rebuild(library.catalogue, other, library.vocabularies, beside=True)
        click.echo(f"{works} resources can be found once LIBRARY_ENGINE is {shown(engine)}.")


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@click.option(
    "--from",
    "copy",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DEST",
    help="With --repair: bring back damaged originals from this backup.",
)
@click.option("--sources", is_flag=True, help="Ask every source whether it still answers.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and no more.")
def check(repair: bool, copy: Path | None, sources: bool, as_json: bool) -> None:
    """Hold originals, catalogue and index against each other, and name what is wrong.

    Pairs of resources that look alike, and pages that an older reader laid out, are shown too;
    they are nothing wrong. What the library does not know of its languages is told beside them.
    With --sources, the addresses that documents came from are asked one after another, over the
    network.
    """
    faults = mended = alike = broken = older = 0

    def show(finding: checks.Finding) -> None:
        if as_json:
            click.echo(json.dumps(finding.json(), ensure_ascii=False))
        else:
            click.echo(f"{finding.finding}: {finding.subject}\n  {finding.remedy}")

    with opened() as library:
        for finding in checks.check(
            library.settings, library.catalogue, library.engine, library.vocabularies, copy
        ):
            faults += 1
            show(finding)
            if repair and finding.mend:
                finding.mend()
                mended += 1
        for finding in checks.older_layouts(library.catalogue):
            older += 1
            show(finding)
            if repair and finding.mend:
                finding.mend()
        for finding in checks.alike(library.catalogue):
            alike += 1
            show(finding)
        for finding in checks.sources(library.catalogue) if sources else ():
            broken += 1
            show(finding)
        checks.note(library.catalogue, faults, mended)
        totals = library.catalogue.totals()
        try:
            indexed = library.engine.info().documents
        except (IndexUnusable, IndexUnreachable):
            indexed = 0
    summary = {
        **dataclasses.asdict(totals),
        "indexed": indexed,
        "alike": alike,
        **({"older layouts": older} if older else {}),
        **({"broken sources": broken} if sources else {}),
        "found": faults,
        "mended": mended,
    }
    if as_json:
        click.echo(json.dumps({"summary": summary}))
    else:
        click.echo(", ".join(f"{number} {name}" for name, number in summary.items()))
        for code, names in language_lacks(library.settings.languages).items():
            click.echo(f"Not in the library's tables for {code}: {', '.join(names)}.", err=True)
    if faults > mended:
        sys.exit(1)


def language_lacks(languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Language → names of the tables that lack it: nothing wrong, but less."""
    from library.cli import language_tables  # knows every room, and few commands need it

    return language_tables.lacks(languages)


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also in place of a fuller backup, which is kept.")
@click.option(
    "--encrypt-to",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="Encrypt it to this recipient of age; may repeat. Needs the extra `encrypt`.",
)
def backup(dest: Path, replace: bool, recipients: tuple[str, ...]) -> None:
    """Copy catalogue and originals into the folder DEST, while the site serves.

    A backup that is there already is brought up to date. One that holds what this library does
    not is left as it is, unless --replace is given: then it is kept in DEST/replaced.
    """
    if recipients:
        _seal(dest, recipients, replace)
        return
    with opened() as library:
        made = copies.backup(library.settings, library.catalogue, dest, replace=replace)
    click.echo(
        f"{made.originals} originals and the catalogue are in {dest}: {made.resources} resources."
    )
    if made.before:
        click.echo(f"{made.new} originals came to the backup of {made.before}.")
    if made.kept:
        click.echo(f"The fuller backup is kept: library restore {made.kept}")
    if made.missing:
        click.echo(
            f"{len(made.missing)} originals are missing or damaged in the library, and not in the "
            "copy. See which, and bring them back from an older copy: library check",
            err=True,
        )
        sys.exit(1)


@click.command()
@click.argument("src", type=click.Path(path_type=Path))
@click.option(
    "--identity",
    "key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The key of an encrypted backup, as age-keygen writes it.",
)
@click.option("--drill", is_flag=True, help="Only try it, in a temporary folder, and note how.")
def restore(src: Path, key: Path | None, drill: bool) -> None:
    """Make the home folder a library again from the backup in SRC, and build its index.

    With --drill the library stays as it is: the backup is restored into a temporary folder,
    verified, searched and removed, and the desk's page on health says how that ended.
    """
    with sealed.opened(src, key) as plain:
        if drill:
            _drill(plain, src)
        else:
            _restore(plain)


def _restore(src: Path) -> None:
    chosen = settings.read()
    copy = copies.told(src)
    click.echo(
        f"The backup of {copy.made}: {copy.resources} resources in {copy.editions} editions, "
        f"{len(copy.originals)} originals ({copy.bytes / 1e6:.1f} MB). It goes to {chosen.home}."
    )
    originals = copies.restore(chosen, src)
    with opened() as library:
        indexer.rebuild(library.catalogue, library.engine, library.vocabularies)
    click.echo(f"{originals} originals are back.")


def _seal(dest: Path, recipients: Sequence[str], replace: bool) -> None:
    with opened() as library:
        made = sealed.seal(library.settings, library.catalogue, dest, recipients, replace=replace)
    click.echo(
        f"{made.originals} originals and the catalogue are in {dest}, encrypted: {made.resources} "
        f"resources. {made.new} originals came to it."
    )
    if made.missing:
        click.echo(f"{len(made.missing)} originals are missing: library check", err=True)
        sys.exit(1)


def _drill(src: Path, named: Path) -> None:
    chosen = settings.read()
    try:
        catalogue = open_catalogue(chosen)
    except NotUsable:
        catalogue = None  # a backup may be tried out on a computer that has no library
    try:
        done = drills.drill(chosen, src, catalogue)
    finally:
        if catalogue:
            catalogue.close()
    click.echo(
        f"The backup in {named} is good: {done.originals} originals came back whole, and "
        f"{done.resources} resources can be found ({done.seconds:.0f} seconds)."
    )
    if catalogue is None:
        click.echo("There is no library here to note that in, or it cannot be used.")
