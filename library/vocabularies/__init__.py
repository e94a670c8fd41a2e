"""The controlled vocabularies: what readers narrow by, in every language the library speaks."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from library.vocabularies import cldr
from library.vocabularies.concept import Concept, Scheme
from library.vocabularies.files import PLACES, path_of, read_scheme
from library.vocabularies.folding import key
from library.vocabularies.lookup import Label, found_by
from library.vocabularies.mentions import STRONG, WEAK, Matcher, Mention, Phrase
from library.vocabularies.mentions import mentions as find_mentions

__all__ = ["Concept", "Mention", "Scheme", "Vocabularies"]

FILES = ("topic", "group", "audience", "use", "kind")
"""The facets whose concepts stand in a file of that name."""

NAMED = ("topic", "group", "audience", "use", "kind", "place")
"""The facets whose concepts a question can name."""

MENTIONED = ("topic", "group", "place")
"""The facets that a document's own words can suggest."""


class Vocabularies:
    """Every scheme, by facet; nothing here changes once loaded."""

    def __init__(self, schemes: Mapping[str, Scheme], languages: tuple[str, ...], version: str):
        self.schemes = schemes
        self.languages = languages
        self.version = version
        self._narrower = {
            (facet, id): tuple(below)
            for facet, scheme in schemes.items()
            for id, below in _narrower(scheme).items()
        }
        self._named: Mapping[tuple[str, ...], set[tuple[str, str, bool]]] = {}
        self._labels: dict[str, Mapping[tuple[str, ...], str]] = {}
        self._matchers: dict[str, tuple[Matcher, ...]] = {}

    @classmethod
    def load(cls, languages: Sequence[str], folder: Path | None = None) -> Vocabularies:
        """The vocabularies for a library in these languages, the site's first language first.

        A file in `folder` (`topic.toml`, …, `places.toml`) stands in for the one shipped here.
        Read once in a process. Raises NotUsable for a fault in a file.
        """
        return _load(tuple(dict.fromkeys(_base(language) for language in languages)), folder)

    def concept(self, facet: str, id: str) -> Concept | None:
        """The concept of that id, or of the id it was renamed to."""
        scheme = self.schemes.get(facet)
        return scheme.concepts.get(scheme.renamed.get(id, id)) if scheme else None

    def current(self, facet: str, id: str) -> str:
        """The id that `id` has now: another one where it was renamed, else itself."""
        concept = self.concept(facet, id)
        return concept.id if concept else id

    def renamed(self, facet: str, id: str) -> str | None:
        """The id that a former id has now; None where it is not a former one."""
        scheme = self.schemes.get(facet)
        return scheme.renamed.get(id) if scheme else None

    def matching(
        self, facet: str, typed: str, ids: Iterable[str], language: str
    ) -> Mapping[str, Label]:
        """Those of `ids` that have a label, in any language, whose words begin as those typed.

        Each with the (language, label) that did, where a reader of `language` would wonder why it
        is there; both "" where it is the one shown, or hidden: that finds, and is never shown.
        """
        found: dict[str, Label] = {}
        spoken = (language, *self.languages)
        for id in ids:
            concept = self.concept(facet, id)
            if concept is None:
                continue
            label = found_by(typed, concept, self.label(facet, id, language), spoken)
            if label is not None:
                found[id] = label
        return found

    def label(self, facet: str, id: str, language: str) -> str:
        """What to show: in the language, else in English, else the id made readable."""
        concept = self.concept(facet, id)
        preferred = concept.preferred if concept else {}
        if facet == "language" and concept and concept.id == _base(language):
            preferred = {language: cldr.own_name(concept.id) or preferred["en"]}
        for choice in (language, _base(language), "en"):
            if choice in preferred:
                return preferred[choice]
        words = id.replace("-", " ").replace("_", " ").strip()
        return words[:1].upper() + words[1:]

    def order(self, facet: str) -> tuple[str, ...]:
        """Every id, as the scheme lists them."""
        scheme = self.schemes.get(facet)
        return tuple(scheme.concepts) if scheme else ()

    def broader(self, facet: str, id: str) -> str | None:
        """The id of the concept above, if there is one."""
        concept = self.concept(facet, id)
        return concept.broader or None if concept else None

    def narrower(self, facet: str, id: str) -> tuple[str, ...]:
        """The ids of the concepts right below, in order."""
        concept = self.concept(facet, id)
        return self._narrower.get((facet, concept.id), ()) if concept else ()

    def expand(self, facet: str, ids: Iterable[str]) -> tuple[str, ...]:
        """These ids as they are now, each followed by all above it; an unknown one stays."""
        expanded: dict[str, None] = {}
        for id in ids:
            concept = self.concept(facet, id)
            above: str | None = concept.id if concept else id
            while above:
                expanded[above] = None
                above = self.broader(facet, above)
        return tuple(expanded)

    def find(self, facet: str, text: str) -> str | None:
        """The id that `text` means: an id, a code, or any label in any language."""
        scheme = self.schemes.get(facet)
        text = text.strip()
        if scheme is None or not text:
            return None
        small = text.lower()
        for id in (small, scheme.renamed.get(small), *_codes(facet, text)):
            if id in scheme.concepts:
                return id
        labels = self._find_by(scheme)
        for language in ("", *self.languages):
            if found := labels.get(key(text, language)):
                return found
        return None

    def named(self, text: str, *, alone: bool) -> frozenset[tuple[str, str]]:
        """(facet, id) of each concept that words of a question name, by any label in any language.

        A weak label names its concept only when it stands `alone` in the question.
        """
        found: set[tuple[str, str]] = set()
        for language in ("", *self.languages):
            for facet, id, weak in self._names().get(key(text, language), ()):
                if alone or not weak:
                    found.add((facet, id))
        return frozenset(found)

    def mentions(self, text: str, language: str) -> Iterator[Mention]:
        """Topics, groups and places that a text in `language` names (`""`: not known), with
        where and how surely: whole words, the longest label first, facet by facet.
        """
        language = _base(language)
        if language not in self._matchers:
            self._matchers[language] = tuple(
                Matcher(facet, language, self._phrases(facet, language)) for facet in MENTIONED
            )
        return find_mentions(text, self._matchers[language])

    def _names(self) -> Mapping[tuple[str, ...], set[tuple[str, str, bool]]]:
        if not self._named:
            named: dict[tuple[str, ...], set[tuple[str, str, bool]]] = {}
            for facet in NAMED:
                for concept in self.schemes[facet].concepts.values():
                    for language, label in concept.labels():
                        weak = label in concept.weak.get(language, ())
                        for spelling in {key(label), key(label, language)}:
                            if spelling:
                                named.setdefault(spelling, set()).add((facet, concept.id, weak))
            self._named = named
        return self._named

    def _find_by(self, scheme: Scheme) -> Mapping[tuple[str, ...], str]:
        if scheme.name not in self._labels:
            labels: dict[tuple[str, ...], str] = {}
            levels: tuple[list[tuple[str, str, str]], ...] = ([], [], [])
            for concept in scheme.concepts.values():
                shown = ((lang, (label,)) for lang, label in concept.preferred.items())
                groups = (shown, concept.alternative.items(), concept.hidden.items())
                for level, group in zip(levels, groups, strict=True):
                    level.extend(
                        (lang, text, concept.id) for lang, texts in group for text in texts
                    )
            for plural in (False, True):
                for level in levels:
                    for language, label, id in level:
                        labels.setdefault(key(label, language if plural else ""), id)
            self._labels[scheme.name] = labels
        return self._labels[scheme.name]

    def _phrases(self, facet: str, language: str) -> Iterator[Phrase]:
        scheme = self.schemes[facet]
        name = facet == "place"
        for spoken, ignored in scheme.ignored.items():
            if language in ("", spoken):
                yield from (Phrase(words, spoken) for words in ignored)
        for concept in scheme.concepts.values():
            if concept.id in scheme.silent:
                continue
            for spoken, label in concept.labels():
                if language in ("", spoken):
                    weight = WEAK if label in concept.weak.get(spoken, ()) else STRONG
                    yield Phrase(label, spoken, concept.id, weight, name)
        if name and language not in self.languages:
            for id, names in cldr.territories(language).items():
                yield from (Phrase(label, language, id, STRONG, name) for label in names)


@functools.cache
def _load(languages: tuple[str, ...], folder: Path | None) -> Vocabularies:
    paths = {name: path_of(name, folder) for name in (*FILES, PLACES)}
    schemes = {name: read_scheme(name, paths[name]) for name in FILES}
    named_in = tuple(dict.fromkeys((*languages, "en")))
    schemes["place"] = cldr.places(paths[PLACES], named_in)
    schemes["language"] = cldr.languages(named_in)
    digest = hashlib.sha256(" ".join((*languages, cldr.version())).encode())
    for path in paths.values():
        digest.update(path.read_bytes())
    return Vocabularies(schemes, named_in, digest.hexdigest()[:16])


def _narrower(scheme: Scheme) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    if scheme.name != "language":  # flat, and its concepts are made when asked for
        for concept in scheme.concepts.values():
            if concept.broader:
                below.setdefault(concept.broader, []).append(concept.id)
    return below


def _codes(facet: str, text: str) -> tuple[str | None, ...]:
    if facet == "place":
        return (cldr.territory_id(text),)
    return (cldr.language_id(text),) if facet == "language" else ()


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()
