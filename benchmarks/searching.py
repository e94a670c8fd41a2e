"""`python -m benchmarks.searching DIR… --works 1000 10000`: speed and size of engines and peers.

Works are made of the documents in DIR (`docs.jsonl`, as for `benchmarks.relevance`): a few pages of
one document each, most works short and some long, and in each page some words in a spelling of that
work alone, so that words grow with the library as they do in a real one. Labels are drawn with the
skew that labels have. All engines are given the same works and asked the same questions, those of
DIR, each engine in a process of its own, in one thread.

Ours answer with the first ten, their excerpts, counts of facets and suggestions; SQLite FTS5 with
the first ten and counts of the same facets in SQL; stock Whoosh and Tantivy only with the first
ten. Times are of the processor, of one process and its children, so that a busy machine distorts
them less. `×` is how often a figure holds that of the first engine.

With `--zipf` each work has 2,000 words, drawn from a million that are as frequent as Zipf's law
says: the words of DIR, the commonest first, and again with syllables behind. Works are given one
after another as they are made, so that any number of them can be.

`--picture FILE` draws how the first engine's figures grow with the works, as SVG.

Long because each engine is driven, and measured in a process of its own, by the same code.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from whoosh import analysis, fields, index, qparser

from benchmarks.picture import growth
from benchmarks.relevance import lines
from index.document import Document, Passage
from index.engines import open_engine
from index.query import Query
from index.text.syntax import parse

COUNTED = "counted: "  # before a question that is asked for no hits
WORDS, RANKS = 2_000, 1_000_000  # of a work, and different ones in all, with --zipf
CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxz", "aeiou"
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

    build: Callable[[Iterable[Document]], None]
    update: Callable[[Iterable[Document]], None]
    ask: Callable[[str], int]
    bytes: Callable[[], int]
    kinds: tuple[str, ...]
    parts: Callable[[], Figures] = dict  # of building


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--works", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--engines", default="whoosh,FTS5,stock Tantivy,stock Whoosh")
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--zipf", action="store_true")
    parser.add_argument("--picture", type=Path)
    chosen = parser.parse_args()
    grown: dict[int, Figures] = {}
    for size in chosen.works:
        pages = characters = 0
        for one in works(chosen.folders, size, chosen.zipf):
            pages += len(one.passages)
            characters += sum(len(passage.text) for passage in one.passages)
        print(
            f"\n{size} works, {pages} pages, {characters / 1e6:.1f} million characters", flush=True
        )
        first: Figures = {}
        for name in chosen.engines.split(","):
            figures = apart(name, chosen.folders, size, chosen.questions, chosen.zipf)
            first = first or figures
            for what, figure in figures.items():
                ratio = f"× {figure / first[what]:.3f}" if first.get(what) else ""
                print(f"{name:14} {what:34} {figure:10.2f} {ratio}", flush=True)
        grown[size] = first
        if chosen.picture:
            chosen.picture.write_text(growth(grown), "utf-8")


def texts_of(folders: Sequence[Path]) -> list[dict[str, Any]]:
    return [one for folder in folders for one in lines(folder / "docs.jsonl")]


def apart(name: str, folders: Sequence[Path], size: int, questions: int, zipf: bool) -> Figures:
    """The figures of an engine, measured in processes that begin with it: one builds, another
    answers."""
    context = multiprocessing.get_context("spawn")
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        for measure in (building, answering):
            with ProcessPoolExecutor(1, context) as child:
                given = (name, Path(scratch), folders, size, questions, zipf)
                figures |= child.submit(measure, *given).result()
    return figures


def works(folders: Sequence[Path], size: int, zipf: bool = False) -> Iterator[Document]:
    """Works with labels, the same for the same texts and size."""
    texts = texts_of(folders)
    drawn = random.Random(size)
    given = _drawn_by_rank(texts, size) if zipf else _drawn_whole(texts, size, drawn)
    for number, (title, pages) in enumerate(given):
        yield Document(
            f"work{number}",
            title,
            language="en",
            passages=tuple(
                Passage(f"work{number}-en", "en", folio, page)
                for folio, page in enumerate(pages, 1)
            ),
            labels={facet: _labels(facet, drawn) for facet in LABELS},
            year=drawn.randint(1990, 2026),
            added=number,
        )


def _drawn_whole(
    texts: Sequence[dict[str, Any]], size: int, drawn: random.Random
) -> Iterator[tuple[str, list[str]]]:
    """A few of the texts each, and in them words of that work alone."""
    for number in range(size):
        pages = [drawn.choice(texts) for _ in range(min(60, int(drawn.lognormvariate(0.6, 1)) + 1))]
        title = pages[0].get("title") or pages[0]["text"][:60]
        yield title, [_changed(page["text"], number, drawn) for page in pages]


def _drawn_by_rank(texts: Sequence[dict[str, Any]], size: int) -> Iterator[tuple[str, list[str]]]:
    """WORDS words each, as frequent as Zipf's law says."""
    counted = Counter(word for one in texts for word in re.findall(r"[a-z]+", one["text"].lower()))
    known = [word for word, _ in counted.most_common()]
    bounds = np.cumsum(1 / np.arange(1, RANKS + 1))
    drawn = np.random.default_rng(size)
    for _ in range(size):
        ranks = np.searchsorted(bounds, drawn.random(WORDS) * bounds[-1]).tolist()
        said = [f"{known[rank % len(known)]}{_syllables(rank // len(known))}" for rank in ranks]
        sentences = [" ".join(said[at : at + 16]) + "." for at in range(0, WORDS, 16)]
        pages = [" ".join(sentences[at : at + 25]) for at in range(0, len(sentences), 25)]
        yield " ".join(said[:8]), pages


