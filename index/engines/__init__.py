"""Engines, by the name they have in a setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.engine import SearchEngine, SearchError


def _whoosh(path: Path, languages: Sequence[str], vocabulary_version: str) -> SearchEngine:
    from index.engines.whoosh import WhooshEngine

    return WhooshEngine(path, languages, vocabulary_version)


ENGINES: dict[str, Callable[[Path, Sequence[str], str], SearchEngine]] = {"whoosh": _whoosh}


def open_engine(
    url: str, path: Path, languages: Sequence[str], vocabulary_version: str
) -> SearchEngine:
    """The engine that a setting names. Raises SearchError for an unknown one."""
    if url not in ENGINES:
        raise SearchError(f"There is no engine {url!r}. Known are: {', '.join(ENGINES)}.")
    return ENGINES[url](path, languages, vocabulary_version)
