"""Engines, by the name they have in a setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from index.engine import EngineMissing, SearchEngine, SearchError
from index.engines import addresses

GROUP = "worker_education_library.engines"
"""The entry points of other packages: what each leads to is called as `Make`, with a folder of its
own.
"""


def _whoosh(path: Path, languages: Sequence[str], vocabulary_version: str) -> SearchEngine:
    from index.engines.whoosh import WhooshEngine

    return WhooshEngine(path, languages, vocabulary_version)


Make = Callable[[Path, Sequence[str], str], SearchEngine]


def _added(entry: EntryPoint) -> Make:
    def made(path: Path, languages: Sequence[str], vocabulary_version: str) -> SearchEngine:
        try:
            make: Make = entry.load()
        except Exception as error:  # somebody else's code may raise anything
            raise EngineMissing(
                f"The engine {entry.name} cannot be loaded: {type(error).__name__}: {error}.",
                f"Install the package it comes from again, or choose of: {', '.join(OWN)}.",
            ) from error
        return make(path / entry.name, languages, vocabulary_version)

    return made


EMBEDDED = "whoosh"
"""The engine that needs nothing but a folder."""

OWN: dict[str, Make] = {EMBEDDED: _whoosh}
ENGINES: dict[str, Make] = {
    **{entry.name: _added(entry) for entry in entry_points(group=GROUP) if entry.name not in OWN},
    **OWN,
}
"""Ours, and those of other packages. One of those is imported when it is chosen, not before."""


@cache
def broken() -> tuple[tuple[str, str, str], ...]:
    """Engines of other packages that cannot be imported: name, package, and why. Imports them."""
    faults = []
    for entry in entry_points(group=GROUP):
        try:
            entry.load()
        except Exception as error:  # somebody else's code may raise anything
            package = entry.dist.name if entry.dist else entry.module
            faults.append((entry.name, package, f"{type(error).__name__}: {error}"))
    return tuple(faults)


def _server(
    setting: str, path: Path, languages: Sequence[str], vocabulary_version: str
) -> SearchEngine:
    addresses.read(setting)
    try:
        from index.engines.opensearch import OpenSearchEngine
    except ImportError as error:
        raise EngineMissing(
            f"The client of OpenSearch is not installed ({error.name}).",
            "pip install 'worker-education-library[cluster]'",
        ) from error
    return OpenSearchEngine(setting, path, languages, vocabulary_version)


def known(setting: str) -> bool:
    """Whether a setting names an engine. Raises SearchError for a server's wrong address."""
    if addresses.is_server(setting):
        addresses.read(setting)
        return True
    return setting in ENGINES


GONE = ("tantivy",)
"""Engines that earlier versions had."""


def open_engine(
    url: str, path: Path, languages: Sequence[str], vocabulary_version: str
) -> SearchEngine:
    """The engine that a setting names. Raises EngineMissing, and SearchError for an unknown one."""
    if addresses.is_server(url):
        return _server(url, path, languages, vocabulary_version)
    if url not in ENGINES:
        known = ", ".join((*ENGINES, addresses.FORM))
        raise SearchError("engine unknown", name=repr(addresses.shown(url)), known=known)
    return ENGINES[url](path, languages, vocabulary_version)
