"""`library pack`: documents to carry where there is no network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import click

from index.fields import NARROWING
from library.cli import facets
from library.cli.parts import Library, fresh_index, opened
from library.core import permissions
from library.core.errors import UsageError
from library.core.resource import Edition
from library.web.packs.make import Made, Packer, name_of
from library.web.packs.order import FORMATS, SHEETS, Format, Order, Sheet, chosen

ENDINGS = {f".{format}": format for format in FORMATS}
LANGUAGE = 8  # letters of a code


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.argument("words", nargs=-1)
@click.option("--language", required=True, metavar="CODE", help="The language of all of them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="zip: pages that open in a browser; epub: a book; zim: for Kiwix; pdf: to print. By the "
    "ending of DEST, where it is not said.",
)
@facets.to_pack
@click.option("--from", "first", default="", metavar="YEAR", help="No work older than this.")
@click.option("--to", "last", default="", metavar="YEAR", help="No work newer than this.")
@click.option("--collection", default="", metavar="NAME", help="A collection, by its address.")
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file with an id or address of a resource on each line.",
)
@click.option(
    "--paper", type=click.Choice(SHEETS), default="a4", help="Of a PDF; a5 makes a booklet."
)
@click.option(
    "--pages", default="", metavar="FIRST-LAST", help="Of a PDF: these pages of each document."
)
@click.option("--pictures", is_flag=True, help="A picture of each page, too.")
@click.option("--originals", is_flag=True, help="The files as they came, too.")
def pack(
    dest: Path,
    words: tuple[str, ...],
    language: str,
    form: str | None,
    first: str,
    last: str,
    collection: str,
    listed: Path | None,
    paper: Sheet,
    pages: str,
    pictures: bool,
    originals: bool,
    **narrowed: tuple[str, ...],
) -> None:
    """Write documents of one language to the file DEST, to be carried where there is no network.

    WORDS and what narrows them are those of `library search`; without any, all of the library goes
    along. The same pack made again has the same bytes, as long as the library has not changed.

    An epub whose DEST is a folder that is there: one book for each document.
    """
    params = [("q", " ".join(words)), ("from", first), ("to", last)]
    params += [(facet, value) for facet in NARROWING for value in narrowed.get(facet, ())]
    given = tuple((name, value) for name, value in params if value)
    if sum(map(bool, (given, collection, listed))) > 1:
        raise UsageError("one choice")
    begins, _, ends = pages.partition("-")
    if pages and not (begins.isdecimal() and (ends or begins).isdecimal()):
        raise UsageError("not pages", value=pages[:40])
    order = Order(
        language=language.strip()[:LANGUAGE].lower(),
        format=cast(Format, form or ENDINGS.get(dest.suffix.lower(), "zip")),
        parameters=given,
        collection=collection.rstrip("/").rpartition("/")[2],
        listed=_lines(listed) if listed else (),
        pictures=pictures,
        originals=originals,
        sheet=paper,
        first=int(begins or 0),
        last=int(ends or begins or 0),
    )
    with opened() as library:
        fresh_index(library)
        with packer(library, pictures=pictures) as made:
            for each, path in _apart(made, order, dest):
                _tell(_written(made, each, path))


@contextmanager
def packer(library: Library, *, pictures: bool) -> Iterator[Packer]:
    """What makes packs of this library; with a way to draw pages where it has to."""
    parts = library.settings, library.catalogue, library.engine, library.vocabularies
    if not pictures:
        yield Packer(*parts, typeset=typeset)
        return
    from library.operations import pictures as drawn  # with all that reads files

    def draw(edition: Edition, number: int) -> Path | None:
        return drawn.of(
            library.settings, library.catalogue, edition.sha256, edition.media_type, number
        )

    yield Packer(*parts, draw, typeset)


def typeset(text: str, sheet: str, identifier: str) -> bytes:
    """A page set on paper, in a confined process. Raises InputError."""
    from library.sandbox import typesetting

    return typesetting.typeset(text, sheet, identifier=identifier)


def _apart(packer: Packer, order: Order, dest: Path) -> Iterator[tuple[Order, Path]]:
    """The order itself, or one for each document, and where it goes."""
    if not dest.is_dir():
        yield order, dest
        return
    picked = chosen(order, packer.catalogue, packer.engine, packer.vocabularies)
    if order.format != "epub":
        yield order, dest / name_of(order, picked.title or picked.words or packer.settings.name)
        return
    for resource in packer.catalogue.resources(picked.ids):
        if any(edition.language == order.language for edition in resource.editions):
            alone = Order(order.language, "epub", listed=(resource.id,), pictures=order.pictures)
            yield alone, dest / name_of(order, resource.slug)


def _written(packer: Packer, order: Order, path: Path) -> Made:
    try:
        made = packer.make(order, path)
        permissions.hand_out(path)
        return made
    except OSError as error:
        detail = error.strerror or str(error)
        raise UsageError("pack not written", file=str(path), detail=detail) from error


def _tell(made: Made) -> None:
    size = (
        f"{made.bytes / 1_000_000:.1f} MB" if made.bytes >= 1e6 else f"{made.bytes / 1000:.0f} KB"
    )
    click.echo(f"{made.path}: {made.works} documents, {size}")
    if made.others:
        click.echo(f"Not in this language: {made.others} of {made.works + made.others}", err=True)
    if made.chosen.left:
        click.echo(f"Left out, since a pack takes no more: {made.chosen.left}", err=True)
    for name in made.chosen.unknown:
        click.echo(f"Not in the library: {name}", err=True)
    if made.chosen.unknown:
        sys.exit(1)


def _lines(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("list not read", file=str(path), detail=str(error)) from error
    return tuple(filter(None, map(str.strip, text.splitlines())))
