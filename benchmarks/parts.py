"""`python -m benchmarks.parts FOLDER --questions FILE`: what of a question's time goes where.

FOLDER holds an index (that of a library's home folder is `HOME/index`), FILE questions, as JSON
lines with the field `text`. Milliseconds of the processor for each question, in turn, with ten
works, their excerpts, counts and suggestions: median, 95 % and mean; then the mean of each part,
and its share. Parts that are within others are listed apart; the clock is asked so seldom that it
does not distort them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded, as commands do

from benchmarks.relevance import lines
from index.answering import budget, facet_counts, pages, proximity, ranking, spelling, variants
from index.answering.evaluation import Evaluation
from index.engines import open_engine
from index.query import Query
from index.text.syntax import parse

PARTS: Sequence[tuple[str, Any, str]] = (
    ("excerpts", pages, "excerpts"),
    ("by words", Evaluation, "scores"),
    ("by meaning", ranking, "blended"),
    ("nearness", proximity, "added"),
    ("found", Evaluation, "matched"),
    ("language that was asked in", pages, "languages"),
    ("suggestion", spelling, "suggestion"),
    ("planned", Evaluation, "planned"),
    ("what is affordable", budget, "affordable"),
    ("counts", facet_counts.Choices, "counts"),
)
WITHIN: Sequence[tuple[str, Any, str]] = (
    ("one excerpt cut", pages._Cutting, "excerpt"),
    ("words that look alike", variants, "lookalikes"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--languages", default="en,es,fr,pt")
    parser.add_argument("--vocabulary", default="", help="the version the index was made with")
    parser.add_argument("--first", type=int, default=20, help="so many are asked and not counted")
    parser.add_argument("--count", type=int, default=100)
    chosen = parser.parse_args()
    engine = open_engine("whoosh", chosen.folder, chosen.languages.split(","), chosen.vocabulary)
    asked = [Query(parse(one["text"]).tree, size=10) for one in lines(chosen.questions)]
    spent: Counter[str] = Counter()
    for name, owner, method in (*PARTS, *WITHIN):
        setattr(owner, method, _timed(name, getattr(owner, method), spent))
    for query in asked[: chosen.first]:
        engine.search(query)
    spent.clear()
    times: list[float] = []
    for query in asked[chosen.first : chosen.first + chosen.count]:
        began = time.process_time()
        engine.search(query)
        times.append(1000 * (time.process_time() - began))
    whole, count = sum(times), len(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{count} questions: median {statistics.median(times):.1f}, 95 % {p95:.1f}, ", end="")
    print(f"worst {max(times):.1f}, mean {whole / count:.1f} ms of the processor")
    for names in (PARTS, WITHIN):
        print()
        for name, *_ in names:
            own = 1000 * spent[name]
            print(f"{name:28} {own / count:7.2f} ms {100 * own / whole:5.1f} %")


def _timed(name: str, ask: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    """The same, and in `spent` the seconds that it took; what it asks of itself counts once."""
    within = [False]

    @wraps(ask)
    def timed(*given: Any, **named: Any) -> Any:
        if within[0]:
            return ask(*given, **named)
        within[0] = True
        began = time.process_time()
        try:
            return ask(*given, **named)
        finally:
            spent[name] += time.process_time() - began
            within[0] = False

    return timed


if __name__ == "__main__":
    main()
