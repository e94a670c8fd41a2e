"""`python -m benchmarks.relevance DIR…`: how well judged collections are searched, beside peers.

Each folder holds `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query,
document, grade, after a header). Our engine is asked through the reader's own syntax; SQLite FTS5
(porter, bm25), stock Whoosh (BM25F, stemming) and stock Tantivy (its stemmer of the language) are
asked for any of the words, in the same run.

nDCG at 10 with the grade as gain and log2 discount (Järvelin and Kekäläinen 2002); mean average
precision over the first 1,000; recall at 100. A grade of 0 or less is not relevant.

`--keep FOLDER` keeps what was built of ours, and the figures of peers, for the next run: an index
is made anew when the collection or the code that makes it changed, a peer is measured anew when
the collection or this module did. `--questions N` asks so many, drawn by identifier.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import regex
import tantivy
from whoosh import analysis as whoosh_analysis
from whoosh import fields, qparser, scoring
from whoosh import index as whoosh_index

from index import document
from index.document import Document, Passage
from index.engines import open_engine
from index.fields import SCHEMA_VERSION
from index.query import Query
from index.text.syntax import parse

Search = Callable[[str, int], list[str]]
DEEP = 1000
TIMED = 50  # questions of each collection, asked for ten works as on the site
INDEXED_BY = ("inversion.py", "meaning/*.py", "text/*.py")
"""The code that decides what an index holds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--engine", default="whoosh", help="which of our engines, by commas")
    parser.add_argument(
        "--across",
        action="store_true",
        help="two folders with parallel identifiers: ask in the first one's language for works of "
        "the second; two thirds are learned from as editions of one work, the rest are sought",
    )
    parser.add_argument("--only-ours", action="store_true", help="leave the peers out")
    parser.add_argument("--keep", type=Path, help="a folder, for the next run")
    parser.add_argument("--questions", type=int, default=0, help="so many of each collection")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    if chosen.across:
        source, target = chosen.folders
        show_across(source, target, chosen.engine, as_json=chosen.json)
        return
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for folder in chosen.folders:
        collection = Collection(folder, chosen.questions)
        with tempfile.TemporaryDirectory() as scratch:
            kept = chosen.keep / folder.name if chosen.keep else None
            engines: dict[str, Callable[[], Search]] = {
                f"ours, {name}": partial(ours, collection, (kept or Path(scratch)) / name, name)
                for name in chosen.engine.split(",")
            }
            if not chosen.only_ours:
                engines["FTS5"] = partial(fts5, collection)
                engines["FTS5 trigram"] = partial(fts5, collection, "trigram")
                engines["stock Whoosh"] = partial(stock_whoosh, collection, Path(scratch) / "stock")
                engines["stock Tantivy"] = partial(stock_tantivy, collection)
            figures[folder.name] = {
                name: kept_or_measured(collection, make, name, kept)
                for name, make in engines.items()
            }
        if not chosen.json:
            show(folder.name, figures[folder.name])
    if chosen.json:
        print(json.dumps(figures, indent=2))
    elif len(figures) > 1:
        show("mean", means(figures))


class Collection:
    """Documents, queries and judgements of one folder; its name may end in a language's code."""

    def __init__(self, folder: Path, questions: int = 0) -> None:
        self.documents = list(lines(folder / "docs.jsonl"))
        self.queries = list(lines(folder / "queries.jsonl"))
        if 0 < questions < len(self.queries):
            self.queries.sort(key=lambda one: hashlib.sha256(one["id"].encode()).digest())
            self.queries = self.queries[:questions]
        self.grades: dict[str, dict[str, float]] = {}
        with (folder / "qrels.tsv").open(encoding="utf-8") as rows:
            next(rows)
            for row in rows:
                query, document, grade = row.rstrip("\n").split("\t")[:3]
                self.grades.setdefault(query, {})[document] = float(grade)
        code = folder.name.rpartition("-")[2]
        self.language = code if len(code) == 2 else "en"
        names = ("docs.jsonl", "queries.jsonl", "qrels.tsv")
        self.mark = digest(folder / name for name in names) + f"-{len(self.queries)}"


def lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def digest(files: Iterable[Path]) -> str:
    """What tells the contents of some files from others."""
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def ours(collection: Collection, folder: Path, name: str) -> Search:
    language = collection.language
    made = Path(document.__file__).parent
    code = digest(sorted(file for one in INDEXED_BY for file in made.glob(one)))
    note = folder / "made-of"
    mark = f"{collection.mark.partition('-')[0]} {SCHEMA_VERSION} {code}"
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(name, folder / "index", [language], "")
    if not note.exists() or note.read_text() != mark:
        note.unlink(missing_ok=True)
        engine.rebuild(
            Document(
                one["id"],
                one.get("title") or "",
                language=language,
                labels={"language": (language,)},
                passages=(Passage(one["id"], language, 1, one["text"]),),
            )
            for one in collection.documents
        )
        note.write_text(mark)

    def search(words: str, size: int) -> list[str]:
        results = engine.search(Query(parse(words).tree, size=size, excerpts=size <= 10))
        return [hit.id for hit in (*results.hits, *results.more)][:size]

    return search


def show_across(source: Path, target: Path, engine: str, *, as_json: bool) -> None:
    asked, sought = Collection(source), Collection(target)
    with tempfile.TemporaryDirectory() as scratch:
        figures = across(asked, sought, Path(scratch) / "ours", engine)
    if as_json:
        print(json.dumps({f"{source.name} → {target.name}": figures}, indent=2))
    else:
        show(f"{source.name} → {target.name}", {"ours": figures})


def across(asked: Collection, sought: Collection, folder: Path, name: str) -> dict[str, float]:
    """Of questions whose work is known in another language only: how often it is among the first
    ten of the unseen works, its mean reciprocal rank, and what chance would give."""
    theirs = {one["id"]: one for one in asked.documents}
    unseen = {one["id"] for number, one in enumerate(sought.documents) if number % 3 == 2}

    def documents() -> Iterable[Document]:
        for one in sought.documents:
            passages = [Passage(f"{one['id']}-b", sought.language, 1, one["text"])]
            if one["id"] not in unseen:
                other = theirs[one["id"]]["text"]
                passages.insert(0, Passage(f"{one['id']}-a", asked.language, 1, other))
            yield Document(
                one["id"],
                one.get("title") or "",
                language=sought.language,
                passages=tuple(passages),
                labels={
                    "language": tuple(passage.language for passage in passages),
                    "kind": ("unseen" if one["id"] in unseen else "seen",),
                },
            )

    engine = open_engine(name, folder, [asked.language, sought.language], "")
    engine.rebuild(documents())
    ranks: list[float] = []
    for query in asked.queries:
        relevant = {d for d, g in asked.grades.get(query["id"], {}).items() if g > 0} & unseen
        if not relevant:
            continue
        chosen = {"kind": frozenset(["unseen"])}
        found = engine.search(Query(parse(query["text"]).tree, chosen=chosen, size=100))
        hits = {hit.id: hit.score for hit in (*found.hits, *found.more, *found.elsewhere)}
        order = sorted(hits, key=lambda one: -hits[one])
        ranks.append(next((n for n, one in enumerate(order, 1) if one in relevant), 0))
    return {
        "first ten": round(statistics.fmean(0 < rank <= 10 for rank in ranks), 4),
        "MRR": round(statistics.fmean(1 / rank if rank else 0 for rank in ranks), 4),
        "chance": round(10 / len(unseen), 4),
        "questions": len(ranks),
    }


def fts5(collection: Collection, tokenizer: str = "porter") -> Search:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        f"CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, text, tokenize='{tokenizer}')"
    )
    conn.executemany(
        "INSERT INTO d VALUES (?, ?, ?)",
        ((one["id"], one.get("title") or "", one["text"]) for one in collection.documents),
    )

    def search(words: str, size: int) -> list[str]:
        found = re.findall(r"\w+", words)
        if tokenizer == "trigram":  # of runs with their marks, which \w leaves out
            found = regex.findall(r"[\p{L}\p{M}\p{N}]+", words)
            pieces = (word[at : at + 3] for word in found for at in range(max(len(word) - 2, 1)))
            found = list(dict.fromkeys(pieces))
        asked = " OR ".join(f'"{word}"' for word in found)
        rows = conn.execute(
            "SELECT id FROM d WHERE d MATCH ? ORDER BY bm25(d) LIMIT ?", (asked, size)
        )
        return [row[0] for row in rows]

    return search


def stock_whoosh(collection: Collection, folder: Path) -> Search:
    folder.mkdir()
    stem = (
        whoosh_analysis.LanguageAnalyzer(collection.language)
        if collection.language in ("de", "en", "es", "fr", "pt", "ro", "ru", "tr")
        else whoosh_analysis.StandardAnalyzer()
    )
    schema = fields.Schema(
        id=fields.ID(stored=True), title=fields.TEXT(stem), text=fields.TEXT(stem)
    )
    made = whoosh_index.create_in(folder, schema)
    writer = made.writer(limitmb=256)
    for one in collection.documents:
        writer.add_document(id=one["id"], title=one.get("title") or "", text=one["text"])
    writer.commit()
    searcher = made.searcher(weighting=scoring.BM25F())
    parser = qparser.MultifieldParser(["title", "text"], schema, group=qparser.OrGroup)
    parser.remove_plugin_class(qparser.WildcardPlugin)

    def search(words: str, size: int) -> list[str]:
        asked = parser.parse(" ".join(re.findall(r"\w+", words)))
        return [hit["id"] for hit in searcher.search(asked, limit=size)]

    return search


