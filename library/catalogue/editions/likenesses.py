"""What the catalogue keeps of which documents look alike: functions of a connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from library.catalogue.storage import mapping, schema
from library.core.resource import JSON
from library.likeness import similarity
from library.likeness.similarity import Mark, Shape

SOUGHT = "translations"  # the row of the table of states that says when they were looked for
TOGETHER = 100  # documents that share bands and are compared: more would be one form, filled in


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two editions that look alike; of a newer version, `one` is the newer.

    `alike` is from 0 to 1. `pages` are triples: a page of one, a page of the other, how alike.
    `shared` are words both have, of translations.
    """

    one: str
    other: str
    kind: similarity.Kind
    alike: float
    pages: tuple[tuple[int, int, float], ...] = ()
    shared: tuple[str, ...] = ()


def keep_mark(conn: Connection, edition: str, mark: Mark, text_bytes: int) -> None:
    """Keep what an edition of so much text is told by, in place of what was kept before."""
    forget(conn, edition)
    conn.execute(
        insert(schema.signatures).values(
            edition=edition,
            version=similarity.VERSION,
            runs=mark.signature,
            anchors=np.array(mark.anchors, "<i8").tobytes(),
            outline=mark.outline,
            aligned=False,
            text_bytes=text_bytes,
        )
    )
    keys = similarity.bands(mark.signature)
    if keys:
        conn.execute(
            insert(schema.bands),
            [{"edition": edition, "band": band, "key": key} for band, key in enumerate(keys)],
        )


def keep_outline(conn: Connection, edition: str, outline: bytes) -> None:
    """Keep the structure of an edition whose layout was read after its words."""
    table = schema.signatures
    _unalign(conn, edition)
    values = {"outline": outline, "aligned": False}
    conn.execute(update(table).where(table.c.edition == edition).values(**values))


def record_alignments(
    conn: Connection, editions: Iterable[str], likelihoods: Mapping[tuple[str, str], float]
) -> None:
    """Keep how far pairs are one work by their structure, and that these editions were looked at.

    likelihoods: nats by pair of ids.
    """
    table, signatures = schema.alignments, schema.signatures
    for pair, nats in likelihoods.items():
        one, other = sorted(pair)
        conn.execute(delete(table).where(table.c.one == one, table.c.other == other))
        conn.execute(insert(table).values(one=one, other=other, nats=nats))
    for edition in editions:
        conn.execute(update(signatures).where(signatures.c.edition == edition).values(aligned=True))


def alignments(conn: Connection) -> dict[frozenset[str], float]:
    """What is kept of how far pairs are one work by their structure, in nats."""
    return {
        frozenset((row.one, row.other)): row.nats for row in conn.execute(select(schema.alignments))
    }


def unaligned(conn: Connection) -> set[str]:
    """Editions whose structure was not yet held against that of others."""
    table = schema.signatures
    return set(conn.scalars(select(table.c.edition).where(table.c.aligned.is_(False))))


def _unalign(conn: Connection, edition: str) -> None:
    table = schema.alignments
    conn.execute(delete(table).where(or_(table.c.one == edition, table.c.other == edition)))


def forget(conn: Connection, edition: str) -> None:
    """Forget what an edition was told by, and whom it was like: it has other words now."""
    like = schema.likenesses
    _unalign(conn, edition)
    conn.execute(delete(like).where(or_(like.c.one == edition, like.c.other == edition)))
    for table in (schema.bands, schema.signatures):
        conn.execute(delete(table).where(table.c.edition == edition))


def near(conn: Connection, signature: bytes, besides: str) -> list[tuple[str, bytes]]:
    """Editions that share a band with this signature, those that share most first."""
    keys, table, signatures = similarity.bands(signature), schema.bands, schema.signatures
    if not keys:
        return []
    counted = func.count()
    query = (
        select(signatures.c.edition, signatures.c.runs)
        .join(table, table.c.edition == signatures.c.edition)
        .where(table.c.key.in_(keys), signatures.c.edition != besides)
        .where(signatures.c.version == similarity.VERSION)
        .group_by(signatures.c.edition, signatures.c.runs)
        .order_by(counted.desc(), signatures.c.edition)
        .limit(TOGETHER)
    )
    return [(row.edition, row.runs) for row in conn.execute(query)]


def record(conn: Connection, likenesses: Iterable[Likeness]) -> None:
    """Note these pairs, in place of what was noted of them."""
    table = schema.likenesses
    for likeness in likenesses:
        pair = {likeness.one, likeness.other}
        conn.execute(delete(table).where(table.c.one.in_(pair), table.c.other.in_(pair)))
        evidence: JSON = {"pages": likeness.pages, "shared": likeness.shared}
        conn.execute(
            insert(table).values(
                one=likeness.one,
                other=likeness.other,
                kind=likeness.kind,
                alike=likeness.alike,
                evidence=evidence,
                found=mapping.now(),
            )
        )


