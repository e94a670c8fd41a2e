"""What a librarian believes of cues, and weights learned from examples that begin there.

Each value has cues that speak for or against it, and the weights are drawn towards that belief,
and may leave it only as far as the documents ask. A weight never turns against the belief about
its cue: few documents cannot teach that the words "session plan" speak against a session plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.fields import ABOUT
from library.metadata import concepts, nature
from library.metadata.cues import Measures
from library.metadata.nature import Facet

STRENGTH = {"kind": 0.4, "audience": 2.0, "use": 2.0}  # how strongly weights are drawn to belief

# How much each place of a cue says.
PLACES = {"title": 1.5, "named": 0.7, "opening": 0.9, "headings": 0.6, "body": 0.6}
SHAPES = (
    "minutes", "timed", "lasts", "blanks", "articles", "cited", "questions", "items", "figures",
    "asked", "one-page", "short", "long", "printed", "web", "first", "second", "plan", "numbered",
    "captions", "footnotes", "percent", "phones", "steps", "orders", "bibliography", "dateline",
    "quoted", "spoken", "dated", "agenda", "held", "timeless", "advice",
    "unit", "posted", "told", "you_working",
)  # fmt: skip

# Of each value, what speaks for it and against it. `cue^`: not in its running text; `cue!`: in its
# title alone; `cue~`: in its title and headings; `cue_`: in its running text alone.
BELIEF: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "kind": {
        "toolkit": {"toolkit": 2.0},
        "guide": {
            "guide": 1.0, "howto!": 0.6, "faq^": 0.9, "asked": 0.4, "items": 0.3, "second": 0.3,
            "orders": 0.8, "steps": 0.6, "advice": 0.4, "plan": -0.2, "captions": -0.3,
            "percent": -0.3,
        },
        "training-manual": {
            "course^": 0.9, "itself": 1.0, "unit": 1.0, "advice": -0.6, "event": -0.4,
            "session": 0.8, "facilitator": 0.6, "participant": 0.5, "lasts": 1.2,
            "groupwork": 0.6, "materials": 0.5, "activity": 0.5, "aims": 0.3, "minutes": 0.7,
            "for_educators": 0.6, "to_educators": 0.5, "timed": 0.4, "plan": 0.9, "numbered": 0.8,
            "agenda": 0.3, "sheet!": -0.5,
            "captions": -0.3, "percent": -0.3,
        },
        "position-paper": {
            "demands": 1.0, "claims": 0.3, "for_officials": 0.3, "to_officials": 0.5, "first": 0.3,
            "proposal": 1.4, "testimony": 1.2, "page": -0.3, "spoken": -0.4, "news": -0.3,
            "event": -0.4, "cited": -0.2,
            "captions": -0.3,
        },
        "report": {
            "report": 0.8, "research": 0.6, "apparatus": 0.6, "abstract": 0.4, "cited": 0.6,
            "long": 0.7, "printed": 0.3, "statistics": 0.2, "second": -0.6, "captions": 0.8,
            "footnotes": 0.3, "percent": 0.6, "bibliography": 0.7, "orders": -0.6, "plan": -0.3,
            "proposal~": -0.8,
        },
        "policy-brief": {
            "brief": 1.8, "research": 0.2, "for_officials": 0.3, "percent": 0.2, "captions": 0.2,
        },
        "working-paper": {"paper": 1.8, "research": 0.3, "cited": 0.3, "abstract": 0.2,
                          "bibliography": 0.4},
        "case-study": {"cases": 1.0},
        "leaflet": {"leaflet": 1.3, "sheet!": 1.0, "one-page": 0.9, "short": 0.6,
                    "second": 0.3, "printed": 0.3, "phones": 0.4},
        "know-your-rights": {"rights": 1.3, "second": 0.5, "short": 0.3, "phones": 0.2},
        "collective-agreement": {"agreement": 1.5, "terms_": 0.5, "articles": 0.5},
        "law": {"law": 1.3, "articles": 1.0, "second": -0.8},
        "judgment": {"judgment": 1.5},
        "declaration": {
            "declaration": 1.5, "demands": 0.3, "first": 0.3, "page": -0.4, "event": -0.3,
        },
        "news": {"news": 1.2, "event": 0.5, "short": 0.4, "dateline": 1.2, "quoted": 0.2,
                 "spoken": 0.9, "claims": 0.2, "dated": 0.8, "orders": -0.3, "posted": 0.8,
                 "told": 0.6, "first": -0.2},
        "annual-report": {"annual": 2.0},
        "web-page": {"page": 0.8, "web": 0.8, "event": 0.3, "short": 0.3, "printed": -0.5,
                     "posted": 0.4},
        "story": {"story": 1.5, "first": 0.7},
        "model-document": {"form": 0.9, "blanks": 0.7, "letter": 0.8, "constitution": 1.0},
        "statistical-brief": {}, "organising-brief": {}, "technical-brief": {}, "legal-brief": {},
        "budget-brief": {},
    },
    "audience": {
        "members": {
            "told_members": 1.2, "for_members": 1.0, "second": 0.3, "you_working": 0.8,
            "rights": 0.4, "leaflet": 0.3,
            "research": -0.3,
            "for_officials": -0.3, "facilitator": -0.3, "to_members": 0.6, "orders": 0.3,
            "to_educators": -0.4, "story": 0.3, "first": 0.3, "lasts": -0.4, "plan": -0.3,
            "sheet!": 0.5, "testimony": -0.6,
            "bibliography": -0.4, "captions": -0.3, "to_officials": -0.4, "faq^": 0.3,
        },
        "organisers": {
            "told_organisers": 1.6, "for_organisers": 1.1, "to_organisers": 1.2,
            "to_educators": -0.2,
        },
        "educators": {
            "told_educators": 1.2, "for_educators": 1.1, "facilitator": 0.8, "participant": 0.4,
            "groupwork": 0.5,
            "session": 0.4, "minutes": 0.5, "lasts": 0.8, "course": 0.4, "itself": 0.6,
            "unit": 1.6, "materials": 0.3, "play!": 0.6, "activity!": 0.4, "event": -0.3,
            "to_educators": 1.2, "timed": 0.4, "plan": 0.9, "numbered": 0.6, "sheet!": -0.8,
        },
        "leaders": {
            "told_leaders": 1.6, "for_leaders": 1.1, "to_leaders": 1.2, "event": -0.5,
            "news": -0.5,
        },
        "researchers": {
            "told_researchers": 1.2, "research": 0.6, "apparatus": 0.5, "cited": 0.5,
            "for_researchers": 0.6, "report": 0.4,
            "paper": 0.5, "abstract": 0.3, "second": -0.8, "facilitator": -0.3, "captions": 0.7,
            "percent": 0.5, "bibliography": 0.6, "footnotes": 0.3, "to_researchers": 0.8,
            "orders": -0.6, "plan": -0.3, "brief": 0.3, "session": -0.3, "for_educators": -0.4,
            "proposal~": -0.8,
        },
        "officials": {
            "told_officials": 1.6, "for_officials!": 1.0, "to_officials": 1.4, "brief": 0.4,
            "second": -0.3,
            "demands": 0.2, "testimony": 1.0,
        },
    },
    "use": {
        "session-plan": {
            # Words of sessions stand in all that speaks of trainings; a plan has the shape of one.
            "session": 0.36, "minutes": 0.6, "timed": 0.8, "lasts": 1.3, "aims": 0.4,
            "materials": 0.6, "facilitator": 0.5, "participant": 0.5, "groupwork": 0.3,
            "activity": 0.2, "course^": 0.3, "itself": 0.8, "unit": 1.6, "event": -0.4,
            "for_educators": 0.5, "cited": -0.3, "plan": 1.6,
            "held": 1.0, "timeless": -0.8, "advice": -1.6,
            "numbered": 0.8, "captions": -0.3, "form~": -0.2, "page": -0.2,
            "agenda": 0.8,
        },
        # In running text an activity is what a union or an economy has.
        "activity": {
            "play": 1.0, "activity~": 0.9, "groupwork": 0.4, "numbered": 0.6, "plan": 0.3,
            "timed": 0.3, "materials": 0.3, "rights": -0.4, "captions": -0.3, "steps": 0.3,
            "participant": 0.2,
        },
        "handout": {"leaflet": 1.0, "sheet!": 1.2, "one-page": 0.8, "short": 0.4,
                    "second": 0.3, "printed": 0.3, "phones": 0.3},
        "case-study": {"cases": 1.0, "story": 0.6, "first": 0.3},
        "know-your-rights": {"rights": 1.2, "second": 0.4, "phones": 0.2},
        "demands": {
            "demands": 0.8, "claims": 0.2, "declaration": 0.4, "to_officials": 0.4, "first": 1.2,
            "proposal": 1.2, "testimony": 0.8, "letter": 0.4, "spoken": -0.4,
            "page": -0.6, "news": -0.6, "event": -0.6, "cited": -0.6, "quoted": -0.6,
            "report": -0.5,
        },
        "form": {"form": 1.0, "blanks": 0.9, "questions": 0.3},
        "read-first": {"faq^": 1.0, "leaflet": 0.3, "asked": 0.5},
        "discussion-guide": {"discussion": 1.1, "questions": 0.3},
        "reference": {"constitution": 0.5, "law": 0.4, "guide": 0.2},
    },
}  # fmt: skip


# What speaks for and against being about a place that is named, before anything is learned.
BELIEF_ABOUT: Mapping[str, Mapping[str, float]] = {
    "place": {
        "title": 1.5, "headings": 0.8, "opening": 0.8, "words": 1.2, "majority": 1.5,
        "rivals": -1.8, "once": -1.2, "variety": 0.6, "official": 0.6, "office": 0.4,
        "web": 0.4, "density": 0.4,
        "spread": 0.6, "share": 1.0, "above": -1.0,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A document measured. labels: facet → values that are right; the first kind is the best."""

    publisher: str
    measures: Measures
    labels: Mapping[str, Sequence[str]]
    judged: bool = True  # whether it counts in the figures: a real document, labelled by hand
    folder: str = ""
    name: str = ""
    # facet → concept → what speaks for it, as library.metadata.concepts measures it
    named: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)


