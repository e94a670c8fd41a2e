"""`python -m benchmarks.pages_found HOME [--sentences N] [--seed N]`: is the right page found?

HOME is the home folder of a library that holds the documents. Stretches of 6 to 10 words within a
sentence are drawn with a fixed seed from random pages, and asked for as a reader would type them.
Right is the page they stand on: as the first page of the first hit, and among the first three pages
shown. A page that says the same words counts as right too, for nobody could tell which was meant;
pages without such a stretch, and scans, are passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import regex

from benchmarks.faults import run
from index.engine import SearchEngine
from index.query import Query
from index.text import analysis
from library.catalogue import Catalogue, open_catalogue
from library.core.settings import Settings, read
from library.search import indexer
from library.vocabularies import Vocabularies
from library.web.links import tree_of

FEWEST, MOST = 6, 10  # words
SHORTEST = 24  # characters
_SENTENCE = regex.compile(r"[^.!?…。！？।؟;:\n]+")

Where = tuple[str, int]  # edition, page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", action="store_true", help="without other names and concepts")
    parser.add_argument("--wrong", action="store_true", help="also print what went wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    settings = read({**os.environ, "LIBRARY_HOME": str(chosen.home)})
    figures, wrong = measured(settings, chosen.sentences, chosen.seed, exact=chosen.exact)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:<28} {value:g}")
    if chosen.wrong:
        print(*wrong, sep="\n")


def measured(
    settings: Settings, number: int, seed: int, *, exact: bool = False
) -> tuple[dict[str, float], list[str]]:
    """Shares of stretches whose page comes first, and among the first three; and the others."""
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies)
    catalogue = open_catalogue(settings)
    engine = indexer.open_engine(settings, vocabularies)
    try:
        texts = pages(catalogue)
        return trial(engine, vocabularies, texts, random.Random(seed), number, exact=exact)
    finally:
        engine.close()
        catalogue.close()


def pages(catalogue: Catalogue) -> dict[Where, str]:
    """The text of every page that was read well, its white space made single in each line."""
    return {
        (edition.id, page.number): page.text
        for resource in catalogue.resources(catalogue.every())
        for edition in resource.editions
        for page in catalogue.pages(edition.id)
        if not page.unreadable and not page.scanned
    }


def trial(
    engine: SearchEngine,
    vocabularies: Vocabularies,
    texts: Mapping[Where, str],
    chance: random.Random,
    number: int,
    *,
    exact: bool = False,
) -> tuple[dict[str, float], list[str]]:
    folded = {where: f" {words(text)} " for where, text in texts.items()}
    times, wrong = [], []
    placed: dict[str, int] = defaultdict(int)
    asked = 0
    for where, stretch in stretches(texts, chance, number):
        asked += 1
        began = time.perf_counter()
        results = engine.search(Query(tree_of(stretch, vocabularies, exact=exact), size=3))
        times.append(time.perf_counter() - began)
        found = [(one.edition, one.page) for hit in results.hits for one in hit.excerpts]
        said = f" {words(stretch)} "
        right = [said in folded.get(place, "") or place == where for place in found]
        placed["first"] += right[:1] == [True]
        placed["first three"] += any(right[:3])
        first_hit = {where[0]} & {one.edition for hit in results.hits[:1] for one in hit.excerpts}
        placed["right document first"] += bool(first_hit) or right[:1] == [True]
        if right[:1] != [True]:
            wrong.append(f"{where[1]} {stretch!r}: {found[:3]} {right[:3]}")
    times.sort()
    figures = {
        "pages": float(len(texts)),
        "stretches": float(asked),
        "right page first": round(placed["first"] / max(1, asked), 3),
        "among the first three": round(placed["first three"] / max(1, asked), 3),
        "right document first": round(placed["right document first"] / max(1, asked), 3),
        "median ms": round(1000 * statistics.median(times), 1),
        "95th percentile ms": round(1000 * times[int(0.95 * len(times))], 1),
    }
    return figures, wrong


def stretches(
    texts: Mapping[Where, str], chance: random.Random, number: int
) -> Iterator[tuple[Where, str]]:
    """A page drawn at random, and words that follow one another in a sentence of it."""
    places = sorted(texts)
    drawn = chance.sample(places, len(places))
    for where in drawn:
        if number < 1:
            return
        sentences = [s for s in sentences_of(texts[where]) if len(s) >= FEWEST]
        if not sentences:
            continue
        sentence = chance.choice(sentences)
        length = min(chance.randint(FEWEST, MOST), len(sentence))
        start = chance.randrange(len(sentence) - length + 1)
        made = " ".join(sentence[start : start + length])
        if len(made) >= SHORTEST:
            number -= 1
            yield where, made


def sentences_of(text: str) -> Iterator[Sequence[str]]:
    """The sentences of a page, word by word, without what the reader's syntax would take as its
    own; lines are joined, as they are broken anywhere.
    """
    joined = regex.sub(r"(?<=[^\s.!?:;])\n(?=\S)", " ", text)
    for match in _SENTENCE.finditer(joined):
        split = match.group().split()
        plain = [word.strip("\"“”«»„()[]|*-–—,'’‘•") for word in split]
        yield [word for word in plain if any(analysis.tokens(word))]


def words(text: str) -> str:
    """The words of a text as they are compared: folded, one space between."""
    return " ".join(token.text for token in analysis.tokens(text))


if __name__ == "__main__":
    run(main)
