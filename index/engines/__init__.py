"""Engines, by the name they have in a setting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from index.engine import EngineMissing, SearchEngine, SearchError

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


ENGINES: dict[str, Callable[[Path, Sequence[str], str], SearchEngine]] = {
    "whoosh": _whoosh,
    "tantivy": _tantivy,
}

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
        raise SearchError(f"There is no engine {url!r}. Known are: {', '.join(ENGINES)}.")
    return ENGINES[url](path, languages, vocabulary_version)
