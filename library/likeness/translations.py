"""Which documents of a library may be one work in two languages: candidates, for staff to judge.

Three kinds of evidence, each measured by how much of it would be enough alone, are added:

- anchors: numbers, names and addresses in both; those that few documents have say most (inverse
  document frequency, squared, as a cosine), weakened where headings or lengths differ;
- structure: the same blocks in the same order and proportion (structure.py);
- the name of the file, without words for languages: the fewer have it, the more it says.

The last two are likelihoods, and must outweigh how many documents there are to be mistaken for.
Dates in the words, where they say the day, speak against two that are dated otherwise. Of each
document only its best match in a language is a candidate, and only if it is that document's best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import PurePath

import numpy as np
import numpy.typing as npt
import regex

from library.likeness.similarity import Shape
from library.likeness.structure import BLOCKS, candidates, likelihood

ANCHORS = 0.3  # cosine that is enough alone: tried on court papers, see benchmarks/README.md
CERTAINTY = 5.0  # nats beyond the odds against any one of the other documents
ANOTHER_DAY = 3.0  # that much more for two of different days: one form, filled in twice
DOUBTFUL = 0.3  # evidence below which it is not worth aligning what does not look alike at all
AGAINST = -0.5  # at most so much do structures that differ take away: a layout may be misread
COMMON = 60  # documents with an anchor beyond which it says nothing
LEAST = 3  # anchors that two documents share

# Words for languages in names of files: codes of two and three letters, and names.
TONGUES = frozenset(
    [
        "en",
        "eng",
        "ing",
        "english",
        "ingles",
        "inglés",
        "anglais",
        "es",
        "esp",
        "spa",
        "spanish",
        "espanol",
        "español",
        "espagnol",
        "castellano",
        "fr",
        "fra",
        "fre",
        "french",
        "francais",
        "français",
        "frances",
        "francés",
        "pt",
        "por",
        "port",
        "ptbr",
        "br",
        "portuguese",
        "portugues",
        "português",
        "portugais",
        "ar",
        "ara",
        "arabic",
        "arabe",
        "árabe",
        "عربي",
        "hi",
        "hin",
        "hindi",
        "हिन्दी",
        "de",
        "ger",
        "deu",
        "german",
        "deutsch",
        "it",
        "ita",
        "italian",
        "italiano",
        "nl",
        "dut",
        "nld",
        "dutch",
        "nederlands",
        "ru",
        "rus",
        "russian",
        "zh",
        "chi",
        "zho",
        "chinese",
        "sw",
        "swa",
        "swahili",
        "kiswahili",
        "bn",
        "ben",
        "bengali",
        "tr",
        "tur",
        "turkish",
        "türkçe",
        "ne",
        "nep",
        "nepali",
        "th",
        "tha",
        "thai",
        "vi",
        "vie",
        "vietnamese",
        "id",
        "ind",
        "indonesian",
        "ur",
        "urd",
        "urdu",
        "fa",
        "fas",
        "per",
        "persian",
        "el",
        "gre",
        "ell",
        "greek",
        "uk",
        "ukr",
        "pl",
        "pol",
        "ro",
        "ron",
    ]
)

Marked = tuple[str, Shape, npt.NDArray[np.int64]]


def aligned(documents: Sequence[Marked], fresh: Container[str]) -> dict[tuple[str, str], float]:
    """How much likelier pairs are one work than two by their structure, in nats, where it is.

    fresh: ids of the documents that are held against all others.
    """
    outlines = [shape.outline for _, shape, _ in documents]
    of = {place for place, (id_, _, _) in enumerate(documents) if id_ in fresh}
    likelihoods = {
        (one, other): likelihood(outlines[one], outlines[other])
        for one, other in candidates(outlines, _spoken(documents), of)
    }
    return {
        (documents[one][0], documents[other][0]): nats
        for (one, other), nats in likelihoods.items()
        if nats > 0
    }


def pairs(
    documents: Sequence[Marked],
    structures: Mapping[frozenset[str], float],
    dismissed: Container[frozenset[str]] = frozenset(),
) -> list[tuple[str, str, float]]:
    """Candidates with their score from 0 to 1, the surest first.

    structures: nats by pair, as `aligned` finds them. dismissed: pairs known to be two works; a
    document may then be proposed with another.
    """
    documents = [document for document in documents if len(document[2]) or document[1].outline]
    if len(documents) < 2:
        return []
    spoken = _spoken(documents)
    places = {id_: place for place, (id_, _, _) in enumerate(documents)}
    enough = float(np.log(len(documents))) + CERTAINTY
    nats = {
        (min(pair), max(pair)): value
        for pair, value in (
            (tuple(places[id_] for id_ in ids if id_ in places), value)
            for ids, value in structures.items()
        )
        if len(pair) == 2
    }
    by_anchors = {
        (one, other): _score(cosine, shared, documents[one][1], documents[other][1]) / ANCHORS
        for one, other, cosine, shared in _cosines([anchors for _, _, anchors in documents], spoken)
        if shared >= LEAST
    }
    stems = _stems(documents)
    scores = {}
    for pair in by_anchors.keys() | nats.keys():
        first, second = (documents[place] for place in pair)
        if frozenset((first[0], second[0])) in dismissed:
            continue
        evidence = by_anchors.get(pair, 0.0)
        if pair in nats or evidence >= DOUBTFUL:
            evidence += _structure(first[1], second[1], nats.get(pair), enough)
        evidence += _name(stems, pair) / enough
        evidence -= 0 if _one_day(first, second) else ANOTHER_DAY
        if evidence >= 1:
            scores[pair] = evidence
    best: dict[tuple[int, int], float] = {}
    for (one, other), score in scores.items():
        for mine, theirs in ((one, other), (other, one)):
            key = mine, int(spoken[theirs])
            best[key] = max(best.get(key, 0.0), score)
    likenesses = [
        (documents[one][0], documents[other][0], 1 - 0.5**score)
        for (one, other), score in scores.items()
        if score == best[one, int(spoken[other])] == best[other, int(spoken[one])]
    ]
    return sorted(likenesses, key=lambda pair: (-pair[2], pair))


def _cosines(
    anchors: Sequence[npt.NDArray[np.int64]], spoken: npt.NDArray[np.int64]
) -> Iterator[tuple[int, int, float, int]]:
    """Pairs in two languages that share anchors: their places, their cosine, and how many."""
    total = len(anchors)
    flat = np.concatenate(anchors)
    if not len(flat):
        return
    holders = np.repeat(np.arange(total), [len(row) for row in anchors])
    order = np.lexsort((holders, flat))
    flat, holders = flat[order], holders[order]
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    sizes = np.diff(np.r_[starts, len(flat)])
    tongues = spoken[holders]
    # What is in one language only tells nothing of translations, and must not count as missing.
    differ = np.minimum.reduceat(tongues, starts) != np.maximum.reduceat(tongues, starts)
    weights = np.where(differ, np.log(total / sizes) ** 2, 0.0)
    norms = np.bincount(holders, weights=np.repeat(weights, sizes), minlength=total)
    keys, values = [np.empty(0, np.int64)], [np.empty(0)]
    for size in range(2, min(COMMON, total) + 1):
        chosen = differ & (sizes == size)
        groups = holders[starts[chosen][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        one, other = groups[:, first].ravel(), groups[:, second].ravel()
        weight = np.repeat(weights[chosen], len(first))
        apart = spoken[one] != spoken[other]
        keys.append(one[apart] * total + other[apart])
        values.append(weight[apart])
    pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.bincount(place, weights=np.concatenate(values), minlength=len(pairs))
    shared = np.bincount(place, minlength=len(pairs))
    for pair, weight, many in zip(pairs.tolist(), sums.tolist(), shared.tolist(), strict=True):
        one, other = divmod(pair, total)
        if weight:
            yield one, other, weight / float(np.sqrt(norms[one] * norms[other])), many


def _spoken(documents: Sequence[Marked]) -> npt.NDArray[np.int64]:
    """The language of each document, as a number."""
    languages = sorted({shape.language for _, shape, _ in documents})
    return np.array([languages.index(shape.language) for _, shape, _ in documents], np.int64)


def _structure(one: Shape, other: Shape, nats: float | None, enough: float) -> float:
    """What structure says, as a part of what would be enough; 0 where one has none."""
    if nats is not None:
        return nats / enough
    if not one.outline or not other.outline:
        return 0.0
    if _ratio(len(one.outline), len(other.outline)) * BLOCKS < 1:
        return AGAINST
    return max(AGAINST, likelihood(one.outline, other.outline) / enough)


def _stems(documents: Sequence[Marked]) -> list[tuple[str, float]]:
    """Of each document the name of its file, and what it says when another has it, in nats."""
    stems = [stem_of(shape.filename) for _, shape, _ in documents]
    often = Counter(stems)
    return [(stem, float(np.log(len(stems) / often[stem])) if stem else 0.0) for stem in stems]


def _name(stems: Sequence[tuple[str, float]], pair: tuple[int, int]) -> float:
    (mine, nats), (theirs, _) = (stems[place] for place in pair)
    return nats if mine == theirs else 0.0


def stem_of(filename: str) -> str:
    """`Guide_to-strikes (ES).pdf` → `guide to strikes`: what a name has in every language."""
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", PurePath(filename).stem.casefold())
    return " ".join(word for word in words if word not in TONGUES)


def _score(cosine: float, shared: int, one: Shape, other: Shape) -> float:
    """Anchors in common, weakened where headings or lengths differ, or anchors are few."""
    headings = _ratio(one.headings + 1, other.headings + 1)
    length = _ratio(one.text + 1, other.text + 1)
    return cosine * (2 + headings) / 3 * (1 + length) / 2 * float(1 - 0.5**shared)


def _one_day(one: Marked, other: Marked) -> bool:
    """Whether dates allow two to be one work: an order of June is no translation of one of May."""
    return one[1].day == other[1].day or not (one[1].day and other[1].day)


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other)
