"""What the library holds as staff look through it: every status, by words, facets and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, func, not_, or_, select
from sqlalchemy.sql import ColumnElement

from library.catalogue.resources import queries
from library.catalogue.storage import schema
from library.core.resource import Resource, Status


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing that must be so of a resource: it has one of these values, or, if `out`, none.

    facet: also `language` and `year`. nothing: having no value at all counts too.
    """

    facet: str
    values: frozenset[str] = frozenset()
    nothing: bool = False
    out: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What staff look for. All of it must be so.

    words: parts of a title or a file's name, or an identifier. among: those that the index found,
    where it was asked. years: the first and the last; days: of being added, the first and the last.
    """

    words: str = ""
    status: Status | None = None
    narrowed: tuple[Narrowing, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    days: tuple[str, str] = ("", "")
    collection: str = ""
    series: str = ""
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Some resources of how many."""

    total: int
    resources: tuple[Resource, ...]


def held(conn: Connection, asked: Question, *, first: int, limit: int) -> Listed:
    """Resources from number `first` (from 0), those changed last first."""
    ids = every(conn, asked)
    page = ids[first : first + limit]
    return Listed(len(ids), tuple(queries.resources(conn, page, public=False)))


def every(conn: Connection, asked: Question) -> list[str]:
    """The id of all resources that answer, those changed last first."""
    table = schema.resources
    query = select(table.c.id).where(*_wanted(asked))
    ids = conn.scalars(query.order_by(table.c.changed.desc(), table.c.id))
    if asked.among is None:
        return list(ids)
    return [id_ for id_ in ids if id_ in asked.among]


@dataclass(frozen=True, slots=True)
class File:
    """An edition by what people may call it. paths: where its file came from."""

    edition: str
    resource: str
    name: str
    language: str
    paths: tuple[str, ...]


def files(conn: Connection) -> list[File]:
    """Every edition, in the order they were added."""
    editions, came = schema.editions, schema.arrivals
    paths: dict[str, list[str]] = {}
    for sha256, path in conn.execute(select(came.c.sha256, came.c.path)):
        paths.setdefault(sha256, []).append(f"/{path}")
    query = select(editions).with_only_columns(
        editions.c.id, editions.c.resource, editions.c.filename, editions.c.language,
        editions.c.sha256,
    )  # fmt: skip
    return [
        File(row.id, row.resource, row.filename, row.language, tuple(paths.get(row.sha256, ())))
        for row in conn.execute(query.order_by(editions.c.added, editions.c.id))
    ]


def addresses(conn: Connection) -> dict[str, str]:
    """Every address there was, and the resource it leads to."""
    table = schema.slugs
    rows = conn.execute(select(table.c.slug, table.c.resource))
    return {row.slug: row.resource for row in rows}


def by_status(conn: Connection) -> dict[Status, int]:
    """How many resources stand where."""
    table = schema.resources
    query = select(table.c.status, func.count()).group_by(table.c.status)
    return {Status(status): number for status, number in conn.execute(query)}


def series(conn: Connection) -> dict[str, int]:
    """The series there are, and how many resources are of each."""
    table = schema.resources
    query = select(table.c.series, func.count()).where(table.c.series != "")
    query = query.group_by(table.c.series).order_by(table.c.series)
    return {row[0]: row[1] for row in conn.execute(query)}


def _wanted(asked: Question) -> Iterable[ColumnElement[bool]]:
    table, editions, items = schema.resources, schema.editions, schema.collection_items
    if asked.status is not None:
        yield table.c.status == asked.status
    for word in asked.words.split()[:8]:
        like = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        named = select(editions.c.resource).where(
            or_(
                editions.c.title.ilike(like, escape="!"),
                editions.c.filename.ilike(like, escape="!"),
            )
        )
        yield or_(table.c.id == word, table.c.id.in_(named))
    for narrowing in asked.narrowed:
        yield not_(_has(narrowing)) if narrowing.out else _has(narrowing)
    first, last = asked.years
    if first is not None or last is not None:
        year = func.substr(_newest(), 1, 4)
        yield and_(year >= f"{first or 1:04d}", year <= f"{last or 9999:04d}", year != "")
    since, until = asked.days
    if since:
        yield table.c.added >= since
    if until:
        yield func.substr(table.c.added, 1, 10) <= until
    if asked.collection:
        inside = select(items.c.resource).where(items.c.collection == asked.collection)
        yield table.c.id.in_(inside)
    if asked.series:
        yield table.c.series == asked.series


def _has(narrowing: Narrowing) -> ColumnElement[bool]:
    """Whether a resource has one of the values, or nothing where that counts."""
    table, concepts, editions = schema.resources, schema.concepts, schema.editions
    values = sorted(narrowing.values)
    if narrowing.facet == "year":
        year = func.substr(_newest(), 1, 4)
        return year.in_([*values, *([""] if narrowing.nothing else [])])
    if narrowing.facet == "language":
        spoken = select(editions.c.resource)
        has, any_ = spoken.where(editions.c.language.in_(values)), editions.c.language != ""
    else:
        spoken = select(concepts.c.resource)
        of = concepts.c.facet == narrowing.facet
        has, any_ = spoken.where(of, concepts.c.concept.in_(values)), of
    condition = table.c.id.in_(has)
    return or_(condition, table.c.id.not_in(spoken.where(any_))) if narrowing.nothing else condition


def _newest() -> ColumnElement[str]:
    """The newest date of a resource's editions, "" where none has one."""
    table, editions = schema.resources, schema.editions
    dates: Select[tuple[str]] = select(func.max(editions.c.date))
    return func.coalesce(dates.where(editions.c.resource == table.c.id).scalar_subquery(), "")
