"""`python -m benchmarks.searching DIR… --works 1000 10000`: speed and size of engines and peers.

Works are made of the documents in DIR (`docs.jsonl`, as for `benchmarks.relevance`): a few pages of
one document each, most works short and some long, and in each page some words in a spelling of that
work alone, so that words grow with the library as they do in a real one. Labels are drawn with the
skew that labels have. All engines are given the same works and asked the same questions, those of
DIR, in one process and thread.

Ours answer with the first ten, their excerpts, counts of facets and suggestions; SQLite FTS5 and
stock Tantivy only with the first ten. `×` is how often a figure holds that of the first engine.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.relevance import lines
from index.answering.facet_counts import Choices
from index.document import Document, Passage
from index.engines import open_engine
from index.fields import FACETS
from index.query import Query
from index.text.syntax import parse

COUNTED = "counted: "  # before a question that is asked for no hits
OWN = 0.02  # share of words that are of one work alone
LABELS = {
    "topic": 60,
    "group": 20,
    "audience": 6,
    "use": 8,
    "kind": 15,
    "place": 150,
    "language": 6,
}
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine as it comes; ours are beside it."""

    build: Callable[[Sequence[Document]], None]
    update: Callable[[Sequence[Document]], None]
    ask: Callable[[str], int]
    bytes: Callable[[], int]
    kinds: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--works", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--engines", default="whoosh,tantivy,FTS5,stock Tantivy")
    parser.add_argument("--questions", type=int, default=50)
    chosen = parser.parse_args()
    texts = [one for folder in chosen.folders for one in lines(folder / "docs.jsonl")]
    asked = [one["text"] for folder in chosen.folders for one in lines(folder / "queries.jsonl")]
    for size in chosen.works:
        documents = list(works(texts, size))
        text = sum(len(passage.text) for one in documents for passage in one.passages) / 1e6
        pages = sum(len(one.passages) for one in documents)
        print(f"\n{size} works, {pages} pages, {text:.1f} million characters", flush=True)
        first: Figures = {}
        for name in chosen.engines.split(","):
            gc.collect()
            with tempfile.TemporaryDirectory() as scratch:
                figures = measured(name, Path(scratch), documents, asked[: chosen.questions])
            first = first or figures
            for what, figure in figures.items():
                ratio = f"× {figure / first[what]:.3f}" if first.get(what) else ""
                print(f"{name:14} {what:34} {figure:10.2f} {ratio}", flush=True)
        counting(documents)


def works(texts: Sequence[dict[str, Any]], size: int) -> Iterator[Document]:
    """Works with labels, the same for the same texts and size."""
    drawn = random.Random(size)
    for number in range(size):
        pages = [drawn.choice(texts) for _ in range(min(60, int(drawn.lognormvariate(0.6, 1)) + 1))]
        yield Document(
            f"work{number}",
            pages[0].get("title") or pages[0]["text"][:60],
            language="en",
            passages=tuple(
                Passage(f"work{number}-en", "en", folio, _changed(page["text"], number, drawn))
                for folio, page in enumerate(pages, 1)
            ),
            labels={facet: _labels(facet, drawn) for facet in LABELS},
            year=drawn.randint(1990, 2026),
            added=number,
        )


def _changed(text: str, number: int, drawn: random.Random) -> str:
    return re.sub(
        r"\w+", lambda word: f"{word[0]}{number:x}" if drawn.random() < OWN else word[0], text
    )


def _labels(facet: str, drawn: random.Random) -> tuple[str, ...]:
    many = drawn.randint(0, 3) if facet in ("topic", "group", "place") else 1
    held = {int(drawn.paretovariate(0.8)) % LABELS[facet] for _ in range(many)}
    return tuple(f"{facet}{value}" for value in sorted(held))


def measured(
    name: str, folder: Path, documents: Sequence[Document], asked: Sequence[str]
) -> Figures:
    """Seconds to build, megabytes, and milliseconds a question, of one engine."""
    make = {"FTS5": fts5, "stock Tantivy": stock_tantivy}.get(name)
    peer = make(folder) if make else ours(name, folder)
    figures = {"building, s": took(lambda: peer.build(documents)), "on disk, MB": 0.0}
    figures["on disk, MB"] = peer.bytes() / 1e6
    figures["first question, ms"] = 1000 * took(lambda: peer.ask(asked[0]))
    for kind in peer.kinds:
        questions = [_of_kind(kind, question) for question in asked]
        times = [
            1000 * took(lambda q=q: peer.ask(q)) for q in dict.fromkeys(filter(None, questions))
        ]
        figures[f"{kind}, ms (median)"] = statistics.median(times)
        figures[f"{kind}, ms (95 %)"] = statistics.quantiles(times, n=20)[-1]
    newer = [replace(one, title=f"{one.title} again") for one in documents[:64]]
    figures["64 works anew, s"] = took(lambda: peer.update(newer))
    figures["first question after, ms"] = 1000 * took(lambda: peer.ask(asked[1]))
    return figures


