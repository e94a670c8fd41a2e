"""What the catalogue answers: functions of a connection, one question each.

Long because it is a list: each question is short and stands by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, case, func, or_, select

from index.fields import FACET
from library.catalogue.storage import mapping, schema
from library.core.resource import (
    LISTED,
    READABLE,
    Collection,
    Edition,
    Page,
    Resource,
    Statement,
    Status,
)


@dataclass(frozen=True, slots=True)
class Original:
    """A stored file, and whether readers may have it."""

    sha256: str
    media_type: str
    filename: str
    bytes: int
    public: bool
    withdrawn: bool = False
    resource: str = ""  # whose file it is, or was before a newer one came
    edition: str = ""
    language: str = ""
    damaged: bool = False  # missing or changed on the disk, as far as anybody looked


@dataclass(frozen=True, slots=True)
class Totals:
    """How much readers can find."""

    resources: int
    editions: int
    pages: int


_SAME = 120  # characters of two summaries that are the same text
_BATCH = 500  # below every database's limit on the values of one statement

# Statements of every page are made once: SQLAlchemy then knows them without looking at their parts.
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_RESOURCES = select(schema.resources).where(schema.resources.c.id.in_(_IDS))
_RESOURCES_AMONG = _RESOURCES.where(
    schema.resources.c.status.in_(bindparam("among", expanding=True))
)
_SLUGS = select(schema.slugs.c.resource, schema.slugs.c.slug).where(
    schema.slugs.c.resource.in_(_IDS), schema.slugs.c.current
)
_CONCEPTS = (
    select(schema.concepts)
    .where(schema.concepts.c.resource.in_(_IDS))
    .order_by(schema.concepts.c.position)
)
_EDITIONS = (
    select(schema.editions)
    .where(schema.editions.c.resource.in_(_IDS))
    .order_by(schema.editions.c.added, schema.editions.c.id)
)
_LABELS = select(schema.pages.c.edition, schema.pages.c.number, schema.pages.c.label).where(
    schema.pages.c.edition.in_(bindparam("editions", expanding=True)),
    schema.pages.c.number.in_(bindparam("numbers", expanding=True)),
    schema.pages.c.label != "",
)


def resources(
    conn: Connection,
    ids: Sequence[str],
    *,
    public: bool,
    among: frozenset[Status] = LISTED,
) -> list[Resource]:
    """These resources in this order; unknown ones are left out, and if `public` those of a status
    that is not `among` these.
    """
    by_id: dict[str, Resource] = {}
    for start in range(0, len(ids), _BATCH):
        by_id.update(_resources(conn, ids[start : start + _BATCH], among if public else None))
    return [by_id[key] for key in ids if key in by_id]


def _resources(
    conn: Connection, ids: Sequence[str], among: frozenset[Status] | None
) -> dict[str, Resource]:
    statement, values = (_RESOURCES, {"ids": ids})
    if among is not None:
        statement, values = _RESOURCES_AMONG, {"ids": ids, "among": list(among)}
    rows_ = conn.execute(statement, values).all()
    slugs = _slugs_of(conn, ids)
    concepts = _concepts_of(conn, ids)
    editions = _editions_of(conn, ids)
    return {
        row.id: mapping.resource_of(row, slugs[row.id], concepts[row.id], editions[row.id])
        for row in rows_
        if editions[row.id]
    }


def _slugs_of(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    return {row.resource: row.slug for row in conn.execute(_SLUGS, {"ids": ids})}


def _concepts_of(conn: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    by_resource: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in conn.execute(_CONCEPTS, {"ids": ids}):
        by_resource[row.resource][row.facet].append(row.concept)
    return by_resource


def _editions_of(conn: Connection, ids: Sequence[str]) -> dict[str, list[Edition]]:
    by_resource: dict[str, list[Edition]] = defaultdict(list)
    for row in conn.execute(_EDITIONS, {"ids": ids}):
        by_resource[row.resource].append(mapping.edition_of(row))
    return by_resource


def resource_of_slug(conn: Connection, slug: str) -> str | None:
    table = schema.slugs
    return conn.scalar(select(table.c.resource).where(table.c.slug == slug))


def names_of(conn: Connection, resource: str) -> list[str]:
    """A resource's id and all its addresses: among them the ids of those that went into it."""
    table = schema.slugs
    query = select(table.c.slug).where(table.c.resource == resource)
    return [resource, *conn.scalars(query.order_by(table.c.slug))]


def newest(conn: Connection, limit: int) -> list[str]:
    table = schema.resources
    query = select(table.c.id).where(table.c.status.in_(LISTED))
    query = query.order_by(table.c.added.desc(), table.c.id).limit(limit)
    return list(conn.scalars(query))


