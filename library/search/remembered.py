"""An engine that remembers what it answered: who asks what was asked before waits for no search.

An answer is kept under the index's generation and the question as it was read, so that a change a
search can see forgets it at once. Of several who ask the same at once one asks the
index, and the others wait for that answer alone.

What the catalogue hides and the index does not know of yet is taken out of each answer (hidden.py).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from index.document import Document
from index.engine import IndexInfo, SearchEngine
from index.query import Node, Query
from index.results import Hit, PageMatches, Results, Term
from library.search.hidden import NOTHING, Hidden, Veil

MOST = 16 * 1024 * 1024  # bytes of answers that are kept, about
ITEM = 200  # bytes of one value in an answer besides its text, about

T = TypeVar("T")
Values = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Asked:
    """An answer that somebody is making."""

    done: threading.Event = field(default_factory=threading.Event)
    answer: object = None
    made: bool = False


class RememberingEngine:
    """A SearchEngine that asks another, and keeps up to `most` bytes of what that answered."""

    def __init__(self, engine: SearchEngine, most: int = MOST) -> None:
        self._engine = engine
        self._most = most
        self._lock = threading.Lock()  # never held while anything is asked
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._bytes = 0
        self._generation = ""
        self._asked: dict[Hashable, _Asked] = {}
        self._hidden: Hidden | None = None

    def hide(self, hidden: Hidden) -> None:
        """Take out of every answer, from now on, what is hidden when it is given."""
        self._hidden = hidden

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable."""
        return self.searched(query)[0]

    def searched(self, query: Query) -> tuple[Results, bool]:
        """The answer, and whether it had to be made. Raises IndexUnusable, NotUsable."""
        results, made = self._remembered(key_of(query), lambda: self._engine.search(query))
        if veil := self._veil():
            return veil.over(self._engine, query, results), made
        return results, made

    def like(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Raises IndexUnusable."""
        hits = self._remembered(("like", id, limit), lambda: self._engine.like(id, limit))[0]
        return self._veil().among(hits)

    def terms(self, prefix: str, limit: int) -> Sequence[Term]:
        """Raises IndexUnusable."""
        key = ("terms", prefix, limit)
        terms = self._remembered(key, lambda: self._engine.terms(prefix, limit))[0]
        if veil := self._veil():
            return veil.terms(self._engine, tuple(terms))
        return terms

    def inside(
        self, id: str, edition: str, tree: Node, first: int = 0, limit: int = 0
    ) -> Sequence[PageMatches]:
        """Raises IndexUnusable."""
        key = ("inside", id, edition, tree, first, limit)
        return self._remembered(key, lambda: self._engine.inside(id, edition, tree, first, limit))[
            0
        ]

    def update(self, documents: Iterable[Document]) -> None:
        self._engine.update(documents)

    def remove(self, ids: Iterable[str]) -> None:
        self._engine.remove(ids)

    def rebuild(self, documents: Iterable[Document]) -> None:
        self._engine.rebuild(documents)

    def learn(self) -> bool:
        return self._engine.learn()

    def ids(self) -> frozenset[str]:
        return self._engine.ids()

    def generation(self) -> str:
        return self._engine.generation()

    def glimpse(self) -> str | None:
        return self._engine.glimpse()

    def info(self) -> IndexInfo:
        return self._engine.info()

    def close(self) -> None:
        self._engine.close()

    def _veil(self) -> Veil:
        return self._hidden.veil(self._engine.generation()) if self._hidden else NOTHING

    def _remembered(self, key: Hashable, make: Callable[[], T]) -> tuple[T, bool]:
        generation = self._engine.generation()
        with self._lock:
            if generation != self._generation:
                self._kept.clear()
                self._bytes, self._generation = 0, generation
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return cast(T, kept[0]), False
            place = (generation, key)
            asked = self._asked.get(place)
            mine = asked is None
            if asked is None:
                asked = self._asked[place] = _Asked()
        if not mine:
            asked.done.wait()
            if asked.made:
                return cast(T, asked.answer), False
            return make(), True  # who made it met an error: everyone meets their own
        try:
            answer = make()
            asked.answer, asked.made = answer, True
        finally:
            with self._lock:
                del self._asked[place]
            asked.done.set()
        self._keep(generation, key, answer)
        return answer, True

    def _keep(self, generation: str, key: Hashable, answer: object) -> None:
        weight = ITEM + _weight(key) + _weight(answer)
        if weight > self._most // 8:
            return
        with self._lock:
            if generation != self._generation or key in self._kept:
                return
            self._kept[key] = (answer, weight)
            self._bytes += weight
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1][1]


def key_of(query: Query) -> Hashable:
    """A question as a value: two that are read alike have the same."""
    return (
        query.tree,
        _frozen(query.chosen),
        query.years,
        query.sort,
        query.page,
        query.size,
        query.excerpts,
        query.beyond,
        _frozen(query.without),
        _frozen(query.lifted),
        _frozen(query.wished),
    )


def _frozen(values: Values) -> Hashable:
    return frozenset((facet, frozenset(chosen)) for facet, chosen in values.items() if chosen)


NUMBERS = frozenset((int, float, bool, type(None)))


def _weight(value: object) -> int:
    """About how many bytes a value of the index takes; there are thousands in an answer."""
    kind = type(value)
    if kind is str:
        return ITEM // 3 + len(cast(str, value))
    if kind in NUMBERS:
        return ITEM // 4
    if isinstance(value, (tuple, list, frozenset)):
        return ITEM // 2 + sum(map(_weight, value))
    if isinstance(value, Mapping):
        return ITEM + sum(_weight(key) + _weight(held) for key, held in value.items())
    names = getattr(value, "__dataclass_fields__", ())
    return ITEM // 4 + sum(_weight(getattr(value, name)) for name in names)
