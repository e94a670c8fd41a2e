"""One change to an index, whoever the vendor is: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from index.document import Document


class Making(Protocol):
    """A change that has begun."""

    def add(self, document: Document) -> None: ...

    def remove(self, id: str) -> None: ...

    def commit(self) -> None: ...

    def cancel(self) -> None: ...


def carry_out(
    making: Making,
    writing: Callable[[], AbstractContextManager[None]],
    documents: Iterable[Document],
    removed: Iterable[str],
) -> set[str]:
    """Remove, then add, then commit; an error leaves what was. The ids that were added.

    `writing` turns the vendor's errors into SearchError's. Errors of whoever gives the documents
    are theirs, and pass as they are.
    """
    added: set[str] = set()
    try:
        for id in removed:
            with writing():
                making.remove(id)
        for document in documents:
            with writing():
                making.add(document)
            added.add(document.id)
        with writing():
            making.commit()
    except BaseException:
        making.cancel()
        raise
    return added
