"""Engines, by the name they have in a setting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from index.engine import EngineMissing, SearchEngine, SearchError

GROUP = "worker_education_library.engines"
"""The entry points of other packages: what each leads to is called as `Make`, with a folder of its
own.
"""

TANTIVY = "tantivy>=0.27,<0.28"
"""What the extra `fast` asks for."""


def _whoosh(path: Path, languages: Sequence[str], vocabulary_version: str) -> SearchEngine:
    from index.engines.whoosh import WhooshEngine

    return WhooshEngine(path, languages, vocabulary_version)


def _tantivy(path: Path, languages: Sequence[str], vocabulary_version: str) -> SearchEngine:
    try:
        from index.engines.tantivy import TantivyEngine
    except ModuleNotFoundError as error:
        if error.name != "tantivy":
            raise
        raise EngineMissing(
            "The engine tantivy is not installed.",
            f"Install it with: {install('tantivy')}",
        ) from error
    # Beside that of Whoosh, so that either can be built while the other is searched.
    return TantivyEngine(path / "tantivy", languages, vocabulary_version)


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


OWN: dict[str, Make] = {
    "whoosh": _whoosh,
    "tantivy": _tantivy,
}
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


FASTEST = "tantivy"


def faster(name: str) -> str:
    """The engine that answers sooner than this one; "" where none does."""
    return FASTEST if name != FASTEST else ""


def installed(name: str) -> bool:
    """Whether the package an engine is made of is there."""
    return find_spec(name) is not None


def install(name: str) -> str:
    """The command that installs it."""
    package = TANTIVY if name == FASTEST else name
    return f"{sys.executable} -m pip install '{package}'"


def open_engine(
    url: str, path: Path, languages: Sequence[str], vocabulary_version: str
) -> SearchEngine:
    """The engine that a setting names. Raises EngineMissing, and SearchError for an unknown one."""
    if url not in ENGINES:
        raise SearchError("engine unknown", name=repr(url), known=", ".join(ENGINES))
    return ENGINES[url](path, languages, vocabulary_version)
