"""The child's side of `description`: it has the words of one document, and a deadline.

What it is asked to judge stands in its input, a line for each page; it imports no more than that
needs, and has the vocabularies from the process it was forked from.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from index.fields import FILED
from index.text import deferred
from library import metadata
from library.core.resource import JSON, Page, Said, Statement
from library.extractors import Limits, quality
from library.extractors.wire import Facts, Item, decode
from library.likeness import similarity
from library.metadata import concepts, cues, nature
from library.metadata.passages import marked
from library.sandbox import poppler
from library.vocabularies import Vocabularies

DOCUMENT = b'{"facts":{"document":'  # how the line begins before a document, of several

_prepared: list[tuple[Vocabularies, tuple[str, ...]]] = []

FIRST = "Street vendors of the city and their union, and what they want of it in 2026. " * 20
NUMBERS = " ".join(map(str, range(1000)))
"""Read before any document, so that what is made at its first use is made once for all children."""


def prepare(
    languages: Sequence[str], folder: str, version: str, records: dict[str, dict[str, JSON]]
) -> None:
    """Load the vocabularies, and what is needed beside them, for all children to come.

    folder: of the library's own files. version: of those, so that a new one is read. records:
    what staff changed over them, by facet.
    """
    _prepared.clear()
    files = Vocabularies.load(languages, Path(folder))
    words = files.changed(records, 1) if records else files
    _prepared.append((words, tuple(languages)))
    document = Said({"language": languages[0], **dict.fromkeys(FILED, FIRST)})
    list(
        _described([Page(1, FIRST), Page(2, NUMBERS)], document, "first.txt", None, "", whole=True)
    )
    for language in ("", *languages):
        list(words.mentions(FIRST, language))
        for facet in nature.FACETS:
            concepts.titled(cues.Measures(), facet, FIRST, (), language, words)
    deferred.compile_all()  # what no first document asks, a stranger's may


def described(
    file: BinaryIO, limits: Limits, what: str, filename: str, language: str | None, otherwise: str
) -> Iterator[Page | Facts]:
    """What the pages of a document say it is; with `what` "passages" only their languages."""
    first, pages, opinions = _given(file)
    if opinions:
        better = poppler.improved(pages, opinions)
        yield from (new for new, old in zip(better, pages, strict=True) if new is not old)
        pages = list(better)
    document = first if isinstance(first, Said) else Said()
    yield from _described(pages, document, filename, language, otherwise, whole=what == "describe")


def described_each(
    file: BinaryIO, limits: Limits, each: Sequence[Sequence[Any]]
) -> Iterator[Page | Facts]:
    """What several documents are, one after the other; `each`: what `described` is asked of one.

    A document stands after Facts({"document": NUMBER}), in the input as in what is told.
    """
    yield from in_turn(file, limits, each, described)


def in_turn(
    file: BinaryIO,
    limits: Limits,
    each: Sequence[Sequence[Any]],
    describe: Callable[..., Iterator[Page | Facts]],
) -> Iterator[Page | Facts]:
    """What `describe` says of each document of the input."""
    lines: list[bytes] = []
    number = -1
    for line in (*file, b""):
        if line and not line.startswith(DOCUMENT):
            lines.append(line)
            continue
        if number >= 0:
            yield Facts({"document": number})
            yield from describe(BytesIO(b"".join(lines)), limits, *each[number])
        lines, number = [], number + 1


def laid_out(file: BinaryIO, limits: Limits, language: str) -> Iterator[Facts]:
    """Of two readings of each page, where the layout's text is the better; then languages."""
    _, words, layouts = _given(file)
    laid = {page.number: page for page in layouts}
    pages = []
    for page in words:
        other = laid.get(page.number)
        worse = other is None or quality.better(page.text, other.text) == page.text
        if not worse and not page.scanned:
            yield Facts({"better": page.number})
        pages.append(quality.joined(page, other, words_read_better=worse))
    yield from _spoken(pages, language)


def _described(
    pages: Sequence[Page],
    document: Said,
    filename: str,
    language: str | None,
    otherwise: str,
    *,
    whole: bool,
) -> Iterator[Facts]:
    vocabularies, languages = _prepared[0]
    if whole:
        statements = metadata.describe(
            pages, document, filename=filename, vocabularies=vocabularies, languages=languages
        )
        yield Facts({"statements": [_packed(statement) for statement in statements]})
        believed = metadata.decide(statements).get("language")
        guessed = str(believed.value) if believed else otherwise
        language = guessed if language is None else language
    yield from _spoken(pages, language or "")
    if whole:
        mark = similarity.mark_of(pages)
        packed = [
            b64encode(mark.signature).decode(),
            mark.anchors,
            b64encode(mark.outline).decode(),
        ]
        yield Facts({"mark": packed})


def _spoken(pages: Sequence[Page], language: str) -> Iterator[Facts]:
    """The languages of pages and their passages, where they are not as they were."""
    _, languages = _prepared[0]
    for page in pages:
        [now] = marked([page], language, languages)
        passages = [
            [place, new.language]
            for place, (new, old) in enumerate(zip(now.blocks, page.blocks, strict=True))
            if new.language != old.language
        ]
        if passages or now.language != page.language:
            yield Facts({"spoken": [page.number, now.language, passages]})


def _given(file: BinaryIO) -> tuple[Item | None, list[Page], list[Page]]:
    """What stands first, pages, and the pages that stand after a line without facts."""
    first: Item | None = None
    pages: list[Page] = []
    others: list[Page] = []
    place = pages
    for line in file:
        match decode(line):
            case Page() as page:
                place.append(page)
            case Facts():
                place = others
            case item:
                first = item
    return first, pages, others


def _packed(statement: Statement) -> list[Any]:
    evidence = [[where.page, where.words] for where in statement.evidence]
    return [statement.field, statement.value, statement.source, evidence, statement.confidence]
