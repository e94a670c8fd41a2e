"""What a library in a server teaches: learned from at most TAUGHT works, and kept in the server."""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.answering.semantics import mark_of
from index.engines.opensearch import schema
from index.engines.opensearch.documents import Candidate
from index.engines.opensearch.server import Server
from index.meaning import Learned, Matrix, dump, learn, load
from index.meaning.learning import TAUGHT, TAUGHT_BY
from index.meaning.space import Array, cosines, norms

PART = 3_000_000  # bytes of a lesson that are kept together
AT_ONCE = 100  # works
MARKS = 10_000
LOTS = 1 << 32


class Lesson:
    """What was learned, and the works that it was learned from, to be looked through."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        works = learned.works
        self.places = {mark: row for row, mark in enumerate(works)}
        self.ids = [mark.rpartition(" ")[0] for mark in works]
        self.vectors: Array = learned.vectors.astype(np.float32)
        self._shares = (1 / np.maximum(norms(self.vectors), 1e-9)).astype(np.float32)

    def nearest(self, place: Array, count: int) -> list[str]:
        """The works that lie nearest to a place, the nearest first."""
        if not len(self.ids):
            return []
        likeness = cosines(self.vectors, self._shares, place)
        count = min(count, len(likeness))
        best = np.argpartition(-likeness, count - 1)[:count]
        best = best[np.argsort(-likeness[best], kind="stable")]
        return [self.ids[row] for row in best.tolist() if likeness[row] > 0]


class Taken:
    """The postings of a field of some works."""

    def __init__(self) -> None:
        self._terms: dict[bytes, int] = {}
        self._places, self._counts, self._ends = array("i"), array("i"), array("q", [0])
        self._holders: npt.NDArray[np.integer[Any]] | None = None

    def add(self, candidate: Candidate, field: str) -> None:
        own = candidate.segment.fields[field]
        terms = own.terms.slice(0, own.terms.count)
        self._places.extend(self._terms.setdefault(term, len(self._terms)) for term in terms)
        self._counts.extend(own.often(0, len(terms)).astype(np.int32).tolist())
        self._ends.append(len(self._places))
        self._holders = None

    @property
    def holders(self) -> npt.NDArray[np.integer[Any]]:
        if self._holders is None:
            places = np.array(self._places, np.int32)
            self._holders = np.bincount(places, minlength=len(self._terms))
        return self._holders

    @holders.setter
    def holders(self, value: npt.NDArray[np.integer[Any]]) -> None:
        self._holders = value

    def named(self, places: npt.NDArray[np.int64]) -> list[str]:
        names = [*self._terms]
        return [names[place].decode("utf-8", "surrogatepass") for place in places.tolist()]

    def of(
        self, first: int, last: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        ends = np.array(self._ends, np.int64)
        last = min(last, len(ends) - 1)
        own = slice(int(ends[first]), int(ends[last]))
        works = np.repeat(np.arange(first, last, dtype=np.int32), np.diff(ends[first : last + 1]))
        return (
            np.array(self._places[own], np.int64),
            works,
            np.array(self._counts[own], np.float32),
        )


class Source:
    """What is learned from: `index.meaning` asks it for postings and lengths."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        self._fields = {field: Taken() for field, _ in TAUGHT_BY}
        self._lengths: dict[str, list[int]] = {field: [] for field in self._fields}

    def add(self, candidate: Candidate) -> None:
        self.marks.append(mark_of(candidate.id, int(candidate.columns["mark"][0])))
        lengths = candidate.columns["lengths"][0].tolist()
        for field, taken in self._fields.items():
            taken.add(candidate, field)
            self._lengths[field].append(lengths[schema.COLUMN[field]])

    def matrix(self, field: str) -> Matrix:
        return self._fields[field]

    def norms(self, field: str) -> npt.NDArray[np.float32]:
        lengths = np.array(self._lengths[field], np.float32)
        filled = lengths[lengths > 0]
        return lengths / (filled.mean() if filled.size else np.float32(1))


def taught(server: Server, index: str) -> Mapping[str, Any]:
    """The works that are learned from: all, or about TAUGHT of them, the same each time."""
    works = server.ask("GET", f"/{index}/_count")["count"]
    if works <= TAUGHT:
        return {"match_all": {}}
    return {"range": {"lot": {"lt": int(LOTS * TAUGHT / works)}}}


def marks(server: Server, index: str) -> list[str]:
    """What tells each of the works that would be learned from."""
    more = {"stored_fields": ["_id"], "docvalue_fields": ["mark"]}
    return [
        mark_of(hit["_id"], int(hit["fields"]["mark"][0]))
        for hits in server.every(index, taught(server, index), MARKS, **more)
        for hit in hits
    ]


def learned_from(server: Server, index: str) -> Learned | None:
    """What the works of an index teach; None where they are too few."""
    source = Source()
    more = {"stored_fields": ["_id", schema.BLOB], "seq_no_primary_term": True}
    for hits in server.every(index, taught(server, index), AT_ONCE, **more):
        for hit in hits:
            source.add(Candidate(hit))
    return learn(source, source.marks)


def keep(server: Server, control: str, generation: str, number: int, learned: Learned) -> int:
    """Keep a lesson; in how many parts it is."""
    content = dump(learned)
    parts = [content[at : at + PART] for at in range(0, len(content), PART)]
    server.write(control, _lines(generation, number, parts))
    return len(parts)


def recall(
    server: Server, control: str, generation: str, number: int, parts: int
) -> Learned | None:
    """What was kept."""
    content = b"".join(
        base64.b64decode(
            server.ask("GET", f"/{control}/_doc/{_name(generation, number, part)}")["_source"][
                "content"
            ]
        )
        for part in range(parts)
    )
    return load(content)


def forget(server: Server, control: str, generation: str, number: int, parts: int) -> None:
    """Let go of a lesson."""
    names = (_name(generation, number, part) for part in range(parts))
    server.write(control, (f"{json.dumps({'delete': {'_id': name}})}\n" for name in names))


def _lines(generation: str, number: int, parts: Sequence[bytes]) -> Iterator[str]:
    for part, content in enumerate(parts):
        action = {"index": {"_id": _name(generation, number, part)}}
        kept = {
            "generation": generation,
            "lesson": number,
            "part": part,
            "content": base64.b64encode(content).decode("ascii"),
        }
        yield f"{json.dumps(action)}\n{json.dumps(kept)}\n"


def _name(generation: str, number: int, part: int) -> str:
    return f"lesson-{generation}-{number}-{part}"
