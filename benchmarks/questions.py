"""`python -m benchmarks.questions HOME|FOLDER QUESTIONS.csv`: are real questions answered?

HOME is the home folder of a library that holds the documents; a FOLDER of documents is ingested
into one made for the run. Each row of the questions has `id`, `language`, `question`, `files` (the
names of documents that answer, divided by `;`) and `passage` (words of the page that does; "" where
any page will do). Asked as on the site: with the names of concepts, and what the words narrow to.

Told by language and by the number of conditions that a question names: its topic, and each facet
that its words are read as. Right is a document among `files`; the right page is one among the pages
shown of it that holds the passage.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults import run
from index.engine import SearchEngine
from index.text import analysis
from library.catalogue import Catalogue, open_catalogue
from library.core.settings import Settings, read
from library.search import indexer
from library.vocabularies import Vocabularies
from library.web.links import query_of

DEEP = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the documents and words that answer it."""

    id: str
    language: str
    text: str
    files: frozenset[str]
    passage: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered: the rank of the first right document, 0 for none in ten."""

    question: Question
    rank: int
    page: bool  # whether a right page was among those shown of it
    conditions: int
    first: str  # the file of the first hit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path, help="a home folder, or a folder of documents")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--wrong", action="store_true", help="also print what was not found first")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    asked = list(questions(chosen.questions))
    if (chosen.library / "catalogue.sqlite").exists():
        outcomes = measured(chosen.library, asked)
    else:
        with tempfile.TemporaryDirectory() as home:
            command = [sys.executable, "-m", "library", "ingest", str(chosen.library), "--json"]
            environ = {**os.environ, "LIBRARY_HOME": home}
            subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=False)
            outcomes = measured(Path(home), asked)
    figures = told(outcomes)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, values in figures.items():
            said = "  ".join(f"{key} {value:g}" for key, value in values.items())
            print(f"{name:14} {said}")
    for one in outcomes if chosen.wrong else ():
        if one.rank != 1 or not one.page:
            said = f"{one.question.id} {one.question.text!r}: rank {one.rank or '-'}"
            print(f"{said}, page {'shown' if one.page else 'not shown'}; first {one.first}")


def questions(path: Path) -> Iterator[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            files = frozenset(name.strip() for name in row["files"].split(";"))
            passage = row.get("passage") or ""
            yield Question(row["id"], row["language"], row["question"], files, passage)


def measured(home: Path, asked: Sequence[Question]) -> list[Outcome]:
    settings = read({**os.environ, "LIBRARY_HOME": str(home)})
    return outcomes_of(settings, asked)


def outcomes_of(settings: Settings, asked: Sequence[Question]) -> list[Outcome]:
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies)
    catalogue = open_catalogue(settings)
    engine = indexer.open_engine(settings, vocabularies)
    try:
        return [outcome(one, engine, catalogue, vocabularies) for one in asked]
    finally:
        engine.close()
        catalogue.close()


def outcome(
    question: Question, engine: SearchEngine, catalogue: Catalogue, vocabularies: Vocabularies
) -> Outcome:
    asked = query_of([("q", question.text)], vocabularies)
    query = asked.query
    results = engine.search(query)
    shown = [*results.hits, *results.more, *results.elsewhere][:DEEP]
    held = {one.id: one for one in catalogue.resources([hit.id for hit in shown])}
    names = [{e.filename for e in held[hit.id].editions} for hit in shown if hit.id in held]
    rank = next((n for n, found in enumerate(names, 1) if found & question.files), 0)
    page = False
    wanted = folded(question.passage)
    for hit, found in zip(shown, names, strict=False):
        if not found & question.files:
            continue
        for one in hit.excerpts:
            texts = {p.number: p.text for p in catalogue.pages(one.edition)}
            page = page or wanted in folded(texts.get(one.page, ""))
    conditions = max(1, len(asked.named))
    return Outcome(question, rank, page, conditions, ", ".join(sorted(names[0])) if names else "")


def folded(text: str) -> str:
    return " ".join(token.text for token in analysis.tokens(text))


def told(outcomes: Sequence[Outcome]) -> Mapping[str, Mapping[str, float]]:
    """Shares over all, by language, and by how many conditions a question has."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups["all"].append(one)
        groups[one.question.language].append(one)
        groups[f"{one.conditions} condition{'s' * (one.conditions > 1)}"].append(one)
    order = sorted(groups, key=lambda name: (name != "all", name[0].isdigit(), name))
    return {name: shares(groups[name]) for name in order}


def shares(outcomes: Sequence[Outcome]) -> Mapping[str, float]:
    def share(most: int) -> float:
        return round(statistics.fmean(0 < one.rank <= most for one in outcomes), 3)

    return {
        "questions": len(outcomes),
        "first": share(1),
        "first three": share(3),
        "first ten": share(10),
        "right page": round(statistics.fmean(one.page for one in outcomes), 3),
    }


if __name__ == "__main__":
    run(main)
