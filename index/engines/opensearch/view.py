"""The whole library as a server tells of it, at one moment: what answering asks of a state of all
works, where sets of works are questions (works.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from index.answering import synonyms, variants
from index.answering.leaves import EXPANSIONS, NOTHING, Leaves
from index.answering.spelling import LONGEST_RUN
from index.columns.terms import to_bytes
from index.engines.opensearch import schema
from index.engines.opensearch.asked import Served, any_of, labelled, saying
from index.engines.opensearch.documents import Candidate, version_of
from index.engines.opensearch.lessons import Lesson
from index.engines.opensearch.remembered import Candidates, Remembered
from index.engines.opensearch.server import Gone, Server
from index.engines.opensearch.terms import LONGEST, sent
from index.engines.opensearch.works import Clause, Works, either
from index.fields import FIELDS
from index.inversion import SURFACE, as_printed, surface_of, surfaces
from index.meaning import Learned
from index.query import Phrase, Prefix, Word
from index.text import analysis, matching
from index.text.spelling import LONGEST as LETTERS

SIZES = 20_000  # sets of works whose size is remembered
LISTED = 200_000  # words in lists that are
MEANT = 1_024  # sets that are, by what they mean
SAID = 3.0  # how often a work says a word that it holds, about: only costs hang on it
SLIPS = 2  # as many as a server looks for


class Labels:
    """The values of a facet, each the works under it; there is none that it does not know."""

    def __init__(self, view: View, facet: str) -> None:
        self._view = view
        self._facet = facet

    def get(self, value: str, default: object = None) -> Works:
        return Works(self._view, (labelled(self._facet, (value,)),))

    __getitem__ = get


class Facets:
    """Every facet, by name."""

    def __init__(self, view: View) -> None:
        self._view = view

    def get(self, facet: str, default: object = None) -> Labels:
        return Labels(self._view, facet)

    __getitem__ = get


class OtherNames:
    """Which names that a concept has are looked for, counted when they are first asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known = Remembered(MEANT)

    def get(self, names: frozenset[tuple[str, str]]) -> synonyms.Names:
        return self._known.get(names, lambda: self._chosen(names))

    def _chosen(self, names: frozenset[tuple[str, str]]) -> synonyms.Names:
        view = self._view
        every = (matching.slots(Phrase(text), (language,)) for language, text in names)
        view.sizes([view.said_by(slots) for slots in every if slots])
        best = synonyms.chosen(names, view.saying)
        return synonyms.Names(
            tuple(name for _, name, _ in best), tuple(slots for _, _, slots in best), NOTHING
        )


