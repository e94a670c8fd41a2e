"""How alike a reading and the truth are: words, order, headings, tables, running heads.

Every measure gives 0 to 1. Distances are computed on whole texts with machine integers as bit
vectors, so that a book of a million characters takes seconds without a compiled library.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

PIECE = 10  # characters that must be the same for two places to be one
LEADERS = re.compile(r"(?:\s?[.·…_]){4,}|(?<!\S)…(?!\S)")
Rows = Sequence[Sequence[str]]


def spaced(text: str) -> str:
    """Text in composed form, with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def undotted(text: str) -> str:
    """Text without the dots that lead to a page number, or what a reader put in their place."""
    return " ".join(LEADERS.sub(" ", text).split())


def ratio(truth: str, text: str) -> float:
    """Levenshtein ratio: 2·LCS / (both lengths), as python-Levenshtein and py-pdf/benchmarks have.

    The longest common subsequence by bit vectors (Hyyrö, 2004). White space is compared as given.
    """
    total = len(truth) + len(text)
    return 2 * _common(truth, text) / total if total else 1.0


def _common(first: str, second: str) -> int:
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    first, second = first[start:], second[start:]
    if not first or not second:
        return start
    places = _places(first)
    every = (1 << len(first)) - 1
    row = every
    for sign in second:
        same = row & places.get(sign, 0)
        row = ((row + same) | (row - same)) & every
    return start + len(first) - row.bit_count()


