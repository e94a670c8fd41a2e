"""Where the words of a text stand, without reading them.

What `analysis.tokens` says of a text is told for most of it by the kinds of its characters alone,
which are looked up all at once. Only runs in which a character may begin, end or part a word
(an apostrophe, a fraction, a script without spaces) are read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from index.text import amounts, analysis, deferred, scripts

_OUTSIDE, _SURE, _INSIDE, _ODD = range(4)
"""In no word; in a word, wherever; in a word that begins with another; what only reading tells."""

_LAST = 0x2070  # the first character that is not told apart: general punctuation lies before
_UNSPACED = 0x0E00  # from here on scripts may be written without spaces
_WORD = deferred.compile(r"[\p{L}\p{M}\p{Nd}\p{Nl}]+")
_BEGINNING = deferred.compile(
    r"[A-Za-z0-9\u00C0-\u024F\u0400-\u04FF\u0620-\u063A\u0641-\u064A\u0904-\u0939]+"
)
_PLAIN = bytes(chr(one).isascii() and chr(one).isalnum() for one in range(256))
_READ = regex.compile(rf"['\u2019\u02bc\u05f3\u05f4\u200b{scripts.INSIDE}{amounts.FRACTIONS}]")
_QUOTES = '"\u201d\u2033'  # between Hebrew letters they are no quotation marks
_HEBREW = 0x05D0, 0x05F2


def spans(text: str) -> npt.NDArray[np.int64]:
    """Where each of `analysis.tokens(text)` begins and ends, in rows."""
    if text.isascii() and "'" not in text:
        return _runs(np.frombuffer(f" {text} ".encode("ascii").translate(_PLAIN), np.uint8))
    points = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    hebrew = bool(((points >= _HEBREW[0]) & (points <= _HEBREW[1])).any())
    kinds = _kinds(hebrew)[np.minimum(points, _LAST)]
    found = _runs(kinds != _OUTSIDE)
    if not len(found) or kinds.max() == _SURE:
        return found
    starts = found[:, 0]
    odd = np.maximum.reduceat(kinds[1:], starts) == _ODD
    odd |= kinds[1:][starts] == _INSIDE
    parts: list[npt.NDArray[np.int64]] = []
    behind = 0
    for run in np.flatnonzero(odd).tolist():
        first, last = found[run].tolist()
        read = analysis.tokens(text[first:last])
        own = [(first + one.start, first + one.end) for one in read]
        parts += (found[behind:run], np.array(own, np.int64).reshape(-1, 2))
        behind = run + 1
    return np.concatenate((*parts, found[behind:])) if parts else found


def _runs(is_word: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Of truths between two that are false, where each run of true ones begins and ends."""
    return np.flatnonzero(is_word[1:] != is_word[:-1]).reshape(-1, 2)


@lru_cache(2)
def _kinds(hebrew: bool) -> npt.NDArray[Any]:
    """The kind of each character before _LAST, and of all others; in a text that has Hebrew?"""
    kinds = np.zeros(_LAST + 1, np.uint8)
    every = "".join(map(chr, range(_LAST)))
    for match in _WORD.finditer(every):
        kinds[match.start() : match.end()] = _INSIDE
    for match in _BEGINNING.finditer(every):
        own = kinds[match.start() : match.end()]
        own[own == _INSIDE] = _SURE
    kinds[_UNSPACED:][kinds[_UNSPACED:] == _INSIDE] = _ODD
    kinds[[one for one in range(_LAST) if _READ.match(chr(one))]] = _ODD
    if hebrew:
        kinds[[ord(one) for one in _QUOTES]] = _ODD
    kinds[_LAST] = _ODD
    return kinds
