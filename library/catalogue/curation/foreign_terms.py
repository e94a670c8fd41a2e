"""What a word of another library means here, and all works that came with it filed so."""

from __future__ import annotations

from collections.abc import Sequence

from library.catalogue.changes import history
from library.catalogue.curation import batch
from library.catalogue.curation.batch import Wish
from library.catalogue.provenance import terms
from library.catalogue.resources.writer import Decide, Writer

ACTION = "term"
LONGEST_SUBJECT = 200  # characters of what the history calls it


def say(
    writer: Writer,
    field: str,
    written: str,
    targets: Sequence[str],
    wishes: Sequence[Wish],
    *,
    by: str,
    decide: Decide,
    languages: Sequence[str] = (),
) -> None:
    """Keep what it means, and carry out the wishes that follow. Raises Changed, UsageError."""
    before = terms.every(writer.conn).get((field, terms.key(written)))
    terms.put(writer.conn, field, written, targets, by=by)
    history.note(
        writer.conn,
        by=by,
        action=ACTION,
        subject=f"term {field}: {written}"[:LONGEST_SUBJECT],
        before={"targets": list(before)} if before is not None else {},
        after={"targets": list(targets)},
    )
    if wishes:
        batch.carry_out(writer, wishes, by=by, decide=decide, languages=languages)
