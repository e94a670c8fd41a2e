"""Text that several documents share: a publisher's paragraph, an appeal, terms of use.

It says nothing of any of them, so it is nobody's summary. The first document that had it keeps it
until it is described again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from library.catalogue import Connection
from library.catalogue.resources import queries
from library.core.resource import Statement
from library.metadata import BELIEVED, decide

UNBELIEVED = 0.9 * BELIEVED
"""How sure a summary is that others have too: it stays a suggestion at the desk."""


def applied(
    conn: Connection, statements: Sequence[Statement], *, edition: str | None
) -> tuple[Statement, ...]:
    """The statements of a document, its guessed summaries less sure where another has them too.

    edition: the one in the catalogue that this document is a version of, whose resource does not
    count. What staff or the file say stands.
    """
    chosen = list(statements)
    while True:
        summary = decide(chosen).get("summary")
        if summary is None or summary.source != "guess":
            return tuple(chosen)
        if not queries.is_summary_of_another(conn, str(summary.value), edition=edition):
            return tuple(chosen)
        chosen[chosen.index(summary)] = replace(summary, confidence=UNBELIEVED)


def summary_of(statements: Sequence[Statement]) -> str:
    summary = decide(statements).get("summary")
    return str(summary.value) if summary else ""
