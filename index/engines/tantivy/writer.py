"""Changes to one generation: all of them seen by the next search, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from index.document import Document
from index.engine import SearchError
from index.engines.errors import reading
from index.engines.tantivy import schema
from index.engines.tantivy.errors import writing
from index.engines.transaction import carry_out

MEMORY = 64 << 20  # bytes of postings held before they go to a segment


class Change:
    """One change to an index; commit() it, or it never was.

    Each opens the index anew. A writer that lives on never removes what was merged away as long as
    it lives, and an index grows a hundredfold.
    """

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        self._folder = folder
        self._languages = languages
        self._writer: tantivy.IndexWriter | None = self._begin()

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index."""
        tantivy.Index(schema.schema(), str(folder), reuse=False)

    def add(self, document: Document) -> None:
        """Add, or replace by id."""
        self.remove(document.id)
        for entry in schema.entries(document, self._languages):
            self._open().add_document(entry)

    def remove(self, id: str) -> None:
        """Forget a work; unknown ones are no error."""
        self._open().delete_documents_by_term(schema.OF, schema.text(id))

    def commit(self) -> None:
        """Seen from now on. Waits for merges, and removes the files of what was merged."""
        # In no variable: a traceback would hold the writer, and with it Tantivy's lock.
        self._open().commit()
        self._open().wait_merging_threads()
        self._writer = None

    def cancel(self) -> None:
        """Undo; safe after an error anywhere, also inside commit()."""
        # A writer that met an error may stop the process when it is asked to roll back.
        self._writer = None
        with contextlib.suppress(SearchError), reading("it"):
            self._begin().garbage_collect_files()

    def _begin(self) -> tantivy.IndexWriter:
        index = tantivy.Index.open(str(self._folder))
        schema.prepare(index)
        # One thread: the documents of a work stay together, and so do the blocks of its text.
        return index.writer(MEMORY, 1)

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("this change has ended")
        return self._writer


def change(
    folder: Path,
    where: str,
    languages: Sequence[str],
    documents: Iterable[Document] = (),
    removed: Iterable[str] = (),
) -> set[str]:
    """Remove, then add, then commit; an error leaves what was. The ids that were added.

    Errors of whoever gives the documents are theirs, and pass as they are.
    """
    with writing(where):
        making = Change(folder, languages)
    return carry_out(making, lambda: writing(where), documents, removed)
