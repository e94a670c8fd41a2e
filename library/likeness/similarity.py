"""How alike two documents are: the same words in other bytes, or the same work in another language.

Words: MinHash over runs of words (Broder, "On the resemblance and containment of documents",
1997); candidates by bands of the signature (Leskovec, Rajaraman, Ullman, "Mining of Massive
Datasets", chapter 3). Translations share what is not translated: numbers, names, addresses; what
few documents have says more. Values in, values out, nothing stored.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import regex

from library.core.resource import Page
from library.likeness.structure import outline_of

LONGEST = 4_000_000  # characters that are looked at: some 1,500 pages tell a document by
LONGEST_PAGE = 200_000  # characters
VERSION = 4
"""Raised when signatures made before cannot be compared with those made now."""

RUN = 4  # words in a run: shorter ones are shared by chance, longer ones broken by any change
LEAST = 24  # runs below which a text is too short to be told from others
SIZE = 128  # numbers in a signature
ERROR = 0.13  # of what signatures tell: three times sqrt(.5 * .5 / SIZE)
BANDS = 32  # of four numbers each: of pairs half alike 87 in 100 meet, of those .8 alike all
ALIKE = 0.5  # share of runs in common from which two texts are said to have the same words
SAME = 0.995  # from which only the file differs

LEAST_DIGITS = 3  # of a number that tells: shorter ones are those of sections, everywhere

WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{M}\p{N}]+"
)
ANCHOR = regex.compile(
    r"https?://[^\s<>()\"']+|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+"  # addresses
    r"|\p{Nd}+(?:[.,/:]\p{Nd}+)*"  # numbers
    r"|\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-'’]\p{L}+)*"  # names, and every sentence's first word
    r"|\p{Emoji_Presentation}"
)

Hashes = npt.NDArray[np.uint64]
Kind = Literal["same words", "newer version", "translation"]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SEED = 1848
_AT_ONCE = 4096  # runs hashed together: each takes a kilobyte meanwhile


@dataclass(frozen=True, slots=True)
class Mark:
    """What is kept of a document to tell others like it.

    `signature` is b"" for a text too short to be told; `anchors` and `outline` are what a
    translation keeps.
    """

    signature: bytes
    anchors: tuple[int, ...]
    outline: bytes = b""  # as structure.py makes it


@dataclass(frozen=True, slots=True)
class Shape:
    """What a translation has in common with its original beside anchors."""

    language: str
    pages: int
    headings: int
    text: int  # bytes
    day: str = ""  # the date its own words bear, where they say the day
    outline: bytes = b""  # as structure.py makes it
    filename: str = ""


@lru_cache(maxsize=65_536)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def runs(text: str) -> Hashes:
    """The distinct runs of words of a text, each as a 64-bit number."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < RUN:
        return np.empty(0, np.uint64)
    numbers = np.fromiter((_number(word) for word in words), np.uint64, len(words))
    length = len(words) - RUN + 1
    mixed = np.zeros(length, np.uint64)
    for place in range(RUN):
        mixed = _mixed((mixed ^ numbers[place : place + length]) * _MULTIPLIER)
    return np.unique(mixed)


def _mixed(numbers: Hashes) -> Hashes:
    """Spread the bits: the finaliser of SplitMix64."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def signature(of: Hashes) -> bytes:
    """MinHash of a set: SIZE numbers of 32 bits; b"" for one too small to be told."""
    if len(of) < LEAST:
        return b""
    from datasketch import MinHash  # half a second, and only marking needs it

    made = MinHash(num_perm=SIZE, seed=_SEED, hashfunc=_as_it_is)
    for start in range(0, len(of), _AT_ONCE):
        made.update_batch(of[start : start + _AT_ONCE] & np.uint64(0xFFFFFFFF))
    kept: bytes = made.hashvalues.astype("<u4").tobytes()
    return kept


def _as_it_is(hashed: np.uint64) -> np.uint64:
    return hashed


def resemblance(one: bytes, other: bytes) -> float:
    """The share of runs two texts have in common, from 0 to 1, as their signatures tell."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def bands(of: bytes) -> list[int]:
    """One number for each band of a signature; texts that share any are worth comparing."""
    width = len(of) // BANDS
    return [
        int.from_bytes(
            hashlib.blake2b(of[place * width : (place + 1) * width], digest_size=7).digest(), "big"
        )
        for place in range(BANDS)
        if of
    ]


def mark_of(pages: Sequence[Page]) -> Mark:
    """The mark of a document."""
    text = "\n".join(page.text[:LONGEST_PAGE] for page in pages)[:LONGEST]
    return Mark(signature(runs(text)), tuple(sorted(anchors_of(text))), outline_of(pages))


_LICENCE = frozenset(
    ("creative", "commons", "cc", "by", "sa", "nc", "nd", "by-sa", "by-nc", "by-nc-sa", "by-nc-nd",
     "attribution", "noncommercial", "non-commercial", "sharealike", "share-alike", "noderivs",
     "noderivatives", "licence", "license", "copyright", "atribucion", "atribuicao", "licencia",
     "licenca", "international")
)  # fmt: skip


def anchors_of(text: str, most: int = 400) -> dict[int, str]:
    """The most frequent numbers, names and addresses of a text, each under a 63-bit number."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for piece in ANCHOR.findall(text):
        plain = _plain(piece)
        least = LEAST_DIGITS if plain.isdecimal() else 2
        if plain in _LICENCE or "creativecommons.org" in plain:
            continue  # half of all documents say so: it tells of no two that they are one work
        if len(plain) >= least or not plain.isalnum():
            counts[plain] += 1
            written.setdefault(plain, piece)
    return {_number(plain) >> 1: written[plain] for plain, _ in counts.most_common(most)}


def _plain(piece: str) -> str:
    """Digits of any script as 0 to 9, without signs between thousands; names without accents."""
    if piece[0].isdecimal():
        return "".join(str(unicodedata.digit(c)) for c in piece if c.isdecimal())
    bare = unicodedata.normalize("NFKD", piece.casefold().rstrip(".,;:"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def pages_alike(
    one: Sequence[Page], other: Sequence[Page]
) -> tuple[float, list[tuple[int, int, float]]]:
    """How alike two documents are, and which page has most words of which of the other.

    Shares of runs in common, from 0 to 1; a page of `one`, a page of `other`, and their share.
    """
    mine = [(page.number, runs(page.text)) for page in one]
    theirs = [(page.number, runs(page.text)) for page in other]
    where: dict[int, list[int]] = {}
    for place, (_, of) in enumerate(theirs):
        for run in of.tolist():
            where.setdefault(run, []).append(place)
    pairs = []
    for number, of in mine:
        shared = Counter(place for run in of.tolist() for place in where.get(run, ()))
        shares = {
            place: count / (len(of) + len(theirs[place][1]) - count)
            for place, count in shared.items()
        }
        best = max(shares, key=lambda place: (shares[place], -place), default=None)
        if best is not None and shares[best] >= ALIKE:
            pairs.append((number, theirs[best][0], round(shares[best], 2)))
    whole = [np.unique(np.concatenate([of for _, of in side])) for side in (mine, theirs) if side]
    if len(whole) < 2:
        return 0.0, pairs
    common = len(np.intersect1d(whole[0], whole[1], assume_unique=True))
    return common / max(1, len(whole[0]) + len(whole[1]) - common), pairs
