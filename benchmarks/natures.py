"""Training the coefficients of library/metadata/nature.json, and trying them on strangers.

`python -m benchmarks.natures DIR…` learns from labelled folders (as for benchmarks.describing),
from the sample library and from texts of our own, and prints how well documents of the first
folder are told by coefficients and thresholds that never saw their publisher: each of FOLDS parts
of its publishers is held out, the thresholds for it come from parts held out of the rest. With
`--write` it keeps those learned from all. A field that was not labelled is `?` in labels.csv: it
teaches nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small sums: threads only wait

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.beliefs import Example, certainties_of, learned_of
from benchmarks.describing import LANGUAGES, NONE, also, extracted, kept_in
from benchmarks.describing import read as read_labelled
from benchmarks.synthetic import held_back, synthetic
from index.fields import ABOUT
from library.core.resource import Page, Said
from library.metadata import concepts, measures_of, nature
from library.metadata.nature import Coefficients, Facet
from library.vocabularies import Vocabularies

WRITTEN = Path(__file__).parent.parent / "library" / "metadata" / "nature.json"
WANTED = 0.85  # precision on strangers that a threshold is set for
AIMS = {
    "kind": 0.87, "audience": 0.85, "use": 0.91, "group": 0.92, "place": 0.89, "topic": 0.81,
}  # fmt: skip
FOLDS = 12
EVERY = (*nature.FACETS, *ABOUT)
ENOUGH = 9  # examples or guesses of a value from which it has a threshold of its own
# What is shown is likelier than not by its own weights too: of values with few examples the curve
# says little.
LEAST_SURE = {"audience": 0.47, "use": 0.42}
GUESSED = 0.4  # of certainty, from which a value is guessed
LEAST = 0.45  # of likelihood, below which nothing is shown however sure the rest is
LEAST_OF = {"kind": 0.55, "group": 0.7, "topic": 0.44, "place": 0.5}  # the same of these

Certain = Mapping[str, float]  # value → certainty
Judged = Sequence[tuple[Example, Certain]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="keep what is learned from all")
    parser.add_argument("--errors", action="append", default=[], metavar="FACET")
    parser.add_argument(
        "--only", action="append", choices=EVERY, help="learn this facet, and keep the others"
    )
    chosen = parser.parse_args()
    examples = examples_of(chosen.folders)
    folds = Folds(examples)
    learned = chosen.only or EVERY
    unseen = folds.strangers(learned)
    facets = dict(nature.shipped())
    for facet in learned:
        judged = folds.outside(facet)
        threshold, own = thresholds(facet, judged)
        facets[facet] = Facet(learned_of(facet, examples).weights, threshold, own)
        print(f"{facet}: threshold {threshold:.2f} {own}")
        print(f"  {_figures(facet, judged, unseen)}")
        if facet in chosen.errors:
            errors(facet, judged, unseen)
    held(facets)
    if chosen.write:
        write(facets, len(examples), len({e.publisher for e in examples}))


def examples_of(folders: Sequence[Path]) -> list[Example]:
    vocabularies = Vocabularies.load(LANGUAGES)
    found = []
    for folder in folders:
        for one in read_labelled(folder):
            if not any(page.text.strip() for page in one.pages):
                continue
            labels = {
                facet: tuple(filter(None, one.labels[facet].split(";")))
                for facet in EVERY
                if one.labels[facet] != "?"
            }
            none = labels["kind"] == (NONE,)
            labels["kind"] = () if none else (*labels["kind"], *sorted(also(one, "kind")))
            example = _example(one.publisher, one.pages, one.said, one.name, labels, vocabularies)
            judged = folder == folders[0]
            found.append(replace(example, folder=str(folder), name=one.name, judged=judged))
    return [*found, *_sample(vocabularies), *_synthetic(vocabularies)]


def _sample(vocabularies: Vocabularies) -> list[Example]:
    """The sample library of this repository: its own publishers, six languages."""
    folder = Path(__file__).parent.parent / "sample" / "library"
    found = []
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said, pages = extracted(folder / row["file"], kept_in())
            labels = {f: tuple(filter(None, row[f].split(";"))) for f in (*nature.FACETS, *ABOUT)}
            publisher = "sample " + row["publisher"]
            del labels["place"]  # of most, no word of the text says it
            one = _example(publisher, pages, said, row["file"], labels, vocabularies)
            found.append(replace(one, judged=False))
    return found


def _synthetic(vocabularies: Vocabularies) -> list[Example]:
    found = []
    for one in synthetic():
        labels = {facet: one.labels.get(facet, ()) for facet in EVERY}
        publisher = f"synthetic {one.genre} {one.language}"
        page = Page(1, one.text, reader="markdown" if one.date else "")
        said = Said({"date": one.date} if one.date else {})
        example = _example(publisher, [page], said, "", labels, vocabularies)
        # They are about nothing: of groups and places they teach nothing, and of topics only those
        # do that are about no work, whose words of topics mean other things.
        told = {f: example.named[f] if f in one.labels else {} for f in ABOUT}
        if "topic" in one.labels:
            # By folds, kinds and readers of the field are told worse with what these teach of them
            # than by what nature.py asks of them beside.
            del labels["kind"], labels["audience"]
        found.append(replace(example, judged=False, named=told))
    return found


def _example(
    publisher: str,
    pages: Sequence[Page],
    said: Said,
    name: str,
    labels: Mapping[str, Sequence[str]],
    vocabularies: Vocabularies,
) -> Example:
    measures, found = measures_of(
        pages, said, filename=name, vocabularies=vocabularies, languages=LANGUAGES
    )
    named = {facet: concepts.measured(facet, found, vocabularies) for facet in ABOUT}
    return Example(publisher, measures, labels, named=named)


class Folds:
    """The examples parted by publisher, and what was told of each part by the others."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.parts = parted(examples)
        self._of = [
            next((n for n, part in enumerate(self.parts) if e.publisher in part), -1)
            for e in examples
        ]
        self._told: dict[tuple[str, frozenset[int]], dict[int, Certain]] = {}
        self._learned: dict[tuple[str, frozenset[int]], Facet] = {}

    def outside(self, facet: str, without: int = -1) -> Judged:
        """Each judged example, told by coefficients that saw neither its part nor `without`."""
        found = []
        for number, (one, part) in enumerate(zip(self.examples, self._of, strict=True)):
            if one.judged and facet in one.labels and part != without:
                held = frozenset({part, without} - {-1})
                found.append((one, self._certain(facet, held)[number]))
        return found

    def strangers(self, facets: Sequence[str] = EVERY) -> dict[str, Coefficients]:
        """Publisher → coefficients and thresholds that were made without its documents."""
        found: dict[str, Coefficients] = {}
        for part, publishers in enumerate(self.parts):
            made = {}
            for facet in facets:
                threshold, own = thresholds(facet, self.outside(facet, part))
                weights = self._learn(facet, frozenset({part})).weights
                made[facet] = Facet(weights, threshold, own)
            found |= dict.fromkeys(publishers, made)
        return found

    def _learn(self, facet: str, held: frozenset[int]) -> Facet:
        if (facet, held) not in self._learned:
            rest = [e for e, n in zip(self.examples, self._of, strict=True) if n not in held]
            self._learned[facet, held] = learned_of(facet, rest)
        return self._learned[facet, held]

    def _certain(self, facet: str, held: frozenset[int]) -> dict[int, Certain]:
        if (facet, held) not in self._told:
            learned = self._learn(facet, held)
            self._told[facet, held] = {
                number: certainties_of(facet, learned, one)
                for number, one in enumerate(self.examples)
                if self._of[number] in held
            }
        return self._told[facet, held]


