"""An empty catalogue, and small things to put into one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from library.catalogue import Catalogue, Filed, open_catalogue
from library.core.resource import (
    Block,
    Edition,
    Evidence,
    Heading,
    Page,
    PartialDate,
    Statement,
    Status,
)
from library.core.settings import Settings
from tests import needs

NAME = "catalogue.sqlite"


@cache
def blank() -> Path:
    """The file of an empty catalogue, migrated once for all tests, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="blank-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_catalogue(Settings(home=folder), make=True).close()
    return folder / NAME


def lay(home: Path) -> None:
    """Put an empty catalogue into a home; a server makes one of its own for each."""
    home.mkdir(parents=True, exist_ok=True)
    if not needs.postgres_wanted():
        shutil.copy(blank(), home / NAME)


def decide(statements: Sequence[Statement]) -> dict[str, Statement]:
    ranked = sorted(statements, key=lambda s: (s.source == "staff", s.confidence))
    return {one.field: one for one in ranked}


def edition(sha: str, title: str = "Our streets", language: str = "en", pages: int = 1) -> Edition:
    return Edition(
        id=(sha * 64)[:16],
        language=language,
        title=title,
        sha256=(sha * 64)[:64],
        media_type="application/pdf",
        filename=f"{sha}.pdf",
        bytes=10,
        pages=pages,
        authors=("A. Organiser",),
        date=PartialDate(2019, 5),
        contents=(Heading("One", 1),),
    )


def put(
    catalogue: Catalogue,
    one: Edition,
    *statements: Statement,
    work: str = "",
    status: Status = Status.PUBLISHED,
    replaces: str | None = None,
) -> Filed:
    with catalogue.write() as writer:
        writer.store_original(one.sha256, one.bytes, one.filename)
        return writer.file(
            one,
            [Page(1, "Words of the page", (Block("table", rows=(("a", "b"),)),), label="iv")],
            statements,
            decide,
            status=status,
            work=work,
            replaces=replaces,
        )


TOPIC = Statement("topic", ("organising", "law"), "guess", (Evidence(1, "organise"),), 0.6)
