"""What staff of this library said of its documents, held against what is guessed of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from library.catalogue import Connection
from library.catalogue.resources import queries
from library.core.resource import Statement
from library.metadata import decide, experience, neighbours
from library.metadata.experience import Confirmed, Experience

NEWEST = 2_000  # documents of which staff said something that are looked at
# What documents are like each other by, beside the fields that are learned.
_ALIKE = ("place", "language", "title")


class Experiences:
    """Counted once for the documents of a transaction; those filed in it are counted with them."""

    def __init__(self, conn: Connection) -> None:
        self._of = {name: Experience() for name in experience.LEARNED}
        for publisher, statements in queries.by_staff(conn, experience.LEARNED, NEWEST, _ALIKE):
            self._count(publisher, statements)

    def applied(self, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """The statements of a new document, by what staff said of those in the library."""
        shown = decide(statements).get("publisher")
        house = str(shown.value) if shown else ""
        marks = neighbours.marks_of(statements, house)
        return experience.learned(statements, house, self._of, marks)

    def add(self, conn: Connection, edition: str, statements: Sequence[Statement]) -> None:
        """Count a document that was just filed, where staff said something of it."""
        if any(s.source == "staff" for s in statements if s.field in experience.LEARNED):
            self._count(queries.publisher_of(conn, edition), statements)

    def _count(self, publisher: str, statements: Sequence[Statement]) -> None:
        marks = neighbours.marks_of(statements, publisher)
        for name, counts in self._of.items():
            own = [s for s in statements if s.field == name and s.source == "staff"]
            if own:
                value = own[-1].value
                values = frozenset((value,) if isinstance(value, str) else value) - {""}
                sure = experience.guessed(statements, name)
                counts.add(Confirmed(publisher, sure, values, marks))
