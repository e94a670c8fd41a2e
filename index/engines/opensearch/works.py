"""A set of works as a question to a server: what `answering` does with bit sets works on it too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

SHORT = 100  # letters of a question that is known by itself

Clause = Mapping[str, Any]


class Counting(Protocol):
    """Who tells how many works there are."""

    def sizes(self, sets: Sequence[Any]) -> list[int]: ...


class Works:
    """The works that meet all of some clauses, and none of others.

    It has the operators of a bit set, and is counted only when it is asked how many it holds.
    """

    __slots__ = ("__dict__", "_by", "_every", "_none")

    def __init__(
        self, by: Counting, every: Sequence[Clause] = (), none: Sequence[Clause] = ()
    ) -> None:
        self._by = by
        self._every = _distinct(every)
        self._none = _distinct(none)

    @cached_property
    def query(self) -> Clause:
        """As the server takes it, where only whether counts."""
        if not self._none:
            if not self._every:
                return {"match_all": {}}
            if len(self._every) == 1:
                return self._every[0]
        return {"bool": {"filter": [*self._every], "must_not": [*self._none]}}

    @cached_property
    def key(self) -> str:
        """The same for the same question."""
        return summed(json.dumps(self.query, sort_keys=True))

    def __and__(self, other: object) -> Any:
        if isinstance(other, Works):
            return Works(self._by, (*self._every, *other._every), (*self._none, *other._none))
        return 0 if other == 0 else NotImplemented

    def __or__(self, other: object) -> Any:
        if isinstance(other, Works):
            if self.key == other.key:
                return self
            return Works(self._by, (either((self.query, other.query)),))
        return self if other == 0 else NotImplemented

    __rand__ = __and__
    __ror__ = __or__

    def __invert__(self) -> Works:
        if not self._every and len(self._none) == 1:
            return Works(self._by, self._none)
        return Works(self._by, (), (self.query,))

    def __bool__(self) -> bool:
        return self.bit_count() > 0

    def bit_count(self) -> int:
        """How many there are."""
        return self._by.sizes([self])[0]


def either(clauses: Sequence[Clause]) -> Clause:
    """A clause that any of these meets; none does where there are none."""
    flat: list[Clause] = []
    for clause in clauses:
        inner = clause.get("bool", {})
        if set(inner) == {"should"}:
            flat += inner["should"]
        elif clause != NOBODY:
            flat.append(clause)
    distinct = _distinct(flat)
    if not distinct:
        return NOBODY
    return distinct[0] if len(distinct) == 1 else {"bool": {"should": list(distinct)}}


def summed(text: str) -> str:
    """A text, or what tells a long one from all others."""
    if len(text) <= SHORT:
        return text
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=24).hexdigest()


NOBODY: Clause = {"match_none": {}}


def _distinct(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    if len(clauses) < 2:
        return tuple(clauses)
    known = {json.dumps(clause, sort_keys=True): clause for clause in clauses}
    return tuple(known.values())
