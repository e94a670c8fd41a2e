"""Values under those above them, as far as they are listed: countries under their regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

Branches = Sequence[tuple[str, Sequence[tuple[str, int]]]]
"""Each value at the top, with (value, level) for all within it, level 1 right below."""


class Tree(Protocol):
    """What is needed of the vocabularies."""

    def broader(self, facet: str, id: str) -> str | None: ...


def branches_of(tree: Tree, facet: str, values: Iterable[str]) -> Branches:
    """The values as branches, each level in the order it is given in.

    A value stands under the nearest one above it that is listed too.
    """
    listed = list(values)
    known = set(listed)
    below: dict[str, list[str]] = {}
    for value in listed:
        below.setdefault(_above(tree, facet, value, known), []).append(value)
    return [(top, list(_within(top, below, 1))) for top in below.get("", [])]


def _above(tree: Tree, facet: str, value: str, known: set[str]) -> str:
    above = tree.broader(facet, value)
    while above and above not in known:
        above = tree.broader(facet, above)
    return above or ""


def _within(top: str, below: Mapping[str, Sequence[str]], level: int) -> Iterator[tuple[str, int]]:
    for value in below.get(top, ()):
        yield value, level
        yield from _within(value, below, level + 1)
