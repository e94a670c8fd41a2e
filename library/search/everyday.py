"""Words of everyday speech and what papers call the same: "boss" finds texts that say employer.

The table, `everyday.toml`, knows no concept: most of what people say at work is no subject that
works are filed under. What a vocabulary names stands in the vocabularies.

Folding its labels takes longer than answering a question. So a command that searches leaves what
came of it in the home, beside the vocabularies (`table`), for the next one to `take`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.query import Word
from index.text import analysis
from library.vocabularies import folding
from library.vocabularies.folding import key, keys

NAME = "everyday"  # of the table, among what is kept beside the vocabularies
FILE = Path(__file__).with_name("everyday.toml")

LONGEST = 5  # words of a name in the table
HIDDEN = "hidden"  # in place of a language: labels that find, and are never shown

Name = tuple[str, str]  # language, words
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of the file, each the names in it, and folded words → the rows they stand in."""

    languages: tuple[str, ...]
    rows: tuple[frozenset[Name], ...]
    lines: Mapping[str, Sequence[int]]

    def names(self, spelling: Key) -> frozenset[Name]:
        """What folded words can be called otherwise."""
        at = self.lines.get(" ".join(spelling), ())
        return frozenset().union(*(self.rows[row] for row in at))


_taken: _Table | None = None


def named(run: Sequence[Word]) -> Iterator[tuple[int, int, frozenset[Name]]]:
    """(start, end, other names) of the words of a run that have some, the longest first, in order
    and without overlap."""
    table = _taken or _made()
    languages = ("", *table.languages)
    at = 0
    while at < len(run):
        for length in range(min(LONGEST, len(run) - at), 0, -1):
            text = " ".join(word.text for word in run[at : at + length])
            typed = keys(text, languages)
            names = frozenset[Name]().union(*map(table.names, typed))
            others = frozenset(n for n in names if key(n[1], n[0]) not in typed)
            if others:
                yield at, at + length, others
                at += length - 1
                break
        at += 1


def table() -> dict[str, Any]:
    """The table as JSON can keep it, and what it was made of."""
    made = _taken or _made()
    rows = [sorted(map(list, row)) for row in made.rows]
    lines = {line: list(at) for line, at in made.lines.items()}
    return {"of": _made_of(), "languages": list(made.languages), "rows": rows, "lines": lines}


def take(kept: object) -> bool:
    """Use a table that was kept; False where it is not one of this file and this code."""
    global _taken
    try:
        if not isinstance(kept, dict) or kept["of"] != _made_of():
            return False
        rows = tuple(frozenset((str(to), str(label)) for to, label in row) for row in kept["rows"])
        lines = {str(line): [int(row) for row in at] for line, at in kept["lines"].items()}
        if not all(0 <= row < len(rows) for at in lines.values() for row in at):
            return False
        _taken = _Table(tuple(map(str, kept["languages"])), rows, lines)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return True


@cache
def _made_of() -> str:
    """A digest of the file, and of the code that folds its labels."""
    files = (FILE, *(Path(str(module.__file__)) for module in (folding, analysis)), Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


@cache
def _rows() -> tuple[Mapping[str, Sequence[str]], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["meaning"])


@cache
def _made() -> _Table:
    lines: dict[str, dict[int, None]] = defaultdict(dict)
    rows = []
    for number, row in enumerate(_rows()):
        every = [(language, label) for language, labels in row.items() for label in labels]
        rows.append(frozenset(name for name in every if name[0] != HIDDEN))
        for language, label in every:
            for spelling in {key(label, language if language != HIDDEN else ""), key(label, "")}:
                lines[" ".join(spelling)][number] = None
    languages = dict.fromkeys(language for row in _rows() for language in row if language != HIDDEN)
    return _Table(tuple(languages), tuple(rows), {line: [*at] for line, at in lines.items()})
