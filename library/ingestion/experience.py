"""What staff of this library said of its documents, held against what is guessed of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from library.catalogue import Connection
from library.catalogue.resources import queries
from library.core.resource import Statement
from library.metadata import decide, experience, nature

NEWEST = 2_000  # documents of which staff said something that are looked at


def applied(conn: Connection, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of a new document, by what staff said of those in the library."""
    confirmed: dict[str, list[experience.Confirmed]] = {name: [] for name in nature.FACETS}
    for publisher, by_staff in queries.by_staff(conn, nature.FACETS, NEWEST):
        for name, resources in confirmed.items():
            own = [
                statement
                for statement in by_staff
                if statement.field == name and statement.source == "staff"
            ]
            if own:
                value = own[-1].value
                values = frozenset((value,) if isinstance(value, str) else value) - {""}
                sure = experience.guessed(by_staff, name)
                resources.append(experience.Confirmed(publisher, sure, values))
    shown = decide(statements).get("publisher")
    house = str(shown.value) if shown else ""
    return experience.learned(statements, house, confirmed)
