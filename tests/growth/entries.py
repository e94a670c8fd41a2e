"""What a stranger's text comes in by, each as a function of one text."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import io
import shutil
import tempfile
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.testclient import TestClient

from index.document import Document, Passage
from index.engines.whoosh import WhooshEngine
from index.query import Query
from index.text import excerpts, query_plan
from index.text.spelling import Listed, near
from index.text.syntax import loosened, parse, write
from library.catalogue.statistics import failed_searches
from library.core.errors import LibraryError
from library.core.resource import Block, Page, Said
from library.core.settings import Settings
from library.extractors import Limits, html, mail, markdown, rtf, text
from library.extractors.media_types import media_type_of
from library.extractors.pages import plain
from library.likeness import similarity
from library.metadata import describe, language_of, passages
from library.search import reading
from library.vocabularies import Vocabularies
from library.web.app import app_of
from tests.library.web.conftest import Shelf

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
SAID = Said()
LIMITS = Limits()


def as_markdown(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(markdown.read(io.BytesIO(words.encode()), LIMITS))


def as_html(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(html.read(io.BytesIO(f"<html><body>{words}".encode()), LIMITS))


def as_text(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(text.read(io.BytesIO(words.encode()), LIMITS))


def as_mail(words: str) -> None:
    head = b"Content-Type: text/plain; format=flowed\n\n"
    with contextlib.suppress(LibraryError):
        list(mail.read(io.BytesIO(head + words.encode()), LIMITS))


def as_rtf(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(rtf.read(io.BytesIO(f"{{\\rtf1 {words}}}".encode()), LIMITS))


def told(words: str) -> None:
    with contextlib.suppress(LibraryError):
        media_type_of(io.BytesIO(words.encode()), "words")


def asked(words: str) -> None:
    parse(words)


def passed_on(words: str) -> None:
    failed_searches.clean(words, "asked")


def described(words: str) -> None:
    describe(_plain(words), SAID, filename="words.pdf", vocabularies=_names(), languages=LANGUAGES)


def described_by_blocks(words: str) -> None:
    describe(_laid(words), SAID, filename="words.pdf", vocabularies=_names(), languages=LANGUAGES)


def described_by_the_file(words: str) -> None:
    said = Said(dict.fromkeys(("title", "author", "date", "keywords", "description"), words))
    pages = [Page(1, "A page.", reader="pdf")]
    describe(pages, said, filename=words, vocabularies=_names(), languages=LANGUAGES)


def told_the_passages(words: str) -> None:
    language_of(words, LANGUAGES)
    passages.marked([*_plain(words), *_laid(words)], "en", LANGUAGES)


def likened(words: str) -> None:
    similarity.mark_of([*_plain(words), *_laid(words)])


def spelt(words: str) -> None:
    lexicon = _lexicon()
    for word in (words, *words.split(maxsplit=1)[:1]):
        near([lexicon], word)


def excerpted(words: str) -> None:
    tree = parse('strike fund* "a a" a').tree
    excerpts.excerpt(words, tree, LANGUAGES)
    excerpts.marks(words, tree, LANGUAGES)


def excerpted_for(words: str) -> None:
    excerpts.excerpt("The strike fund of a union, a 1 a 1. " * 40, parse(words).tree, LANGUAGES)


def widened(words: str) -> None:
    tree = parse(words).tree
    query_plan.planned(reading.read(words, tree, _names()).tree, LANGUAGES)
    loosened(tree)
    write(tree)


def answered(words: str) -> None:
    engine = _engine()
    engine.search(Query(parse(words).tree))
    engine.terms(words, 12)


def searched(words: str) -> None:
    _got("/search", words)


def suggested(words: str) -> None:
    _got("/suggest", words)


def wished(words: str) -> None:
    _got("/ask", words)
    body = urlencode({"q": words})
    assert _client().post("/ask", content=body).status_code in (303, 413)


def _got(path: str, words: str) -> None:
    """Asks without a URL: that of the client is no longer than 65,536 characters."""
    status = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": urlencode({"q": words}).encode(),
        "headers": [(b"host", b"testserver")],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("testclient", 50_000),
    }
    asyncio.run(_client().app(scope, receive, send))  # type: ignore[arg-type]
    assert status[0] < 500


def _plain(words: str) -> list[Page]:
    return [Page(number, words, reader="pdf") for number in (1, 2)]


def _laid(words: str) -> list[Page]:
    blocks = (
        Block("heading", words, level=1),
        Block("paragraph", words),
        Block("item", words, level=1),
        Block("table", rows=((words, "a"), ("a", words))),
    )
    return [Page(1, plain(blocks), blocks, reader="pdf")]


@cache
def _names() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


@cache
def _lexicon() -> Listed:
    return Listed((f"{a}{b}{c}", f"{a}{b}{c}", 2) for a in "abcst" for b in "aeio" for c in "kmnr")


@cache
def _engine() -> WhooshEngine:
    engine = WhooshEngine(None, LANGUAGES)
    texts = ("the strike fund of a union", "a 1 is the a of the a", "aaa bbb")
    engine.update(
        Document(f"d{n}", "Strike fund", language="en", passages=(Passage("e", "en", 1, text),))
        for n, text in enumerate(texts)
    )
    return engine


@cache
def _client() -> TestClient:
    folder = Path(tempfile.mkdtemp(prefix="growth-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shelf = Shelf(Settings(home=folder))
    shelf.add("A strike fund", ["The strike fund of a union.", "a 1 is the a of the a"])
    shelf.add("Wages", ["The wages of the aaa, and a fund."])
    shelf.index()
    return TestClient(app_of(shelf.site()), follow_redirects=False)
