"""Answers of a server that are kept from one question to the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar, cast

from index.engines.opensearch.documents import Candidate, version_of

HELD = 96_000_000  # bytes of candidates that are kept

T = TypeVar("T")


class Remembered:
    """Answers by what was asked: the last ones, as many as weigh no more than `most` together."""

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        made = make()
        self.put(key, made)
        return made

    def known(self, key: Hashable) -> Any:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: object) -> None:
        with self._lock:
            if key in self._kept:
                self._weight -= self._weigh(self._kept.pop(key))
            self._kept[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._most and len(self._kept) > 1:
                self._weight -= self._weigh(self._kept.popitem(last=False)[1])


class Candidates:
    """Candidates that came, kept from one question to the next while they stay what they were."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Candidate] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def of(self, hits: Sequence[Mapping[str, Any]]) -> list[Candidate]:
        """Those of some hits that came with their blobs."""
        made = []
        for hit in hits:
            with self._lock:
                known = self._kept.get(hit["_id"])
            if known is None or known.version != version_of(hit):
                known = Candidate(hit)
                self._keep(known)
            made.append(known)
        return made

    def _keep(self, candidate: Candidate) -> None:
        with self._lock:
            before = self._kept.pop(candidate.id, None)
            self._bytes += candidate.weight - (before.weight if before else 0)
            self._kept[candidate.id] = candidate
            while self._bytes > HELD and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].weight
