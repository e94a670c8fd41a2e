"""A document as Whoosh keeps it.

A work is several Whoosh documents of one commit. The first holds its terms and its facts. The rest
hold its text, some pieces to a document.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import sub
from typing import Any

from whoosh import fields, formats

from index.document import Document
from index.engines.parts import parts
from index.fields import FIELDS
from index.inversion import SURFACES, invert

KIND, OF, PART = "kind", "of", "part"
FACTS, TEXT = "facts", "text"
WORK = "work"

UNPLACED = b"\x00"  # for positions that are not kept: an empty value is lost when segments merge

Entry = dict[str, Any]


def schema() -> Any:
    """The Whoosh schema."""
    return fields.Schema(
        **{text.name: _terms(formats.Positions()) for text in FIELDS},
        **{name: _terms(formats.Existence()) for name in (*SURFACES, KIND, OF, PART)},
        **{name: fields.STORED() for name in (FACTS, TEXT)},
    )


def entries(document: Document, languages: Sequence[str]) -> Iterator[Entry]:
    """What to add for one document. `languages` are the library's."""
    made = invert(document, languages)
    of = {made.id: 1}
    yield {
        **made.places,
        **made.printed,
        KIND: {WORK: 1},
        OF: of,
        FACTS: json.dumps(made.facts).encode(),
    }
    for key, packed in parts(made):
        yield {OF: of, PART: {key: 1}, TEXT: packed}


def positions(value: bytes) -> list[int]:
    """The positions of one posting, in order."""
    deltas = array("I")
    deltas.frombytes(value)
    return list(accumulate(deltas))


def to_bytes(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


def _terms(kept: Any) -> Any:
    made = fields.FieldType(kept, None)
    made.index = _postings  # whoosh's own would analyse again
    return made


def _postings(
    value: Mapping[str, Sequence[int] | int], **_: object
) -> Iterator[tuple[bytes, int, float, bytes]]:
    """(term, frequency, weight, positions); a term with a number only has no positions."""
    for term, places in value.items():
        if isinstance(places, int):
            yield to_bytes(term), places, float(places), UNPLACED
        else:
            deltas = array("I", map(sub, places, (0, *places)))
            yield to_bytes(term), len(places), float(len(places)), deltas.tobytes()
