"""How alike the structure of two documents is: the same blocks in the same order and proportion.

A translation keeps headings, lists and tables, and each paragraph about as long as it was (Gale
and Church, "A program for aligning sentences in bilingual corpora", 1993). Two outlines are
aligned block by block; what comes out is a log-likelihood ratio in nats: how much likelier they
are as one work in two languages than as two works. Values in, values out.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from library.core.resource import BlockKind, Page

MOST = 200  # blocks that are kept of a document: what they tell is enough
LEAST = 4  # blocks below which there is no structure
STEPS = 16  # of a logarithm to base 2, in the byte that a block's length is kept in
KINDS: dict[BlockKind, int] = {
    "heading": 1,
    "paragraph": 2,
    "item": 3,
    "table": 4,
    "quote": 5,
    "code": 6,
    "note": 7,
    "caption": 8,
}
LEVELS = 8

# Spread of the logarithm of the ratio of two lengths: of a block and its translation, more for
# short blocks; and of any two blocks.
TRANSLATED, SHORT, ANY = 0.3, 0.6, 1.3
SAME_KIND, OTHER_KIND = 0.5, -2.5
GAP = -1.5  # for a block that only one of them has
STRETCHED = math.log(3.0)  # the most that a language may lengthen all blocks of another
PROFILE = 24  # places at which two documents are first compared
NEAR = 5  # documents in each language that are aligned with one
BLOCKS = 1.7  # ratio of the numbers of blocks beyond which two are not aligned

Floats = npt.NDArray[np.float64]


def outline_of(pages: Sequence[Page]) -> bytes:
    """Kind and length of each block, in two bytes; b"" before the layout is read."""
    made = bytearray()
    for page in pages:
        for block in page.blocks:
            length = len(block.text) + sum(len(cell) for row in block.rows for cell in row)
            level = min(block.level, LEVELS - 1) if block.kind == "heading" else 0
            made.append(KINDS[block.kind] * LEVELS + level)
            made.append(min(255, round(STEPS * math.log2(1 + length))))
            if len(made) == 2 * MOST:
                return bytes(made)
    return bytes(made) if len(made) >= 2 * LEAST else b""


@lru_cache(maxsize=20_000)
def likelihood(one: bytes, other: bytes) -> float:
    """How much likelier two outlines are as one work than as two, in nats; symmetrical.

    Needleman and Wunsch's alignment, with gains that are log-likelihood ratios.
    """
    if one > other:
        return likelihood(other, one)
    gains = _gains(*_read(one), *_read(other))
    rows, columns = gains.shape
    slope = GAP * np.arange(columns + 1)
    before = slope.copy()
    for row in range(rows):
        best = np.empty(columns + 1)
        best[0] = before[0] + GAP
        best[1:] = np.maximum(before[:-1] + gains[row], before[1:] + GAP)
        before = np.maximum.accumulate(best - slope) + slope
    return float(before[-1])


def _gains(kinds: Floats, lengths: Floats, others: Floats, other_lengths: Floats) -> Floats:
    """What aligning each block with each of the other document is worth."""
    stretch = math.log((lengths.sum() + 1) / (other_lengths.sum() + 1))
    stretch = max(-STRETCHED, min(STRETCHED, stretch))
    apart = np.log(1 + lengths)[:, None] - np.log(1 + other_lengths)[None, :] - stretch
    shorter = np.minimum(lengths[:, None], other_lengths[None, :])
    spread = TRANSLATED + SHORT / np.sqrt(1 + shorter)
    gains = np.log(ANY / spread) - apart**2 / 2 * (1 / spread**2 - 1 / ANY**2)
    same = kinds[:, None] == others[None, :]
    worth: Floats = gains + np.where(same, SAME_KIND, OTHER_KIND)
    return worth


def candidates(
    outlines: Sequence[bytes], spoken: npt.NDArray[np.int64], of: Container[int]
) -> set[tuple[int, int]]:
    """Pairs in two languages that are worth aligning, by their places, the smaller first.

    Of each of these documents its nearest few in every language, by how its text is spread over
    its blocks. of: places of documents.
    """
    places = np.array([n for n, outline in enumerate(outlines) if outline], np.int64)
    if len(places) < 2:
        return set()
    profiles = np.array([_profile(outlines[place]) for place in places])
    sizes = np.log([len(outlines[place]) for place in places])
    tongues = spoken[places]
    groups = [np.flatnonzero(tongues == tongue) for tongue in np.unique(tongues)]
    pairs: set[tuple[int, int]] = set()
    for row in range(len(places)):
        for group in groups if int(places[row]) in of else ():
            if tongues[group[0]] == tongues[row]:
                continue
            fits = group[np.abs(sizes[group] - sizes[row]) <= math.log(BLOCKS)]
            apart = np.abs(profiles[fits] - profiles[row]).sum(axis=1)
            for near in fits[np.argsort(apart, kind="stable")[:NEAR]]:
                one, other = sorted((int(places[row]), int(places[near])))
                pairs.add((one, other))
    return pairs


@lru_cache(maxsize=100_000)
def _profile(outline: bytes) -> tuple[float, ...]:
    """The share of the text, and of the headings and items, up to each of so many places."""
    kinds, lengths = _read(outline)
    where = np.linspace(0, 1, PROFILE + 1)[1:]
    share = np.linspace(0, 1, len(lengths) + 1)
    curves = []
    for amounts in (lengths, kinds // LEVELS == KINDS["heading"], kinds // LEVELS == KINDS["item"]):
        summed = np.concatenate([[0.0], np.cumsum(amounts)])
        whole = summed[-1] or 1.0
        weight = 1.0 if amounts is lengths else 0.5
        curves.append(weight * np.interp(where, share, summed / whole))
    return tuple(np.concatenate(curves).tolist())


def _read(outline: bytes) -> tuple[Floats, Floats]:
    rows = np.frombuffer(outline, np.uint8).reshape(-1, 2).astype(np.float64)
    return rows[:, 0], 2 ** (rows[:, 1] / STEPS) - 1