class View:
    """What a server says, remembered until something changes."""

    def __init__(
        self,
        server: Server,
        generation: str,
        stamp: str,
        languages: Sequence[str],
        candidates: Candidates,
        lesson: Lesson | None,
    ) -> None:
        self.server = server
        self.index = generation
        self.listing = f"{generation}-words"
        self.name = stamp
        self.languages = languages
        self.candidates = candidates
        self.lesson = lesson
        self.learned = lesson.learned if lesson else None
        self.places = lesson.places if lesson else {}
        self.everything = Works(self)
        self.labels = Facets(self)
        self.names = OtherNames(self)
        self._sizes = Remembered(SIZES)
        self._lists = Remembered(LISTED, lambda listed: len(listed) + 4)
        self._known = Remembered(MEANT)
        self._describe()

    def _describe(self) -> None:
        mean = {f.name: {"avg": {"field": f"length.{f.name}"}} for f in FIELDS}
        answer = self.server.search(
            self.index,
            {
                "size": 0,
                "track_total_hits": True,
                "aggs": {
                    **mean,
                    "share": {"avg": {"field": "share"}},
                    "language": {"terms": {"field": "label.language", "size": schema.VALUES}},
                },
            },
        )
        self.works: int = answer["hits"]["total"]["value"]
        self.size = self.works
        told = answer["aggregations"]
        self._means = {name: told[name]["value"] or 0.0 for name in (*mean, "share")}
        self._spoken = [bucket["key"] for bucket in told["language"]["buckets"]]

    def mean(self, field: str) -> float:
        """How many words a field has, of works that have any; "share": how many a stretch has."""
        return float(self._means[field])

    def spoken(self) -> Iterable[str]:
        return self._spoken

    def ask(self, body: Mapping[str, Any]) -> Any:
        """What a search among works answers."""
        return self.server.search(self.index, body)

    def sizes(self, sets: Sequence[Any]) -> list[int]:
        """How many works each of these sets holds, asked at once."""
        self.at_once(sets)
        return [self._sizes.known(one.key) if isinstance(one, Works) else 0 for one in sets]

    def at_once(self, sets: Sequence[Any], bodies: Sequence[Mapping[str, Any]] = ()) -> list[Any]:
        """What searches among works answer; in the same request, how many works some sets hold,
        where that is not known yet."""
        asked = {
            one.key: one.query
            for one in sets
            if isinstance(one, Works) and self._sizes.known(one.key) is None
        }
        counting = [
            {"size": 0, "track_total_hits": True, "query": query} for query in asked.values()
        ]
        answers = self.server.searches(self.index, [*bodies, *counting])
        for key, answer in zip(asked, answers[len(bodies) :], strict=True):
            self._sizes.put(key, answer["hits"]["total"]["value"])
        return answers[: len(bodies)]

    def holders(self, field: str, term: str) -> int:
        return self.sizes([self.of_terms(field, (term,))])[0]

    def often(self, field: str, term: str) -> float:
        return SAID * self.holders(field, term)

    def holding(self, field: str, terms: Sequence[str]) -> int:
        return self.sizes([self.of_terms(field, terms)])[0]

    def under(self, facet: str, values: Iterable[str]) -> int:
        return self.sizes([Works(self, (labelled(facet, values),))])[0]

    def of_terms(self, field: str, terms: Iterable[str]) -> Works:
        """The works that hold any of these terms in a field."""
        return Works(self, (any_of(field, terms),))

    def lexicon(self, field: str, prefix: str) -> Sequence[tuple[str, int]]:
        """Of the words that begin so, the EXPANSIONS that the most works hold."""
        return self._lists.get((field, prefix), lambda: self._list(field, prefix))

    def _list(self, field: str, prefix: str) -> Sequence[tuple[str, int]]:
        whole = surfaces("")
        if prefix.endswith(whole):
            clause: dict[str, Any] = {"term": {"folded": sent(prefix.removesuffix(whole))}}
        elif len(sent(prefix)) > LONGEST:
            return ()
        else:
            clause = {"prefix": {"term": sent(prefix)}} if prefix else {"match_all": {}}
        found = [(term, works) for term, works in self._listed(field, clause)]
        return sorted(found, key=lambda one: to_bytes(one[0]))

    def look_up(self, words: Iterable[str]) -> None:
        """Ask at once how some folded words are printed."""
        start = surfaces("")
        asked = {
            sent(word): word
            for word in dict.fromkeys(words)
            if self._lists.known((SURFACE, word + start)) is None
        }
        if not asked:
            return
        found: dict[str, list[tuple[str, int]]] = {word: [] for word in asked.values()}
        listed = [*self._listed(SURFACE, {"terms": {"folded": [*asked]}})]
        for term, works in listed:
            if (own := found.get(surface_of(term)[0])) is not None:
                own.append((term, works))
        if len(listed) < EXPANSIONS:
            for word, own in found.items():
                terms = sorted(own, key=lambda one: to_bytes(one[0]))
                self._lists.put((SURFACE, word + start), terms)

    def to_look_up(self, words: Iterable[Word]) -> Iterable[str]:
        """What is looked up to tell which words look like some."""
        noted = _Noting(self.learned, self.languages)
        for word in words:
            variants.lookalikes(cast(Leaves, noted), word)
        return noted.wanted

    def _listed(self, field: str, clause: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        answer = self.server.search(
            self.listing,
            {
                "size": EXPANSIONS,
                "track_total_hits": False,
                "_source": ["kept", "works"],
                "sort": [{"works": "desc"}, {"term": "asc"}],
                "query": {"bool": {"filter": [{"term": {"field": field}}, clause]}},
            },
        )
        for hit in answer["hits"]["hits"]:
            yield hit["_source"]["kept"], hit["_source"]["works"]

    @property
    def words(self) -> Sequence[Near]:
        return (Near(self),)

    def near(self, typed: str, most: int) -> Sequence[tuple[str, str, int]]:
        """(folded, as printed, how many works hold it) of words so many slips from what was typed:
        of those that the most works hold."""
        if len(typed) > min(LONGEST, LETTERS):
            return ()
        if len(typed) <= LONGEST_RUN:  # it may be two words, too
            ends = range(1, len(typed))
            self.look_up([part for at in ends for part in (typed[:at], typed[at:])])
        asked = {"value": sent(typed), "fuzziness": min(most, SLIPS), "max_expansions": EXPANSIONS}
        clause = {"fuzzy": {"folded": {**asked, "rewrite": "constant_score"}}}

        def listed() -> Sequence[tuple[str, str, int]]:
            return [(*surface_of(term), works) for term, works in self._listed(SURFACE, clause)]

        return self._lists.get(("near", typed, most), listed)

    # What a word is rare by

    def known(self, key: object) -> int:
        return self.sizes([self.meant(key)])[0]

    def meant(self, key: object) -> Works:
        """The works that hold what a key of `State.counted` says."""
        return self._known.get(key, lambda: self._meant(key))

    def _meant(self, key: object) -> Works:
        asked = Served(self)
        match key:
            case Word() | Prefix() | Phrase():
                return cast(Works, asked.matched(key))
            case ("exact", Word() as word):
                return self.of_terms(SURFACE, (term for term, _ in self.printed(word)))
            case ("typed", Word() as word):
                written = as_printed(word.text)
                return self.of_terms(
                    SURFACE, (term for term, own in self.printed(word) if own == written)
                )
            case ("alike", Word() as word):
                terms = [*variants.lookalikes(asked, word)]
                said = [any_of(field, terms) for field, _ in variants.SAID_IN]
                return Works(self, (either(said),))
            case ("names", frozenset() as names):
                return Works(self, (either([*saying(self.chosen(names))]),))
            case ("filed", frozenset() as also):
                filed = [labelled(facet, (value,)) for facet, value in sorted(also)]
                return Works(self, (either(filed),))
        raise LookupError(f"nobody knows what {key!r} is")

    def printed(self, word: Word) -> Iterator[tuple[str, str]]:
        """The terms of a word just as it was typed, in any writing, and how each is printed."""
        for _, token in analysis.placed(word.text):
            for term, _ in self.lexicon(SURFACE, surfaces(token.text)):
                yield term, surface_of(term)[1]

    def chosen(self, names: frozenset[tuple[str, str]]) -> Sequence[synonyms.Slots]:
        """Of other names, those that are looked for."""
        return self.names.get(names).slots

    def saying(self, slots: tuple[matching.Slot, ...]) -> int:
        return self.sizes([self.said_by(slots)])[0]

    def said_by(self, slots: synonyms.Slots) -> Works:
        return Works(self, (either([*saying([slots], synonyms.CHOSEN_BY)]),))

    # Candidates

    def found(
        self, body: Mapping[str, Any], ask: Callable[[Mapping[str, Any]], Any] | None = None
    ) -> list[Candidate]:
        """The works of a search, with all but their texts. ask: who asks the server for them."""
        return self.candidates.of((ask or self.ask)(whole(body))["hits"]["hits"])

    def these(self, ids: Sequence[str], among: Works | None = None) -> list[Candidate]:
        """Those of these works that there are, in this order."""
        if not ids:
            return []
        filters: list[Clause] = [{"ids": {"values": [*ids]}}]
        if among is not None:
            filters.append(among.query)
        query = {"bool": {"filter": filters}}
        found = {one.id: one for one in self.found({"query": query, "size": len(ids)})}
        return [found[id] for id in ids if id in found]

    def tell(self, candidates: Sequence[Candidate]) -> None:
        """Bring their texts. Raises Gone where one of them is another by now."""
        silent = {one.id: one for one in candidates if not one.told}
        if not silent:
            return
        body = {
            "query": {"ids": {"values": [*silent]}},
            "size": len(silent),
            "stored_fields": ["_id", schema.TEXTS],
            "seq_no_primary_term": True,
        }
        for hit in self.ask(body)["hits"]["hits"]:
            candidate = silent.pop(hit["_id"])
            if candidate.version != version_of(hit):
                raise Gone(candidate.id)
            candidate.tell(hit["fields"][schema.TEXTS][0])
        if silent:
            raise Gone(next(iter(silent)))


def whole(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A search for works with all but their texts."""
    return {**body, "stored_fields": ["_id", schema.BLOB], "seq_no_primary_term": True}


class _Noting:
    """Notes which words would be looked up, and finds none of them."""

    def __init__(self, learned: Learned | None, languages: Sequence[str]) -> None:
        self.learned = learned
        self.languages = languages
        self.state = self
        self.wanted: dict[str, None] = {}

    def lexicon(self, field: str, prefix: str) -> Sequence[tuple[str, int]]:
        self.wanted[prefix.removesuffix(surfaces(""))] = None
        return ()


class Near:
    """The words of a library, as `index.text.spelling` looks for one that may be meant."""

    def __init__(self, view: View) -> None:
        self._view = view

    def like(self, typed: str, most: int) -> Iterable[tuple[str, str, int]]:
        return self._view.near(typed, most)