def _places(text: str) -> dict[str, int]:
    """The places of each sign as bits."""
    found: dict[str, bytearray] = {}
    for place, sign in enumerate(text):
        bits = found.setdefault(sign, bytearray(len(text) // 8 + 1))
        bits[place >> 3] |= 1 << (place & 7)
    return {sign: int.from_bytes(bits, "little") for sign, bits in found.items()}


def error_rate(truth: str, text: str) -> float:
    """Character error rate: insertions, deletions, substitutions, over the truth's length.

    By the bit vectors of Myers (1999) in the form of Hyyrö (2001); never above 1.
    """
    if not truth:
        return float(bool(text))
    places = _places(truth)
    every = (1 << len(truth)) - 1
    last = 1 << (len(truth) - 1)
    up, down, errors = every, 0, len(truth)
    for sign in text:
        same = places.get(sign, 0)
        crossing = (((same & up) + up) ^ up) | same | down
        more, less = down | (~(crossing | up) & every), up & crossing
        errors += bool(more & last) - bool(less & last)
        more, less = ((more << 1) | 1) & every, (less << 1) & every
        up, down = less | (~(crossing | more) & every), more & crossing
    return min(1.0, errors / len(truth))


def order(truth: str, text: str) -> float | None:
    """Normalised Kendall: the share of pairs of places that stand in the right order.

    A place is a run of 10 characters, spaces left out, that is found once in both texts; None
    when there are fewer than two.
    """
    here, there = _unique(truth), _unique(text)
    sequence = [there[piece] for piece in sorted(here.keys() & there.keys(), key=here.__getitem__)]
    count = len(sequence)
    if count < 2:
        return None
    return 1.0 - 2 * _inversions(sequence)[1] / (count * (count - 1))


def _unique(text: str) -> dict[str, int]:
    signs = "".join(unicodedata.normalize("NFKC", text).split())
    pieces = [signs[place : place + PIECE] for place in range(len(signs) - PIECE + 1)]
    counts = Counter(pieces)
    return {piece: place for place, piece in enumerate(pieces) if counts[piece] == 1}


def _inversions(values: Sequence[int]) -> tuple[list[int], int]:
    if len(values) < 2:
        return list(values), 0
    middle = len(values) // 2
    left, first = _inversions(values[:middle])
    right, second = _inversions(values[middle:])
    merged: list[int] = []
    crossed = first + second
    place = 0
    for value in left:
        while place < len(right) and right[place] < value:
            merged.append(right[place])
            place += 1
        crossed += place
        merged.append(value)
    return merged + right[place:], crossed


@dataclass(frozen=True, slots=True)
class Found:
    """True positives, what was given, what was to be given; they add up over documents."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.given + self.wanted
        return 2 * self.right / total if total else 1.0


def matched(truth: Iterable[Hashable], given: Iterable[Hashable]) -> Found:
    """How many of the things given are right, each counted as often as it is there."""
    wanted, had = Counter(truth), Counter(given)
    return Found((wanted & had).total(), had.total(), wanted.total())


@dataclass(slots=True)
class Tree:
    """An ordered tree whose nodes have a tag and, in cells, a text."""

    tag: str
    text: str = ""
    children: list[Tree] = field(default_factory=list)


def tree_of(rows: Rows) -> Tree:
    """A table as HTML has it: its rows, and their cells."""
    return Tree(
        "table", "", [Tree("tr", "", [Tree("td", spaced(cell)) for cell in row]) for row in rows]
    )


def teds(truth: Rows, given: Rows) -> float:
    """Tree-edit-distance similarity of two tables (Zhong et al., 2020): 1 - distance / size.

    Inserting or deleting a node costs 1, another text in a cell its normalised Levenshtein
    distance. The size is that of the larger tree.
    """
    first, second = tree_of(truth), tree_of(given)
    size = max(_size(first), _size(second))
    return 1.0 - tree_distance(first, second, _cost) / size


def tables(truth: Sequence[Rows], given: Sequence[Rows]) -> float | None:
    """The mean similarity of tables, best pairs first; one missing, or too many, counts 0."""
    if not truth and not given:
        return None
    pairs = sorted(
        ((teds(a, b), i, j) for i, a in enumerate(truth) for j, b in enumerate(given)),
        reverse=True,
    )
    here: set[int] = set()
    there: set[int] = set()
    total = 0.0
    for alike, i, j in pairs:
        if i not in here and j not in there:
            here.add(i)
            there.add(j)
            total += alike
    return total / max(len(truth), len(given))


def _size(tree: Tree) -> int:
    return 1 + sum(map(_size, tree.children))


def _cost(first: Tree, second: Tree) -> float:
    if first.tag != second.tag:
        return 1.0
    if first.text == second.text:
        return 0.0
    longest, other = sorted((first.text, second.text), key=len, reverse=True)
    return error_rate(longest, other)


def tree_distance(first: Tree, second: Tree, cost: Callable[[Tree, Tree], float]) -> float:
    """The tree edit distance of Zhang and Shasha (1989)."""
    nodes, lefts = _postorder(first)
    others, other_lefts = _postorder(second)
    distance: dict[tuple[int, int], float] = {}
    for i in _keyroots(lefts):
        for j in _keyroots(other_lefts):
            _forests(i, j, lefts, other_lefts, nodes, others, distance, cost)
    return distance[len(nodes) - 1, len(others) - 1]


def _postorder(tree: Tree) -> tuple[list[Tree], list[int]]:
    """Nodes after their children, and the leftmost leaf below each."""
    nodes: list[Tree] = []
    lefts: list[int] = []

    def visit(node: Tree) -> int:
        leftmost = [visit(child) for child in node.children]
        nodes.append(node)
        lefts.append(leftmost[0] if leftmost else len(nodes) - 1)
        return lefts[-1]

    visit(tree)
    return nodes, lefts


def _keyroots(lefts: Sequence[int]) -> list[int]:
    return sorted({left: place for place, left in enumerate(lefts)}.values())


def _forests(
    i: int,
    j: int,
    lefts: Sequence[int],
    other_lefts: Sequence[int],
    nodes: Sequence[Tree],
    others: Sequence[Tree],
    distance: dict[tuple[int, int], float],
    cost: Callable[[Tree, Tree], float],
) -> None:
    base, other_base = lefts[i], other_lefts[j]
    wide = j - other_base + 2
    above = [float(n) for n in range(wide)]
    rows = [above]
    for place in range(base, i + 1):
        row = [rows[-1][0] + 1]
        for other in range(other_base, j + 1):
            down, right = rows[-1][other - other_base + 1] + 1, row[-1] + 1
            whole = lefts[place] == base and other_lefts[other] == other_base
            if whole:
                diagonal = rows[-1][other - other_base] + cost(nodes[place], others[other])
            else:
                before = rows[lefts[place] - base][other_lefts[other] - other_base]
                diagonal = before + distance[place, other]
            row.append(min(down, right, diagonal))
            if whole:
                distance[place, other] = row[-1]
        rows.append(row)


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are there; None when none is."""
    kept = [value for value in values if value is not None]
    return sum(kept) / len(kept) if kept else None


def average(rows: Iterable[Mapping[str, float | None]]) -> dict[str, float | None]:
    """Means by name."""
    kept = list(rows)
    names = dict.fromkeys(name for row in kept for name in row)
    return {name: mean(row.get(name) for row in kept) for name in names}
