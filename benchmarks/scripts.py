"""Finding in any script: the passages of a text asked for by parts of themselves.

    python -m benchmarks.scripts FOLDER [--only NAME,…]

Each file of the folder is `NAME.LANGUAGE.tsv`: a heading, a tab and a passage in each line. A
passage is a work of its own, and in a second index a page of one work. It is asked for by a part of
it, from the middle on: WORDS words in a script with spaces, CHARACTERS characters in one without;
by the same with one character left out; by each second word of a stretch (`apart`), or two pieces
of it; and by its first LONG characters, run together
where there are no spaces between words. What else
holds the whole part is as right. Beside it SQLite FTS5, by the same parts.

`first` and `found`: how often what is right comes first, or among the first ten. `page`: how often
the excerpt is of the right page. `marked`: how much of the part the marks of that excerpt cover.
`cut`: excerpts whose edges or marks part a character from its signs. `wrong`: suggestions made for
words that the text has. `all`: the share of works that answer. `slip`: `first` of the part with a
character left out. `ms`: processor time of the slowest question of LONG characters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import regex

from benchmarks.relevance import Collection, fts5
from index.document import Document, Passage
from index.engines import open_engine
from index.query import Query
from index.text.syntax import parse

PARTING = "\u1361\u0f0b\u0f0c"
"""Marks that stand between words, or between syllables, where others have spaces."""

WORDS = 3
CHARACTERS = 12
LONG = 300
FEW = 0.05
"""Of the characters of a text, so many are spaces where words are parted by them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names, by commas")
    parser.add_argument("--wrong", action="store_true", help="also what was not found first")
    chosen = parser.parse_args()
    only = set(filter(None, chosen.only.split(",")))
    for file in sorted(chosen.folder.glob("*.tsv")):
        name, language = file.name.split(".")[:2]
        if only and name not in only:
            continue
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        figures = measured(rows, language, wrong=chosen.wrong)
        print(name, json.dumps(figures, ensure_ascii=False), flush=True)


def part(text: str) -> str:
    """What a passage is asked for by; a checksum says where it begins."""
    spaced = is_spaced(text)
    units = [m.span() for m in regex.finditer(rf"[^\s{PARTING}]+" if spaced else r"\X", text)]
    count = min(WORDS if spaced else CHARACTERS, len(units))
    at = int(hashlib.sha256(text.encode()).hexdigest(), 16) % (len(units) - count + 1)
    return text[units[at][0] : units[at + count - 1][1]].strip()


def is_spaced(text: str) -> bool:
    """Whether its words, or syllables, are parted by spaces or by marks."""
    return len(regex.findall(rf"[\s{PARTING}]", text)) > FEW * len(text)


