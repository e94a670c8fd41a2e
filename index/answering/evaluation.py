"""Which works answer a tree, and how well: BM25F over bit sets.

Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (2004): the
frequencies of a word in all fields are weighted and added before they are dampened. All the forms
a word can take (its stems in each language) count as that one word.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, partial

import numpy as np

from index.answering import pieces, variants
from index.answering.expansion import parts, plain, widened
from index.answering.leaves import NOTHING, Leaves
from index.answering.state import Array, Held, State, bits_of, mask_of
from index.fields import ALIKE, DOUBT, EXACT, NAME_WEIGHT, TYPED
from index.inversion import SURFACE, surface_of, surfaces
from index.query import And, Everything, Node, Not, Or, Phrase, Prefix, Word
from index.text import analysis, matching
from index.text.query_plan import planned
from index.text.syntax import words

K1 = 1.2  # literature
COMMON = 0.1
"""A function word in more works than this share says nothing, and is not scored. Given."""

OFTEN = 0.25
"""The power of how often a word is typed, by which it counts more. Chosen on cranfield, adi, lisa,
med and nfcorpus from 0, 0.25 and 0.5."""


NAMED = 0.8
"""How rare another name is counted at least, as a share of how rare what was typed is: who asks for
"battered women" asks for nothing common, though a library says *gender-based violence* on every
tenth page. Chosen from 0, 0.4, 0.6 and 0.8 on 241 questions of benchmarks/README.md (mean
reciprocal rank 0.593, 0.594, 0.598, 0.600)."""

REPEATED = 0.5
"""What of a word's weight hangs on how much it is said where it is said at all. A subject is said
again and again by the few works that are about it; "allowed" or "everybody" once by many, whatever
they are about (Church and Gale, "Poisson Mixtures", 1995). Chosen from 0.2, 0.35 and 0.5 of it, at
once and twice, on cranfield, lisa, med, npl, nfcorpus and 241 questions of benchmarks/README.md."""


class Evaluation(Leaves):
    """One tree against one state. `apart`: how many words of the question are no longer in it."""

    def __init__(self, state: State, languages: Sequence[str], apart: int = 0) -> None:
        super().__init__(state, languages)
        self.apart = apart

    most_mistyped = 1_000  # words of a question in which slips are looked for

    _long = False  # whether the question asks so many words that a work need not hold them all
    partial = False  # whether words were asked for that no work holds together

    def fits(self, leaf: Word | Prefix | Phrase, kept: Iterable[Word | Prefix | Phrase]) -> bool:
        """Whether a leaf can be asked for beside those that are kept."""
        return True

    def matched(self, node: Node) -> int:
        """The works that answer, as a bit set."""
        match node:
            case Everything():
                return self.state.everything
            case Word() | Prefix() | Phrase():
                return self.held(node).bits
            case Not(inner):
                return self.state.everything & ~self.matched(inner)
            case Or(nodes):
                bits = 0
                for inner in nodes:
                    bits |= self.matched(inner)
                return bits
            case And(nodes):
                return self._matched_all(nodes)

    def allowed(self, node: Node) -> int:
        """The works that meet all a question insists on: what is in quotation marks, in a field or
        left out. Plain words may be missing."""
        match node:
            case Word() if not node.field:
                return self.state.everything
            case And(nodes):
                sorted_out = matching.clauses(nodes, self.languages)
                bits = self.state.everything
                for inner in sorted_out.required:
                    bits &= self.matched(inner)
                for inner in sorted_out.without:
                    bits &= ~self.matched(inner)
                return bits
            case _:
                return self.matched(node)

    def scores(self, node: Node) -> Array:
        """For each work a score by its words, 0 where it holds none that is looked for."""
        total = np.zeros(self.state.size, np.float32)
        typed: Counter[Node] = Counter(leaf for leaf in words(node) if isinstance(leaf, Word))
        self._long = self.is_long(node)
        among_pieces = pieces.beside(node)
        alike = ALIKE * self.one_language
        for leaf in dict.fromkeys(self._scored(node)):
            held = self.held(leaf)
            counted = 1.0 if analysis.is_unspaced(leaf.text) else among_pieces
            often = typed.get(leaf, 1) ** OFTEN
            total[held.numbers] += counted * often * self._weight_of(leaf, held)
            if isinstance(leaf, Word) and not leaf.field:
                for beside, share in ((variants.exact, EXACT), (variants.alike, alike)):
                    other = self.state.cached((beside.__name__, leaf), partial(beside, self, leaf))
                    total[other.numbers] += share * self.weight(other)
                self._add_typed(leaf, total)
        for triple in pieces.triples(node):
            held = self.held(triple)
            total[held.numbers] += self.weight(held)
        doubts = (1 - self.state.facts.quality).astype(np.float32)
        return total * (1 - DOUBT * doubts)

    @cached_property
    def one_language(self) -> float:
        """How likely two works of the library are of one language (Simpson, "Measurement of
        Diversity", 1949). Words that look alike are kin in one language and chance in two."""
        spoken = [self.state.under("language", (one,)) for one in self.state.spoken()]
        return sum(count**2 for count in spoken) / max(sum(spoken), 1) ** 2 if spoken else 1.0

    def _add_typed(self, leaf: Word, total: Array) -> None:
        """What a word counts more where it is printed as typed and that is rarer than any form of
        it: with its tones (Vietnamese), its accents, its hyphen."""
        exact, typed_ = variants.exact, variants.typed
        either = self.state.cached((exact.__name__, leaf), partial(exact, self, leaf))
        typed = self.state.cached((typed_.__name__, leaf), partial(typed_, self, leaf))
        if 0 < typed.works < either.works:
            rarer = self.rarity(typed) - self.rarity(either)
            damped = (K1 + 1) * typed.frequency / (K1 + typed.frequency)
            total[typed.numbers] += TYPED * rarer * damped

    def weight(self, held: Held, told: float = 0.0) -> Array:
        """What holding it counts for each of the works that do: rarity times damped frequency, and
        more where those that say it say it much (`REPEATED`). told: how much, where that is known.
        """
        damped = held.frequency / (K1 + held.frequency)
        return self.rarity(held) * (told or self._told(held)) * (K1 + 1) * damped

    def _told(self, held: Held) -> float:
        """How much it is said where it is said at all, in a long question: of a few words each was
        chosen by who typed them."""
        if not self._long or not len(held.numbers):
            return 1.0
        return 1 - REPEATED + float((held.frequency / (K1 + held.frequency)).mean())

    def _weight_of(self, leaf: Word | Prefix | Phrase, held: Held) -> Array:
        """What a leaf counts for each of the works that hold it: as it was typed or, where that
        says more, by another name of it or by a label that answers."""
        if not (isinstance(leaf, Word) and (leaf.also or leaf.names)):
            return self.weight(held)
        best = np.zeros(self.state.size, np.float32)
        typed, names, filed = parts(self, leaf)
        told = self._told(typed if typed.works else names)
        named = NAME_WEIGHT * self.weight(names, told)
        if names.works:
            rare = self.rarity(typed) if typed.works else self._rare(1)
            named = named * max(1.0, NAMED * rare / self.rarity(names))
        weights = (self.weight(typed, told), named, self.weight(filed, told))
        for part, weight in zip((typed, names, filed), weights, strict=True):
            best[part.numbers] = np.maximum(best[part.numbers], weight)
        return best[held.numbers]

    def rarity_of(self, word: Word) -> float:
        """How rare a word is by itself; where no work says it, how rare what answers for it is."""
        typed = self.held(plain(word))
        return self.rarity(typed if typed.works else self.held(word))

    def rarity(self, held: Held) -> float:
        """Inverse document frequency, always above 0."""
        return self._rare(held.works)

    def _rare(self, count: int) -> float:
        return math.log(1 + (self.state.works - count + 0.5) / (count + 0.5))

    def planned(self, tree: Node) -> Node:
        """The tree that answers for one that was typed, in this library."""
        return planned(tree, self.languages, self._printed)

    def _printed(self, folded: str) -> dict[str, int]:
        terms = self.state.lexicon(SURFACE, surfaces(folded))
        return {surface_of(term)[1]: works for term, works in terms}

    def is_long(self, tree: Node) -> bool:
        """Whether a question asks so many words that a work need not hold them all."""
        if not isinstance(tree, And):
            return False
        counted = matching.clauses(tree.nodes, self.languages).counted
        return matching.are_many(len(counted), self.apart)

    def _matched_all(self, nodes: Sequence[Node]) -> int:
        sorted_out = matching.clauses(nodes, self.languages)
        bits = self.state.everything
        for node in sorted_out.required:
            bits &= self.matched(node)
        for node in sorted_out.without:
            bits &= ~self.matched(node)
        if not sorted_out.counted:
            return bits
        counted = [self.matched(node) for node in sorted_out.counted]
        if matching.are_many(len(counted), self.apart):
            return self._matched_enough(sorted_out.counted, counted, bits)
        sets = holding(counted, bits)
        works = self.state.sizes(sets)
        if not works[-1]:
            self.partial = True
        return sets[matching.required(works)]

    def _matched_enough(self, nodes: Sequence[Node], counted: Sequence[int], among: int) -> int:
        """Of a long question, the works that hold as much of it as `matching.enough` says."""
        size = self.state.size
        mass = np.zeros(size, np.float32)
        every = among
        for bits in counted:
            every &= bits
            if bits & among:
                mask = mask_of(bits & among, size)
                mass[mask] += self._rare(bits.bit_count())
        if not every:
            self.partial = True
        least = matching.enough(mass)
        return bits_of(
            np.flatnonzero((mass >= max(least, 1e-6)).astype(np.uint8)).astype(np.int32), size
        )

    def _scored(self, node: Node) -> Iterable[Word | Prefix | Phrase]:
        match node:
            case Word() | Prefix() | Phrase():
                yield node
            case Or(nodes):
                for inner in nodes:
                    yield from self._scored(inner)
            case And(nodes):
                sorted_out = matching.clauses(nodes, self.languages)
                for inner in (*sorted_out.required, *sorted_out.counted):
                    yield from self._scored(inner)
                yield from (word for word in sorted_out.optional if self._is_rare(word))
            case _:
                return

    def _is_rare(self, word: Word) -> bool:
        holders = sum(
            self.state.holders("body", term)
            for slot in matching.slots(word, self.languages)
            for term in slot
        )
        return holders <= COMMON * self._speakers(word)

    def _speakers(self, word: Word) -> int:
        """How many works are in a language whose function word this is; all, where none is: a
        library of few works in Hindi says the words of Hindi that tell nothing seldom."""
        spoken = [
            language
            for language in self.state.spoken()
            if matching.is_function_word(word, (language,))
        ]
        return (self.state.under("language", spoken) if spoken else 0) or self.state.works

    def _held(self, leaf: Word | Prefix | Phrase) -> Held:
        if isinstance(leaf, Word) and (leaf.also or leaf.names):
            return widened(self, leaf) if matching.ways(leaf, self.languages) else NOTHING
        return super()._held(leaf)


def holding(sets: Sequence[int], among: int) -> list[int]:
    """For 0, 1, 2 … all of these bit sets: the numbers that are in at least so many of them."""
    reached = [among, *[0] * len(sets)]
    for bits in sets:
        for count in range(len(sets), 0, -1):
            reached[count] |= reached[count - 1] & bits
    return reached