def stock_tantivy(collection: Collection) -> Search:
    stemmers = {
        "ar": "arabic",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
        "fr": "french",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "tr": "turkish",
    }
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    analyzer = analyzer.filter(tantivy.Filter.remove_long(40)).filter(tantivy.Filter.lowercase())
    if collection.language in stemmers:  # what "en_stem" is, for any language it has
        analyzer = analyzer.filter(tantivy.Filter.stemmer(stemmers[collection.language]))
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="stem")
    builder.add_text_field("text", tokenizer_name="stem")
    made = tantivy.Index(builder.build())
    made.register_tokenizer("stem", analyzer.build())
    writer = made.writer(128_000_000, 1)
    for one in collection.documents:
        writer.add_document(
            tantivy.Document(id=one["id"], title=one.get("title") or "", text=one["text"])
        )
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()

    def search(words: str, size: int) -> list[str]:
        # In lower case: OR and NOT would be read as its syntax.
        asked = made.parse_query(
            " ".join(re.findall(r"\w+", words)).lower() or '""', ["title", "text"]
        )
        hits = searcher.search(asked, limit=size, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return search


def kept_or_measured(
    collection: Collection, make: Callable[[], Search], name: str, kept: Path | None
) -> dict[str, float]:
    """A peer's figures of an earlier run, where they are of the same questions."""
    if kept is None or name.startswith("ours"):
        return measured_or_not(collection, make, name)
    file = kept / f"{name} {collection.mark} {digest([Path(__file__)])}.json"
    if not file.exists():
        found = measured_or_not(collection, make, name)
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(found))
    known: dict[str, float] = json.loads(file.read_text())
    return known


def measured_or_not(
    collection: Collection, make: Callable[[], Search], name: str
) -> dict[str, float]:
    """Its figures; none, and why, of a peer that fails: the others are measured all the same."""
    try:
        return measured(collection, make())
    except Exception as error:
        if name.startswith("ours"):
            raise
        print(f"{name} failed: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
        return {}


def measured(collection: Collection, search: Search) -> dict[str, float]:
    ndcg, precision, recall, took = [], [], [], []
    for query in collection.queries:
        grades = collection.grades.get(query["id"], {})
        relevant = {document for document, grade in grades.items() if grade > 0}
        if not relevant:
            continue
        if len(took) < TIMED:
            began = time.perf_counter()
            search(query["text"], 10)
            took.append((time.perf_counter() - began) * 1000)
        found = search(query["text"], DEEP)
        ndcg.append(ndcg_at(found, grades))
        precision.append(average_precision(found, relevant))
        recall.append(len(relevant.intersection(found[:100])) / len(relevant))
    return {
        "nDCG@10": round(statistics.fmean(ndcg), 4),
        "MAP": round(statistics.fmean(precision), 4),
        "recall@100": round(statistics.fmean(recall), 4),
        "ms": round(statistics.median(took), 1),
    }


def ndcg_at(found: Sequence[str], grades: dict[str, float], depth: int = 10) -> float:
    """Discounted gain of the first `depth`, as a share of the best there could be."""

    def gain(values: Iterable[float]) -> float:
        return sum(max(v, 0.0) / math.log2(rank + 2) for rank, v in enumerate(values))

    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(one, 0.0) for one in found[:depth]) / best if best else 0.0


def average_precision(found: Sequence[str], relevant: set[str]) -> float:
    hits, total = 0, 0.0
    for rank, one in enumerate(found, start=1):
        if one in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant)


def means(figures: dict[str, dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    engines = next(iter(figures.values()))
    measures = next(iter(engines.values()))
    return {
        engine: {
            name: round(statistics.fmean(found), 4)
            for name in measures
            if (found := [one[engine][name] for one in figures.values() if name in one[engine]])
        }
        for engine in engines
    }


def show(name: str, figures: dict[str, dict[str, float]]) -> None:
    for engine, values in figures.items():
        told = "  ".join(f"{key} {value}" for key, value in values.items())
        print(f"{name:14} {engine:13} {told}", flush=True)


if __name__ == "__main__":
    main()
