"""Stock Whoosh on our index: its queries, searchers and scorers find what they find on its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from whoosh import fields, formats, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex

from index.columns.terms import to_bytes
from index.document import Document
from index.engines.whoosh.codec import ColumnCodec
from index.engines.whoosh.storages import let_go, tracking
from index.engines.whoosh.writer import Change
from index.inversion import invert
from tests.index.builders import LANGUAGES, document

WORDS = [
    "strike",
    "market",
    "wage",
    "hawker",
    "union",
    "rent",
    "water",
    "night",
    "organización",
    "काम",
]


def documents() -> list[Document]:
    drawn = random.Random(3)
    weights = [1 / (number + 1) for number in range(len(WORDS))]

    def some(number: int) -> str:
        return " ".join(drawn.choices(WORDS, weights, k=number))

    return [
        document(
            f"d{number}",
            *(some(drawn.randint(1, 90)) for _ in range(drawn.randint(1, 3))),
            title=some(3),
            summary=some(8),
        )
        for number in range(60)
    ]


def changed(storage: Any) -> None:
    """Three commits: segments, documents that were replaced, and some that were removed."""
    Change.create(storage)
    every = documents()
    for added, removed in ((every[:40], ()), (every[35:], ()), ((), ("d3", "d44"))):
        change = Change(storage, LANGUAGES)
        for id in removed:
            change.remove(id)
        for one in added:
            change.add(one)
        change.commit()


@pytest.fixture(scope="module")
def columns() -> FileIndex:
    storage = RamStorage()
    changed(storage)
    return FileIndex(storage)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileIndex]:
    """The same terms, written by Whoosh's own codec."""
    storage = tracking(tmp_path_factory.mktemp("stock"))

    def field() -> Any:
        made = fields.FieldType(POSITIONS, None, scorable=True)
        made.index = given
        return made

    names = ("title", "headings", "summary", "author", "body")
    schema = fields.Schema(id=fields.ID(stored=True), **{name: field() for name in names})
    index = FileIndex.create(storage, schema, "MAIN")
    every = documents()
    for added in (every[:40], every[35:]):
        writer = index.writer()
        for one in added:
            writer.delete_by_term("id", one.id)
            places = invert(one, LANGUAGES).places
            writer.add_document(id=one.id, **{name: places.get(name, {}) for name in names})
        writer.commit(merge=False)
    writer = index.writer()
    for id in ("d3", "d44"):
        writer.delete_by_term("id", id)
    writer.commit(merge=False)
    yield index
    let_go(storage)


POSITIONS = formats.Positions()


def given(value: dict[str, list[int]], **_: object) -> list[tuple[bytes, int, float, bytes]]:
    return [
        (to_bytes(term), len(at), float(len(at)), POSITIONS.encode(at))
        for term, at in value.items()
    ]


def found(index: FileIndex, asked: Any, **how: Any) -> list[tuple[str, float]]:
    with index.searcher(weighting=scoring.BM25F()) as searcher:
        hits = searcher.search(asked, limit=None, **how)
        return sorted((hit["id"], round(hit.score, 5)) for hit in hits)


def term(text: str, field: str = "body") -> Any:
    return query.Term(field, to_bytes(text))


@pytest.mark.parametrize(
    "asked",
    [
        term("strike"),
        term("wage", "title"),
        term("nothing"),
        term("d7", "id"),
        query.Prefix("body", "w"),
        query.Prefix("body", "organiz"),
        query.Wildcard("body", "?ar*"),
        query.TermRange("body", "market", "strike"),
        query.FuzzyTerm("body", "strke"),
        query.Phrase("body", ["strike", "market"]),
        query.Phrase("body", ["wage", "hawker", "strike"], slop=3),
        query.And([term("strike"), term("rent")]),
        query.And([term("strike"), query.Not(term("rent"))]),
        query.Or([term("night"), term("water", "title"), term("wage", "summary")]),
        query.Or([term("night"), query.Phrase("body", ["market", "wage"])]),
        query.AndMaybe(term("rent"), term("night")),
        query.AndNot(term("strike"), term("night")),
        query.DisjunctionMax([term("strike"), term("strike", "title")]),
        query.Every(),
        query.Not(term("strike")),
    ],
    ids=str,
)
def test_a_query_finds_the_same_with_the_same_scores(columns, stock, asked):
    assert found(columns, asked) == found(stock, asked)


def test_the_first_of_many_are_the_same(columns, stock):
    asked = query.Or([term("strike"), term("night")])

    def scores(index: FileIndex) -> list[float]:
        with index.searcher(weighting=scoring.BM25F()) as searcher:
            return [round(hit.score, 5) for hit in searcher.search(asked, limit=5)]

    assert scores(columns) == scores(stock)


def test_readers_say_the_same_of_terms(columns, stock):
    with columns.reader() as ours, stock.reader() as theirs:
        assert ours.doc_count() == theirs.doc_count() == 58
        for name in ("title", "summary", "body"):
            assert list(ours.lexicon(name)) == list(theirs.lexicon(name))
            assert ours.field_length(name) == theirs.field_length(name)
            for text in theirs.lexicon(name):
                assert ours.doc_frequency(name, text) == theirs.doc_frequency(name, text)
                assert ours.frequency(name, text) == theirs.frequency(name, text)
        assert [*ours.expand_prefix("body", "w")] == [*theirs.expand_prefix("body", "w")]
        assert [*ours.terms_within("body", "strke", 1)] == ["strike"]


def test_it_does_not_take_documents_one_by_one(columns):
    with pytest.raises(NotImplementedError, match="a segment at a time"):
        columns.writer(codec=ColumnCodec())
