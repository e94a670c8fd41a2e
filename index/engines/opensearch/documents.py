"""Documents as they are sent to a server, and candidates as they come back."""

from __future__ import annotations

import base64
import binascii
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.answering.state import SPAN
from index.columns import arrays
from index.columns.arrays import Columns
from index.columns.batch import Batch
from index.columns.segment import Segment
from index.columns.terms import to_text
from index.columns.words import Stretches
from index.document import Document
from index.engines.opensearch import schema
from index.engines.opensearch.terms import held as terms_of
from index.engines.opensearch.terms import often, sent, standing
from index.fields import DOUBT, FIELDS, NARROWING, NOT_STATED, YEAR
from index.inversion import SURFACES

SORTED_BY = 1_000  # letters of a title that tell its place
LEVEL = 6
_TEXTS = ("group", "group.at", "group.first")

Listed = tuple[str, str]  # a field whose words are listed, and a term of it


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be sent: what is kept of it, and the words it is listed under."""

    id: str
    source: Mapping[str, Any]
    listed: Sequence[Listed]


def prepared(document: Document, languages: Sequence[str], stretches: Stretches) -> Prepared:
    """One document, analysed."""
    batch = Batch(languages, stretches)
    batch.add(document)
    columns = batch.columns()
    lengths = dict(zip((f.name for f in FIELDS), columns["lengths"][0].tolist(), strict=True))
    body = lengths["body"]
    weighed: list[str] = []
    for field in FIELDS:
        times = round(field.weight * schema.SCALE)
        weighed += repeated((term, times * count) for term, count in often(columns, field.name))
    source: dict[str, Any] = {
        "id": document.id,
        schema.WEIGHED: " ".join(weighed),
        "label": _labels(document),
        "length": {name: length for name, length in lengths.items() if length},
        "trust": 1 - DOUBT * (1 - document.quality),
        "added": document.added,
        "by_title": _sorted_by(to_text(columns["titles"].tobytes())),
        "mark": int(columns["mark"][0]),
        "lot": zlib.crc32(document.id.encode("utf-8", "surrogatepass")),
        schema.BLOB: packed({n: c for n, c in columns.items() if n not in _TEXTS}),
        schema.TEXTS: packed({name: columns[name] for name in _TEXTS}),
    }
    for name in schema.KEPT:
        source[name] = [*standing(columns, name)]
    source[schema.BESIDE] = [
        value
        for field in FIELDS
        if field.name not in ("body", schema.AUTHOR)
        for value in standing(columns, field.name)
    ]
    for name in SURFACES:
        counts = columns[f"{name}.counts"].tolist()
        terms = map(sent, terms_of(columns, name))
        source[name] = " ".join(repeated(zip(terms, counts, strict=True)))
    if body:
        source["share"] = body / max(-(-body // SPAN), 1)
    if document.year is not None:
        source["year"] = document.year
    return Prepared(document.id, source, [*listed(columns)])


def repeated(counted: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Each term as often as it is counted."""
    return (" ".join([term] * count) for term, count in counted)


def listed(columns: Columns) -> Iterator[Listed]:
    """The words of a work that are listed."""
    for field in schema.LISTED:
        for term in terms_of(columns, field):
            yield field, term


def packed(columns: Columns) -> str:
    """Columns as the server stores them."""
    file = io.BytesIO()
    arrays.write(file, columns)
    return base64.b64encode(zlib.compress(file.getvalue(), LEVEL)).decode("ascii")


def unpacked(content: str) -> Columns:
    """What `packed` made. Raises arrays.Damaged."""
    try:
        return arrays.read(zlib.decompress(base64.b64decode(content)))
    except (binascii.Error, zlib.error) as error:
        raise arrays.Damaged(str(error)) from error


class Candidate:
    """A work as it came from a server. Its texts come later, where they are asked for."""

    __slots__ = ("_texts", "columns", "id", "segment", "version", "weight")

    def __init__(self, hit: Mapping[str, Any]) -> None:
        self.id: str = hit["_id"]
        self.version: tuple[int, int] = version_of(hit)
        self.columns = unpacked(hit["fields"][schema.BLOB][0])
        nothing: Columns = {
            "group": np.zeros(0, np.uint8),
            "group.at": np.zeros(1, np.int64),
            "group.first": np.zeros(0, np.int64),
        }
        self.segment = Segment.of(self.id, self.columns | nothing)
        self.weight = sum(column.nbytes for column in self.columns.values())
        self._texts: Segment | None = None

    @property
    def told(self) -> bool:
        """Whether its texts are here."""
        return self._texts is not None

    def tell(self, content: str) -> None:
        """Take its texts in."""
        texts = unpacked(content)
        self._texts = Segment.of(self.id, self.columns | texts)
        self.weight += sum(column.nbytes for column in texts.values())

    def piece(self, piece: int) -> str:
        """The text of one piece."""
        if self._texts is None:
            raise LookupError("its texts were not asked for")
        return self._texts.piece(0, piece)


def version_of(hit: Mapping[str, Any]) -> tuple[int, int]:
    """What tells one content of a document from another."""
    return int(hit["_primary_term"]), int(hit["_seq_no"])


def _labels(document: Document) -> dict[str, list[str]]:
    """What narrows, "none" where it has no value."""
    labels = {
        name: list(document.labels.get(name, ())) or [NOT_STATED]
        for name in NARROWING
        if name != YEAR.name
    }
    labels[YEAR.name] = [NOT_STATED if document.year is None else str(document.year)]
    return labels


def _sorted_by(title: str) -> str:
    return title[:SORTED_BY].encode("utf-8", "replace").decode("utf-8")
