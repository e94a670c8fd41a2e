"""`library export --bag` and `--static`: the whole library as a folder, and the way back."""

from __future__ import annotations

from pathlib import Path

import click

from library.catalogue.queue import backlog
from library.cli.packs import packer
from library.cli.parts import fresh_index, opened
from library.core.errors import UsageError
from library.operations import bag
from library.search import indexer
from library.web.packs import static_site


def write(dest: Path, *, static: bool) -> None:
    """Write the folder DEST, which is empty or not there."""
    with opened() as library:
        try:
            if static:
                fresh_index(library)
                with packer(library, pictures=False) as making:
                    site = static_site.write(making, dest)
                click.echo(f"{dest}: {site.works} works in {site.languages} languages")
                return
            made = bag.write(library.settings, library.catalogue, dest)
        except OSError as error:
            detail = error.strerror or str(error)
            raise UsageError("file not written", file=str(dest), detail=detail) from error
        click.echo(f"{dest}: {made.originals} originals, {made.bytes / 1_000_000:.1f} MB")
        with library.catalogue.read() as conn:
            waiting = backlog.undescribed(conn)
        if waiting:
            click.echo(
                f"{waiting} documents are still to be described: they come back found by their "
                "words alone. Let `library work` finish first.",
                err=True,
            )
        for sha256 in made.missing:
            click.echo(f"not in the bag, since it is missing or damaged here: {sha256}", err=True)
    if made.missing:
        raise SystemExit(1)


def take(path: Path, preview: bool) -> None:
    """Make an empty library what a bag says."""
    with opened(make=True) as library:
        if preview:
            click.echo(f"{path} is a bag of a library; it comes into an empty library as it was.")
            return
        files = bag.take(library.settings, library.catalogue, path)
        words = library.catalogue.vocabularies(library.vocabularies)
        indexer.rebuild(library.catalogue, library.engine, words)
        works = len(library.catalogue.every(public=False))
    click.echo(f"{works} works came, with {files} originals.")