def parted(examples: Sequence[Example]) -> list[frozenset[str]]:
    """The publishers in FOLDS parts of about as many documents, always the same."""
    counts = Counter(one.publisher for one in examples if one.judged)
    parts: list[list[str]] = [[] for _ in range(FOLDS)]
    for publisher in sorted(counts, key=lambda name: (-counts[name], name)):
        min(parts, key=lambda part: sum(counts[name] for name in part)).append(publisher)
    return [frozenset(part) for part in parts]


def thresholds(facet: str, judged: Judged) -> tuple[float, dict[str, float]]:
    """From which certainty on values are right often enough, on publishers never seen.

    How often a value of some certainty is right is a smooth curve over all values of the facet,
    moved a little for each value with ENOUGH examples: a threshold that was set where the count
    of a few documents happens to change would be a matter of luck.
    """
    guessed = [
        [value for value, sure in certain.items() if sure > GUESSED] for _, certain in judged
    ]
    counts = Counter(
        value
        for (one, _), guesses in zip(judged, guessed, strict=True)
        for value in {*one.labels[facet], *guesses}
    )
    apart = facet not in ("kind", *ABOUT)
    values = sorted(v for v, count in counts.items() if count >= ENOUGH) if apart else []
    pairs = [
        (sure, value, value in one.labels[facet])
        for one, certain in judged
        for value, sure in sorted(certain.items(), key=lambda pair: -pair[1])[
            : 1 if facet == "kind" else None
        ]
        if sure > 0.01 and _allowed(facet, value, one, certain)
    ]
    slope, base, moved = calibrated(pairs, values)

    def likely(sure: float, value: str) -> float:
        return _sigmoid(slope * _logit(sure) + base + moved.get(value, 0.0))

    aim = AIMS.get(facet, WANTED)
    least, total = 0.99, 0.0
    for count, p in enumerate(sorted((likely(s, v) for s, v, _ in pairs), reverse=True), 1):
        total += p
        if total / count < aim:
            break
        least = p
    least = max(least, LEAST_OF.get(facet, LEAST))

    def needed(value: str) -> float:
        found = _sigmoid((_logit(least) - base - moved.get(value, 0.0)) / max(slope, 0.2))
        return round(min(0.99, max(LEAST_SURE.get(facet, 0.2), found - 0.001)), 3)

    return needed(""), {value: needed(value) for value in values}


