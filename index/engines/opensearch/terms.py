"""Terms as a server takes them: those of one place in a row, parted by a stroke.

A server parts texts at white space and strokes, and does nothing more: words are analysed by us. So
neither may stand in a term; nor may half a character, or more letters than it takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import regex

from index.columns.arrays import Column, Columns
from index.columns.terms import END, to_text

BESIDE = "|"  # between terms that stand at one place
LONGEST = 100  # letters; what is longer is known by its beginning and a sum
_ODD = regex.compile(r"[\s\p{C}|%\x00]", regex.V1)


@lru_cache(1 << 16)
def sent(term: str) -> str:
    """A term as it is sent; a beginning of up to LONGEST letters stays the beginning of it."""
    plain = _ODD.sub(lambda odd: f"%{ord(odd[0]):x};", term)
    if len(plain) <= LONGEST:
        return plain
    return f"{plain[:LONGEST]}%{hashlib.sha256(term.encode('utf-8', 'surrogatepass')).hexdigest()}"


def at_one_place(terms: Iterable[str]) -> str:
    """Terms any of which may stand at one place."""
    return BESIDE.join(map(sent, terms))


def in_order(slots: Iterable[Sequence[str]]) -> str:
    """Places one after the other, as a phrase asks for them."""
    return " ".join(map(at_one_place, slots))


def held(columns: Columns, field: str) -> list[str]:
    """The terms of a field of one work."""
    content = columns[f"{field}.terms"].tobytes()
    return list(map(to_text, content[:-1].split(END))) if content else []


def standing(columns: Columns, field: str) -> Iterator[str]:
    """A field of one work as values to be sent: a phrase spans no two of them."""
    terms = [sent(term) for term in held(columns, field)]
    at = columns[f"{field}.at"]
    positions = columns[f"{field}.positions"].astype(np.int64)
    if not len(positions):
        return
    counts: Column = np.diff(at.astype(np.int64))
    term = np.repeat(np.arange(len(terms)), counts)
    order = np.lexsort((term, positions))
    places, first = np.unique(positions[order], return_index=True)
    which = term[order].tolist()
    edges = [*first.tolist(), len(which)]
    words = [
        terms[which[a]] if b - a == 1 else BESIDE.join(terms[one] for one in which[a:b])
        for a, b in pairwise(edges)
    ]
    breaks = [0, *(np.flatnonzero(np.diff(places) > 1) + 1).tolist(), len(words)]
    for a, b in pairwise(breaks):
        yield " ".join(words[a:b])


def often(columns: Columns, field: str) -> list[tuple[str, int]]:
    """The terms of a field of one work, and how often each stands there."""
    counts = np.diff(columns[f"{field}.at"].astype(np.int64)).tolist()
    return list(zip(map(sent, held(columns, field)), counts, strict=True))
