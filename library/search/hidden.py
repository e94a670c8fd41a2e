"""What the catalogue hides and the index does not know of yet, taken out of what an index answers.

A work that is withdrawn is owed to the index in the same transaction, and gone from it a moment
later, unless somebody else is writing the index. Until then it is taken out here: of hits, totals,
counts, words that may be meant and words that a beginning may become. That costs a search or two
more for each answer, and nothing where nothing is owed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from index.engine import SearchEngine
from index.fields import FILED, NOT_STATED
from index.query import Query, Years
from index.results import Hit, Results, Term
from index.text.syntax import parse
from library.catalogue import Catalogue
from library.catalogue.queue import tasks
from library.vocabularies import Vocabularies

ALL = 1_000_000  # works: more than any library has
YEAR = "year"

Labels = Mapping[str, frozenset[str]]  # by facet, and of its year


@dataclass(frozen=True, slots=True)
class Veil:
    """Works that are not to be seen, each with the labels that it is counted under."""

    works: Mapping[str, Labels]

    def __bool__(self) -> bool:
        return bool(self.works)

    def over(self, engine: SearchEngine, query: Query, results: Results) -> Results:
        """An answer of an engine, as if it did not hold these works. Raises IndexUnusable."""
        gone = self._found(engine, query)

        def found_without(facet: str) -> frozenset[str]:
            years = Years() if facet == YEAR else query.years
            if facet not in query.chosen and years == query.years:
                return gone
            chosen = {name: values for name, values in query.chosen.items() if name != facet}
            return self._found(engine, replace(query, chosen=chosen, years=years))

        return replace(
            results,
            total=max(0, results.total - len(gone)),
            hits=self.among(results.hits),
            more=self.among(results.more),
            elsewhere=self.among(results.elsewhere),
            counts={
                facet: self._less(facet, counts, found_without(facet))
                for facet, counts in results.counts.items()
            },
            suggestion=results.suggestion
            if results.suggestion and self._seen(engine, results.suggestion)
            else None,
            names=tuple(name for name in results.names if self._seen(engine, name[1])),
        )

    def among(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(hit for hit in hits if hit.id not in self.works)

    def terms(self, engine: SearchEngine, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """Those that other works hold too."""
        kept = ((term, self._seen(engine, term.text)) for term in terms)
        return tuple(Term(term.text, min(term.count, seen)) for term, seen in kept if seen)

    def _seen(self, engine: SearchEngine, words: str) -> int:
        """How many works that may be seen hold words."""
        query = Query(parse(words).tree, size=ALL, excerpts=False, beyond=False)
        return len({hit.id for hit in engine.search(query).hits} - self.works.keys())

    def _found(self, engine: SearchEngine, query: Query) -> frozenset[str]:
        whole = replace(query, page=1, size=ALL, excerpts=False, beyond=False)
        return frozenset(hit.id for hit in engine.search(whole).hits) & self.works.keys()

    def _less(
        self, facet: str, counts: Mapping[str, int], gone: frozenset[str]
    ) -> Mapping[str, int]:
        left = dict(counts)
        for id_ in gone:
            for value in self.works[id_].get(facet) or {NOT_STATED}:
                left[value] = left.get(value, 0) - 1
        return {value: number for value, number in left.items() if number > 0}


NOTHING = Veil({})


class Hidden:
    """The veil of the moment, asked for with every answer.

    words: the vocabularies as they are now.
    """

    def __init__(self, catalogue: Catalogue, words: Callable[[], Vocabularies]) -> None:
        self._catalogue = catalogue
        self._words = words
        self._known: tuple[object, Veil] | None = None

    def veil(self, generation: str) -> Veil:
        """What is owed to an index of this generation and hidden. Raises NotUsable."""
        moment = (self._catalogue.revision(), generation)
        known = self._known
        if known is None or known[0] != moment:
            known = self._known = (moment, self._made())
        return known[1]

    def _made(self) -> Veil:
        with self._catalogue.read() as conn:
            ids = sorted(tasks.hidden(conn))
        return Veil({id_: self._labels(id_) for id_ in ids}) if ids else NOTHING

    def _labels(self, id_: str) -> Labels:
        resource = self._catalogue.resource(id_, public=False)
        if resource is None:
            return {}
        words, date = self._words(), resource.date
        labels = {facet: frozenset(words.expand(facet, resource.filed(facet))) for facet in FILED}
        labels["language"] = frozenset(resource.languages)
        return {**labels, YEAR: frozenset([str(date.year)] if date else [])}
