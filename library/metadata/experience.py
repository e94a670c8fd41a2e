"""What a library's own staff have said of its documents, and what that tells of a new one.

Counts: how often staff said a value of documents for which it was guessed as surely, how often
of documents of the same house (publisher), and how often of the documents that are most like it
(neighbours.py). Each count is drawn towards the wider one, so that a few documents change little.
What is then likely enough is shown although the guess by itself was a suggestion; how likely that
is, the library's own documents say, each left out in turn: where fewer than WANTED of the values
that would be shown are what staff said, none is. What staff keep refusing is a suggestion again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.fields import FACET
from library.core.resource import Evidence, Statement
from library.metadata.decision import BELIEVED
from library.metadata.nature import FACETS, MOST
from library.metadata.neighbours import Neighbours
from library.metadata.text_lines import folded

ENOUGH = 12  # documents whose field staff have said, below which nothing is learned
LEARNED = (*FACETS, "topic", "group")
"""Fields that staff's words teach."""
WANTED = 0.85  # of values that are shown because of others, how many must be what staff say
TRIED = 5  # values that would be shown, from which their share says something
UNTRIED = 0.9  # how likely a value must be where fewer were
SHOWN = 0.8  # where all that were tried would do
LEAST = 0.5  # and below which none is tried
LATEST = 200  # documents that are left out in turn, and whose neighbours are known
REFUSED = 0.55  # how unlikely a shown value must be to become a suggestion
HIDDEN = 0.28  # how sure what was refused stays, for staff to look at
# A guess is surer from band to band; the last are shown. How often each is right at first.
_BANDS = (0.0, 0.12, 0.22, BELIEVED)
_AT_FIRST = (0.01, 0.12, 0.25, 0.42, 0.87)
_WIDE, _NARROW, _HOUSE = 12.0, 6.0, 3.0  # documents that the wider count is worth
_LEAST, _MOST = 0.6, 8.0  # times likelier that a house can make a value
_NEAR = 1.0  # likeness of neighbours that the wider count is worth
_LEAST_NEAR, _MOST_NEAR = 0.4, 6.0  # times likelier that neighbours can make it


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A document whose field staff have said. guessed: value → how sure its guess was.

    marks: by what it is like others (neighbours.marks_of).
    """

    house: str
    guessed: Mapping[str, float]
    said: frozenset[str]
    marks: frozenset[str] = frozenset()


@dataclass(slots=True)
class Experience:
    """The counts of one field."""

    documents: int = 0
    # Of guesses alone; band 0 is of every value that was said or guessed of any document, where it
    # was not guessed, and follows from the others.
    bands: Counter[int] = field(default_factory=Counter)
    bands_right: Counter[int] = field(default_factory=Counter)
    cells: Counter[tuple[str, int]] = field(default_factory=Counter)
    cells_right: Counter[tuple[str, int]] = field(default_factory=Counter)
    values: set[str] = field(default_factory=set)
    said: Counter[str] = field(default_factory=Counter)
    houses: Counter[str] = field(default_factory=Counter)
    houses_said: Counter[tuple[str, str]] = field(default_factory=Counter)
    known: list[Confirmed] = field(default_factory=list)  # the latest, with their neighbours
    neighbours: Neighbours = field(default_factory=Neighbours)
    _bar: float | None = None

    def add(self, document: Confirmed) -> None:
        """Count one document more."""
        self._count(document, 1)
        self.values |= document.said | document.guessed.keys()
        if len(self.known) < LATEST:
            self.known.append(document)
            self.neighbours.add(document.marks)
            self._bar = None

    def _count(self, document: Confirmed, one: int) -> None:
        """Counts a document, or with -1 takes it out of the counts again."""
        self.documents += one
        house = folded(document.house)
        for value in document.said:
            self.said[value] += one
            if house:
                self.houses_said[house, value] += one
        if house:
            self.houses[house] += one
        for value, sure in document.guessed.items():
            if band := band_of(sure):
                self.bands[band] += one
                self.cells[value, band] += one
                if value in document.said:
                    self.bands_right[band] += one
                    self.cells_right[value, band] += one

    def all_likely(
        self, sure: Mapping[str, float], house: str, marks: frozenset[str], *, without: int = -1
    ) -> dict[str, float]:
        """Every value that anything speaks for → how likely it is.

        sure: the guesses. house: folded. without: the number of a document that is left out.
        """
        near = self.neighbours.of(marks, without=without) if marks else ()
        said_near = {value for number, _ in near for value in self.known[number].said}
        return {
            value: self.likely(value, sure.get(value, 0.0), house, self._lift(value, near))
            for value in sorted({*sure, *self.of_house(house), *said_near})
        }

    def bar(self) -> float:
        """How likely a value must be to be shown though its guess is not."""
        if self._bar is None:
            self._bar = self._tried()
        return self._bar

    def _tried(self) -> float:
        """The bar, by leaving out each of the latest documents in turn."""
        would: list[tuple[float, bool]] = []
        for number, one in enumerate(self.known):
            self._count(one, -1)
            likely = self.all_likely(one.guessed, folded(one.house), one.marks, without=number)
            self._count(one, 1)
            would += [
                (p, value in one.said)
                for value, p in likely.items()
                if p >= LEAST and one.guessed.get(value, 0.0) < BELIEVED
            ]
        would.sort(reverse=True)
        if len(would) < TRIED:
            return UNTRIED
        right, bar = 0, 1.01
        for count, (p, is_right) in enumerate(would, 1):
            right += is_right
            if count >= TRIED and right >= WANTED * count:
                bar = p if count < len(would) else min(p, SHOWN)
        return bar

    def _lift(self, value: str, near: Sequence[tuple[int, float]]) -> float:
        """How many times likelier the nearest documents make a value."""
        whole = sum(alike for _, alike in near)
        if not whole:
            return 1.0
        base = (self.said[value] + 0.5) / (self.documents + 5)
        times = sum(alike for number, alike in near if value in self.known[number].said)
        rate = (times + base * _NEAR) / (whole + _NEAR)
        return min(_MOST_NEAR, max(_LEAST_NEAR, rate / base))

    def likely(self, value: str, sure: float, house: str, lift: float = 1.0) -> float:
        own = self._of_band(value, band_of(sure))
        # What is shown already is not doubted for its neighbours, which may be of other kinds.
        odds = own / (1.001 - own) * (max(1.0, lift) if sure >= BELIEVED else lift)
        own = odds / (1 + odds)
        documents, times = self.houses[house], self.houses_said[house, value]
        if not documents:
            return own
        # How much more often of this house than of all, on the side of caution.
        base = (self.said[value] + 0.5) / (self.documents + 5)
        rate = (times + base * _HOUSE) / (documents + _HOUSE)
        odds = own / (1.001 - own) * min(_MOST, max(_LEAST, rate / base))
        joined = (own * _HOUSE + times) / (_HOUSE + documents) if sure else 0.0
        return max(joined, odds / (1 + odds))

    def _of_band(self, value: str, band: int) -> float:
        times, right = self._times(band)
        parent = (_AT_FIRST[band] * _WIDE + right) / (_WIDE + times)
        own, own_right = self.cells[value, band], self.cells_right[value, band]
        if not band and value in self.values:
            guesses = range(1, len(_AT_FIRST))
            own = self.documents - sum(self.cells[value, each] for each in guesses)
            right = sum(self.cells_right[value, each] for each in guesses)
            own_right = self.said[value] - right
        return (parent * _NARROW + own_right) / (_NARROW + own)

    def _times(self, band: int) -> tuple[int, int]:
        """How often any value was guessed as surely, and how often it was right."""
        if band:
            return self.bands[band], self.bands_right[band]
        return (
            self.documents * len(self.values) - self.bands.total(),
            self.said.total() - self.bands_right.total(),
        )

    def of_house(self, house: str) -> list[str]:
        """Values that staff said of most of the documents of a house."""
        documents = self.houses[house]
        return [
            v for (h, v), count in self.houses_said.items() if h == house and 2 * count > documents
        ]


def experience(confirmed: Sequence[Confirmed]) -> Experience:
    result = Experience()
    for document in confirmed:
        result.add(document)
    return result


def band_of(sure: float) -> int:
    return sum(sure >= least for least in _BANDS) if sure > 0 else 0


def guessed(statements: Sequence[Statement], name: str) -> dict[str, float]:
    """Value → how sure the surest guess of it is."""
    result: dict[str, float] = {}
    for statement in statements:
        if statement.field == name and statement.source == "guess":
            for value in (
                (statement.value,) if isinstance(statement.value, str) else statement.value
            ):
                result[value] = max(result.get(value, 0.0), statement.confidence)
    return result


def learned(
    statements: Sequence[Statement],
    house: str,
    confirmed: Mapping[str, Experience | Sequence[Confirmed]],
    marks: frozenset[str] = frozenset(),
) -> tuple[Statement, ...]:
    """The statements of a document as the experience of its library has them.

    confirmed: field → the documents whose field staff have said, or the counts of them. marks: by
    what this one is like them. What staff or the file say of this one stands as it is.
    """
    result = list(statements)
    key = folded(house)
    for name in LEARNED:
        held = confirmed.get(name, ())
        if any(s.field == name and s.source == "staff" for s in statements):
            continue
        known = held if isinstance(held, Experience) else experience(held)
        if known.documents < ENOUGH:
            continue
        sure = guessed(statements, name)
        likely = known.all_likely(sure, key, marks)
        before = {value for value, confidence in sure.items() if confidence >= BELIEVED}
        bar = known.bar() if any(p >= LEAST for v, p in likely.items() if v not in before) else 1.0
        kept = {v for v, p in likely.items() if p >= (REFUSED if v in before else bar)}
        if kept == before:
            continue
        ranked = sorted(kept, key=lambda value: (-likely[value], value))
        ranked = ranked[: 1 if FACET[name].single else MOST]
        own = [guess for guess in result if guess.field == name and guess.source == "guess"]
        result = [guess for guess in result if guess not in own]
        result += [
            Statement(name, guess.value, "guess", guess.evidence, min(guess.confidence, HIDDEN))
            for guess in own
        ]
        if ranked:
            value = ranked[0] if FACET[name].single else tuple(ranked)
            evidence = tuple(_evidence(v, own, house, known, key) for v in ranked)
            least = min(likely[v] for v in ranked)
            result.append(Statement(name, value, "guess", evidence, round(max(0.3, least), 3)))
    return tuple(result)


def _evidence(
    value: str, own: Sequence[Statement], house: str, known: Experience, key: str
) -> Evidence:
    """The words that the guess came from, or the documents of the house."""
    times, documents = known.houses_said[key, value], known.houses[key]
    if key and times and 2 * times > documents:
        return Evidence(0, f"{house}: {value}, {times} / {documents}")
    for guess in own:
        if value == guess.value or value in guess.value:
            return guess.evidence[0] if guess.evidence else Evidence(0, value)
    return Evidence(0, value)