def apart(text: str) -> str:
    """Of a passage each second word of a stretch, with the mark that parts words in it; of one
    without spaces two pieces that do not stand together, as one run."""
    spaced = is_spaced(text)
    units = regex.findall(rf"[^\s{PARTING}]+" if spaced else r"\X", text)
    at = int(hashlib.sha256(text.encode()).hexdigest(), 16) % max(1, len(units) - 2 * CHARACTERS)
    if spaced:
        mark = regex.search(rf"[\s{PARTING}]", text)
        return (mark[0] if mark else " ").join(units[at : at + 2 * WORDS + 1 : 2])
    pieces = units[at : at + CHARACTERS // 2], units[at + CHARACTERS : at + CHARACTERS * 3 // 2]
    return "".join(units for piece in pieces for units in piece if not units.isspace())


def slipped(words: str) -> str:
    """The same without a character of its longest word."""
    longest = max(regex.split(rf"[\s{PARTING}]", words), key=len)
    units = regex.findall(r"\X", longest)
    del units[len(units) // 2]
    return words.replace(longest, "".join(units), 1)


def measured(rows: list[list[str]], language: str, *, wrong: bool = False) -> dict[str, float]:
    texts = [text for _, text in rows]
    primary = language.partition("-")[0]
    with tempfile.TemporaryDirectory() as scratch:
        works = open_engine("whoosh", Path(scratch) / "works", [primary], "")
        works.rebuild(
            Document(
                f"w{number}",
                "",
                language=primary,
                labels={"language": (primary,)},
                passages=(Passage(f"w{number}", primary, 1, text),),
            )
            for number, text in enumerate(texts)
        )
        pages = open_engine("whoosh", Path(scratch) / "pages", [primary], "")
        pages.rebuild(
            [
                Document(
                    "w",
                    "",
                    language=primary,
                    labels={"language": (primary,)},
                    passages=tuple(
                        Passage("w", primary, page, text) for page, text in enumerate(texts)
                    ),
                )
            ]
        )
        documents = [{"id": f"w{number}", "text": text} for number, text in enumerate(texts)]
        collection = cast("Collection", SimpleNamespace(documents=documents))
        peers = {
            "unicode61": fts5(collection, "unicode61"),
            "trigram": fts5(collection, "trigram"),
        }
        kept: dict[str, list[float]] = {}
        slowest = 0.0
        for number, text in enumerate(texts):
            asked = part(text)
            right = {f"w{other}" for other, one in enumerate(texts) if asked in one}

            def ask(engine: Any, words: str) -> Any:
                return engine.search(Query(parse(words).tree, size=10, excerpts=True))

            def first(found: list[str], right: set[str] = right) -> float:
                return float(bool(found) and found[0] in right)

            results = ask(works, asked)
            found = [hit.id for hit in (*results.hits, *results.more)]
            note = kept.setdefault
            note("first", []).append(first(found))
            note("found", []).append(float(not right.isdisjoint(found)))
            note("wrong", []).append(float(results.suggestion is not None))
            note("all", []).append(results.total / len(texts))
            if wrong and not (first(found) and results.suggestion is None):
                print("  ", asked, "|", text[:60], "|", results.suggestion, results.total)
            slip = ask(works, slipped(asked))
            note("slip", []).append(first([hit.id for hit in (*slip.hits, *slip.more)]))
            other = ask(works, apart(text))
            own = [hit.id for hit in (*other.hits, *other.more)]
            note("apart", []).append(first(own, {f"w{number}"}))
            shown = [one for hit in ask(pages, asked).hits for one in hit.excerpts]
            note("page", []).append(float(bool(shown) and f"w{shown[0].page}" in right))
            note("marked", []).append(covered(asked, shown[0]) if shown else 0.0)
            note("cut", []).append(float(any(map(is_cut, shown, [texts] * len(shown)))))
            if wrong and shown and (covered(asked, shown[0]) < 0.9 or is_cut(shown[0], texts)):
                cut = [shown[0].text[a:b] for a, b in shown[0].marks]
                print("   marks:", asked, "|", cut, "|", is_cut(shown[0], texts))
            run = text[:LONG] if is_spaced(text) else "".join(text.split())[:LONG]
            began = time.process_time()
            long = ask(works, run)
            slowest = max(slowest, (time.process_time() - began) * 1000)
            note("long", []).append(first([h.id for h in (*long.hits, *long.more)], {f"w{number}"}))
            for peer, search in peers.items():
                note(peer, []).append(first(search(asked, 10)))
    return {
        "passages": len(texts),
        **{name: round(statistics.fmean(values), 3) for name, values in kept.items()},
        "ms": round(slowest),
    }


def covered(asked: str, shown: Any) -> float:
    """How many of the letters of a part its excerpt marks; 1 where it does not hold the part."""
    at = shown.text.find(asked)
    if at < 0:
        return 0.0
    letters = [m.start() for m in regex.finditer(r"[\p{L}\p{Nd}]", asked)]
    inside = [any(a <= at + one < b for a, b in shown.marks) for one in letters]
    return sum(inside) / max(1, len(inside))


def is_cut(shown: Any, texts: list[str]) -> bool:
    """Whether an edge of an excerpt or of a mark stands within a character."""
    text = " ".join(texts[shown.page].split())
    bare = shown.text.strip("…")
    begin = text.find(bare)
    if begin < 0:
        return True
    bounds = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    moved = begin - shown.text.index(bare)
    edges = {begin, begin + len(bare)} | {moved + one for mark in shown.marks for one in mark}
    return not edges <= bounds


if __name__ == "__main__":
    main()
