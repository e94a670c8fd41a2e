"""A document as Tantivy keeps it.

A work is several Tantivy documents of one commit. The first holds its terms and its facts. The rest
hold its text, some pieces to a document, and the positions of its terms.

Tantivy tells Python which documents hold a term, and not how often. So how often is part of the
term: in base 32, a term for each digit that is not 0 and always for the last, after a NUL,

    "strike" 2 times  → "strike\\0a2"
    "strike" 67 times → "strike\\0a3", "strike\\0b2"

A question for all of them, each scored as what its digit stands for, gives exact frequencies in one
search, and the works that hold a term are those that hold any of its last digits.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator

import tantivy

from index.document import Document
from index.engines.parts import part_key, parts
from index.engines.tantivy import positions
from index.fields import FIELDS
from index.inversion import SURFACES, invert

KIND, OF, PART = "kind", "of", "part"
STAMP, CHUNKS = "stamp", "chunks"
FACTS, TEXT = "facts", "text"
WORK = "work"

_LINES = "lines"  # the analyzer that takes a line for a term
_AFTER = "\x00"
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}


def schema() -> tantivy.Schema:
    """The Tantivy schema."""
    builder = tantivy.SchemaBuilder()
    for name in (*(field.name for field in FIELDS), *SURFACES):
        builder.add_text_field(name, tokenizer_name=_LINES, index_option="basic")
    for name in (KIND, OF, PART):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (STAMP, CHUNKS):
        builder.add_unsigned_field(name, fast=True)
    for name in (FACTS, TEXT):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def prepare(index: tantivy.Index) -> None:
    """What an index must know before it is written to."""
    lines = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[^\n]+")).build()
    index.register_tokenizer(_LINES, lines)


def entries(document: Document, languages: Iterable[str]) -> Iterator[tantivy.Document]:
    """What to add for one document. `languages` are the library's."""
    made = invert(document, tuple(languages))
    id = text(made.id)
    chunks = positions.pack(made.places)
    first = tantivy.Document()
    first.add_text(KIND, WORK)
    first.add_text(OF, id)
    first.add_unsigned(STAMP, uuid.uuid4().int >> 65)
    first.add_unsigned(CHUNKS, len(chunks))
    first.add_bytes(FACTS, json.dumps(made.facts).encode())
    for name, positions_of in made.places.items():
        counts = ((term, len(positions)) for term, positions in positions_of.items())
        first.add_text(name, _terms(counts))
    for name, printed in made.printed.items():
        first.add_text(name, _terms(printed.items()))
    yield first
    for number, chunk in enumerate(chunks):
        yield _part(id, chunk_key(made.id, number), chunk)
    for key, packed in parts(made):
        yield _part(id, key, packed)


def chunk_key(id: str, number: int) -> str:
    """What finds one chunk of the positions of a work."""
    return f"{part_key(id)}@{number}"


def text(value: str) -> str:
    """What Tantivy can keep of a value: half a character it cannot."""
    return value.encode("utf-8", "replace").decode()


def digits(term: str, count: int) -> Iterator[str]:
    """What is indexed for a term that a work holds so often."""
    level = "a"
    while True:
        count, digit = divmod(count, len(_DIGITS))
        if digit or level == "a":
            yield f"{term}{_AFTER}{level}{_DIGITS[digit]}"
        if not count:
            return
        level = chr(ord(level) + 1)


def beginning(term: str) -> str:
    """How all that is indexed for a term begins."""
    return f"{text(term)}{_AFTER}"


def read(indexed: str) -> tuple[str, float, bool]:
    """Term, what its digit stands for, and whether that is the last digit."""
    term, _, digit = indexed.rpartition(_AFTER)
    level = ord(digit[0]) - ord("a")
    return term, float(_VALUE[digit[1]] * len(_DIGITS) ** level), not level


def _terms(counts: Iterable[tuple[str, int]]) -> str:
    return text("\n".join(digit for term, count in counts for digit in digits(term, count)))


def _part(id: str, key: str, content: bytes) -> tantivy.Document:
    part = tantivy.Document()
    part.add_text(OF, id)
    part.add_text(PART, text(key))
    part.add_bytes(TEXT, content)
    return part