def _of_kind(kind: str, question: str) -> str:
    if kind == "only found and counted":
        return f"{COUNTED}{question}"
    found = [word for word in re.findall(r"[a-z]+", question.lower()) if len(word) > 4]
    if kind == "a phrase":
        pair = re.search(r"([A-Za-z]{4,}) ([A-Za-z]{4,})", question)
        return f'"{pair[1]} {pair[2]}"' if pair else ""
    if kind == "two words":
        return " ".join(found[:2])
    if kind == "a beginning":
        return f"{found[0][:4]}*" if found else ""
    return question


def ours(name: str, folder: Path) -> Peer:
    engine = open_engine(name, folder, ["en", "es", "fr", "pt"], "")

    def ask(question: str) -> int:
        counted = question.removeprefix(COUNTED)
        size = 10 if counted == question else 0
        return len(engine.search(Query(parse(counted).tree, size=size)).hits)

    def size() -> int:
        return engine.info().bytes

    kinds = ("only found and counted", "a question", "two words", "a phrase", "a beginning")
    return Peer(engine.rebuild, engine.update, ask, size, kinds)


def fts5(folder: Path) -> Peer:
    file = folder / "fts5.sqlite"
    conn = sqlite3.connect(file)
    conn.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, text, tokenize='porter')")

    def build(documents: Sequence[Document]) -> None:
        with conn:
            conn.executemany(
                "INSERT INTO d VALUES (?, ?, ?)",
                ((one.id, one.title, "\n".join(p.text for p in one.passages)) for one in documents),
            )

    def update(documents: Sequence[Document]) -> None:
        with conn:
            conn.executemany("DELETE FROM d WHERE id = ?", ((one.id,) for one in documents))
        build(documents)

    def ask(question: str) -> int:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        query = "SELECT id FROM d WHERE d MATCH ? ORDER BY bm25(d) LIMIT 10"
        return len(conn.execute(query, (words,)).fetchall())

    return Peer(build, update, ask, lambda: file.stat().st_size, ("a question", "two words"))


def stock_tantivy(folder: Path) -> Peer:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem", stored=True)
    builder.add_text_field("text", tokenizer_name="en_stem", stored=True)
    made = tantivy.Index(builder.build(), str(folder))
    searcher = [made.searcher()]

    def update(documents: Sequence[Document]) -> None:
        writer = made.writer(128_000_000, 1)
        for one in documents:
            writer.delete_documents_by_term("id", one.id)
            text = "\n".join(passage.text for passage in one.passages)
            writer.add_document(tantivy.Document(id=one.id, title=one.title, text=text))
        writer.commit()
        writer.wait_merging_threads()
        made.reload()
        searcher[0] = made.searcher()

    def ask(question: str) -> int:
        words = " ".join(re.findall(r"\w+", question)).lower()
        query = made.parse_query(words, ["title", "text"])
        return len([searcher[0].doc(a) for _, a in searcher[0].search(query, limit=10).hits])

    def size() -> int:
        return sum(file.stat().st_size for file in folder.iterdir())

    return Peer(update, update, ask, size, ("a question", "two words"))


def counting(documents: Sequence[Document]) -> None:
    """Counts of all facets: our bit sets, and Tantivy's aggregations of one term's works."""
    with tempfile.TemporaryDirectory() as scratch:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("all", tokenizer_name="raw")
        for name in (*(facet.name for facet in FACETS), "year"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        schema = builder.build()
        made = tantivy.Index(schema, scratch)
        writer = made.writer(64_000_000, 1)
        for one in documents:
            kept = tantivy.Document(all="all", year=str(one.year))
            for facet, values in one.labels.items():
                for value in values:
                    kept.add_text(facet, value)
            writer.add_document(kept)
        writer.commit()
        writer.wait_merging_threads()
        made.reload()
        searcher = made.searcher()
        asked = {
            name: {"terms": {"field": name, "size": 1_000}}
            for name in (*(facet.name for facet in FACETS), "year")
        }
        everything = tantivy.Query.term_query(schema, "all", "all")
        native = [took(lambda: searcher.aggregate(everything, asked)) for _ in range(20)]
        numbers = [
            took(lambda: tantivy.Query.term_set_query(schema, "topic", [o.id for o in documents]))
            for _ in range(3)
        ]
    with tempfile.TemporaryDirectory() as scratch:
        engine: Any = open_engine("whoosh", Path(scratch), ["en"], "")
        engine.rebuild(replace(one, passages=()) for one in documents)
        with engine._open() as state:
            choices = Choices(state, Query())
            bits = [took(lambda: choices.counts(state.everything)) for _ in range(20)]
            counted = choices.counts(state.everything)
        engine.close()
    values = sum(map(len, counted.values()))
    for what, times in (
        (f"bit sets, {values} values", bits),
        ("aggregations, of what one term holds", native),
        ("naming our works to Tantivy, alone", numbers),
    ):
        print(f"{'counting':14} {what:34} {1000 * statistics.median(times):10.2f} ms", flush=True)


def took(what: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