def _allowed(facet: str, value: str, one: Example, certain: Certain) -> bool:
    if facet in ABOUT:
        return concepts.allowed(facet, one.named[facet][value])
    session = certain.get(nature.SESSION, 0.0) > GUESSED
    return nature.allowed(facet, value, one.measures.values, session=session)


def calibrated(
    pairs: Sequence[tuple[float, str, bool]], values: Sequence[str]
) -> tuple[float, float, dict[str, float]]:
    """Slope, base and what each value adds to it, of the log-odds that a value is right."""
    x = np.array([[_logit(s), 1.0, *(float(v == one) for one in values)] for s, v, _ in pairs])
    y = np.array([float(right) for _, _, right in pairs])
    pull = np.array([0.05, 0.01, *([1.0] * len(values))])
    start = np.array([1.0, 0.0, *([0.0] * len(values))])

    def cost(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        loss = -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).sum()
        away = w - start
        return loss + (pull * away**2).sum(), x.T @ (p - y) + 2 * pull * away

    w = minimize(cost, start, jac=True, method="L-BFGS-B").x
    return float(w[0]), float(w[1]), {v: float(m) for v, m in zip(values, w[2:], strict=True)}


def _logit(p: float) -> float:
    p = min(0.999, max(0.001, p))
    return math.log(p / (1 - p))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def shown(facet: str, one: Example, certain: Certain, of: Facet) -> list[str]:
    if facet in nature.FACETS:
        return nature.chosen(facet, certain, of, one.measures.values)
    ranked = sorted(certain, key=lambda value: -certain[value])
    told = [v for v in ranked if concepts.allowed(facet, one.named[facet][v])]
    return [v for v in told if certain[v] >= of.shown(v)][: nature.MOST]


def held(facets: Coefficients) -> None:
    """How our own texts are told that nothing learns from."""
    vocabularies = Vocabularies.load(LANGUAGES)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for text in held_back():
        one = _example(text.genre, [Page(1, text.text)], Said(), "", text.labels, vocabularies)
        for facet in nature.FACETS:
            kept = shown(facet, one, certainties_of(facet, facets[facet], one), facets[facet])
            good = sum(value in text.labels[facet] for value in kept)
            right[facet] += good
            wrong[facet] += len(kept) - good
            wanted[facet] += len(text.labels[facet])
            if len(kept) > good or good < len(text.labels[facet]):
                print(f"    {text.genre}: {facet} {';'.join(kept) or '-'}")
    for facet in nature.FACETS:
        print(f"held back, {facet}: {right[facet]} right, {wrong[facet]} wrong of {wanted[facet]}")


def _figures(facet: str, judged: Judged, unseen: Mapping[str, Coefficients]) -> str:
    right = wrong = wanted = best = kinds = 0
    for one, certain in judged:
        kept = shown(facet, one, certain, unseen[one.publisher][facet])
        hits = sum(v in one.labels[facet] for v in kept)
        right += hits
        wrong += len(kept) - hits
        wanted += bool(one.labels[facet]) if facet == "kind" else len(one.labels[facet])
        kinds += bool(one.labels[facet])
        best += bool(certain) and max(certain, key=lambda v: certain[v]) in one.labels[facet]
    precision, recall = right / max(1, right + wrong), right / max(1, wanted)
    return (
        f"P {precision:.2f} R {recall:.2f} ({right} right, {wrong} wrong, {wanted} wanted)"
        f"; best right {best} of {kinds}"
    )


def errors(facet: str, judged: Judged, unseen: Mapping[str, Coefficients]) -> None:
    for one, certain in judged:
        of = unseen[one.publisher][facet]
        kept = shown(facet, one, certain, of)
        if set(kept) == set(one.labels[facet]):
            continue
        ranked = sorted(certain, key=lambda value: -certain[value])[:5]
        near = " ".join(f"{v} {certain[v]:.2f}/{of.shown(v):.2f}" for v in ranked)
        print(f"    {one.name[:58]:58} wanted {';'.join(one.labels[facet])} | {near}")


def write(facets: Coefficients, documents: int, publishers: int) -> None:
    content = {
        "made_by": "scripts/train-nature",
        "documents": documents,
        "publishers": publishers,
        "facets": {
            facet: {
                "threshold": one.threshold,
                "thresholds": dict(one.own),
                "weights": {v: dict(sorted(w.items())) for v, w in one.weights.items()},
            }
            for facet, one in facets.items()
        },
    }
    WRITTEN.write_text(json.dumps(content, indent=1, sort_keys=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