def record_translations(conn: Connection, likenesses: Sequence[Likeness], revision: int) -> None:
    """Note these pairs in place of all translations noted before, and when it was."""
    table = schema.likenesses
    conn.execute(delete(table).where(table.c.kind == "translation"))
    known = {frozenset((row.one, row.other)) for row in conn.execute(select(table))}
    record(
        conn,
        (
            likeness
            for likeness in likenesses
            if frozenset((likeness.one, likeness.other)) not in known
        ),
    )
    state = schema.state
    conn.execute(delete(state).where(state.c.name == SOUGHT))
    conn.execute(insert(state).values(name=SOUGHT, number=revision, time=mapping.now()))


def translations(conn: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pairs noted as translations, with the words in common that were noted."""
    table = schema.likenesses
    query = select(table).where(table.c.kind == "translation")
    return {(row.one, row.other): tuple(row.evidence["shared"]) for row in conn.execute(query)}


def sought(conn: Connection) -> int:
    """The revision of the catalogue in which translations were last looked for; -1 for never."""
    state = schema.state
    number = conn.scalar(select(state.c.number).where(state.c.name == SOUGHT))
    return -1 if number is None else number


def unmarked(conn: Connection) -> list[str]:
    """Editions that nothing is kept of, or what other code made, or that have new words since."""
    signatures, table = schema.signatures, schema.editions
    query = (
        select(table.c.id)
        .outerjoin(signatures, signatures.c.edition == table.c.id)
        .where(
            or_(
                signatures.c.edition.is_(None),
                signatures.c.version != similarity.VERSION,
                signatures.c.text_bytes != table.c.text_bytes,
            )
        )
        .order_by(table.c.added, table.c.id)
    )
    return list(conn.scalars(query))


def marked(conn: Connection) -> list[tuple[str, Shape, NDArray[np.int64]]]:
    """Every edition with its shape and its anchors, by id."""
    days = _days(conn)
    signatures, table = schema.signatures, schema.editions
    query = (
        select(
            table.c.id,
            table.c.language,
            table.c.pages,
            table.c.text_bytes,
            table.c.contents,
            table.c.filename,
            signatures.c.anchors,
            signatures.c.outline,
        )
        .join(signatures, signatures.c.edition == table.c.id)
        .where(signatures.c.version == similarity.VERSION)
        .order_by(table.c.id)
    )
    return [
        (
            row.id,
            Shape(
                language=row.language,
                pages=row.pages,
                headings=len(row.contents),
                text=row.text_bytes,
                day=days.get(row.id, ""),
                outline=row.outline,
                filename=row.filename,
            ),
            np.frombuffer(row.anchors, "<i8"),
        )
        for row in conn.execute(query)
    ]


def _days(conn: Connection) -> dict[str, str]:
    """The date that the words of an edition bear, of those that say the day."""
    statements, editions = schema.statements, schema.editions
    query = (
        select(statements.c.edition, statements.c.value, editions.c.date)
        .join(editions, editions.c.id == statements.c.edition)
        .where(statements.c.field == "date", statements.c.source == "guess")
    )
    return {
        row.edition: row.date
        for row in conn.execute(query)
        if row.value == row.date and row.date.count("-") == 2
    }


def dismissed(conn: Connection) -> set[frozenset[str]]:
    """The pairs of editions that staff have said are two works."""
    table = schema.verdicts
    query = select(table.c.one, table.c.other).where(table.c.verdict == "dismissed")
    return {frozenset((row.one, row.other)) for row in conn.execute(query)}


def every(conn: Connection) -> list[tuple[Likeness, str, str]]:
    """Pairs of editions of different resources that look alike, with those resources.

    Those that staff have dismissed are left out.
    """
    table, passed = schema.likenesses, dismissed(conn)
    one, other = schema.editions.alias(), schema.editions.alias()
    query = (
        select(table, one.c.resource.label("first"), other.c.resource.label("second"))
        .join(one, one.c.id == table.c.one)
        .join(other, other.c.id == table.c.other)
        .where(one.c.resource != other.c.resource)
        .order_by(table.c.kind, table.c.alike.desc(), table.c.one, table.c.other)
    )
    return [
        (
            Likeness(
                row.one,
                row.other,
                row.kind,
                row.alike,
                tuple((a, b, share) for a, b, share in row.evidence["pages"]),
                tuple(row.evidence["shared"]),
            ),
            row.first,
            row.second,
        )
        for row in conn.execute(query)
        if frozenset((row.one, row.other)) not in passed
    ]
