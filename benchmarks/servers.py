"""`python -m benchmarks.servers DIR… --works 1000`: does a server answer as the engine in a folder?

Works are those of `benchmarks.searching`, or with `--home` those of a library; both engines are
given the same and asked the same: the questions of DIR and what is made of them. Of each kind: in
how many the totals, all the counts, and what may have been meant are the same; how many of the
first ten are the same works (mean), and in how many the first is; of the works that both show,
whether excerpts are the same; and milliseconds on the clock, median and 95 %, of each engine, with
the milliseconds of the processor of this process beside those of the server.

With `--nodes 3` the index is in as many parts, each on two nodes; at the end one of these is killed
(SIGKILL), and all is asked again. `--server` is an address as LIBRARY_ENGINE has it, of a library
that is overwritten; without, a node is begun as for the tests (needs Java and Maven).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.relevance import lines
from benchmarks.searching import _of_kind, works
from index.document import Document
from index.engine import SearchEngine
from index.engines import open_engine
from index.query import And, Not, Query, Word, Years
from index.results import Results
from index.text.syntax import parse

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
WARM = 10  # questions: a server compiles what it does often
KINDS = ("a question", "two words", "a phrase", "a beginning")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--works", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--home", type=Path, help="a library, whose works are taken instead")
    parser.add_argument("--server", default="")
    parser.add_argument("--nodes", type=int, default=1, help="that are begun")
    parser.add_argument("--heap", default="512m", help="of the node that is begun")
    chosen = parser.parse_args()
    server, nodes = chosen.server, []
    if not server:
        from tests.opensearch import begun

        nodes = [*begun(chosen.nodes, chosen.heap)]
        server = nodes[0].setting("benchmark", f"?shards={chosen.nodes}")
    asked = [one["text"] for one in (q for f in chosen.folders for q in lines(f / "queries.jsonl"))]
    documents = [*(_held(chosen.home) if chosen.home else works(chosen.folders, chosen.works))]
    with tempfile.TemporaryDirectory() as folder:
        engines = []
        for setting in ("whoosh", server):
            engine = open_engine(setting, Path(folder), LANGUAGES, "")
            began = time.perf_counter()
            engine.rebuild(documents)
            info = engine.info()
            print(
                f"{info.engine}: {info.documents} works in {time.perf_counter() - began:.0f} s, "
                f"{info.bytes / 1e6:.1f} MB",
                flush=True,
            )
            engines.append(engine)
        embedded, served = engines
        with closing(embedded), closing(served):
            print(
                f"\n{'':22}{'asked':>6}{'totals':>8}{'counts':>8}{'meant':>7}{'of ten':>8}"
                f"{'first':>7}{'excerpts':>10}{'embedded, ms':>16}{'server, ms':>16}"
                f"{'of it here':>16}"
            )
            for question in asked[-WARM:]:  # asked before, and not counted
                for engine in engines:
                    engine.search(Query(parse(question).tree, size=10))
            for kind, queries in _kinds(asked[: chosen.questions]):
                _compare(kind, queries, embedded, served)
            if len(nodes) > 1:
                nodes[-1].process.kill()
                nodes[-1].process.wait()
                print(f"one of {len(nodes)} nodes was killed", flush=True)
                for kind, queries in _kinds(asked[: chosen.questions]):
                    _compare(kind, [_anew(query) for query in queries], embedded, served)


def _anew(query: Query) -> Query:
    """The same question, with a word that no work says left out: no answer to it is remembered."""
    return replace(query, tree=And((query.tree, Not(Word("nobodysaysthis")))))


def _held(home: Path) -> Iterator[Document]:
    """The works of a library."""
    from library.catalogue import open_catalogue
    from library.core.settings import Settings
    from library.search.indexer import documents
    from library.vocabularies import Vocabularies

    settings = Settings(home=home)
    with closing(open_catalogue(settings)) as catalogue:
        yield from documents(catalogue, Vocabularies.load(settings.languages))


def _kinds(asked: Sequence[str]) -> Iterator[tuple[str, list[Query]]]:
    for kind in KINDS:
        words = dict.fromkeys(filter(None, (_of_kind(kind, question) for question in asked)))
        yield kind, [Query(parse(one).tree, size=10) for one in words]
    two = [parse(one).tree for one in filter(None, (_of_kind("two words", q) for q in asked))]
    yield (
        "of one kind, by title",
        [
            Query(tree, {"kind": frozenset({"kind1", "report"})}, sort="title", size=10)
            for tree in two
        ],
    )
    yield (
        "of some years, newest",
        [Query(tree, years=Years(2000, 2015), sort="newest", size=10) for tree in two],
    )
    slips = [f"{one[:2]}{one[3:]}" for one in (_of_kind("two words", q) for q in asked) if one]
    yield "a slip", [Query(parse(one).tree, size=10) for one in slips]
    yield "page 3", [Query(tree, size=10, page=3) for tree in two]
    yield "page 25", [Query(tree, size=10, page=25, excerpts=False) for tree in two]


def _compare(
    kind: str, queries: Sequence[Query], embedded: SearchEngine, served: SearchEngine
) -> None:
    same = {"totals": 0, "counts": 0, "meant": 0, "first": 0}
    overlaps: list[float] = []
    excerpts = [0, 0]
    times: tuple[list[float], list[float]] = ([], [])
    own: list[float] = []
    for query in queries:
        answers: list[Results] = []
        for engine, spent in zip((embedded, served), times, strict=True):
            began, busy = time.perf_counter(), time.process_time()
            answers.append(engine.search(query))
            spent.append(1000 * (time.perf_counter() - began))
            if engine is served:
                own.append(1000 * (time.process_time() - busy))
        one, other = answers
        same["totals"] += (one.total, one.partial) == (other.total, other.partial)
        same["counts"] += one.counts == other.counts
        same["meant"] += one.suggestion == other.suggestion
        ids = [[hit.id for hit in found.hits] for found in answers]
        if ids[0]:
            overlaps.append(len({*ids[0]} & {*ids[1]}) / len(ids[0]))
            same["first"] += ids[0][:1] == ids[1][:1]
        known = {hit.id: hit.excerpts for hit in one.hits}
        for hit in other.hits:
            if hit.id in known:
                excerpts[1] += 1
                excerpts[0] += known[hit.id] == hit.excerpts
    print(
        f"{kind:22}{len(queries):>6}{same['totals']:>8}{same['counts']:>8}{same['meant']:>7}"
        f"{statistics.mean(overlaps or [1]):>8.3f}{same['first']:>4}/{len(overlaps):<3}"
        f"{excerpts[0]:>6}/{excerpts[1]:<4}{_spread(times[0]):>15}{_spread(times[1]):>16}"
        f"{_spread(own):>16}",
        flush=True,
    )


def _spread(times: Iterable[float]) -> str:
    ordered = [*times]
    if len(ordered) < 2:
        return "".join(f"{one:.0f}" for one in ordered)
    return f"{statistics.median(ordered):.0f} / {statistics.quantiles(ordered, n=20)[-1]:.0f}"


if __name__ == "__main__":
    main()
