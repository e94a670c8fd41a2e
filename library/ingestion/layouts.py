"""Layouts that an older reader made, and how they are made anew: through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from library.catalogue import Catalogue
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import queries
from library.core.resource import Page
from library.extractors import EXTRACTORS, LAYOUT

KIND = "layout"  # of the outbox's tasks


def older(catalogue: Catalogue) -> list[str]:
    """Ids of the editions with pages laid out by another version than today's, and not owed yet."""
    types = [name for name, row in EXTRACTORS.items() if row.layout]
    with catalogue.read() as conn:
        owed = outbox.subjects(conn, KIND)
        return [id_ for id_ in queries.laid_out_otherwise(conn, LAYOUT, types) if id_ not in owed]


def owe(catalogue: Catalogue) -> int:
    """Put them in the outbox; how many. What is owed stays owed if this is stopped."""
    editions = older(catalogue)
    with catalogue.write() as writer:
        outbox.owe(writer.conn, KIND, editions)
    return len(editions)


def words_anew(kept: Sequence[Page], read: Sequence[Page]) -> list[Page]:
    """Pages as they are to be laid out once more: their words as they are read today.

    Those whose words came from pictures, and those that were not read this time, stay as they are.
    """
    fresh = {page.number: page for page in read}
    return [
        replace(fresh[page.number], label=page.label)
        if page.number in fresh and not page.scanned
        else page
        for page in kept
    ]
