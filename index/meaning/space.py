"""A space in which words and works that are used alike lie close together.

Latent semantic analysis: Deerwester, Dumais and others, "Indexing by Latent Semantic Analysis"
(1990); a truncated singular value decomposition of the matrix of works by words, log frequencies
times inverse document frequency, rows of length one. Editions of one work are one row, so words of
two languages that translate each other come to lie together: Dumais, Letsche, Littman and Landauer,
"Automatic Cross-Language Retrieval Using Latent Semantic Indexing" (1997).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import scipy

DIMENSIONS = 200  # given
SCALES = (0.25, 0.5, 1.0)
"""Likeness is looked at coarsely and finely at once: the mean of the cosines in the first and
weightiest of the dimensions, so large a share of them. Given."""

WORKS_EACH = 3
"""At most one dimension for so many works: a space as wide as the library only repeats it.
Given."""

_SPARE = 24  # dimensions more than wanted, which make the others exact
_ROUNDS = 5

Array = npt.NDArray[np.floating[Any]]


def rarity(holders: npt.NDArray[np.integer[Any]], works: int) -> Array:
    """What a word weighs: the log of how few of the works hold it; 0 for one that all hold."""
    return np.maximum(np.log((works + 1) / (holders + 0.5)), 0).astype(np.float32)


def axes(matrix: scipy.sparse.csr_matrix) -> Array:
    """The directions in which the rows of a matrix differ most, as (columns, DIMENSIONS or fewer).

    By random projections and a few rounds of subspace iteration: Halko, Martinsson and Tropp,
    "Finding structure with randomness" (2011), algorithm 4.4. The same matrix gives the same axes.
    """
    rows, columns = matrix.shape
    wanted = min(DIMENSIONS, rows // WORKS_EACH, columns)
    if wanted < 1:
        return np.zeros((columns, 0), np.float32)
    width = min(wanted + _SPARE, rows, columns)
    spread = np.random.default_rng(0).standard_normal((columns, width), np.float32)
    basis, _ = np.linalg.qr(matrix @ spread)
    for _ in range(_ROUNDS):
        across, _ = np.linalg.qr(matrix.T @ basis)
        basis, _ = np.linalg.qr(matrix @ across)
    _, _, right = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    found: Array = np.ascontiguousarray(right[:wanted].T, np.float32)
    return found


def cosines(vectors: Array, shares: Array, query: Array) -> Array:
    """The mean cosine over SCALES of each row of `vectors` with `query`.

    `shares` are one by the lengths of the rows at each scale, which `norms` gives.
    """
    total = np.zeros(len(vectors), np.float32)
    product = np.zeros(len(vectors), np.float32)
    start = 0
    for number, end in enumerate(ends(vectors.shape[1])):
        product += vectors[:, start:end] @ query[start:end]
        own = float(np.linalg.norm(query[:end]))
        start = end
        if own:
            total += product * shares[:, number] / np.float32(own)
    return total / len(SCALES)


def norms(vectors: Array) -> Array:
    """The length of each row within each of SCALES, as (rows, scales)."""
    squares = np.cumsum(np.square(vectors, dtype=np.float32), axis=1)
    if not vectors.shape[1]:
        return np.zeros((len(vectors), len(SCALES)), np.float32)
    lengths: Array = np.sqrt(squares[:, [end - 1 for end in ends(vectors.shape[1])]])
    return lengths


def ends(dimensions: int) -> list[int]:
    """How many of the first dimensions each of SCALES looks at."""
    return [max(1, round(share * dimensions)) for share in SCALES]
