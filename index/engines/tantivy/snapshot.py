"""One state of an index in Tantivy, opened for reading."""

from __future__ import annotations

import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from index.answering.facts import NO_YEAR, Facts
from index.answering.state import (
    NOWHERE,
    WORK,
    Layout,
    Numbers,
    Places,
    Postings,
    State,
)
from index.engines import parts
from index.engines.tantivy import schema
from index.engines.tantivy.files import stamp
from index.engines.tantivy.positions import Chunk, chunk_of, key_of
from index.fields import FIELDS

CACHED = 32 << 20  # bytes of chunks of positions that are kept

Hits = list[tuple[float, tantivy.DocAddress]]


@dataclass(frozen=True, slots=True)
class Work:
    """The facts of one work."""

    id: str
    title: str  # folded
    year: int | None
    added: int
    labels: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, int]
    quality: float
    told: str  # the words it says most, as "word:count word:count …"

    @staticmethod
    def of(facts: Mapping[str, Any]) -> Work:
        """From what `index.inversion` says of a document."""
        return Work(
            facts["id"],
            facts["title"],
            facts["year"],
            facts["added"],
            {facet: tuple(values) for facet, values in facts["labels"].items()},
            facts["lengths"],
            facts["quality"],
            facts["told"],
        )


class Snapshot(State):
    """What was read last is kept for all threads."""

    def __init__(self, folder: Path, generation: str, before: Snapshot | None) -> None:
        name = stamp(folder, generation)  # asked first: a commit in between is then found next time
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")  # no thread that watches for changes: we ask
        self._schema = index.schema
        self._searcher = index.searcher()
        hits = self._search(self._term(schema.KIND, schema.WORK), self._searcher.num_docs)
        addresses = [address for _, address in hits]
        stamps = self._column(schema.STAMP, addresses)
        known = before.stamped if before else {}
        self.stamped: dict[int, Work] = {}  # each version of a work has a stamp of its own
        for stamp_, address in zip(stamps, addresses, strict=True):
            self.stamped[stamp_] = known.get(stamp_) or self._work(address)
        self.works = list(self.stamped.values())
        self.chunks: _Chunks = before.chunks if before else _Chunks()
        self._stamps = stamps
        self._by_stamp = {stamp_: number for number, stamp_ in enumerate(stamps)}
        self._shares = self._column(schema.CHUNKS, addresses)
        super().__init__(name, _facts(self.works))

    def close(self) -> None:
        """Let go of files."""
        del self._searcher

    def postings(self, field: str, term: str) -> Postings:
        """The works that hold a term in a field."""
        holders = 0
        asked: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for indexed, count in self._searcher.terms_with_prefix(field, schema.beginning(term)):
            _, value, last = schema.read(indexed)
            holders += count * last
            scored = tantivy.Query.const_score_query(self._term(field, indexed), value)
            asked.append((tantivy.Occur.Should, scored))
        query = asked[0][1] if len(asked) == 1 else tantivy.Query.boolean_query(asked)
        hits = self._search(query, holders)
        stamps = self._column(schema.STAMP, [address for _, address in hits])
        numbers = np.fromiter(map(self._by_stamp.__getitem__, stamps), np.int32, len(stamps))
        order = np.argsort(numbers)
        often = np.fromiter((score for score, _ in hits), np.float32, len(hits))
        return numbers[order], often[order]

    def places(self, field: str, term: str, wanted: Numbers | None = None) -> Places:
        """Where a term stands in a field of all works, or of the wanted ones."""
        key = key_of(field, term)
        numbers = self.postings(field, term)[0] if wanted is None else wanted
        found: list[Places] = []
        for number in numbers.tolist():
            standing = self._chunk(number, chunk_of(key, self._shares[number])).find(key)
            if standing:
                found.append(np.array(standing, np.int64) | number << WORK)
        return np.concatenate(found) if found else NOWHERE

    def holders(self, field: str, term: str) -> int:
        """About how many works hold a term: removed ones may still be counted."""
        indexed = self._searcher.terms_with_prefix(field, schema.beginning(term))
        return sum(count for document, count in indexed if schema.read(document)[2])

    def lexicon(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """(term, about how many works hold it) for each term of a field that begins so."""
        counted: dict[str, int] = {}
        for indexed, count in self._searcher.terms_with_prefix(field, schema.text(prefix)):
            term, _, last = schema.read(indexed)
            if last:
                counted[term] = counted.get(term, 0) + count
        yield from sorted(counted.items())

    def layout(self, numbers: Numbers) -> Layout:
        """The tables of pages and pieces of some works."""
        starts: list[int] = []
        pages: list[int] = []
        rows: list[tuple[str, str, int]] = []
        firsts: dict[int, int] = {}
        for number in numbers.tolist():
            table = parts.unpack(self._part(parts.part_key(self.works[number].id)))
            firsts[number] = len(starts)
            starts += [start | number << WORK for start in table["starts"]]
            for edition, language, page, pieces in table["passages"]:
                pages += [len(rows)] * pieces
                rows.append((edition, language, page))
        return Layout(np.array(starts, np.int64), np.array(pages, np.int64), rows, firsts)

    def piece(self, number: int, piece: int) -> str:
        """The text of one piece of a work."""
        group, place = parts.piece_of(piece)
        texts = parts.unpack(self._part(parts.part_key(self.works[number].id, group)))
        return str(texts[place])

    def _work(self, address: tantivy.DocAddress) -> Work:
        return Work.of(json.loads(self._stored(address, schema.FACTS)))

    def _chunk(self, number: int, share: int) -> Chunk:
        key = (self._stamps[number], share)
        chunk = self.chunks.get(key)
        if chunk is None:
            chunk = Chunk(self._part(schema.chunk_key(self.works[number].id, share)))
            self.chunks.keep(key, chunk)
        return chunk

    def _part(self, key: str) -> bytes:
        ((_, address),) = self._search(self._term(schema.PART, schema.text(key)), 1)
        return self._stored(address, schema.TEXT)

    def _stored(self, address: tantivy.DocAddress, field: str) -> bytes:
        return bytes(self._searcher.doc(address).get_first(field) or b"")

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "basic")

    def _search(self, query: tantivy.Query, limit: int) -> Hits:
        # Of 0 Tantivy would panic.
        return self._searcher.search(query, limit=limit, count=False).hits if limit else []

    def _column(self, field: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        return self._searcher.fast_field_values(field, addresses)


def _facts(works: Sequence[Work]) -> Facts:
    known: dict[tuple[str, str], int] = {}
    of: list[int] = []
    first = [0]
    for work in works:
        for facet, values in work.labels.items():
            of += [known.setdefault((facet, value), len(known)) for value in values]
        first.append(len(of))
    lengths = [[work.lengths.get(field.name, 0) for field in FIELDS] for work in works]
    return Facts(
        [work.id for work in works],
        np.array([NO_YEAR if work.year is None else work.year for work in works], np.int64),
        np.array([work.added for work in works], np.int64),
        np.array([work.quality for work in works], np.float64),
        np.array(lengths, np.int32).reshape(len(works), len(FIELDS)),
        [*known],
        np.array(first, np.int64),
        np.array(of, np.int32),
        np.array([zlib.crc32(w.told.encode("utf-8", "surrogatepass")) for w in works], np.uint32),
        lambda number: works[number].title,
        lambda number: works[number].told,
    )


class _Chunks:
    """Chunks of positions that were read, those read last; kept from one state to the next."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._held: OrderedDict[tuple[int, int], Chunk] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[int, int]) -> Chunk | None:
        with self._reading:
            chunk = self._held.get(key)
            if chunk is not None:
                self._held.move_to_end(key)
            return chunk

    def keep(self, key: tuple[int, int], chunk: Chunk) -> None:
        with self._reading:
            self._held[key] = chunk
            self._size += chunk.size
            while self._size > CACHED and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._size -= dropped.size
