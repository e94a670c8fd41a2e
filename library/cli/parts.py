"""The parts a command works with, opened from the settings in force."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from index.engine import IndexNotWritten, IndexUnreachable, IndexUnusable, SearchEngine
from library.catalogue import open_lookup
from library.core import permissions, settings
from library.core.errors import NotUsable
from library.core.formats import ADDED
from library.core.settings import Settings
from library.search.engines import open_engine
from library.vocabularies import Vocabularies

if TYPE_CHECKING:
    from library.catalogue import Catalogue, Lookup
    from library.ingestion.pipeline import Ingest  # with all that reads files


COLLECTING = (2_000, 10, 10)
"""When garbage is looked for, as of Python 3.12; what was loaded is not looked through."""


@dataclass(frozen=True, slots=True)
class Library:
    """A whole library, open."""

    settings: Settings
    catalogue: Catalogue
    vocabularies: Vocabularies
    engine: SearchEngine

    def ingest(self) -> Ingest:
        from library.ingestion.pipeline import Ingest

        return Ingest(self.settings, self.catalogue, self.engine, self.vocabularies)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a library one question needs."""

    settings: Settings
    catalogue: Catalogue | Lookup
    vocabularies: Vocabularies
    engine: SearchEngine


def loaded() -> None:
    """What is there now stays: from here on garbage is looked for among what is made after it."""
    gc.freeze()
    gc.set_threshold(*COLLECTING)


@contextmanager
def opened(*, make: bool = False, in_server: bool = False) -> Iterator[Library]:
    """The library of the settings. make: create it where there is none; in_server: also in an empty
    database of a server. Raises NotUsable.
    """
    chosen = settings.read()
    _tell(chosen)
    with _opened(chosen, make=make, in_server=in_server) as library:
        yield library


@contextmanager
def opened_to_ask() -> Iterator[Asked]:
    """The library of the settings for one question, its index as new as it is to be.

    Of the catalogue no more is loaded than a question needs, where that is enough: SQLAlchemy takes
    longer to load than most questions take to answer. Raises NotUsable.
    """
    chosen = settings.read()
    _tell(chosen)
    if lookup := open_lookup(chosen):
        with closing(lookup):
            files = Vocabularies.load(chosen.languages, chosen.vocabularies, chosen.prepared)
            vocabularies = lookup.vocabularies(files)
            with closing(open_engine(chosen, vocabularies)) as engine, _usable():
                if _fresh(lookup, engine):
                    loaded()
                    yield Asked(chosen, lookup, vocabularies, engine)
                    return
    with _opened(chosen) as library:
        fresh_index(library)
        yield Asked(chosen, library.catalogue, library.vocabularies, library.engine)


def _fresh(lookup: Lookup, engine: SearchEngine) -> bool:
    """Whether the index can be asked as it is."""
    try:
        return not lookup.behind(engine.info().engine)
    except (IndexUnusable, IndexUnreachable):
        return False


@contextmanager
def _opened(chosen: Settings, *, make: bool = False, in_server: bool = False) -> Iterator[Library]:
    from library.catalogue import open_catalogue
    from library.store import originals

    with closing(open_catalogue(chosen, make=make, in_server=in_server)) as catalogue:
        if chosen.in_server:  # nothing has made it, and each machine has one of its own
            with originals.storing(chosen.home):
                originals.make(chosen.home)
        files = Vocabularies.load(chosen.languages, chosen.vocabularies, chosen.prepared)
        vocabularies = catalogue.vocabularies(files)
        with closing(open_engine(chosen, vocabularies)) as engine, _usable():
            loaded()
            yield Library(chosen, catalogue, vocabularies, engine)


@contextmanager
def _usable() -> Iterator[None]:
    """What an index cannot do is what the library cannot. Raises NotUsable."""
    try:
        yield
    except IndexUnusable as error:
        raise NotUsable("index unusable", detail=str(error)) from error
    except (IndexUnreachable, IndexNotWritten) as error:
        raise NotUsable(error.code, **error.values) from error


def _tell(chosen: Settings) -> None:
    for line in _close(chosen):
        click.echo(line, err=True)
    for fault in ADDED.faults:
        click.echo(str(fault), err=True)


def _close(chosen: Settings) -> Iterator[str]:
    """Close the home to other accounts of this computer, and say what was open to them."""
    access = permissions.close(chosen)
    if access.closed:
        yield (
            f"Others could read {chosen.home}; it is closed to them now. To share it with a group "
            "on purpose, set LIBRARY_SHARED=group."
        )
    if access.open:
        yield (
            f"Others can read {access.open[0]}, and this user may not change that. As who owns it: "
            f"chmod -R {permissions.remedy(chosen)} {chosen.home}"
        )
    if os.geteuid() == 0 and chosen.home.is_dir() and (owner := chosen.home.stat().st_uid):
        yield (
            f"{chosen.home} belongs to another account ({owner}), which will not be able to read "
            "what this command makes there. Run commands as that account: sudo -u"
        )


def fresh_index(library: Library) -> None:
    """Build the index where there is none, where it was made by other code, or has fallen behind.

    It falls behind while another engine is the one that is kept up to date. One in a server that
    cannot be reached is waited for: what is to be found in it stays owed.
    """
    from library.search import indexer

    try:
        usable = not indexer.behind(library.catalogue, library.engine)
    except IndexUnusable:
        usable = False
    except IndexUnreachable as error:
        click.echo(str(error), err=True)
        return
    if not usable:
        indexer.rebuild(library.catalogue, library.engine, library.vocabularies)
