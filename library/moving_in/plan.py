"""What would become of each record of an archive; nothing is done.

A record is here already where an identifier of it is known, or its file's very bytes are. Two
records of one archive that are one work become one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from library.catalogue import Connection
from library.catalogue.provenance import imports
from library.catalogue.resources import queries
from library.core.errors import InputError
from library.moving_in import attachments, mapping
from library.moving_in.attachments import File, Files, Missing, Outside
from library.moving_in.mapping import Fitted, Meanings
from library.moving_in.reading import Archive
from library.moving_in.record import Record
from library.store import originals
from library.store.originals import shown
from library.vocabularies import Vocabularies

Outcome = Literal["new", "here", "twice", "no file", "fault"]
SLUG = 80  # characters


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a record, and what staff's word on it is to be."""

    file: File
    sha256: str
    bytes: int
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One record, and what would become of it. why: in English, for `fault` and beside others."""

    record: Record
    outcome: Outcome
    why: str = ""
    documents: tuple[Document, ...] = ()
    edition: str = ""  # that it is already
    resource: str = ""
    unmatched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an archive would do."""

    format: str
    source: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)

    @property
    def faults(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.outcome == "fault")

    @property
    def unmatched(self) -> Counter[tuple[str, str]]:
        """Values that nothing of ours is known for, and how many works have each."""
        return Counter(pair for row in self.rows if row.outcome == "new" for pair in row.unmatched)


@dataclass(slots=True)
class Planner:
    """Goes through the records in their order.

    pages: a folder where records that are texts themselves are written as pages; cards: whether one
    without any file is, too.
    """

    conn: Connection
    files: Files
    meanings: Meanings
    vocabularies: Vocabularies
    pages: Path
    cards: bool = False
    _names: dict[str, int] = field(default_factory=dict)  # identifier → row
    _sums: dict[str, int] = field(default_factory=dict)  # checksum → row

    def plan(self, archive: Archive, source: str) -> Plan:
        every = [name for record in archive.records for name in record.identifiers]
        here = imports.known(self.conn, list(dict.fromkeys(every)))
        rows = [self._row(record, here) for record in archive.records]
        rows += [Row(Record(one.number), "fault", one.detail) for one in archive.unread]
        rows.sort(key=lambda row: row.record.number)
        return Plan(archive.format, source, tuple(rows))

    def _row(self, record: Record, here: dict[str, tuple[str, str]]) -> Row:
        for name in record.identifiers:
            if name in here:
                return Row(record, "here", edition=here[name][0], resource=here[name][1])
            if name in self._names:
                return Row(record, "twice", f"the same as row {self._names[name]}")
        fitted = mapping.fitted(record, self.meanings, self.vocabularies)
        try:
            found, left_out = self._found(record)
        except Outside as error:
            return Row(record, "fault", f"{error} leads out of the archive")
        except Missing as error:
            return Row(record, "fault", str(error))
        except InputError as error:
            return Row(record, "fault", str(error))
        if not found:
            return Row(record, "no file", left_out)
        sums = {sha256: file for file, sha256, _ in found}
        if held := self._held(list(sums)):
            return Row(record, "here", edition=held[0], resource=held[1])
        for sha256 in sums:
            if sha256 in self._sums:
                return Row(record, "twice", f"the same file as row {self._sums[sha256]}")
        self._names |= dict.fromkeys(record.identifiers, record.number)
        self._sums |= dict.fromkeys(sums, record.number)
        documents = tuple(_documents(record, fitted, found))
        return Row(record, "new", left_out, documents, unmatched=fitted.unmatched)

    def _found(self, record: Record) -> tuple[list[tuple[File, str, int]], str]:
        """The documents of a record with their sums, and what is said of those left out."""
        found: dict[str, tuple[File, str, int]] = {}
        for one in attachments.wanted(record):
            file = self.files.of(one)
            sha256, size = originals.checksum(file.path, file.place)
            found.setdefault(sha256, (file, sha256, size))
        others = len(record.files) - len(found)
        left_out = f"{others} files that are no documents are left out" if others else ""
        if not found and (record.body or (self.cards and record.title)):
            file = self._page(record)
            found[""] = (file, *originals.checksum(file.path))
        return list(found.values()), left_out

    def _page(self, record: Record) -> File:
        slug = "".join(c if c.isalnum() else "-" for c in record.title[:SLUG]).strip("-") or "page"
        path = self.pages / f"{record.number}-{slug.encode()[:150].decode(errors='ignore')}.html"
        path.write_text(attachments.page_of(record), "utf-8")
        address = next(iter(record.values.get("url", ())), "")
        return File(path, address or shown(Path(path.name)), made=True)

    def _held(self, sums: Sequence[str]) -> tuple[str, str] | None:
        for sha256 in sums:
            held = queries.edition_with(self.conn, sha256) or queries.superseded(self.conn, sha256)
            if held:
                return held
        return None


def _documents(
    record: Record, fitted: Fitted, found: Sequence[tuple[File, str, int]]
) -> list[Document]:
    """Each file with staff's word on it. Of several, only the first is sure to be what the record
    says of one: the others have its work in common with it.
    """
    together: dict[str, object] = {}
    if len(found) > 1:
        names = record.identifiers or (found[0][1],)
        together = {"resource": f"imported {names[0]}"[:300]}
    documents = []
    for place, (file, sha256, size) in enumerate(found):
        fields: dict[str, object] = dict(fitted.fields)
        if len(found) > 1:
            fields.pop("language", None)
        if place:
            fields = {name: fields[name] for name in fields if name not in ("title", "summary")}
        documents.append(Document(file, sha256, size, {**fields, **together}))
    return documents
