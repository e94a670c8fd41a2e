"""Staff's changes of the vocabularies: kept whole, followed by what is filed under the concepts.

Each is one transaction with its history. What was said of a resource stays as it was said; a
concept that was merged is read as the one it went into, one that was taken off as nothing, and
the rows of resources are settled anew. Only resources that count under other concepts than before
are indexed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from library.catalogue.changes import history
from library.catalogue.curation.refile import refile
from library.catalogue.queue import tasks
from library.catalogue.resources.writer import Decide, Writer
from library.catalogue.vocabulary import schemes
from library.core.errors import Changed, UsageError
from library.vocabularies import EDITABLE, Scheme, Vocabularies, rules
from library.vocabularies.records import Record, difference, faults, overlaid, version_of

EDITED, ADDED, MERGED = "concept", "concept added", "concepts merged"
RETIRED, BROUGHT_BACK = "concept retired", "concept brought back"
IMPORTED = "vocabulary imported"
ACTIONS = (EDITED, ADDED, MERGED, RETIRED, BROUGHT_BACK, IMPORTED)

Change = Callable[[Scheme], Scheme]
"""Makes of a scheme as it is the scheme as it is wanted. Raises UsageError."""


@dataclass(frozen=True, slots=True)
class Curator:
    """Who changes a vocabulary, over which files, and what that needs to know."""

    by: str
    vocabularies: Vocabularies  # those of the files count
    decide: Decide


@dataclass(frozen=True, slots=True)
class Seen:
    """A concept as whoever changes it has seen it.

    Its version is made of the whole concept and not the number of its last change, for a merge or
    an import changes many concepts at once.
    """

    facet: str
    concept: str
    version: str


def subject(facet: str, concept: str = "") -> str:
    """What the history calls a concept, or a scheme."""
    return f"concept {facet}/{concept}" if concept else f"vocabulary {facet}"


def curate(
    writer: Writer,
    curator: Curator,
    changes: Mapping[str, Change],
    *,
    action: str,
    subject: str,
    seen: Sequence[Seen] = (),
) -> bool:
    """Change schemes, by facet, as one change of the history; whether that is one.

    Raises Changed, UsageError (rules.Broken).
    """
    before: dict[str, Record | None] = {}
    after: dict[str, Record | None] = {}
    for facet, change in changes.items():
        base = _base(curator, facet)
        records = schemes.records(writer.conn, facet)
        now = overlaid(base, records)
        if any(
            version_of(now, concept.concept) != concept.version
            for concept in seen
            if concept.facet == facet
        ):
            raise Changed("changed meanwhile")
        wanted = change(now)
        changed = difference(now, wanted)
        rules.check(wanted, changed)
        before |= {f"{facet}/{id}": records.get(id) for id in changed}
        after |= {f"{facet}/{id}": record for id, record in changed.items()}
    if not after:
        return False
    _put(writer, curator, after)
    history.note(
        writer.conn,
        by=curator.by,
        action=action,
        subject=subject,
        before={"concepts": before},
        after={"concepts": after},
    )
    return True


def put_back(writer: Writer, curator: Curator, change: history.Change) -> None:
    """Let the concepts that a change changed be as they were before it.

    Raises Changed where one was changed again since, UsageError where what was breaks a rule now.
    """
    before: Mapping[str, Record | None] = change.before["concepts"]
    after: Mapping[str, Record | None] = change.after["concepts"]
    for facet, changed in _by_facet(before).items():
        base = _base(curator, facet)
        records = schemes.records(writer.conn, facet)
        if any(records.get(id) != after[f"{facet}/{id}"] for id in changed):
            raise Changed("changed since")
        kept = {id: record for id, record in {**records, **changed}.items() if record is not None}
        for id, fault in faults(base, kept):
            if id in changed:
                raise UsageError("concept not as it was", id=id, fault=fault)
        rules.check(overlaid(base, kept), changed)
    _put(writer, curator, before)
    history.note(
        writer.conn,
        by=curator.by,
        action=change.action,
        subject=change.subject,
        before=change.after,
        after=change.before,
        undoes=change.id,
    )


def touched(now: Scheme, wanted: Scheme) -> tuple[set[str], set[str]]:
    """The concepts, former ones too, that mean another one since, or none; and those that count
    under others.
    """
    ids = {*now.concepts, *now.renamed, *wanted.concepts, *wanted.renamed}
    meant = {id for id in ids if _meant(now, id) != _meant(wanted, id)}
    return meant, meant | {id for id in ids if _above(now, id) != _above(wanted, id)}


def _put(writer: Writer, curator: Curator, changed: Mapping[str, Record | None]) -> None:
    """Keep records, by `facet/id`; settle what means another concept since, owe what counts
    under others.
    """
    conn = writer.conn
    for facet, records in _by_facet(changed).items():
        base = _base(curator, facet)
        now = overlaid(base, schemes.records(conn, facet))
        schemes.put(conn, facet, records)
        meant, moved = touched(now, overlaid(base, schemes.records(conn, facet)))
        refile(writer, facet, schemes.naming(conn, facet, sorted(meant)), curator.decide)
        tasks.owe(conn, "index", schemes.holding(conn, facet, sorted(moved)))
    writer.revise()


def _by_facet(records: Mapping[str, Record | None]) -> Mapping[str, dict[str, Record | None]]:
    by_facet: dict[str, dict[str, Record | None]] = {}
    for name, record in records.items():
        facet, _, id = name.partition("/")
        by_facet.setdefault(facet, {})[id] = record
    return by_facet


def _base(curator: Curator, facet: str) -> Scheme:
    if facet not in EDITABLE:
        raise UsageError("skos facet", facet=facet, known=", ".join(EDITABLE))
    return curator.vocabularies.files.schemes[facet]


def _meant(scheme: Scheme, id: str) -> str:
    """The concept that resources filed under `id` have; "" for none."""
    now = scheme.renamed.get(id, id)
    return "" if scheme.retired.get(now) == "removed" else now


def _above(scheme: Scheme, id: str) -> tuple[str, ...]:
    broader = []
    above = scheme.renamed.get(id, id)
    while above in scheme.concepts and above not in broader:
        broader.append(above)
        above = scheme.concepts[above].broader
    return tuple(broader)
