"""One change asked of many resources: concepts, kind, publisher, series, standing, collections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.fields import FACET
from library.batch.preview import Difference, Plan, Row, Values, Why, stood
from library.catalogue import Connection
from library.catalogue.curation.batch import Wish, seen
from library.catalogue.resources import collections, corrections, queries, status
from library.catalogue.resources.collections import Placing
from library.catalogue.resources.corrections import Word
from library.core.errors import UsageError
from library.core.resource import Resource, Standing, Status
from library.metadata.staff_statements import MANY

How = Literal["add", "take", "set"]


@dataclass(frozen=True, slots=True)
class Part:
    """What is to become of one field. `set` with nothing says that there is none."""

    field: str
    how: How
    values: Values = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked of each resource. standing: of which only what belongs to the status counts."""

    parts: tuple[Part, ...] = ()
    standing: Standing | None = None
    collection: str = ""
    take_out: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts or self.standing or self.collection)


def plan(conn: Connection, ids: Sequence[str], change: Change) -> Plan:
    """What the change would do to each of these resources; nothing is done."""
    resources = queries.resources(conn, list(dict.fromkeys(ids)), public=False)
    corrected = corrections.said(
        conn, [edition.id for resource in resources for edition in resource.editions]
    )
    inside = _inside(conn, change)
    rows: list[Row] = []
    refused: list[Row] = []
    wishes: list[Wish] = []
    moved: list[str] = []
    for resource in resources:
        differences, words = _words(resource, change, corrected)
        wanted, why = _standing(conn, resource, change)
        if wanted is not None:
            differences += list(stood(resource.standing, wanted))
        moves = bool(change.collection) and (resource.id in inside) is change.take_out
        if moves:
            mine = (change.collection,)
            out = change.take_out
            differences.append(Difference("collection", mine * out, mine * (not out)))
        if why:
            refused.append(Row(resource, tuple(differences), why))
        elif differences:
            rows.append(Row(resource, tuple(differences)))
            stands = wanted is not None and wanted != resource.standing
            if words or stands:
                wishes.append(Wish(resource.id, seen(resource), words, wanted if stands else None))
            moved += [resource.id] * moves
    return Plan(
        tuple(rows),
        tuple(refused),
        len(resources) - len(rows) - len(refused),
        tuple(wishes),
        tuple(_placings(change, moved)),
    )


def _inside(conn: Connection, change: Change) -> frozenset[str]:
    members = collections.of(conn, change.collection) if change.collection else None
    if change.collection and members is None:
        raise UsageError("collection gone")
    return frozenset(members.resources) if members else frozenset()


def _placings(change: Change, moved: Sequence[str]) -> Iterator[Placing]:
    if moved:
        ids = tuple(moved)
        yield Placing(change.collection, *(((), ids) if change.take_out else (ids, ())))


def _words(
    resource: Resource, change: Change, corrected: Mapping[str, Mapping[str, Word]]
) -> tuple[list[Difference], dict[str, dict[str, Word]]]:
    """The differences, and staff's words that make them: on the first edition, as the desk does."""
    first, *others = (edition.id for edition in resource.editions)
    differences: list[Difference] = []
    words: dict[str, dict[str, Word]] = {}
    for part in change.parts:
        before = believed(resource, part.field)
        after = _after(part, before)
        if after == before:
            continue
        differences.append(Difference(part.field, before, after))
        word: Word = after if part.field in MANY else "".join(after)
        words.setdefault(first, {})[part.field] = word
        for other in others:
            if part.field in corrected[other]:
                words.setdefault(other, {})[part.field] = None
    return differences, words


def believed(resource: Resource, field: str) -> Values:
    """What is believed of a work: its columns and concepts."""
    if field in FACET:
        return resource.filed(field)
    value = getattr(resource, field)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)


def _after(part: Part, before: Values) -> Values:
    if part.how == "set":
        return part.values
    if part.how == "take":
        return tuple(id_ for id_ in before if id_ not in part.values)
    return tuple(dict.fromkeys((*before, *part.values)))


def _standing(conn: Connection, resource: Resource, change: Change) -> tuple[Standing | None, Why]:
    if change.standing is None:
        return None, ""
    asked = change.standing
    standing = resource.standing
    wanted = replace(
        standing,
        status=asked.status,
        until=asked.until,
        reason=asked.reason,
        successor=asked.successor,
    )
    if wanted.status is standing.status and wanted.status in (
        Status.DRAFT, Status.REVIEW, Status.PUBLISHED,
    ):  # fmt: skip
        return standing, ""
    try:
        checked = status.checked(conn, resource.id, wanted)
    except UsageError:
        superseded = wanted.status is Status.SUPERSEDED
        itself = wanted.successor == resource.id
        return standing, ("itself" if itself else "leads back" if superseded else "status")
    return replace(checked, since=standing.since), ""