def published(conn: Connection, since: datetime, until: datetime) -> list[str]:
    """What readers find now, and found first (or again) from one moment on and before another."""
    table = schema.resources
    first = case((table.c.since != "", table.c.since), else_=table.c.added)
    span = (first >= mapping.said(since), first < mapping.said(until))
    query = select(table.c.id).where(table.c.status.in_(LISTED), *span)
    return list(conn.scalars(query.order_by(first, table.c.id)))


def every_resource(conn: Connection, *, public: bool) -> list[str]:
    table = schema.resources
    query = select(table.c.id).order_by(table.c.added, table.c.id)
    if public:
        query = query.where(table.c.status.in_(LISTED))
    return list(conn.scalars(query))


def page(conn: Connection, edition: str, number: int) -> Page | None:
    table = schema.pages
    query = select(table).where(table.c.edition == edition, table.c.number == number)
    row = conn.execute(query).one_or_none()
    return mapping.page_of(row) if row else None


def ids_beginning(conn: Connection, beginning: str) -> list[str]:
    """The ids of resources that begin so, two at most: then it is no one's."""
    id_ = schema.resources.c.id
    query = select(id_).where(id_ >= beginning, id_ < f"{beginning}\U0010ffff")
    return list(conn.scalars(query.order_by(id_).limit(2)))


def pages(conn: Connection, edition: str, first: int = 1, last: int | None = None) -> list[Page]:
    """The pages of an edition from one to another, or all, in order."""
    table = schema.pages
    query = select(table).where(table.c.edition == edition).order_by(table.c.number)
    if first > 1:
        query = query.where(table.c.number >= first)
    if last is not None:
        query = query.where(table.c.number <= last)
    return [mapping.page_of(row) for row in conn.execute(query)]


