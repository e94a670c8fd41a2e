"""One state of an index in Tantivy, opened for reading."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from index.answering.state import Layout, Postings, State, Work
from index.engines import parts
from index.engines.tantivy import schema
from index.engines.tantivy.files import stamp
from index.engines.tantivy.positions import Chunk, chunk_of, key_of

CACHED = 32 << 20  # bytes of chunks of positions that are kept

Hits = list[tuple[float, tantivy.DocAddress]]


class Snapshot(State):
    """Not safe for several threads at once: what was read last is kept."""

    def __init__(self, folder: Path, generation: str, before: Snapshot | None) -> None:
        name = stamp(folder, generation)  # asked first: a commit in between is then found next time
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")  # no thread that watches for changes: we ask
        self._schema = index.schema
        self._searcher = index.searcher()
        hits = self._search(self._term(schema.KIND, schema.WORK), self._searcher.num_docs)
        addresses = [address for _, address in hits]
        stamps = self._column(schema.STAMP, addresses)
        known = before.facts if before else {}
        self.facts: dict[int, Work] = {}  # by stamp, of which each version of a work has its own
        for stamp_, address in zip(stamps, addresses, strict=True):
            self.facts[stamp_] = known.get(stamp_) or self._work(address)
        self.chunks: _Chunks = before.chunks if before else _Chunks()
        self._stamps = stamps
        self._by_stamp = {stamp_: number for number, stamp_ in enumerate(stamps)}
        self._shares = self._column(schema.CHUNKS, addresses)
        super().__init__(name, list(self.facts.values()))

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
        return numbers, np.fromiter((score for score, _ in hits), np.float32, len(hits))

    def positions(self, field: str, term: str, wanted: Iterable[int]) -> dict[int, list[int]]:
        """Where a term stands in a field of each of the wanted works that holds it."""
        positions: dict[int, list[int]] = {}
        key = key_of(field, term)
        for number in wanted:
            standing = self._chunk(number, chunk_of(key, self._shares[number])).find(key)
            if standing:
                positions[number] = standing
        return positions

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

    def layout(self, number: int) -> Layout:
        """The table of pages and pieces of one work."""
        return Layout.of(parts.unpack(self._part(parts.part_key(self.works[number].id))))

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


class _Chunks:
    """Chunks of positions that were read, those read last; kept from one state to the next."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, int], Chunk] = OrderedDict()
        self._size = 0

    def get(self, key: tuple[int, int]) -> Chunk | None:
        chunk = self._held.get(key)
        if chunk is not None:
            self._held.move_to_end(key)
        return chunk

    def keep(self, key: tuple[int, int], chunk: Chunk) -> None:
        self._held[key] = chunk
        self._size += chunk.size
        while self._size > CACHED and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._size -= dropped.size
