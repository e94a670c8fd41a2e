"""`python -m benchmarks.answers FOLDER --keep FILE` and then `--against FILE`: the same answers?

Hundreds of questions are drawn from an index in FOLDER (the index of a library's home folder is
`HOME/index`) and from files of questions: words, phrases, beginnings, slips, alternatives, what is
left out, sorts, pages, narrowings, labels and other names; and of works, what is like them, and
where in an edition a question is answered. What they are answered is kept, and held later against
what they are answered then, by a newer version of the code over the same index: totals, works,
their order, scores, excerpts, counts and suggestions. A score may differ by a ten-thousandth.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from benchmarks.relevance import lines
from index.engine import SearchEngine
from index.engines import open_engine
from index.query import And, Query, Sort, Word
from index.results import Hit, Results
from index.text.syntax import parse, write

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
LIKE = 1e-4  # a score
Asked = tuple[str, tuple[Any, ...]]  # a method of an engine, and what it is given
SORTS: tuple[Sort, ...] = ("newest", "title")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", nargs="*", type=Path, default=[], help="CSV or JSON lines")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--vocabulary", default="", help="the version the index was made with")
    parser.add_argument("--count", type=int, default=400)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--keep", type=Path)
    where.add_argument("--against", type=Path)
    chosen = parser.parse_args()
    languages = chosen.languages.split(",")
    engine = open_engine("whoosh", chosen.folder, languages, chosen.vocabulary)
    if chosen.keep:
        drawn = [*_drawn(engine, _written(chosen.questions), chosen.count)]
        kept = [(asked, _answer(engine, asked)) for asked in drawn]
        chosen.keep.write_bytes(pickle.dumps(kept))
        print(f"{len(kept)} questions kept")
        return
    kept = pickle.loads(chosen.against.read_bytes())
    other = 0
    for asked, before in kept:
        differing = [*_differing(before, _answer(engine, asked))]
        other += bool(differing)
        for what in differing:
            print(f"{_told(asked)}: {what}")
    print(f"{len(kept)} questions, {other} answered otherwise")
    sys.exit(1 if other else 0)


def _answer(engine: SearchEngine, asked: Asked) -> Any:
    method, given = asked
    return getattr(engine, method)(*given)


def _written(files: Sequence[Path]) -> list[str]:
    """The questions of files: the column `question` or `q`, or the field `text` of a line."""
    texts: list[str] = []
    for file in files:
        if file.suffix == ".csv":
            with file.open(encoding="utf-8", newline="") as stream:
                texts += [
                    row.get("question") or row.get("q") or "" for row in csv.DictReader(stream)
                ]
        else:
            texts += [one["text"] for one in lines(file)]
    return [text for text in texts if text.strip()]


def _drawn(engine: SearchEngine, written: Sequence[str], count: int) -> Iterator[Asked]:
    drawn = random.Random(1)
    words = [
        term.text for letter in "abcdefghilmnoprstuvwابمतक" for term in engine.terms(letter, 60)
    ]
    sorts = ("plain", "two", "three", "phrase", "beginning", "slip", "either", "without", "many")
    labels = _labels(engine)
    texts = [*written]
    if len(texts) > count:
        texts = drawn.sample(texts, count)
    for text in texts:
        yield "search", (Query(parse(text).tree, size=10),)
    quoted = _stretches(engine, drawn, words)
    for number in range(count):
        text = _question(sorts[number % len(sorts)], drawn, words, quoted)
        query = Query(parse(text).tree, size=drawn.choice((5, 10, 20)))
        yield "search", (query,)
        if number % 4 == 0:
            yield "search", (_narrowed(query, drawn, labels, words),)
    ids = sorted(engine.ids())
    for id in drawn.sample(ids, min(30, len(ids))):
        yield "like", (id, 6)
    for text in (drawn.choice(words) for _ in range(30)):
        tree = parse(text).tree
        for hit in engine.search(Query(tree, size=2)).hits:
            for excerpt in hit.excerpts[:1]:
                yield "inside", (hit.id, excerpt.edition, tree, 0, 10)
    for _ in range(30):
        yield "terms", (drawn.choice(words)[:3], 8)


def _labels(engine: SearchEngine) -> list[tuple[str, str]]:
    counts = engine.search(Query(size=0)).counts
    return [(facet, value) for facet, values in sorted(counts.items()) for value in sorted(values)]


def _stretches(engine: SearchEngine, drawn: random.Random, words: Sequence[str]) -> list[str]:
    """A few words one after the other, as texts have them."""
    found: list[str] = []
    for word in drawn.sample([*words], min(60, len(words))):
        for hit in engine.search(Query(Word(word), size=3)).hits:
            for excerpt in hit.excerpts:
                own = re.findall(r"\w+", excerpt.text)
                if len(own) > 8:
                    at = drawn.randrange(len(own) - 6)
                    found.append(" ".join(own[at : at + drawn.randint(2, 6)]))
    return found or ["nothing at all"]


def _question(kind: str, drawn: random.Random, words: Sequence[str], quoted: Sequence[str]) -> str:
    one, two, three = (drawn.choice(words) for _ in range(3))
    return {
        "plain": one,
        "two": f"{one} {two}",
        "three": f"{one} {two} {three}",
        "phrase": f'"{drawn.choice(quoted)}"',
        "beginning": f"{one[: drawn.randint(2, 5)]}* {two if drawn.random() < 0.5 else ''}",
        "slip": _slipped(one, drawn) + (f" {two}" if drawn.random() < 0.5 else ""),
        "either": f"{one} OR {two} {three}",
        "without": f"{one} -{two}",
        "many": " ".join((drawn.choice(quoted), one, two, drawn.choice(quoted))),
    }[kind]


def _slipped(word: str, drawn: random.Random) -> str:
    at = drawn.randrange(len(word))
    return drawn.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + "e" + word[at:])
    )


def _narrowed(
    query: Query, drawn: random.Random, labels: Sequence[tuple[str, str]], words: Sequence[str]
) -> Query:
    facet, value = drawn.choice(labels)
    given = {facet: frozenset((value,))}
    if not isinstance(query.tree, Word):
        how = drawn.choice(("chosen", "without", "lifted", "wished", "sort", "page", "counted"))
    else:
        how = "also"
    if how in ("chosen", "without", "lifted", "wished"):
        return replace(query, **{how: given})
    if how == "sort":
        return replace(query, sort=drawn.choice(SORTS))
    if how == "page":
        return replace(query, page=2)
    if how == "counted":
        return replace(query, size=0)
    names = frozenset(("en", drawn.choice(words)) for _ in range(3))
    word = replace(query.tree, also=frozenset(((facet, value),)), names=names)
    return replace(query, tree=And((word, Word(drawn.choice(words)))))


def _differing(before: Any, now: Any) -> Iterator[str]:
    if not isinstance(before, Results):
        if not _same(before, now):
            yield f"{before} → {now}"
        return
    for field in fields(Results):
        was, here = getattr(before, field.name), getattr(now, field.name)
        if _same(was, here):
            continue
        if field.name in ("hits", "more", "elsewhere") and len(was) == len(here):
            yield from (
                f"{field.name}: {one} → {other}"
                for one, other in zip(was, here, strict=True)
                if not _same(one, other)
            )
        else:
            yield f"{field.name}: {was} → {here}"


def _same(before: Any, now: Any) -> bool:
    if isinstance(before, Hit) and isinstance(now, Hit):
        alike = abs(before.score - now.score) <= LIKE
        return alike and replace(before, score=0) == replace(now, score=0)
    if isinstance(before, tuple | list):
        return len(before) == len(now) and all(map(_same, before, now))
    return bool(before == now)


def _told(asked: Asked) -> str:
    method, given = asked
    query = given[0]
    return f"{method} {write(query.tree) if isinstance(query, Query) else given}"


if __name__ == "__main__":
    main()
