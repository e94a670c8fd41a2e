"""Staff's changes of the vocabularies: kept whole, followed by what is filed under the concepts.

Each is one transaction with its history. What was said of a resource stays as it was said; a
concept that was merged is read as the one it went into, one that was taken off as nothing, and
the rows of resources are settled anew. Only resources that count under other concepts than before
are indexed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from library.catalogue import history, schemes, waiting
from library.catalogue.writing import Decide, Writer
from library.errors import Changed, UsageError
from library.resource import JSON
from library.vocabularies import EDITABLE, Scheme, Vocabularies, rules
from library.vocabularies.records import Record, difference, faults, overlaid, version_of

EDITED, ADDED, MERGED = "concept", "concept added", "concepts merged"
RETIRED, BROUGHT_BACK = "concept retired", "concept brought back"
IMPORTED, IGNORED = "vocabulary imported", "phrases passed over"
ACTIONS = (EDITED, ADDED, MERGED, RETIRED, BROUGHT_BACK, IMPORTED, IGNORED)

Change = Callable[[Scheme], Scheme]
"""Makes of a scheme as it is the scheme as it is wanted. Raises UsageError."""


@dataclass(frozen=True, slots=True)
class Curator:
    """Who changes a vocabulary, over which files, and what that needs to know."""

    by: str
    vocabularies: Vocabularies  # those of the files count
    decide: Decide


def subject(facet: str, concept: str = "") -> str:
    """What the history calls a concept, or a scheme."""
    return f"concept {facet}/{concept}" if concept else f"vocabulary {facet}"


def curate(
    writer: Writer,
    curator: Curator,
    facet: str,
    change: Change,
    *,
    action: str,
    concept: str = "",
    version: str | None = None,
) -> bool:
    """Change a scheme; whether that is a change.

    version: of the concept, as whoever changes it has seen it. It is made of the whole concept and
    not the number of its last change, for a merge or an import changes many concepts at once.
    Raises Changed, UsageError (rules.Broken).
    """
    base = _base(curator, facet)
    held = schemes.records(writer.conn, facet)
    now = overlaid(base, held)
    if version is not None and version_of(now, concept) != version:
        raise Changed("Somebody else has changed this meanwhile.", "Look at it and say it again.")
    wanted = change(now)
    changed = difference(now, wanted)
    if not changed:
        return False
    rules.check(wanted, changed)
    _put(writer, curator, facet, changed)
    history.note(
        writer.conn,
        by=curator.by,
        action=action,
        subject=subject(facet, concept),
        before=_told(facet, {id: held.get(id) for id in changed}),
        after=_told(facet, changed),
    )
    return True


def put_back(writer: Writer, curator: Curator, change: history.Change) -> None:
    """Let the concepts that a change changed be as they were before it.

    Raises Changed where one was changed again since, UsageError where what was breaks a rule now.
    """
    facet: str = change.after["facet"]
    before: Mapping[str, Record | None] = change.before["concepts"]
    after: Mapping[str, Record | None] = change.after["concepts"]
    held = schemes.records(writer.conn, facet)
    if any(held.get(id) != record for id, record in after.items()):
        raise Changed("This was changed again since.", "Undo the later change first.")
    base = _base(curator, facet)
    kept = {id: record for id, record in {**held, **before}.items() if record is not None}
    for id, what in faults(base, kept):
        if id in before:
            raise UsageError(f"Concept {id!r} cannot be as it was: {what}.", "Change it by hand.")
    rules.check(overlaid(base, kept), before)
    _put(writer, curator, facet, before)
    history.note(
        writer.conn,
        by=curator.by,
        action=change.action,
        subject=change.subject,
        before=_told(facet, after),
        after=_told(facet, before),
        undoes=change.id,
    )


def touched(now: Scheme, wanted: Scheme) -> tuple[set[str], set[str]]:
    """The concepts, former ones too, that mean another one since, or none; and those that count
    under others.
    """
    ids = {*now.concepts, *now.renamed, *wanted.concepts, *wanted.renamed}
    meant = {id for id in ids if _meant(now, id) != _meant(wanted, id)}
    return meant, meant | {id for id in ids if _above(now, id) != _above(wanted, id)}


def _put(
    writer: Writer, curator: Curator, facet: str, changed: Mapping[str, Record | None]
) -> None:
    conn, base = writer.conn, _base(curator, facet)
    now = overlaid(base, schemes.records(conn, facet))
    schemes.put(conn, facet, changed)
    meant, moved = touched(now, overlaid(base, schemes.records(conn, facet)))
    settled = schemes.naming(conn, facet, sorted(meant)) if meant else []
    for resource in settled:
        writer.settle(resource, curator.decide)
    waiting.owe(conn, "index", schemes.holding(conn, facet, sorted(moved)))
    writer.revise()


def _base(curator: Curator, facet: str) -> Scheme:
    if facet not in EDITABLE:
        raise UsageError(
            f"The {facet}s of the library cannot be changed.", f"Choose of: {', '.join(EDITABLE)}."
        )
    return curator.vocabularies.files.schemes[facet]


def _told(facet: str, records: Mapping[str, Record | None]) -> JSON:
    return {"facet": facet, "concepts": dict(records)}


def _meant(scheme: Scheme, id: str) -> str:
    """The concept that resources filed under `id` have; "" for none."""
    now = scheme.renamed.get(id, id)
    return "" if scheme.retired.get(now) == "removed" else now


def _above(scheme: Scheme, id: str) -> tuple[str, ...]:
    found = []
    above = scheme.renamed.get(id, id)
    while above in scheme.concepts and above not in found:
        found.append(above)
        above = scheme.concepts[above].broader
    return tuple(found)
