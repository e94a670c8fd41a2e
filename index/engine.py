"""The interface every engine keeps, and the tree of what can go wrong.

SearchError
├── IndexUnusable     missing, damaged, or made by other code: rebuild it
├── IndexBusy         another process is writing; nothing was changed
├── IndexNotWritten   no room, or no permission; nothing was changed
├── IndexUnreachable  the server it is in does not answer, or refuses; nothing was changed
└── EngineMissing     the package it is made of is not installed
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.document import Document
from index.query import Node, Query
from index.results import Hit, PageMatches, Results, Term

FAULTS: Mapping[str, str] = {
    "index missing": "There is no index in %(path)s. Rebuild it.",
    "index damaged": "%(file)s is damaged. Rebuild the index.",
    "index incomplete": "%(file)s is missing. Rebuild the index.",
    "index unreadable": "The index in %(path)s cannot be read (%(detail)s). Rebuild it.",
    "index outdated": "The index in %(path)s was made with %(what)s %(had)s, and %(wanted)s is "
    "asked for. Rebuild it.",
    "index not whole": "The new index holds %(held)s documents where %(given)s were given; the one "
    "before is still in use.",
    "index empty": "Nothing was indexed yet. Rebuild the index.",
    "index busy": "The index in %(path)s is being written to. Try again later.",
    "index not written": "The index in %(path)s could not be written (%(detail)s). It is what it "
    "was before; make room or give permission, then try again.",
    "engine address": "%(address)s is no address of an index. Write it as %(form)s, NAME in small "
    "letters.",
    "server unreachable": "The server of the index, %(where)s, cannot be reached (%(detail)s). "
    "Start it, or put the address right in LIBRARY_ENGINE.",
    "server slow": "The server of the index, %(where)s, did not answer within %(seconds)s seconds. "
    "See whether it has too much to do; ?timeout= in LIBRARY_ENGINE gives it longer.",
    "server refused": "The server of the index, %(where)s, does not let this user in. Put user and "
    "password right in LIBRARY_ENGINE, or give that user the index.",
    "server certificate": "The certificate of the server of the index, %(where)s, is not trusted "
    "(%(detail)s). Name the file of who signed it in LIBRARY_ENGINE: ?ca=/path/to/ca.pem",
    "server certificates": "The certificates in %(file)s, which LIBRARY_ENGINE names, cannot be "
    "read (%(detail)s). Name a file in PEM form.",
    "server full": "The server of the index, %(where)s, takes nothing more: its disk is nearly "
    "full (%(detail)s). Make room there; then it takes up what waits.",
    "server blocked": "The index in %(where)s is closed or blocked (%(detail)s). Open it there.",
    "server not whole": "The server of the index, %(where)s, has not all parts of it, or too much "
    "to do (%(detail)s). Start the nodes that are missing; if a part is lost, rebuild the index.",
    "server strange": "What answers at %(where)s is no OpenSearch (%(detail)s). Put the address "
    "right in LIBRARY_ENGINE.",
    "server answered": "The server of the index, %(where)s, could not do what was asked "
    "(%(detail)s). Rebuild the index.",
    "engine unknown": "There is no engine %(name)s. Known are: %(known)s.",
}
"""What is said of each code in English; who shows one to people may have words of their own."""


class SearchError(Exception):
    """Something about the index; the catalogue and the originals are untouched.

    Says what by a code of `FAULTS` and its values; any other code is a sentence of its own.
    """

    def __init__(self, code: str, /, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str] = values

    def __str__(self) -> str:
        return FAULTS[self.code] % self.values if self.code in FAULTS else self.code


class IndexUnusable(SearchError):
    """The index is missing, damaged or of another version; rebuilding it loses nothing."""


class IndexBusy(SearchError):
    """Another process is writing to the index; try again when it has finished."""


class IndexNotWritten(SearchError):
    """The disk is full, or the folder may not be written to; the index is what it was."""


class IndexUnreachable(SearchError):
    """The server an index is in does not answer, is not whole or refuses: rebuilding mends nothing.

    What was to be indexed is still owed; try again when the server is well.
    """


class EngineMissing(SearchError):
    """The package an engine is made of is not installed; `remedy` says how to."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index says of itself."""

    engine: str
    generation: str  # changes with every change that a search can see
    schema_version: int
    vocabulary_version: str
    documents: int
    bytes: int  # on disk, 0 in memory


class SearchEngine(Protocol):
    """Where documents are kept to be found."""

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable."""
        ...

    def update(self, documents: Iterable[Document]) -> None:
        """Add, or replace by id; all seen by the next search, or none.

        Raises IndexBusy, IndexNotWritten.
        """
        ...

    def remove(self, ids: Iterable[str]) -> None:
        """Forget these; an unknown id is no error. Raises IndexBusy, IndexNotWritten."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build beside, verify, then swap in; searches go on meanwhile.

        Raises IndexBusy, IndexNotWritten.
        """
        ...

    def learn(self) -> bool:
        """Learn anew from the texts, if enough of them came or changed since; whether it did.

        Searches go on meanwhile. Raises IndexUnusable, IndexBusy, IndexNotWritten.
        """
        ...

    def like(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Works most like this one, in any language, the likest first. Raises IndexUnusable."""
        ...

    def terms(self, prefix: str, limit: int) -> Sequence[Term]:
        """Words of the library that begin so, the most held first."""
        ...

    def inside(
        self, id: str, edition: str, tree: Node, first: int = 0, limit: int = 0
    ) -> Sequence[PageMatches]:
        """The pages of one edition that hold the most of the words of a tree, in order.

        `limit` of them, from the `first` on, have an excerpt. Nothing for an unknown work.
        Raises IndexUnusable.
        """
        ...

    def ids(self) -> frozenset[str]:
        """Every document in the index, to compare with the catalogue."""
        ...

    def generation(self) -> str:
        """What a search asked now is answered by; a later one by the same, or a newer.

        It may be opened for this, but no search is waited for. Raises IndexUnusable.
        """
        ...

    def glimpse(self) -> str | None:
        """The generation, told in microseconds; None where a newer one is to be opened first.

        Raises IndexUnusable.
        """
        ...

    def info(self) -> IndexInfo:
        """Raises IndexUnusable."""
        ...

    def close(self) -> None:
        """Let go of files; the engine is not used after."""
        ...
