"""Changes to one generation: all of them seen by the next search, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex, clean_files

from index.columns import arrays
from index.columns.arrays import Columns
from index.columns.batch import Batch
from index.columns.inverting import Inverters, processes
from index.columns.merging import Part, merged
from index.columns.segment import Segment, spelling
from index.columns.words import Stretches
from index.document import Document
from index.engines.errors import writing
from index.engines.transaction import carry_out
from index.engines.whoosh import schema
from index.engines.whoosh.codec import ColumnSegment, opened
from index.engines.whoosh.storages import to_disk

NAME = "MAIN"  # as Whoosh calls an index that is alone in its folder
BATCH = 4_000_000  # characters that are inverted together
SEGMENTS = 8  # more than this are merged
MERGED = 40  # batches that are merged into one segment: merging takes memory as they are many
SPENT = 0.3  # share of removed documents from which a segment is written anew


class Change:
    """One change to an index; commit() it, or it never was.

    The first BATCH of documents is inverted here. Where more come, processes of their own invert
    them, batch by batch, and what they wrote is merged in the order in which it was given.
    """

    def __init__(
        self, storage: Any, languages: Sequence[str], stretches: Stretches | None = None
    ) -> None:
        """stretches: what they say, as far as it is known; more is added."""
        self._stretches = stretches
        self._storage = storage
        self._languages = languages
        last = toc(storage)
        self._generation = last.generation
        self._segments: list[ColumnSegment] = list(last.segments)
        self._opened: dict[str, Segment] = {}
        self._made: list[ColumnSegment] = []  # segments that nobody knows of yet
        self._inverters: Inverters | None = None
        self._batch: list[Document] = []
        self._size = 0
        self._batch_of: dict[str, int] = {}  # of each document that was added
        self._again: list[tuple[int, str]] = []  # a batch, and what came again in a later one

    @staticmethod
    def create(storage: Any) -> None:
        """Make an empty index."""
        FileIndex.create(storage, schema.schema())

    def add(self, document: Document) -> None:
        """Add, or replace by id."""
        self.remove(document.id)
        self._batch_of[document.id] = len(self._made)
        self._batch.append(document)
        self._size += sum(len(passage.text) for passage in document.passages)
        if self._size >= BATCH:
            self._end_batch(more=True)

    def remove(self, id: str) -> None:
        """Forget a work; unknown ones are no error."""
        for listed in self._segments:
            for work in self._columns(listed).find(id).tolist():
                listed.delete_document(work)
        before = self._batch_of.get(id, len(self._made))
        if before < len(self._made):
            self._again.append((before, id))

    def commit(self) -> None:
        """Write what is to be read from now on."""
        self._end_batch(more=False)
        if self._inverters is not None:
            self._inverters.finish()
            self._inverters.close()
        for batch, id in self._again:
            for work in self._columns(self._made[batch]).find(id).tolist():
                self._made[batch].delete_document(work)
        if len(self._made) > 1:
            self._made = [self._merged(group) for group in _grouped(self._made)]
        segments = [*self._segments, *self._made]
        segments = _without(segments, merge := _to_merge(segments)) + (
            [self._merged(merge)] if merge else []
        )
        segments = [one for one in segments if one.doc_count()]
        TOC(schema.schema(), segments, self._generation + 1).write(self._storage, NAME)

    def cancel(self) -> None:
        """Undo; safe after an error anywhere, also inside commit()."""
        with contextlib.suppress(Exception):
            if self._inverters is not None:
                self._inverters.close()
        with contextlib.suppress(Exception):
            tidy(self._storage)

    def _end_batch(self, *, more: bool) -> None:
        documents, self._batch, self._size = self._batch, [], 0
        if not documents:
            return
        if more and self._inverters is None and self._storage.folder and processes() > 1:
            self._inverters = Inverters(self._languages, processes())
        if self._inverters is None:
            batch = Batch(self._languages, self._stretches)
            for document in documents:
                batch.add(document)
            self._made.append(self._written(batch.columns()))
            return
        listed = ColumnSegment(NAME, len({document.id for document in documents}))
        self._made.append(listed)
        self._inverters.invert(Path(self._storage.folder) / listed.file_name(), documents)

    def _written(self, columns: Columns) -> ColumnSegment:
        """A segment of its own, on the disk."""
        listed = ColumnSegment(NAME, len(columns["year"]))
        with self._storage.create_file(listed.file_name()) as file:
            arrays.write(file.raw_file(), columns | spelling(columns))
            to_disk(file.raw_file())
        return listed

    def _merged(self, segments: Sequence[ColumnSegment]) -> ColumnSegment:
        parts = []
        for listed in segments:
            kept = np.ones(listed.doc_count_all(), bool)
            kept[list(listed.deleted_docs())] = False
            parts.append(Part(self._columns(listed).columns, kept))
        return self._written(merged(parts))

    def _columns(self, listed: ColumnSegment) -> Segment:
        name = listed.segment_id()
        known = self._opened.get(name)
        if known is None:
            known = self._opened[name] = opened(self._storage, listed)
        return known


def change(
    storage: Any,
    where: str,
    languages: Sequence[str],
    documents: Iterable[Document] = (),
    removed: Iterable[str] = (),
    stretches: Stretches | None = None,
) -> set[str]:
    """Remove, then add, then commit; an error leaves what was. The ids that were added.

    Errors of whoever gives the documents are theirs, and pass as they are.
    """
    with writing(where):
        making = Change(storage, languages, stretches)
    return carry_out(making, lambda: writing(where), documents, removed)


def tidy(storage: Any) -> None:
    """Remove the files that the last commit does not need."""
    last = toc(storage)
    clean_files(storage, NAME, last.generation, last.segments)
    for name in storage.list():
        if ".toc." in name:  # written to be renamed, and never was
            storage.delete_file(name)


def toc(storage: Any) -> Any:
    """Whoosh's table of contents as it is now."""
    return TOC.read(storage, NAME, schema=schema.schema())


def _without(
    segments: Sequence[ColumnSegment], others: Sequence[ColumnSegment]
) -> list[ColumnSegment]:
    return [one for one in segments if one not in others]


def _grouped(segments: Sequence[ColumnSegment]) -> list[Sequence[ColumnSegment]]:
    """Neighbours that are merged together: few and large ones, so that room is left for small."""
    groups = min(-(-len(segments) // MERGED), SEGMENTS // 2)
    edges = [len(segments) * number // groups for number in range(groups + 1)]
    return [segments[first:last] for first, last in pairwise(edges)]


def _to_merge(segments: Sequence[ColumnSegment]) -> list[ColumnSegment]:
    """Keep segments few and without much that was removed; merge the smallest first."""
    spent = [one for one in segments if one.deleted_count() > SPENT * one.doc_count_all()]
    whole = sorted(_without(segments, spent), key=lambda one: int(one.doc_count()))
    if len(whole) > SEGMENTS:
        spent += whole[: len(whole) - SEGMENTS // 2]
    return spent