def learned_of(facet: str, examples: Sequence[Example]) -> Facet:
    return learn_named(facet, examples) if facet in ABOUT else learn(facet, examples)


def certainties_of(facet: str, of: Facet, one: Example) -> dict[str, float]:
    if facet in ABOUT:
        return named_certainties(facet, of, one)
    return nature.certainties(facet, of, one.measures.values)


def learn_named(facet: str, examples: Sequence[Example]) -> Facet:
    """One set of weights for all concepts of a facet: what it takes to be about one."""
    pairs = [
        (one.named[facet][id], float(id in one.labels[facet]), one.publisher)
        for one in examples
        if facet in one.labels
        for id in one.named[facet]
    ]
    names = sorted(pairs[0][0].keys() - {"elsewhere"})  # what forbids is no matter of weight
    x = np.array([[measures[n] for n in names] + [1.0] for measures, _, _ in pairs])
    y = np.array([right for _, right, _ in pairs])
    counts = Counter(one.publisher for one in examples)
    heavy = np.array([counts[publisher] ** -0.4 for _, _, publisher in pairs])
    pull = np.full(len(names) + 1, 0.5 if facet in BELIEF_ABOUT else 0.15)
    pull[-1] = 0.0

    def cost(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        loss = -(heavy * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        away = w - start
        return loss + (pull * away**2).sum(), x.T @ (heavy * (p - y)) + 2 * pull * away

    start = np.array([*(BELIEF_ABOUT.get(facet, {}).get(n, 0.0) for n in names), 0.0])
    free = {"share", "below", "short", "others", "first", "ahead", "strong", "parts", "above"}
    against = {"once", "rivals", "aside"}
    bounds = [
        (None, None) if n in free else (None, 0.0) if n in against else (0.0, None) for n in names
    ] + [(None, None)]
    w = minimize(
        cost,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 60},
    ).x
    return Facet({"*": _kept(names, w)}, 1.0, {})


def named_certainties(facet: str, of: Facet, one: Example) -> dict[str, float]:
    return {
        id: concepts.certainty(of.weights["*"], measures)
        for id, measures in one.named[facet].items()
    }


def learn(facet: str, examples: Sequence[Example]) -> Facet:
    """Weights that fit the examples, drawn towards BELIEF. Thresholds are left at 1."""
    examples = [one for one in examples if facet in one.labels]
    beliefs = {value: _spelt(facet, value) for value in BELIEF[facet]}
    names = sorted({name for held in beliefs.values() for name in held} | set(SHAPES))
    x = np.array([[e.measures.values.get(n, 0.0) for n in names] + [1.0] for e in examples])
    counts: dict[str, int] = {}
    for one in examples:
        counts[one.publisher] = counts.get(one.publisher, 0) + 1
    # A publisher with thirty documents teaches its own style: each more counts for less.
    heavy = np.array([counts[e.publisher] ** -0.5 for e in examples])
    if facet == "kind":
        weights = _softmax(list(BELIEF[facet]), beliefs, names, x, examples, heavy)
    else:
        weights = {
            value: _logistic(
                facet,
                beliefs[value],
                names,
                x,
                np.array([float(value in e.labels[facet]) for e in examples]),
                heavy,
            )
            for value in BELIEF[facet]
        }
    return Facet(weights, 1.0, {})


def _spelt(facet: str, value: str) -> dict[str, float]:
    """Measure → believed weight."""
    found = {f"{facet}:{value}.title": 2.0, f"{facet}:{value}.line": 1.2}
    for cue, strength in BELIEF[facet][value].items():
        if cue in SHAPES:
            found[cue] = strength
        else:
            places = dict(PLACES)
            if cue.endswith("^"):
                del places["body"]
            elif cue.endswith("~"):
                places = {p: much for p, much in places.items() if p not in ("opening", "body")}
            elif cue.endswith("_"):
                places = {"body": PLACES["body"]}
            elif cue.endswith("!"):
                places = {"title": PLACES["title"], "named": PLACES["named"]}
            name = cue.rstrip("^!~_")
            found |= {f"{name}.{place}": strength * much for place, much in places.items()}
    return found


def _bounds(belief: Mapping[str, float], names: Sequence[str]) -> list[tuple[float, float]]:
    found = []
    for name in names:
        held = belief.get(name, 0.0)
        if held:
            found.append((0.0, 4.0) if held > 0 else (-4.0, 0.0))
        else:
            found.append((-1.0, 1.0) if name in SHAPES else (0.0, 0.0))
    return [*found, (-6.0, 2.0)]


def _logistic(
    facet: str,
    belief: Mapping[str, float],
    names: Sequence[str],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    heavy: NDArray[np.float64],
) -> dict[str, float]:
    start = np.array([belief.get(n, 0.0) for n in names] + [-3.0])
    pull = np.full(len(start), STRENGTH[facet])
    pull[-1] = 0.02

    def cost(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = np.clip(x @ w, -30, 30)
        p = 1 / (1 + np.exp(-z))
        loss = -(heavy * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        away = w - start
        return loss + (pull * away**2).sum(), x.T @ (heavy * (p - y)) + 2 * pull * away

    bounds = _bounds(belief, names)
    inside = np.clip(start, [b[0] for b in bounds], [b[1] for b in bounds])
    w = minimize(
        cost, inside, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 60}
    ).x
    return _kept(names, w)


def _softmax(
    kinds: Sequence[str],
    beliefs: Mapping[str, Mapping[str, float]],
    names: Sequence[str],
    x: NDArray[np.float64],
    examples: Sequence[Example],
    heavy: NDArray[np.float64],
) -> dict[str, dict[str, float]]:
    start = np.array([[beliefs[k].get(n, 0.0) for n in names] + [0.0] for k in kinds])
    # The first kind is the best; what else is acceptable has a part of the truth.
    y = np.zeros((len(examples), len(kinds)))
    for row, one in enumerate(examples):
        known = [k for k in one.labels["kind"] if k in kinds]
        for rank, kind in enumerate(known):
            less = 0.75 if rank == 0 else 0.25 / (len(known) - 1)
            y[row, kinds.index(kind)] = less if len(known) > 1 else 1.0
    heavy = heavy * (y.sum(1) > 0)
    pull = np.full(start.shape, STRENGTH["kind"])
    pull[:, -1] = 0.05

    bounds = [b for k in kinds for b in _bounds(beliefs[k], names)]
    free = np.array([low < high for low, high in bounds])
    inside = np.clip(start.ravel(), [b[0] for b in bounds], [b[1] for b in bounds])

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = inside.copy()
        w[free] = flat
        w = w.reshape(start.shape)
        z = x @ w.T
        z -= z.max(1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(1, keepdims=True)
        loss = -(heavy[:, None] * y * np.log(p + 1e-12)).sum()
        away = w - start
        slope = (heavy[:, None] * (p * y.sum(1, keepdims=True) - y)).T @ x + 2 * pull * away
        return loss + (pull * away**2).sum(), slope.ravel()[free]

    some = [b for b, is_free in zip(bounds, free, strict=True) if is_free]
    found = minimize(
        cost, inside[free], jac=True, method="L-BFGS-B", bounds=some, options={"maxiter": 60}
    )
    w = inside.copy()
    w[free] = found.x
    w = w.reshape(start.shape)
    return {kind: _kept(names, w[row]) for row, kind in enumerate(kinds)}


def _kept(names: Sequence[str], w: NDArray[np.float64]) -> dict[str, float]:
    pairs = zip([*names, ""], w, strict=True)
    return {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= 0.02}
