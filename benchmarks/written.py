"""`python -m benchmarks.written PAIRS.csv [APART.csv]`: is a word found in its other writings?

Each row of the pairs has `kind`, `named` (yes where somebody asked for it), `language`, and two
writings, `one` and `other`. A library is made for each pair: a text with each, and texts that say
other things. Each is asked for as on the site: right is that both texts answer, and that the one
printed as typed comes first.
The second file has writings that mean two things, `typed` and `printed`: right is that what is
typed does not find what is printed.

A third of the pairs (by a checksum of their words) is told apart, as `held`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.faults import run
from index.document import Document, Passage
from index.engine import SearchEngine
from index.engines import open_engine
from library.core.settings import read
from library.vocabularies import Vocabularies
from library.web.links import query_of

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi", "de", "ca", "ru")
SENTENCES = (
    "Before lunch {} was in the talk that the members gave.",
    "The chair read the list aloud and everybody asked for more time.",
    "Workers spoke about rent and buses, and the cook brought soup.",
    "A song closed the evening, and the hall was swept by the young ones.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("apart", type=Path, nargs="?")
    parser.add_argument("--wrong", action="store_true", help="also print what was not found")
    parser.add_argument("--held", action="store_true", help="print those of the held third, too")
    chosen = parser.parse_args()
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    settings = read(os.environ)
    known = Vocabularies.load(settings.languages, settings.vocabularies)
    for row in rows(chosen.pairs):
        one, other = row["one"], row["other"]
        half = "held" if held(one + other) else "seen"
        both, first = asked(one, other, row["language"], known)
        found["all"].append((both, first))
        found["named" if row["named"] == "yes" else "not named"].append((both, first))
        found[half].append((both, first))
        found[row["kind"]].append((both, first))
        if chosen.wrong and not (both and first) and (half == "seen" or chosen.held):
            print(f"{row['kind']:8} {one!r} {other!r}: {'order' if both else 'not found'}")
    for name, told in found.items():
        ways, order = (statistics.fmean(column) for column in zip(*told, strict=True))
        print(f"{name:10} {len(told):4}  found both ways {ways:.3f}  as typed first {order:.3f}")
    for row in rows(chosen.apart) if chosen.apart else ():
        with tempfile.TemporaryDirectory() as folder:
            engine = made(Path(folder), [("b", row["printed"])], "en")
            if "b" in answering(engine, row["typed"], known):
                print(f"taken for one: {row['typed']!r} {row['printed']!r}")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def held(words: str) -> bool:
    return hashlib.sha256(words.encode()).digest()[0] % 3 == 0


def asked(one: str, other: str, language: str, known: Vocabularies) -> tuple[bool, bool]:
    """Whether each of two writings finds both, and whether each finds itself first."""
    with tempfile.TemporaryDirectory() as folder:
        engine = made(Path(folder), [("a", one), ("b", other)], language)
        answers = [answering(engine, words, known) for words in (one, other)]
    both = all({"a", "b"} <= {*answer} for answer in answers)
    return both, [answer[:1] for answer in answers] == [["a"], ["b"]]


def made(folder: Path, said: Iterable[tuple[str, str]], language: str) -> SearchEngine:
    """An engine over a text with each of some writings, told to be in a language, and others."""
    opening, *others = SENTENCES
    texts = [(id, opening.format(words)) for id, words in said]
    texts += [(f"z{at}", text) for at, text in enumerate(others)]
    engine = open_engine("whoosh", folder / "index", LANGUAGES, "")
    engine.rebuild(
        Document(
            id,
            "",
            language=language,
            labels={"language": (language,)},
            passages=(Passage(id, language, 1, text),),
        )
        for id, text in texts
    )
    return engine


def answering(engine: SearchEngine, words: str, known: Vocabularies) -> list[str]:
    """The works that answer as was asked, the best first."""
    results = engine.search(query_of([("q", words)], known).query)
    return [hit.id for hit in results.hits] if not results.partial else []


if __name__ == "__main__":
    run(main)