def _syllables(number: int) -> str:
    """A word's ending for a number, none for 0: letters, as the rare words of a language are."""
    said = ""
    while number:
        number, left = divmod(number - 1, 100)
        said += CONSONANTS[left // 5] + VOWELS[left % 5]
    return said


def _changed(text: str, number: int, drawn: random.Random) -> str:
    return re.sub(
        r"\w+", lambda word: f"{word[0]}{number:x}" if drawn.random() < OWN else word[0], text
    )


def _labels(facet: str, drawn: random.Random) -> tuple[str, ...]:
    many = drawn.randint(0, 3) if facet in ("topic", "group", "place") else 1
    held = {int(drawn.paretovariate(0.8)) % LABELS[facet] for _ in range(many)}
    return tuple(f"{facet}{value}" for value in sorted(held))


def building(
    name: str, folder: Path, folders: Sequence[Path], size: int, _: int, zipf: bool
) -> Figures:
    """Seconds and memory to build; making the works is not counted."""
    peer = made(name, folder)
    making: list[float] = []
    given = _timed(works(folders, size, zipf), making)
    with watched() as most:
        figures = {"building, s": took(lambda: peer.build(given)) - sum(making), **peer.parts()}
    figures["building, memory, MB"] = most[0]
    figures["on disk, MB"] = peer.bytes() / 1e6
    return figures


def _timed(documents: Iterator[Document], spent: list[float]) -> Iterator[Document]:
    """The same, and in `spent` the seconds of the processor that making them took."""
    while True:
        began = time.process_time()
        one = next(documents, None)
        spent.append(time.process_time() - began)
        if one is None:
            return
        yield one


@contextmanager
def watched() -> Iterator[list[float]]:
    """Most megabytes that this process and its children came to hold at once, beside what it holds
    now; looked at twenty times a second."""
    most, over = [0.0], threading.Event()
    before = memory()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], memory() + sum(map(_held_by, _children())) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _children() -> list[str]:
    file = Path(f"/proc/self/task/{os.getpid()}/children")
    return file.read_text().split() if file.exists() else []


def answering(
    name: str, folder: Path, folders: Sequence[Path], size: int, questions: int, zipf: bool
) -> Figures:
    """Milliseconds a question, and the memory of who answers."""
    asked = [one["text"] for one in (q for f in folders for q in lines(f / "queries.jsonl"))]
    asked = asked[:questions]
    peer = made(name, folder)
    figures: Figures = {"first question, ms": 1000 * took(lambda: peer.ask(asked[0]))}
    for kind in peer.kinds:
        kinds = [_of_kind(kind, question) for question in asked]
        times = [1000 * took(lambda q=q: peer.ask(q)) for q in dict.fromkeys(filter(None, kinds))]
        figures[f"{kind}, ms (median)"] = statistics.median(times)
        figures[f"{kind}, ms (95 %)"] = statistics.quantiles(times, n=20)[-1]
        figures[f"{kind}, ms (worst)"] = max(times)
    figures["answering, memory, MB"] = memory()
    documents = islice(works(folders, size, zipf), 64)
    newer = [replace(one, title=f"{one.title} again") for one in documents]
    figures["64 works anew, s"] = took(lambda: peer.update(newer))
    figures["first question after, ms"] = 1000 * took(lambda: peer.ask(asked[1]))
    return figures


def made(name: str, folder: Path) -> Peer:
    peers = {"FTS5": fts5, "stock Tantivy": stock_tantivy, "stock Whoosh": stock_whoosh}
    return peers[name](folder) if name in peers else ours(name, folder)


def memory() -> float:
    """Megabytes that this process alone holds; files that are mapped are shared by all."""
    return _held_by("self")


def _held_by(process: str) -> float:
    try:
        lines_ = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    held = dict(line.split(":", 1) for line in lines_)
    return int(held["RssAnon"].split()[0]) / 1e3 if "RssAnon" in held else 0.0


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
    engine: Any = open_engine(name, folder, ["en", "es", "fr", "pt"], "")
    learning: list[float] = []
    learn = engine._lesson_of

    def timed(name: str) -> Any:
        learned: list[Any] = []
        learning.append(took(lambda: learned.append(learn(name))))
        return learned[0]

    engine._lesson_of = timed

    def ask(question: str) -> int:
        counted = question.removeprefix(COUNTED)
        size = 10 if counted == question else 0
        return len(engine.search(Query(parse(counted).tree, size=size)).hits)

    kinds = ("only found and counted", "a question", "two words", "a phrase", "a beginning")
    return Peer(
        engine.rebuild,
        engine.update,
        ask,
        lambda: engine.info().bytes,
        kinds,
        lambda: {"of which learning, s": sum(learning)},
    )


