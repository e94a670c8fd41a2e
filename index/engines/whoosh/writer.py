"""Changes to one generation: all of them seen by the next search, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import SegmentReader, TermNotFound

from index.document import Document
from index.engines.errors import writing
from index.engines.transaction import carry_out
from index.engines.whoosh import schema
from index.engines.whoosh.storages import let_go

NAME = "MAIN"  # as Whoosh calls an index that is alone in its folder
MEMORY = 128  # megabytes of postings held before they go to a temporary file
SEGMENTS = 8  # more than this are merged
SPENT = 0.3  # share of removed documents from which a segment is written anew


class Change:
    """One change to an index; commit() it, or it never was."""

    def __init__(self, storage: Any, languages: Sequence[str]) -> None:
        self._storage = storage
        self._index = FileIndex(storage, schema=schema.schema())
        self._languages = languages
        self._added: set[str] = set()
        self._begin()

    @staticmethod
    def create(storage: Any) -> None:
        """Make an empty index."""
        FileIndex.create(storage, schema.schema())

    def add(self, document: Document) -> None:
        """Add, or replace by id."""
        if document.id in self._added:
            # What this writer added it cannot remove: end it and begin another.
            self.commit()
            self._begin()
        self._added.add(document.id)
        self.remove(document.id)
        for entry in schema.entries(document, self._languages):
            self._writer.add_document(**entry)

    def remove(self, id: str) -> None:
        """Forget a work; unknown ones are no error."""
        term = schema.to_bytes(id)
        for leaf, base in self._reader.leaf_readers():
            try:
                matcher = leaf.postings(schema.OF, term)
            except TermNotFound:
                continue
            while matcher.is_active():
                self._writer.delete_document(base + matcher.id())
                matcher.next()

    def commit(self) -> None:
        self._reader.close()
        self._writer.commit(mergetype=_merge)
        self._added.clear()

    def cancel(self) -> None:
        """Undo; safe after an error anywhere, also inside commit()."""
        with contextlib.suppress(Exception):
            self._reader.close()
        with contextlib.suppress(Exception):
            self._writer.cancel()
        with contextlib.suppress(Exception):
            last = TOC.read(self._storage, NAME, schema=schema.schema())
            clean_files(self._storage, NAME, last.generation, last.segments)
            for name in self._storage.list():
                if ".toc." in name:  # written to be renamed, and never was
                    self._storage.delete_file(name)

    def _begin(self) -> None:
        # The shelf has its own lock; Whoosh's would stay locked after an error inside a commit.
        self._writer = self._index.writer(limitmb=MEMORY, _lk=False)
        self._reader = self._index.reader()


def change(
    storage: Any,
    where: str,
    languages: Sequence[str],
    documents: Iterable[Document] = (),
    removed: Iterable[str] = (),
) -> set[str]:
    """Remove, then add, then commit; an error leaves what was. The ids that were added.

    Errors of whoever gives the documents are theirs, and pass as they are.
    """
    try:
        with writing(where):
            making = Change(storage, languages)
        return carry_out(making, lambda: writing(where), documents, removed)
    finally:
        let_go(storage)


def _merge(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Keep segments few and without much that was removed; merge the smallest first."""
    spent = [s for s in segments if s.deleted_count() > SPENT * s.doc_count_all()]
    whole = sorted((s for s in segments if s not in spent), key=lambda s: int(s.doc_count()))
    merged = [*spent]
    if len(whole) > SEGMENTS:
        merged += whole[: len(whole) - SEGMENTS // 2]
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            writer.add_reader(reader)
        finally:
            reader.close()
    return [segment for segment in segments if segment not in merged]
