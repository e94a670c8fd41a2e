"""What changes the catalogue: each method belongs to one transaction, begun by Catalogue.write.

Long because it is one unit of work: what one method writes another must leave as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import bindparam, delete, insert, select, update

from index.fields import FILED
from library.catalogue.queue import tasks
from library.catalogue.resources import queries, slugs
from library.catalogue.storage import mapping, schema
from library.catalogue.storage.snapshot import Snapshot
from library.catalogue.vocabulary import schemes
from library.core.messages import Message
from library.core.resource import (
    INCOMPLETE,
    READABLE,
    Collection,
    Edition,
    Heading,
    Page,
    Statement,
    Status,
    several,
    still_unread,
)

Decide = Callable[[Sequence[Statement]], dict[str, Statement]]


@dataclass(frozen=True, slots=True)
class Filed:
    """Where an edition went: the resource, and whether it is new, one more, or another's twin."""

    resource: str
    edition: str
    how: Literal["added", "joined", "replaced", "duplicate"]


@dataclass(frozen=True, slots=True)
class Writer(Snapshot):
    """One transaction. What it changes for readers is counted as one revision."""

    def store_original(self, sha256: str, size: int, filename: str) -> None:
        """Note a stored file. One known already keeps its first name."""
        table = schema.originals
        if self.conn.scalar(select(table.c.sha256).where(table.c.sha256 == sha256)) is None:
            self.conn.execute(
                insert(table).values(
                    sha256=sha256, bytes=size, media_type="", filename=filename, added=mapping.now()
                )
            )

    def tell_type(self, sha256: str, media_type: str) -> None:
        """Note what a stored file is, told by its content."""
        table = schema.originals
        self.conn.execute(
            update(table).where(table.c.sha256 == sha256).values(media_type=media_type)
        )

    def file(
        self,
        edition: Edition,
        pages: Sequence[Page],
        statements: Sequence[Statement],
        decide: Decide,
        *,
        status: Status,
        work: str = "",
        replaces: str | None = None,
        by: str = "",
        languages: Sequence[str] = (),
        described: bool = True,
    ) -> Filed:
        """Put an edition where it belongs.

        work: what the editions of one resource have in common, "" when nobody says. replaces: an
        edition this file is a newer version of, or is read anew for; by: who said so. Any other
        file that is an edition already changes nothing. languages: the library's own, in order: a
        resource's address is the title of its edition in the first of them. described: whether it
        is known what it is; until then its address is its resource's id, and takes no title's.
        """
        twin = queries.edition_with(self.conn, edition.sha256) or queries.superseded(
            self.conn, edition.sha256
        )
        if twin is not None and twin[0] != replaces:
            return Filed(twin[1], twin[0], "duplicate")
        if replaces is not None:
            return self._replace(replaces, edition, pages, statements, decide, by)
        resource = self._resource_for(work, edition.language, status)
        how: Literal["added", "joined"] = "joined" if resource else "added"
        if resource is None:
            taken = work and self._resource_of_work(work) is not None
            resource = self._new_resource(edition, status, None if taken else work or None)
        self._insert(resource, edition, pages, statements)
        if how == "added" or self._leads(resource, edition, languages):
            slugs.give(self.conn, resource, edition.title if described else "")
        self.settle(resource, decide)
        return Filed(resource, edition.id, how)

    def describe(
        self,
        edition: Edition,
        pages: Sequence[Page],
        statements: Sequence[Statement],
        decide: Decide,
        *,
        work: str = "",
        languages: Sequence[str] = (),
    ) -> tuple[str, str]:
        """Say what an edition is that was filed before that was known; what staff said of it stays.

        pages: those that are other than they were. The resource it was filed as, and the one it
        belongs to: another where that is the work it says it is of. The first has no editions then.
        """
        own = self.resource_of(edition.id)
        resources, table = schema.resources, schema.statements
        row = self.conn.execute(select(resources).where(resources.c.id == own)).one()
        belongs = own
        if work and row.work is None and self._is_alone(edition.id, own):
            belongs = self._resource_for(work, edition.language, Status(row.status)) or own
            if belongs == own and self._resource_of_work(work) is None:
                named = update(resources).where(resources.c.id == own)
                self.conn.execute(named.values(work=work))
        self._update_edition(edition.id, {**_edition_values(edition), "resource": belongs})
        self._put(edition.id, pages)
        old = table.c.edition == edition.id, table.c.source != "staff"
        self.conn.execute(delete(table).where(*old))
        self._state(edition.id, statements)
        self.settle_edition(edition.id, decide)
        if belongs == own or self._leads(belongs, edition, languages):
            slugs.give(self.conn, belongs, edition.title)
        slugs.forget_first(self.conn, own)
        self.settle(belongs, decide)
        return own, belongs

    def _is_alone(self, edition: str, resource: str) -> bool:
        """Whether an edition is the only one of its resource."""
        table = schema.editions
        others = select(table.c.id).where(table.c.resource == resource, table.c.id != edition)
        return self.conn.scalar(others) is None

    def say(self, edition: str, statements: Sequence[Statement], decide: Decide) -> None:
        """Let staff's word on an edition replace what staff said of the same fields before."""
        table = schema.statements
        fields = [statement.field for statement in statements]
        self.conn.execute(
            delete(table).where(
                table.c.edition == edition, table.c.source == "staff", table.c.field.in_(fields)
            )
        )
        self._state(edition, statements)
        self.settle_edition(edition, decide)
        self.settle(self.resource_of(edition), decide)

    def lay_out(self, edition: str, pages: Sequence[Page], contents: Sequence[Heading]) -> None:
        """Give an edition's pages their blocks, and the better of two texts."""
        self._update_edition(edition, {"laid_out": True})
        self.reread(edition, pages, contents)

    def reread(self, edition: str, pages: Sequence[Page], contents: Sequence[Heading]) -> None:
        """Let these pages of an edition take the place of those it has."""
        self._put(edition, pages)
        values: dict[str, Any] = {"contents": mapping.contents_value(contents)}
        now = queries.pages(self.conn, edition)
        values.update(_sums(now))
        kept = queries.edition(self.conn, edition)
        unread = still_unread(kept.unread, now) if kept else ()
        if kept and kept.unread != unread:
            values["unread"] = mapping.unread_value(unread)
        if unread and values.get("text_quality", 0.0) > INCOMPLETE:
            values["text_quality"] = INCOMPLETE
        self._update_edition(edition, values)
        self.touch(self.resource_of(edition))

    def tell_unread(self, edition: str, message: Message) -> None:
        """Say of an edition what was not read as it should be; once, if it is said already."""
        kept = queries.edition(self.conn, edition)
        if kept and message not in kept.unread:
            unread = (*kept.unread, message)
            self._update_edition(edition, {"unread": mapping.unread_value(unread)})

    def _put(self, edition: str, pages: Sequence[Page]) -> None:
        """Let these pages take the place of those of the same number."""
        table = schema.pages
        if pages:
            kept = update(table).where(
                table.c.edition == bindparam("of"), table.c.number == bindparam("place")
            )
            values = [mapping.page_values(edition, page) for page in pages]
            self.conn.execute(
                kept.values({name: bindparam(name) for name in values[0]}),
                [{**one, "of": edition, "place": one["number"]} for one in values],
            )

    def guess_again(self, edition: str, statements: Sequence[Statement], decide: Decide) -> None:
        """Let these guesses take the place of what was guessed of an edition before its words
        could be read; where it has a new title, its old address leads to the new one.
        """
        table = schema.statements
        old = table.c.edition == edition, table.c.source == "guess"
        self.conn.execute(delete(table).where(*old))
        self._state(edition, statements)
        before = queries.edition(self.conn, edition)
        self.settle_edition(edition, decide)
        now = queries.edition(self.conn, edition)
        resource = self.resource_of(edition)
        if before and now and before.title != now.title:
            slugs.give(self.conn, resource, now.title)
        self.settle(resource, decide)

    def give_up_layout(self, edition: str) -> None:
        """The layout could not be read; the words stay as they are."""
        self._update_edition(edition, {"laid_out": True})

    def set_collection(self, collection: Collection, position: int = 0) -> None:
        """Make a collection, or make it anew."""
        table, items = schema.collections, schema.collection_items
        self.conn.execute(delete(items).where(items.c.collection == collection.slug))
        self.conn.execute(delete(table).where(table.c.slug == collection.slug))
        self.conn.execute(
            insert(table).values(
                slug=collection.slug,
                title=collection.title,
                summary=collection.summary,
                position=position,
                kind=collection.kind,
            )
        )
        for place, resource in enumerate(dict.fromkeys(collection.resources)):
            self.conn.execute(
                insert(items).values(collection=collection.slug, resource=resource, position=place)
            )
        self.revise()

    def rename(self, resource: str, title: str) -> str:
        """Give a resource a new address; every old one goes on leading to it."""
        slug = slugs.give(self.conn, resource, title)
        self.touch(resource)
        return slug

    def _new_resource(self, edition: Edition, status: Status, work: str | None) -> str:
        table = schema.resources
        length = 10
        while self.conn.scalar(select(table.c.id).where(table.c.id == edition.sha256[:length])):
            length += 1
        moment = mapping.now()
        self.conn.execute(
            insert(table).values(
                id=edition.sha256[:length],
                status=status,
                work=work,
                added=moment,
                changed=moment,
            )
        )
        return edition.sha256[:length]

    def _resource_for(self, work: str, language: str, status: Status) -> str | None:
        """The resource an edition joins: one of its work without an edition in its language.

        What is not for readers yet joins nothing that they can read.
        """
        resource = self._resource_of_work(work) if work else None
        if resource is None:
            return None
        resources = schema.resources
        stands = self.conn.scalar(select(resources.c.status).where(resources.c.id == resource))
        if stands in READABLE and status not in READABLE:
            return None
        table = schema.editions
        taken = self.conn.scalar(
            select(table.c.id).where(table.c.resource == resource, table.c.language == language)
        )
        return None if taken else resource

    def _leads(self, resource: str, edition: Edition, languages: Sequence[str]) -> bool:
        """Whether an edition's language stands before those of a resource's other editions."""
        table = schema.editions
        others = self.conn.scalars(
            select(table.c.language).where(table.c.resource == resource, table.c.id != edition.id)
        )
        order = {language: place for place, language in enumerate(languages)}
        last = len(order)
        place = order.get(edition.language, last)
        return all(place < order.get(language, last) for language in others)

    def _resource_of_work(self, work: str) -> str | None:
        return queries.resource_of_work(self.conn, work)

    def resource_of(self, edition: str) -> str:
        """The resource of an edition that is there."""
        table = schema.editions
        resource: str = self.conn.scalars(
            select(table.c.resource).where(table.c.id == edition)
        ).one()
        return resource

    def _insert(
        self,
        resource: str,
        edition: Edition,
        pages: Sequence[Page],
        statements: Sequence[Statement],
    ) -> None:
        self.conn.execute(
            insert(schema.editions).values(
                id=edition.id, resource=resource, added=mapping.now(), **_edition_values(edition)
            )
        )
        self._name(edition)
        self._fill(edition.id, pages, statements)

    def _replace(
        self,
        old: str,
        edition: Edition,
        pages: Sequence[Page],
        statements: Sequence[Statement],
        decide: Decide,
        by: str,
    ) -> Filed:
        # The edition keeps its id and its address; its old original stays where it is.
        before = queries.edition(self.conn, old)
        if before and before.sha256 != edition.sha256:
            self.supersede(before, edition.sha256, by=by)
        self._update_edition(old, _edition_values(edition))
        self._name(edition)
        self.conn.execute(delete(schema.pages).where(schema.pages.c.edition == old))
        table = schema.statements
        self.conn.execute(delete(table).where(table.c.edition == old, table.c.source != "staff"))
        self._fill(old, pages, statements)
        self.settle_edition(old, decide)  # staff's words on it stay
        resource = self.resource_of(old)
        self.settle(resource, decide)
        return Filed(resource, old, "replaced")

    def supersede(self, edition: Edition, sha256: str, *, by: str = "") -> None:
        """Note that an edition's original is now this one, and that the one before is kept.

        by: who said so; "" for a file that was saved over the other, which may be saved back.
        """
        table = schema.versions
        both = (edition.sha256, sha256)
        self.conn.execute(delete(table).where(table.c.sha256.in_(both)))
        self.conn.execute(
            insert(table).values(sha256=edition.sha256, edition=edition.id, by=by, at=mapping.now())
        )

    def _name(self, edition: Edition) -> None:
        """An original bears the name of the file that was filed, not of one that came beside it."""
        table = schema.originals
        self.conn.execute(
            update(table).where(table.c.sha256 == edition.sha256).values(filename=edition.filename)
        )

    def _fill(self, edition: str, pages: Sequence[Page], statements: Sequence[Statement]) -> None:
        if pages:
            values = [mapping.page_values(edition, page) for page in pages]
            self.conn.execute(insert(schema.pages), values)
        self._state(edition, statements)

    def _state(self, edition: str, statements: Sequence[Statement]) -> None:
        if statements:
            moment = mapping.now()
            values = [
                mapping.statement_values(edition, statement, moment) for statement in statements
            ]
            self.conn.execute(insert(schema.statements), values)

    def settle_edition(self, edition: str, decide: Decide, blank: Sequence[str] = ()) -> None:
        """Bring an edition's own columns in line with what was said of it.

        blank: fields that are empty when nothing is said of them; a title is never.
        """
        settled = decide(queries.statements(self.conn, [edition]))
        values: dict[str, object] = {
            field: settled[field].value if field in settled else ""
            for field in ("title", "summary", "date", "rights", "source_url", "language", "reading")
            if field in settled or (field in blank and field != "title")
        }
        if "authors" in settled or "authors" in blank:
            values["authors"] = list(settled["authors"].value) if "authors" in settled else []
        if values:
            self._update_edition(edition, values)

    def settle(self, resource: str, decide: Decide) -> None:
        """Bring a resource's columns and concepts in line with what was said of its editions."""
        table = schema.editions
        ids = list(
            self.conn.scalars(
                select(table.c.id)
                .where(table.c.resource == resource)
                .order_by(table.c.added, table.c.id)
            )
        )
        settled = decide(queries.statements(self.conn, ids))
        moved = schemes.moved(self.conn)
        values = {
            field: str(settled[field].value) if field in settled else ""
            for field in ("publisher", "series", "duration")
        }
        self.conn.execute(
            update(schema.resources).where(schema.resources.c.id == resource).values(**values)
        )
        concepts = schema.concepts
        self.conn.execute(delete(concepts).where(concepts.c.resource == resource))
        chosen = [
            {"resource": resource, "facet": facet, "concept": concept, "position": position}
            for facet in FILED
            if facet in settled
            for position, concept in enumerate(
                dict.fromkeys(
                    moved.get((facet, concept), concept)
                    for concept in several(settled[facet].value)
                )
            )
            if concept
        ]
        if chosen:
            self.conn.execute(insert(concepts), chosen)
        self.touch(resource)

    def _update_edition(self, edition: str, values: dict[str, object]) -> None:
        table = schema.editions
        self.conn.execute(update(table).where(table.c.id == edition).values(**values))

    def touch(self, resource: str) -> None:
        """A reader could see this change: the index owes it, and the revision grows."""
        table = schema.resources
        self.conn.execute(update(table).where(table.c.id == resource).values(changed=mapping.now()))
        tasks.owe(self.conn, "index", [resource])
        self.revise()

    def revise(self) -> None:
        """A reader could see a change: the revision grows."""
        table = schema.state
        self.conn.execute(
            update(table)
            .where(table.c.name == "revision")
            .values(number=table.c.number + 1, time=mapping.now())
        )


def _edition_values(edition: Edition) -> dict[str, object]:
    return {
        "sha256": edition.sha256,
        "language": edition.language,
        "title": edition.title,
        "summary": edition.summary,
        "authors": list(edition.authors),
        "date": str(edition.date or ""),
        "rights": edition.rights,
        "source_url": edition.source_url,
        "filename": edition.filename,
        "media_type": edition.media_type,
        "bytes": edition.bytes,
        "pages": edition.pages,
        "pages_expected": edition.pages_expected,
        "text_bytes": edition.text_bytes,
        "text_quality": edition.text_quality,
        "scanned": edition.scanned,
        "unread": mapping.unread_value(edition.unread),
        "contents": mapping.contents_value(edition.contents),
        "laid_out": edition.laid_out,
        "reading": edition.reading,
    }


def _sums(pages: Sequence[Page]) -> dict[str, object]:
    if not pages:
        return {}
    return {
        "text_bytes": sum(len(page.text.encode()) for page in pages),
        "text_quality": sum(page.score for page in pages) / len(pages),
        "scanned": sum(page.scanned and not page.unreadable for page in pages),
    }
