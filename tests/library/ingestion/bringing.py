"""A library that documents are brought into, and what a test asks of it then."""

from __future__ import annotations

import textwrap
from pathlib import Path

from index.query import Query
from index.text.syntax import parse
from library.catalogue import open_catalogue
from library.cli.parts import Library
from library.core.resource import Resource
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.pipeline import Ended
from library.operations.check import check
from library.search import indexer
from library.vocabularies import Vocabularies
from tests import builders

LONG = "Street vendors keep the pavement clean and the neighbours fed. " * 20


def sheet(title: str) -> bytes:
    """A PDF of one page with a heading and a few lines."""
    body = textwrap.fill(LONG[:400], 80)
    return builders.pdf([[builders.Text(title, size=20, y=760), *builders.lines(body)]])


def make(home: Path, **settings: str) -> Library:
    chosen = Settings(home=home, **settings)
    catalogue = open_catalogue(chosen, make=True)
    words = Vocabularies.load(chosen.languages)
    engine = indexer.open_engine(chosen, words)
    indexer.rebuild(catalogue, engine, words)
    return Library(chosen, catalogue, words, engine)


def bring_in(library: Library, *paths: Path, jobs: int = 2) -> dict[str, Ended]:
    work = library.ingest()
    ended = {Path(one.file).name: one for one in work.files(folders.find(paths), jobs=jobs)}
    list(work.layouts(jobs=jobs))
    return ended


def found(library: Library, words: str) -> list[str]:
    results = library.engine.search(Query(tree=parse(words).tree))
    return [r.editions[0].title for r in library.catalogue.resources([h.id for h in results.hits])]


def only(library: Library) -> Resource:
    [id_] = library.catalogue.every()
    resource = library.catalogue.resource(id_)
    assert resource is not None
    return resource


def sound(library: Library) -> bool:
    """No finding of `library check`."""
    faults = list(check(library.settings, library.catalogue, library.engine, library.vocabularies))
    assert faults == []
    return True
