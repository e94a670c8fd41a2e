"""One library that archives come into, each with a document of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.catalogue.provenance import terms
from library.cli.parts import Library
from library.core.settings import Settings
from library.moving_in import mapping, reading, unpacking
from library.moving_in.attachments import Files
from library.moving_in.plan import Plan, Planner
from library.search import indexer
from library.vocabularies import Vocabularies

Planned = Callable[..., Plan]


@contextmanager
def made(home: Path) -> Iterator[Library]:
    chosen = Settings(home=home)
    with closing(open_catalogue(chosen, make=True)) as catalogue:
        words = Vocabularies.load(chosen.languages)
        engine = indexer.open_engine(chosen, words)
        indexer.rebuild(catalogue, engine, words)
        with closing(engine):
            yield Library(chosen, catalogue, words, engine)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made(tmp_path_factory.mktemp("moving") / "home") as opened:
        yield opened


@contextmanager
def planned(
    library: Library,
    source: Path,
    folder: Path,
    *,
    format: str = "",
    meanings: mapping.Meanings | None = None,
    fetch: Callable[[str], Path] | None = None,
    copies: tuple[Path, ...] = (),
    cards: bool = False,
) -> Iterator[Plan]:
    """What would become of an archive."""
    folder.mkdir(exist_ok=True)
    with unpacking.folder_of(source, folder) as root, library.catalogue.read() as conn:
        archive = reading.read(root, format)
        files = Files(root, archive.folder, str(source), copies, fetch)
        meant = meanings or mapping.Meanings()
        meant = replace(meant, values={**terms.every(conn), **meant.values})
        planner = Planner(conn, files, meant, library.vocabularies, folder, cards=cards)
        yield planner.plan(archive, source.name)