def fts5(folder: Path) -> Peer:
    """With the facets as a table of labels, counted as our pages show them."""
    file = folder / "fts5.sqlite"
    conn = sqlite3.connect(file)
    conn.executescript(
        "CREATE VIRTUAL TABLE IF NOT EXISTS d USING "
        "fts5(id UNINDEXED, title, text, tokenize='porter');"
        "CREATE TABLE IF NOT EXISTS label (work INTEGER, facet TEXT, value TEXT);"
        "CREATE INDEX IF NOT EXISTS by_work ON label (work, facet, value);"
    )

    def build(documents: Iterable[Document]) -> None:
        with conn:
            for one in documents:
                text = "\n".join(passage.text for passage in one.passages)
                row = conn.execute("INSERT INTO d VALUES (?, ?, ?)", (one.id, one.title, text))
                labels = [(f, value) for f, values in one.labels.items() for value in values]
                labels.append(("year", str(one.year)))
                conn.executemany(f"INSERT INTO label VALUES ({row.lastrowid}, ?, ?)", labels)

    def update(documents: Iterable[Document]) -> None:
        with conn:
            for one in documents:
                rows = conn.execute("SELECT rowid FROM d WHERE id = ?", (one.id,)).fetchall()
                for (row,) in rows:
                    conn.execute("DELETE FROM label WHERE work = ?", (row,))
                    conn.execute("DELETE FROM d WHERE rowid = ?", (row,))
        build(documents)

    def ask(question: str) -> int:
        counted = question.removeprefix(COUNTED)
        if question.startswith('"'):
            words = question
        elif question.endswith("*"):
            words = f'"{question[:-1]}"*'
        else:
            words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", counted))
        conn.execute(
            "SELECT facet, value, count(*) FROM label WHERE work IN "
            "(SELECT rowid FROM d WHERE d MATCH ?) GROUP BY facet, value",
            (words,),
        ).fetchall()
        if counted != question:
            return 0
        query = (
            "SELECT id, snippet(d, 2, '[', ']', '…', 30) FROM d WHERE d MATCH ? "
            "ORDER BY bm25(d) LIMIT 10"
        )
        return len(conn.execute(query, (words,)).fetchall())

    kinds = ("only found and counted", "a question", "two words", "a phrase", "a beginning")
    return Peer(build, update, ask, lambda: file.stat().st_size, kinds)


def stock_whoosh(folder: Path) -> Peer:
    """As its documentation shows: stemmed text, BM25F, the first ten."""
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), stored=True),
        text=fields.TEXT(analyzer=analysis.StemmingAnalyzer()),
    )
    exists = index.exists_in(folder)
    opened = index.open_dir(folder) if exists else index.create_in(folder, schema)

    def update(documents: Iterable[Document], *, fresh: bool = False) -> None:
        writer = opened.writer(limitmb=256)
        for one in documents:
            text = "\n".join(passage.text for passage in one.passages)
            add = writer.add_document if fresh else writer.update_document
            add(id=one.id, title=one.title, text=text)
        writer.commit()

    def ask(question: str) -> int:
        group = qparser.OrGroup if not question.startswith('"') else qparser.AndGroup
        parser = qparser.MultifieldParser(["title", "text"], schema, group=group)
        with opened.searcher() as searcher:
            asked = re.sub(r'[^\w"* ]', " ", question)
            return len([hit["id"] for hit in searcher.search(parser.parse(asked), limit=10)])

    def size() -> int:
        return sum(file.stat().st_size for file in folder.iterdir())

    kinds = ("a question", "two words", "a phrase", "a beginning")
    return Peer(lambda documents: update(documents, fresh=True), update, ask, size, kinds)


def stock_tantivy(folder: Path) -> Peer:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem", stored=True)
    builder.add_text_field("text", tokenizer_name="en_stem", stored=True)
    made = tantivy.Index(builder.build(), str(folder))
    searcher = [made.searcher()]

    def update(documents: Iterable[Document]) -> None:
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
        if question.startswith('"'):
            words = f'"{words}"'
        query = made.parse_query(words, ["title", "text"])
        return len([searcher[0].doc(a) for _, a in searcher[0].search(query, limit=10).hits])

    def size() -> int:
        return sum(file.stat().st_size for file in folder.iterdir())

    return Peer(update, update, ask, size, ("a question", "two words", "a phrase"))


def took(what: Callable[[], object]) -> float:
    """Seconds of the processor, of this process and of children that ended meanwhile."""
    began = _spent()
    what()
    return _spent() - began


def _spent() -> float:
    every = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, every))


if __name__ == "__main__":
    main()
