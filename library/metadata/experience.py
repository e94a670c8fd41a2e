"""What a library's own staff have said of its documents, and what that tells of a new one.

Counts alone: how often staff said a value of documents for which it was guessed as surely, and
how often of documents of the same house (publisher). Each count is drawn towards the wider one,
so that a few documents change little. What is then likely enough is shown although the guess by
itself was a suggestion; what staff keep refusing is a suggestion again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.fields import FACET
from library.core.resource import Evidence, Statement
from library.metadata.decision import BELIEVED
from library.metadata.nature import FACETS, MOST
from library.metadata.text_lines import folded

ENOUGH = 12  # documents whose field staff have said, below which nothing is learned
SHOWN = 0.8  # how likely a value must be to be shown because of what staff said of others
REFUSED = 0.55  # how unlikely a shown value must be to become a suggestion
HIDDEN = 0.28  # how sure what was refused stays, for staff to look at
# A guess is surer from band to band; the last are shown. How often each is right at first.
_BANDS = (0.0, 0.12, 0.22, BELIEVED)
_AT_FIRST = (0.01, 0.12, 0.25, 0.42, 0.87)
_WIDE, _NARROW, _HOUSE = 12.0, 6.0, 3.0  # documents that the wider count is worth
_LEAST, _MOST = 0.6, 8.0  # times likelier that a house can make a value


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A document whose field staff have said. guessed: value → how sure its guess was."""

    house: str
    guessed: Mapping[str, float]
    said: frozenset[str]


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

    def add(self, document: Confirmed) -> None:
        """Count one document more."""
        self.documents += 1
        house = folded(document.house)
        self.said.update(document.said)
        self.values |= document.said | document.guessed.keys()
        if house:
            self.houses[house] += 1
            self.houses_said.update((house, value) for value in document.said)
        for value, sure in document.guessed.items():
            if band := band_of(sure):
                self.bands[band] += 1
                self.cells[value, band] += 1
                if value in document.said:
                    self.bands_right[band] += 1
                    self.cells_right[value, band] += 1

    def likely(self, value: str, sure: float, house: str) -> float:
        own = self._of_band(value, band_of(sure))
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
) -> tuple[Statement, ...]:
    """The statements of a document as the experience of its library has them.

    confirmed: field → the documents whose field staff have said, or the counts of them. What staff
    or the file say of this one stands as it is.
    """
    result = list(statements)
    key = folded(house)
    for name in FACETS:
        held = confirmed.get(name, ())
        if any(s.field == name and s.source == "staff" for s in statements):
            continue
        known = held if isinstance(held, Experience) else experience(held)
        if known.documents < ENOUGH:
            continue
        sure = guessed(statements, name)
        likely = {
            value: known.likely(value, sure.get(value, 0.0), key)
            for value in {*sure, *known.of_house(key)}
        }
        before = {value for value, confidence in sure.items() if confidence >= BELIEVED}
        kept = {v for v, p in likely.items() if p >= (REFUSED if v in before else SHOWN)}
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
