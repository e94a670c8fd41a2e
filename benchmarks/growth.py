"""`python -m benchmarks.growth DIR… --works 1000 10000`: an index that grows, in a folder, in one
node of OpenSearch, and in three.

Works and questions are those of `benchmarks.searching`; with `--zipf` too. Of each size and each
place: how many works a second of the clock brings into the index, what of the time our processor
and the server's take, how long a question takes (median and 95 %, milliseconds on the clock),
megabytes on the disk, and the memory that who asks and who serves hold for themselves. Works are
made as they are given, so that any number of them can be; what making them takes of the processor
is not counted.

Three nodes have three parts and a copy of each. Each place is measured in a process of its own,
which begins its nodes as for the tests (Java and Maven are needed) and ends them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

from benchmarks.relevance import lines
from benchmarks.searching import _held_by, _of_kind, _timed, memory, watched, works
from benchmarks.servers import _spread
from index.engines import open_engine
from index.query import Query
from index.text.syntax import parse

LANGUAGES = ("en", "es", "fr", "pt")
KINDS = ("a question", "two words", "a phrase", "a beginning")
WARM = 10  # questions that are asked before, and not counted: a server compiles what it does often
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--works", nargs="+", type=int, default=[1_000, 10_000])
    parser.add_argument("--nodes", nargs="+", type=int, default=[0, 1, 3], help="0: a folder")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--heap", default="1g", help="of each node")
    parser.add_argument("--zipf", action="store_true")
    chosen = parser.parse_args()
    titles = [
        "works", "index", "works/s", "s", "our CPU, s", "its CPU, s", "on disk, MB",
        "building, MB", "answering, MB", "its memory, MB", *(f"{kind}, ms" for kind in KINDS),
    ]  # fmt: skip
    print(f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|", flush=True)
    context = multiprocessing.get_context("spawn")
    for size in chosen.works:
        for nodes in chosen.nodes:
            given = (nodes, chosen.heap, chosen.folders, size, chosen.questions, chosen.zipf)
            with ProcessPoolExecutor(1, context) as child:
                figures = child.submit(measured, *given).result()
            print(f"| {size:,} | {' | '.join(figures)} |", flush=True)


def measured(
    nodes: int, heap: str, folders: Sequence[Path], size: int, questions: int, zipf: bool
) -> list[str]:
    """The cells of a row, but for the first."""
    setting, serving = "whoosh", list[int]()
    if nodes:
        from tests.opensearch import begun

        running = begun(nodes, heap)
        setting = running[0].setting("growth", f"?shards={nodes}&timeout=120")
        serving = [one.process.pid for one in running]
    where = {0: "folder", 1: "one node"}.get(nodes, f"{nodes} nodes")
    asked = [one["text"] for one in (q for f in folders for q in lines(f / "queries.jsonl"))]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_engine(setting, Path(folder), LANGUAGES, "")) as engine,
    ):
        making: list[float] = []
        clock, ours, its = time.perf_counter(), _spent_here(), _spent(serving)
        with watched() as most:
            engine.rebuild(_timed(works(folders, size, zipf), making))
        taken = time.perf_counter() - clock - sum(making)
        spent = (_spent_here() - ours - sum(making), _spent(serving) - its)
        for question in asked[-WARM:]:
            engine.search(Query(parse(question).tree, size=10))
        spreads = []
        for kind in KINDS:
            kinds = dict.fromkeys(filter(None, (_of_kind(kind, q) for q in asked[:questions])))
            times = []
            for question in kinds:
                began = time.perf_counter()
                engine.search(Query(parse(question).tree, size=10))
                times.append(1000 * (time.perf_counter() - began))
            spreads.append(_spread(times))
        held = sum(_held_by(str(process)) for process in serving)
        bytes_ = engine.info().bytes
    most[0] = max(0.0, most[0] - held)  # nodes are children of this process
    figures = [size / taken, taken, *spent, bytes_ / 1e6, most[0], memory(), held]
    return [where, *(f"{figure:,.0f}" for figure in figures), *spreads]


def _spent_here() -> float:
    """Seconds of the processor, of this process and of children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _spent(processes: Sequence[int]) -> float:
    """Seconds of the processor that these have taken since they began."""
    spent = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])  # utime and stime, proc(5)
    return spent / TICKS


if __name__ == "__main__":
    main()
