"""Our columns as a codec of Whoosh.

Whoosh keeps the table of contents, the segments it lists and which of their documents are removed;
its readers, searchers, queries and scorers work on an index of ours as on any. What is in a segment
is ours (`index.columns`), written as a whole: documents are not added one by one through Whoosh.
"""

from __future__ import annotations

import errno
import mmap
import os
import uuid
from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.columns.arrays import Column
from index.columns.segment import Segment
from index.columns.terms import ID

EXTENSION = ".seg"
KEPT = frozenset(("indexname", "segid", "compound", "_documents", "_deleted"))
"""What a table of contents keeps of a segment."""


class ColumnSegment(base.Segment):  # type: ignore[misc]
    """One segment in the table of contents of Whoosh: its name, and which documents are removed."""

    def __init__(self, indexname: str, documents: int) -> None:
        self.indexname = indexname
        self.segid = uuid.uuid4().hex  # Whoosh draws its own from `random`, which may be seeded
        self.compound = False
        self._documents = documents
        self._deleted: set[int] = set()

    def __setstate__(self, kept: dict[str, Any]) -> None:
        """As a table of contents keeps it. Raises ValueError where one of its names is damaged."""
        if missing := KEPT - kept.keys():
            raise ValueError(f"a segment without {', '.join(sorted(missing))}")
        self.__dict__.update(kept)

    def codec(self, **_: object) -> ColumnCodec:
        return ColumnCodec()

    def file_name(self) -> str:
        return str(self.make_filename(EXTENSION))

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self._documents = count

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self._deleted))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted


class ColumnCodec(base.Codec):  # type: ignore[misc]
    """Reads columns for Whoosh."""

    def per_document_writer(self, storage: Any, segment: Any) -> NoReturn:
        raise NotImplementedError("columns are written a segment at a time, by index.columns")

    field_writer = per_document_writer

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> NoReturn:
        raise NotImplementedError("columns are written a segment at a time, by index.columns")

    def postings_reader(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError("postings are columns, and read through their terms")

    def terms_reader(self, storage: Any, segment: Any) -> Terms:
        return Terms(opened(storage, segment))

    def per_document_reader(self, storage: Any, segment: Any) -> Documents:
        return Documents(opened(storage, segment), segment)

    def new_segment(self, storage: Any, indexname: str) -> ColumnSegment:
        return ColumnSegment(indexname, 0)


def opened(storage: Any, segment: ColumnSegment) -> Segment:
    """A segment's columns, mapped into memory where they are in a folder."""
    return Segment(segment.segment_id(), content(storage, segment.file_name()))


def content(storage: Any, name: str) -> Any:
    """A file's bytes. Raises FileNotFoundError."""
    folder = storage.folder
    if not folder:  # in memory
        try:
            return storage.files[name]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from None
    descriptor = os.open(os.path.join(folder, name), os.O_RDONLY)  # noqa: PTH118 - no Path: often
    try:
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)


class Terms(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment, as Whoosh asks for them."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        field = self._segment.fields.get(name)
        return field is not None and field.terms.find(text) >= 0

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        field = self._segment.fields[fieldname]
        return Cursor(field.terms.slice(0, field.terms.count), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self.indexed_field_names():
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        terms = self._segment.fields[fieldname].terms
        for text in terms.slice(terms.range(prefix)[0], terms.count):
            yield fieldname, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field = self._segment.fields[fieldname]
        first, last = field.span(text)
        if first == last:
            raise KeyError(text)
        works, often = field.works[first:last], field.often(first, last)
        lengths = lengths_of(self._segment, fieldname)[works]
        return TermInfo(
            float(often.sum()),
            last - first,
            quantized(int(lengths.min())),
            quantized(int(lengths.max())),
            float(often.max()),
            int(works[0]),
            int(works[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        field = self._segment.fields[fieldname]
        return float(field.often(*field.span(text)).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        first, last = self._segment.fields[fieldname].span(text)
        return last - first

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        info = self.term_info(fieldname, text)
        return Matcher(self._segment, fieldname, text, format_, scorer, info)

    def indexed_field_names(self) -> list[str]:
        return sorted(self._segment.fields)


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """A place in the terms of a field."""

    def __init__(self, terms: list[bytes], fieldobj: Any) -> None:
        self._terms = terms
        self._field = fieldobj
        self._at = 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: Any) -> Any:
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = int(np.searchsorted(np.array(self._terms, object), wanted))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        term = self.term()
        return None if term is None else self._field.from_bytes(term)

    def term(self) -> bytes | None:
        return self._terms[self._at] if self._at < len(self._terms) else None

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class Matcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term, one after the other."""

    def __init__(
        self, segment: Segment, name: str, text: bytes, format_: Any, scorer: Any, info: TermInfo
    ) -> None:
        field = segment.fields[name]
        self._field = field
        self._first, last = field.span(text)
        self._ids: list[int] = field.works[self._first : last].tolist()
        self._weights: list[float] = field.often(self._first, last).astype(float).tolist()
        self._at = 0
        self._term = (name, text)
        self._info = info
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def reset(self) -> None:
        self._at = 0

    def id(self) -> int:
        return self._ids[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids)

    def weight(self) -> float:
        return self._weights[self._at]

    def value(self) -> Any:
        if self._field.positions is None:
            return self.format.encode(int(self.weight())) if hasattr(self.format, "encode") else b""
        return self.format.encode(self._positions())

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._positions()
        if astype in ("frequency", "weight"):
            return self.weight()
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        at, positions = self._field.at, self._field.positions
        if at is None or positions is None:
            raise ValueError("this field keeps no positions")
        posting = self._first + self._at
        own: list[int] = positions[int(at[posting]) : int(at[posting + 1])].tolist()
        return own

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, target: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        while self.is_active() and self.id() < target:
            self._at += 1

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() <= minquality:  # it is all one block
            self._at = len(self._ids)
            return 1
        return 0

    def block_min_length(self) -> Any:
        return self._info.min_length()

    def block_max_length(self) -> Any:
        return self._info.max_length()

    def block_max_weight(self) -> Any:
        return self._info.max_weight()

    def block_min_id(self) -> int:
        return self._ids[0]

    def block_max_id(self) -> int:
        return self._ids[-1]

    def copy(self) -> Matcher:
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        return made


class Documents(base.PerDocumentReader):  # type: ignore[misc]
    """What is known of each document of a segment."""

    def __init__(self, columns: Segment, segment: ColumnSegment) -> None:
        self._columns = columns
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        length = int(lengths_of(self._columns, fieldname)[docnum])
        return quantized(length) if length else default

    def field_length(self, fieldname: str) -> int:
        return int(lengths_of(self._columns, fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        return quantized(int(lengths_of(self._columns, fieldname).min(initial=1 << 30)))

    def max_field_length(self, fieldname: str) -> int:
        return quantized(int(lengths_of(self._columns, fieldname).max(initial=0)))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {ID: self._columns.ids[docnum], "title_line": self._columns.title(docnum)}


def lengths_of(segment: Segment, name: str) -> Column:
    """For each document, how many words a field holds, as Whoosh counts them."""
    field = segment.fields[name]
    often = field.often(0, len(field.works))
    return np.bincount(field.works, often, segment.works).astype(np.int64)


def quantized(length: int) -> int:
    """A length as precise as Whoosh's own codec keeps it."""
    return int(byte_to_length(length_to_byte(length)))
