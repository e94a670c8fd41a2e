"""Finds documents that look alike, and keeps the pairs with their evidence for staff to judge.

Nothing is refused or merged for looking alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from library.catalogue import Catalogue, Connection
from library.catalogue.editions import likenesses as kept
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.resources import queries
from library.core.messages import Message
from library.core.resource import Edition, Page
from library.likeness import similarity, translations
from library.likeness.similarity import Mark

LOOKED_AT = similarity.ALIKE - similarity.ERROR  # signatures err; the words themselves decide
TELLING = 5  # characters from which a word in common is shown first
SHOWN = 8  # words in common that are kept as evidence


def same_words(
    conn: Connection, edition: Edition, pages: Sequence[Page], mark: Mark
) -> list[Likeness]:
    """Editions that have most words of this one, those most alike first."""
    likenesses = []
    for id_, signature in kept.near(conn, mark.signature, edition.id):
        other = queries.edition(conn, id_)
        if other is None or similarity.resemblance(mark.signature, signature) < LOOKED_AT:
            continue
        newer = _newer(edition, other)
        first = newer or min(edition, other, key=lambda either: either.id)
        sides = [pages, queries.pages(conn, id_)]
        share, pairs = similarity.pages_alike(*(sides if first is edition else reversed(sides)))
        if share >= similarity.ALIKE:
            second = other if first is edition else edition
            changed = newer and share < similarity.SAME
            kind: similarity.Kind = "newer version" if changed else "same words"
            likenesses.append(Likeness(first.id, second.id, kind, round(share, 3), tuple(pairs)))
    return sorted(likenesses, key=lambda likeness: (-likeness.alike, likeness.one, likeness.other))


def keep(
    conn: Connection, edition: str, mark: Mark, text_bytes: int, likenesses: Sequence[Likeness]
) -> None:
    """Keep what an edition is told by, and whom it is like."""
    kept.keep_mark(conn, edition, mark, text_bytes)
    kept.record(conn, likenesses)


def looks_like(
    conn: Connection, edition: str, resource: str, likenesses: Sequence[Likeness]
) -> Message | None:
    """What staff are told of a document that looks like others; its file is still to be named."""
    passed = kept.dismissed(conn)
    for likeness in likenesses:
        if frozenset((likeness.one, likeness.other)) in passed:
            continue
        other = queries.edition(conn, likeness.other if likeness.one == edition else likeness.one)
        edition_held = queries.edition_with(conn, other.sha256) if other else None
        if other and edition_held and edition_held[1] != resource:
            code = "arrival alike"
            if likeness.kind == "newer version":
                code = "arrival alike newer" if likeness.one == edition else "arrival alike older"
            share = round(likeness.alike * 100)
            return Message(
                code, {"title": other.title, "resource": edition_held[1], "share": share}
            )
    return None


def _newer(one: Edition, other: Edition) -> Edition | None:
    """Which of two is a newer version of the other, if their names and dates say so."""
    if one.language != other.language or not one.date or not other.date:
        return None
    if one.filename != other.filename and not _same_title(one.title, other.title):
        return None
    if (
        one.date.year == other.date.year
        and str(one.date)[: len(str(other.date))] == str(other.date)[: len(str(one.date))]
    ):
        return None  # as far as both are known they are the same
    return one if str(one.date) > str(other.date) else other


def _same_title(one: str, other: str) -> bool:
    """Whether titles share most words: a year or a number of the edition may differ."""
    mine, theirs = (set(similarity.WORD.findall(title.casefold())) for title in (one, other))
    return len(mine & theirs) * 2 > len(mine | theirs)


def bring_up_to_date(catalogue: Catalogue) -> bool:
    """Mark what has no mark or new words, and look for translations; whether anything changed."""
    with catalogue.read() as conn:
        waiting = kept.unmarked(conn)
        revision, _ = queries.revision(conn)
        if not waiting and kept.sought(conn) == revision:
            return False
    for id_ in waiting:
        with catalogue.read() as conn:
            edition = queries.edition(conn, id_)
            if edition is None:
                continue
            pages = queries.pages(conn, id_)
            mark = similarity.mark_of(pages)
            likenesses = same_words(conn, edition, pages, mark)
        with catalogue.write() as writer:
            keep(writer.conn, id_, mark, edition.text_bytes, likenesses)
    _align(catalogue)
    with catalogue.read() as conn:
        known = kept.translations(conn)
        translated = [
            Likeness(
                one,
                other,
                "translation",
                round(score, 3),
                shared=known.get((one, other)) or _shared(conn, one, other),
            )
            for one, other, score in translations.pairs(
                kept.marked(conn), kept.alignments(conn), kept.dismissed(conn)
            )
        ]
    with catalogue.write() as writer:
        kept.record_translations(writer.conn, translated, revision)
    return True


def _align(catalogue: Catalogue) -> None:
    """Hold the structure of what is new against that of all others, once."""
    with catalogue.read() as conn:
        fresh = kept.unaligned(conn)
        documents = kept.marked(conn) if fresh else []
    if fresh:
        alignments = translations.aligned(documents, fresh)
        with catalogue.write() as writer:
            kept.record_alignments(writer.conn, fresh, alignments)


def _shared(conn: Connection, one: str, other: str) -> tuple[str, ...]:
    """What two documents both name, long names before numbers, the most frequent first."""
    mine, theirs = (
        similarity.anchors_of("\n".join(page.text for page in queries.pages(conn, id_)))
        for id_ in (one, other)
    )
    both = [written for number, written in mine.items() if number in theirs]
    return tuple(sorted(both, key=lambda written: len(written) < TELLING)[:SHOWN])