def labels(conn: Connection, pages: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The numbers printed on these pages, given as (edition, number), where they are known.

    Editions and numbers are asked for apart, and more pages looked up than are wanted: for pairs
    SQLite would read the whole table.
    """
    by_page: dict[tuple[str, int], str] = {}
    for start in range(0, len(pages), _BATCH // 2):
        wanted = frozenset(pages[start : start + _BATCH // 2])
        values = {
            "editions": list({edition for edition, _ in wanted}),
            "numbers": list({number for _, number in wanted}),
        }
        rows = ((row.edition, row.number, row.label) for row in conn.execute(_LABELS, values))
        by_page |= {(e, number): label for e, number, label in rows if (e, number) in wanted}
    return by_page


def statements(conn: Connection, editions: Sequence[str]) -> list[Statement]:
    """What everybody said of these editions, in the order it was said."""
    table = schema.statements
    query = select(table).where(table.c.edition.in_(editions)).order_by(table.c.id)
    return [mapping.statement_of(row) for row in conn.execute(query)]


def by_staff(
    conn: Connection, fields: Sequence[str], limit: int, also: Sequence[str] = ()
) -> list[tuple[str, list[Statement]]]:
    """Publisher and statements of the editions for which staff last said one of these fields.

    The last of them first, of these fields and of those in `also`.
    """
    table, editions, works = schema.statements, schema.editions, schema.resources
    newest = (
        select(table.c.edition, func.max(table.c.id).label("last"))
        .where(table.c.source == "staff", table.c.field.in_(fields))
        .group_by(table.c.edition)
        .order_by(func.max(table.c.id).desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(works.c.publisher, table)
        .join(newest, newest.c.edition == table.c.edition)
        .join(editions, editions.c.id == table.c.edition)
        .join(works, works.c.id == editions.c.resource)
        .where(table.c.field.in_((*fields, *also)))
        .order_by(newest.c.last.desc(), table.c.id)
    )
    by_edition: dict[str, tuple[str, list[Statement]]] = {}
    for row in conn.execute(query):
        by_edition.setdefault(row.edition, (row.publisher, []))[1].append(mapping.statement_of(row))
    return list(by_edition.values())


def is_summary_of_another(conn: Connection, summary: str, *, edition: str | None) -> bool:
    """Whether an edition of a resource that does not hold this one has a summary that begins so.

    The first 120 characters are compared: what follows a shared paragraph may be a paper's own.
    """
    editions = schema.editions
    begins = func.substr(editions.c.summary, 1, _SAME) == summary[:_SAME]
    query = select(editions.c.id).where(begins).limit(1)
    if edition is not None:
        own = select(editions.c.resource).where(editions.c.id == edition).scalar_subquery()
        query = query.where(editions.c.resource.is_distinct_from(own))
    return conn.execute(query).first() is not None


def publisher_of(conn: Connection, edition: str) -> str:
    """The publisher of the resource that an edition is of; "" where there is none."""
    editions, works = schema.editions, schema.resources
    mine = select(works.c.publisher).join(editions, editions.c.resource == works.c.id)
    return conn.scalar(mine.where(editions.c.id == edition)) or ""


def collections(
    conn: Connection, *, slug: str | None = None, holding: str | None = None
) -> list[Collection]:
    """Collections with the published resources in them, in staff's order: all, the one with this
    slug, or those that hold a resource.
    """
    table, items, works = schema.collections, schema.collection_items, schema.resources
    query = (
        select(items.c.collection, items.c.resource)
        .join(works, works.c.id == items.c.resource)
        .where(works.c.status.in_(LISTED))
        .order_by(items.c.collection, items.c.position)
    )
    listed = select(table).where(table.c.desk != "gone")
    listed = listed.order_by(table.c.position, table.c.title)
    if slug is not None:
        query, listed = query.where(items.c.collection == slug), listed.where(table.c.slug == slug)
    if holding is not None:
        theirs = select(items.c.collection).where(items.c.resource == holding)
        query = query.where(items.c.collection.in_(theirs))
        listed = listed.where(table.c.slug.in_(theirs))
    by_resource: dict[str, list[str]] = defaultdict(list)
    for row in conn.execute(query):
        by_resource[row.collection].append(row.resource)
    return [
        Collection(row.slug, row.title, row.summary, tuple(by_resource[row.slug]), row.kind)
        for row in conn.execute(listed)
    ]


def collection(conn: Connection, slug: str) -> Collection | None:
    listed = collections(conn, slug=slug)
    return listed[0] if listed else None


def related(conn: Connection, resource: str, limit: int) -> list[str]:
    """Works that share concepts with this one: the rarer the concept, the closer they are."""
    table, works = schema.concepts, schema.resources
    mine = select(table.c.facet, table.c.concept).where(table.c.resource == resource)
    concepts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for facet, concept in conn.execute(mine).all():
        if facet not in FACET or not FACET[facet].related:
            continue
        query = (
            select(table.c.resource)
            .join(works, works.c.id == table.c.resource)
            .where(table.c.facet == facet, table.c.concept == concept)
            .where(works.c.status.in_(LISTED), works.c.id != resource)
        )
        concepts[facet, concept] = list(conn.scalars(query))
    closeness: dict[str, float] = defaultdict(float)
    for (facet, _), others in concepts.items():
        for other in others:
            closeness[other] += FACET[facet].related / (1 + len(others)) ** 0.5
    return sorted(closeness, key=lambda key: (-closeness[key], key))[:limit]


def original(conn: Connection, sha256: str) -> Original | None:
    table, editions, works = schema.originals, schema.editions, schema.resources
    row = conn.execute(select(table).where(table.c.sha256 == sha256)).one_or_none()
    if row is None:
        return None
    older = select(schema.versions.c.edition).where(schema.versions.c.sha256 == sha256)
    edition_row = conn.execute(
        select(works.c.status, works.c.id, editions.c.id.label("edition"), editions.c.language)
        .join(editions, editions.c.resource == works.c.id)
        .where(or_(editions.c.sha256 == sha256, editions.c.id.in_(older)))
        .order_by(editions.c.sha256 != sha256)
    ).first()
    status = edition_row.status if edition_row else None
    fault = conn.scalar(select(schema.fixity.c.fault).where(schema.fixity.c.sha256 == sha256))
    return Original(
        sha256=row.sha256,
        media_type=row.media_type,
        filename=row.filename,
        bytes=row.bytes,
        public=status in READABLE,
        withdrawn=status == Status.WITHDRAWN,
        resource=edition_row.id if edition_row else "",
        edition=edition_row.edition if edition_row else "",
        language=edition_row.language if edition_row else "",
        damaged=bool(fault),
    )


def totals(conn: Connection) -> Totals:
    works, editions = schema.resources, schema.editions
    row = (
        select(
            func.count(func.distinct(works.c.id)),
            func.count(editions.c.id),
            func.coalesce(func.sum(editions.c.pages), 0),
        )
        .join(editions, editions.c.resource == works.c.id)
        .where(works.c.status.in_(LISTED))
    )
    resources_, editions_, pages_ = conn.execute(row).one()
    return Totals(resources_, editions_, pages_)


def amounts(conn: Connection) -> tuple[int, int, int]:
    """How many resources, editions and entries of the history there are, whoever may see them."""
    tables = (schema.resources, schema.editions, schema.history)
    resources_, editions_, entries = (
        conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    )
    return resources_, editions_, entries


def slugs(conn: Connection) -> Iterator[tuple[str, datetime]]:
    """The address of every published resource, and when it last changed."""
    works, addresses = schema.resources, schema.slugs
    query = (
        select(addresses.c.slug, works.c.changed)
        .join(works, works.c.id == addresses.c.resource)
        .where(addresses.c.current, works.c.status.in_(LISTED))
        .order_by(works.c.added, works.c.id)
    )
    for row in conn.execute(query):
        yield row.slug, datetime.fromisoformat(row.changed)


def spoken(conn: Connection) -> dict[str, list[str]]:
    """By the address of every published resource with several editions, their languages."""
    works, addresses, editions = schema.resources, schema.slugs, schema.editions
    query = (
        select(addresses.c.slug, editions.c.language)
        .join(works, works.c.id == addresses.c.resource)
        .join(editions, editions.c.resource == works.c.id)
        .where(addresses.c.current, works.c.status.in_(LISTED), editions.c.language != "")
        .order_by(works.c.added, works.c.id, editions.c.added, editions.c.id)
    )
    languages: dict[str, list[str]] = defaultdict(list)
    for slug, language in conn.execute(query):
        languages[slug].append(language)
    return {slug: several for slug, several in languages.items() if len(several) > 1}


def revision(conn: Connection) -> tuple[int, datetime]:
    """A number that grows with every change a reader could see, and when it last did."""
    row = conn.execute(select(schema.state).where(schema.state.c.name == "revision")).one()
    return row.number, datetime.fromisoformat(row.time)


def bytes_of(conn: Connection, sha256: str) -> int:
    """The size of an original in bytes; 0 for one that is not known."""
    table = schema.originals
    return conn.scalar(select(table.c.bytes).where(table.c.sha256 == sha256)) or 0


def originals(conn: Connection) -> Iterable[tuple[str, int]]:
    """Every stored file's checksum and size in bytes."""
    table = schema.originals
    return [(row.sha256, row.bytes) for row in conn.execute(select(table).order_by(table.c.sha256))]


def edition(conn: Connection, id_: str) -> Edition | None:
    row = conn.execute(select(schema.editions).where(schema.editions.c.id == id_)).one_or_none()
    return mapping.edition_of(row) if row else None


def laid_out_otherwise(conn: Connection, layout: str, media_types: Sequence[str]) -> list[str]:
    """Ids of editions of these types that have pages laid out by anything but `layout`."""
    editions, pages_ = schema.editions, schema.pages
    others = (
        select(pages_.c.edition)
        .where(pages_.c.layout.not_in(("", layout)), pages_.c.edition == editions.c.id)
        .exists()
    )
    query = (select(editions.c.id).where(editions.c.media_type.in_(media_types), others)).order_by(
        editions.c.id
    )
    return list(conn.scalars(query))


def edition_with(conn: Connection, sha256: str) -> tuple[str, str] | None:
    """The edition made of this file, and its resource."""
    table = schema.editions
    row = conn.execute(
        select(table.c.id, table.c.resource).where(table.c.sha256 == sha256)
    ).one_or_none()
    return (row.id, row.resource) if row else None


def superseded(conn: Connection, sha256: str) -> tuple[str, str] | None:
    """The edition that staff said is a newer version of this file, and its resource."""
    table, editions = schema.versions, schema.editions
    query = (
        select(editions.c.id, editions.c.resource)
        .join(table, table.c.edition == editions.c.id)
        .where(table.c.sha256 == sha256, table.c.by != "")
    )
    row = conn.execute(query).one_or_none()
    return (row.id, row.resource) if row else None


def versions(conn: Connection, edition: str) -> list[str]:
    """The originals whose place was taken by an edition's own, the last one first."""
    table = schema.versions
    query = select(table.c.sha256).where(table.c.edition == edition)
    return list(conn.scalars(query.order_by(table.c.at.desc(), table.c.sha256)))


def resource_of_work(conn: Connection, work: str) -> str | None:
    """The resource of a work, by its own name or by that of one that was joined to it."""
    works, others = schema.resources, schema.works
    own: str | None = conn.scalar(select(works.c.id).where(works.c.work == work))
    return own or conn.scalar(select(others.c.resource).where(others.c.work == work))


def older_version(conn: Connection, path: str, edition: Edition) -> str | None:
    """The edition that came from the same place with the same title and language."""
    table, came = schema.editions, schema.arrivals
    query = (
        select(table.c.id)
        .join(came, came.c.sha256 == table.c.sha256)
        .where(came.c.path == path, table.c.sha256 != edition.sha256)
        .where(table.c.title == edition.title, table.c.language == edition.language)
    )
    return conn.scalars(query).first()


def resource_named(conn: Connection, key: str) -> str | None:
    """A resource by what staff call it, its id, its slug, or the name of one of its files."""
    works, addresses, editions = schema.resources, schema.slugs, schema.editions
    if by_name := resource_of_work(conn, f"staff:{key}"):
        return by_name
    for query in (
        select(works.c.id).where(works.c.id == key),
        select(addresses.c.resource).where(addresses.c.slug == key),
        select(editions.c.resource).where(editions.c.filename == key),
    ):
        id_: str | None = conn.scalars(query).first()
        if id_ is not None:
            return id_
    return None
