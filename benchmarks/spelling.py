"""`python -m benchmarks.spelling HOME [--words N] [--seed N]`: how many slips are put right.

HOME is the home folder of a library that holds the documents. Words of its titles, drawn with a
fixed seed, are asked for with one slip each: a letter dropped, added, changed, or swapped with the
next. It is put right where what is suggested finds just what the word finds, or the slip itself
does, as one in an ending may. A slip that makes another word which the library prints is drawn
anew: nobody could know it for one. Each word is also asked for as it is, where nothing should be
suggested; and neighbours two at a time, both with a slip, or run together.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.faults import run
from index.engine import SearchEngine
from index.query import Query
from index.text import analysis
from index.text.spelling import distance
from index.text.syntax import parse
from library.catalogue import Catalogue, open_catalogue
from library.core.settings import Settings, read
from library.search import indexer
from library.vocabularies import Vocabularies

SHORTEST = 4  # letters: in a shorter word every slip is another word
LONG = 6  # letters from which a slip seldom makes another word
SLIPS = ("drop", "add", "change", "swap")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", action="store_true", help="also print what went wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    settings = read({**os.environ, "LIBRARY_HOME": str(chosen.home)})
    figures, wrong = measured(settings, chosen.words, chosen.seed)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(
                f"{name:<34} {value:.3f}" if value < 1 or "%" in name else f"{name:<34} {value:g}"
            )
    if chosen.wrong:
        print(*wrong, sep="\n")


def measured(settings: Settings, number: int, seed: int) -> tuple[dict[str, float], list[str]]:
    """Shares of words put right, and of right words "corrected"; and what went wrong."""
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies)
    catalogue = open_catalogue(settings)
    engine = indexer.open_engine(settings, vocabularies)
    try:
        return Trial(engine, titles_of(catalogue), random.Random(seed)).run(number)
    finally:
        engine.close()
        catalogue.close()


def titles_of(catalogue: Catalogue) -> list[str]:
    return [
        edition.title
        for resource in catalogue.resources(catalogue.every())
        for edition in resource.editions
    ]


class Trial:
    """One engine, asked for words of the titles it holds."""

    def __init__(self, engine: SearchEngine, titles: Iterable[str], chance: random.Random) -> None:
        self.engine, self.chance = engine, chance
        self.titles = [analysed(title) for title in titles]
        self.letters = Counter("".join(word for title in self.titles for word in title))
        self.times: list[float] = []
        self.wrong: list[str] = []

    def asking(self, words: str, size: int) -> Query:
        """What is found counts here, not its order."""
        tree = parse(words).tree
        return Query(tree, sort="title", size=size, excerpts=False, beyond=False)

    def run(self, number: int) -> tuple[dict[str, float], list[str]]:
        known = sorted({word for title in self.titles for word in title if word})
        drawn = self.chance.sample(known, min(number, len(known)))
        pairs = sorted({pair for title in self.titles for pair in pairwise(title) if all(pair)})
        pairs = self.chance.sample(pairs, min(number // 3, len(pairs)))
        single = self.right("slip", ((word, self.slip(word)) for word in drawn))
        both = ((f"{a} {b}", f"{self.slip(a)} {self.slip(b)}") for a, b in pairs)
        figures = {
            "words": float(len(drawn)),
            "put right": mean(single.values()),
            "put right, of 6 letters or more": mean(
                right for word, right in single.items() if len(word) >= LONG
            ),
            "right words corrected": mean(bool(self.suggested(word)) for word in drawn),
            "pairs": float(len(pairs)),
            "pairs put right": mean(self.right("pair", both).values()),
            "run together put right": mean(
                self.right("joined", ((f"{a} {b}", a + b) for a, b in pairs)).values()
            ),
            "right pairs corrected": mean(bool(self.suggested(f"{a} {b}")) for a, b in pairs),
        }
        self.times.sort()
        figures["median ms"] = round(1000 * statistics.median(self.times), 1)
        figures["95th percentile ms"] = round(1000 * self.times[int(0.95 * len(self.times))], 1)
        return figures, self.wrong

    def right(self, what: str, asked: Iterable[tuple[str, str]]) -> dict[str, bool]:
        """What was meant → whether it was understood."""
        made = {}
        for meant, typed in asked:
            got = self.suggested(typed)
            made[meant] = self.found(got or typed) == self.found(meant)
            if not made[meant]:
                self.wrong.append(f"{what}: {typed} for {meant}: {got}")
        return made

    def suggested(self, typed: str) -> str | None:
        began = time.perf_counter()
        found = self.engine.search(self.asking(typed, 1)).suggestion
        self.times.append(time.perf_counter() - began)
        return found

    def found(self, words: str) -> list[str]:
        """What is found by words; those of accents or endings alone find the same."""
        return [hit.id for hit in self.engine.search(self.asking(words, 100)).hits]

    def slip(self, word: str) -> str:
        """The word with one slip, which is no word of the library."""
        for _ in range(100):
            made = slipped(word, self.chance, sorted(self.letters))
            if made != word and distance(made, word, 1) == 1 and not self.printed(made):
                return made
        return word

    def printed(self, folded: str) -> bool:
        return any(analysis.fold(term.text) == folded for term in self.engine.terms(folded, 20))


def mean(values: Iterable[bool]) -> float:
    return statistics.mean([*map(float, values)] or [0.0])


def analysed(title: str) -> list[str]:
    """The words of a title, folded; "" stands for a short one, a number, and a piece of a word."""
    words = (token.text for token in analysis.tokens(title))
    return [
        word if len(word) >= SHORTEST and word.isalpha() and not analysis.is_unspaced(word) else ""
        for word in words
    ]


def slipped(word: str, chance: random.Random, letters: Sequence[str]) -> str:
    """The word with a letter dropped, added, changed, or swapped with the next."""
    at = chance.randrange(len(word))
    script = [letter for letter in letters if letter.isascii() == word[at].isascii()]
    other = chance.choice(script)
    ways: dict[str, Callable[[], str]] = {
        "drop": lambda: word[:at] + word[at + 1 :],
        "add": lambda: word[:at] + other + word[at:],
        "change": lambda: word[:at] + other + word[at + 1 :],
        "swap": lambda: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    return ways[chance.choice(SLIPS)]()


if __name__ == "__main__":
    run(main)
