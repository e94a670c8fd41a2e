"""Patterns that are compiled when they are first asked.

Compiling takes longer than most questions need: of the two hundred patterns of this package, a
command that searches asks a fifth. A process that answers for long, or forks others, compiles all
of them before it begins (`compile_all`).
"""

from __future__ import annotations

from typing import Any, cast

import regex

METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class Deferred:
    """Stands for a pattern of `regex`. From the first question on it has the pattern's own methods,
    so that asking takes no longer than asking the pattern."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What is not there yet: it compiles."""
        if name.startswith("__"):
            raise AttributeError(name)
        pattern = self.compiled()
        for method in METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)

    def compiled(self) -> regex.Pattern[str]:
        return regex.compile(self._source, self._flags)


_ALL: list[Deferred] = []


def compile(source: str, flags: int = 0) -> regex.Pattern[str]:
    """As `regex.compile`, but a mistake in a pattern is met when it is first asked."""
    made = Deferred(source, flags)
    _ALL.append(made)
    return cast("regex.Pattern[str]", made)


def compile_all() -> None:
    """Compile all that are loaded: for who answers for long, and before others are forked."""
    for one in _ALL:
        if METHODS[0] not in vars(one):
            _ = cast("regex.Pattern[str]", one).search
