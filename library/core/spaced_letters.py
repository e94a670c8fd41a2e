"""Letters that are set apart for show: `G U I D E` is one word to who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SINGLES = re.compile(r"[^\W\d_](?: [^\W\d_])*")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_](?: |$)){4,}")
_LONGEST = 200  # letters of a run that is divided into words
_LONGEST_WORD = 24


def joined_letters(text: str, known: Iterable[str] = ()) -> str:
    """`G U I D E` as `GUIDE`; `known` words say where several spaced words divide."""
    vocabulary = {word.casefold() for word in known}

    def mend(match: re.Match[str]) -> str:
        run = match[0].replace(" ", "")
        tail = " " if match[0].endswith(" ") and match.end() < len(text) else ""
        return " ".join(_divided(run, vocabulary)) + tail

    # Two spaces between letters mark a new word; clean() has not run yet on such text.
    parts = re.split(r"[ \t\xa0]{2,}", text.strip())
    if len(parts) > 1 and all(SINGLES.fullmatch(part) for part in parts):
        return " ".join(part.replace(" ", "") for part in parts)
    return " ".join(_SPACED.sub(mend, part + " ").strip() for part in parts if part)


def _divided(run: str, vocabulary: set[str]) -> Sequence[str]:
    """The fewest known words that make up `run`, or `run` itself."""
    lower = run.casefold()
    if len(lower) > _LONGEST or len(lower) != len(run):
        return [run]
    best: list[list[str] | None] = [[]]
    for end in range(1, len(lower) + 1):
        options = [
            [*before, run[start:end]]
            for start in range(max(0, end - _LONGEST_WORD), end)
            if (before := best[start]) is not None and lower[start:end] in vocabulary
        ]
        best.append(min(options, key=len, default=None))
    return best[-1] or [run]
