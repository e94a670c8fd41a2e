"""The controlled vocabularies: what readers narrow by, in every language the library speaks.

It is long because each way of asking for concepts has a table of its own, made when first asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from index.fields import ABOUT, FACET, FACETS, FILED
from index.text.analysis import fold_line
from index.text.spelling import distance, tolerance
from library.core.language_tags import primary
from library.vocabularies import cldr, durations, prepared
from library.vocabularies.concept import Concept, Scheme
from library.vocabularies.files import PLACES, path_of, read_scheme
from library.vocabularies.folding import key, keys, singular, telling, tokens
from library.vocabularies.lookup import Label, found_by
from library.vocabularies.mentions import CLITICS, STRONG, WEAK, Matcher, Mention, Phrase
from library.vocabularies.mentions import mentions as find_mentions
from library.vocabularies.prepared import ALONE, Names, Prepared, Told
from library.vocabularies.records import Records, overlaid

__all__ = ["Concept", "Mention", "Scheme", "Vocabularies"]

PLACE, LANGUAGE = "place", "language"
"""The facets whose concepts CLDR gives, the first with a file of ours beside it."""

FILES = tuple(facet for facet in FILED if facet != PLACE)
"""The facets whose concepts stand in a file of that name."""

EDITABLE = FILED
"""The facets whose concepts staff can change, and a question can name; of places only what they
are called."""

PEOPLE = tuple(facet.name for facet in FACETS if facet.people)
"""The facets whose concepts are people: their hidden labels are never written."""


ALIKE = 0.4
"""How much of a name and a question must be the same, in letters, for one to be near the other."""


class _Label(NamedTuple):
    facet: str
    id: str
    language: str
    label: str
    shown: bool


class Vocabularies:
    """Every scheme, by facet; nothing here changes once loaded.

    `version` is that of the files; `records` are what staff changed since, over them, and
    `number` counts that.
    """

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        languages: tuple[str, ...],
        version: str,
        *,
        files: Vocabularies | None = None,
        records: Mapping[str, Records] | None = None,
        number: int = 0,
        kept: Prepared | None = None,
    ) -> None:
        self.schemes = schemes
        self.languages = languages
        self.version = version
        self.number = number
        self.files = files or self
        self.records = records or {}
        self._narrower = {
            (facet, id): tuple(below)
            for facet, scheme in schemes.items()
            for id, below in _narrower(scheme).items()
        }
        self._kept = kept is not None
        self.beside: Mapping[str, Any] = kept.beside if kept else {}
        self._named: tuple[tuple[str, Names, Told], ...] = ()
        self._labels: dict[str, Mapping[tuple[str, ...], str]] = {}
        self._keys: dict[tuple[str, str], tuple[tuple[str, str, tuple[str, ...]], ...]] = {}
        self._spellings: Mapping[str, tuple[_Label, ...]] = {}
        self._spoken: Mapping[str, str] = kept.spoken if kept else {}
        self._unsaid: frozenset[tuple[str, ...]] = frozenset()
        self._matchers: dict[tuple[str, str], Matcher] = {}
        self._names_of: dict[str, Names] = dict(kept.names) if kept else {}
        self._told_of: dict[str, Told] = dict(kept.told) if kept else {}
        self._spelt_of: dict[str, Mapping[str, list[_Label]]] = {}

    @classmethod
    def load(
        cls, languages: Sequence[str], folder: Path | None = None, kept: Path | None = None
    ) -> Vocabularies:
        """The vocabularies for a library in these languages, the site's first language first.

        A file in `folder` (`topic.toml`, …, `places.toml`) stands in for the one shipped here.
        kept: where `keep` may have left what is worked out of them. Read once in a process.
        Raises NotUsable for a fault in a file.
        """
        spoken = tuple(dict.fromkeys(primary(language) for language in languages))
        if (spoken, folder) not in _LOADED:
            _LOADED[spoken, folder] = _load(spoken, folder, kept)
        return _LOADED[spoken, folder]

    def keep(self, path: Path, beside: Mapping[str, Any] | None = None) -> None:
        """Leave what was worked out of the files to the next process, where it is not there.

        beside: what others would have kept with it and did not find there, by their name.
        """
        files = self.files
        if files._kept and not beside:
            return
        files._kept = True
        files.beside = {**files.beside, **(beside or {})}
        own = {facet: files.schemes[facet] for facet in EDITABLE}
        names = {facet: files._names_in(facet) for facet in EDITABLE}
        told = {facet: files._told_in(facet) for facet in EDITABLE}
        called = cldr.language_names(files.languages)
        kept = Prepared(own, names, told, files.spoken(), called, files.beside)
        prepared.write(path, files.version, kept)

    def changed(self, records: Mapping[str, Records], number: int) -> Vocabularies:
        """The files with what staff changed laid over them, by facet. number: of the changes."""
        if not number:
            return self.files
        schemes = {
            facet: overlaid(scheme, records[facet]) if records.get(facet) else scheme
            for facet, scheme in self.files.schemes.items()
        }
        return Vocabularies(
            schemes,
            self.languages,
            self.version,
            files=self.files,
            records=records,
            number=number,
        )

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
        labels: dict[str, Label] = {}
        spoken = (language, *self.languages)
        for id in ids:
            concept = self.concept(facet, id)
            if concept is None:
                continue
            label = found_by(typed, concept, self.label(facet, id, language), spoken)
            if label is not None:
                labels[id] = label
        return labels

    def label(self, facet: str, id: str, language: str) -> str:
        """What to show: in the language, else in English, else the id made readable."""
        concept = self.concept(facet, id)
        preferred = concept.preferred if concept else {}
        if facet == LANGUAGE and concept and concept.id == primary(language):
            preferred = {language: cldr.own_name(concept.id) or preferred["en"]}
        for choice in (language, primary(language), "en"):
            if choice in preferred:
                return preferred[choice]
        words = id.replace("-", " ").replace("_", " ").strip()
        return words[:1].upper() + words[1:]

    def order(self, facet: str) -> tuple[str, ...]:
        """Every id, as the scheme lists them."""
        scheme = self.schemes.get(facet)
        return tuple(scheme.concepts) if scheme else ()

    def offered(self, facet: str) -> tuple[str, ...]:
        """Every id that may be chosen for a resource: all but retired ones, in order."""
        scheme = self.schemes.get(facet)
        retired = scheme.retired if scheme else {}
        return tuple(id for id in self.order(facet) if id not in retired)

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
            if label := labels.get(key(text, language)):
                return label
        return None

    def named(self, text: str, *, alone: bool) -> frozenset[tuple[str, str]]:
        """(facet, id) of each concept that words of a question name, by any label in any language.

        A weak label names its concept only when it stands `alone` in the question. Between the
        words of a label others may stand that tell nothing: "keeps my passport", "keeps passport".
        """
        concepts: set[tuple[str, str]] = set()
        spellings = keys(text, ("", *self.languages))
        if len(text) > 3 and text[0] in CLITICS:  # in Arabic, "for" is written onto its word
            spellings.append(key(text[1:], "ar"))
        for line in dict.fromkeys(map(" ".join, spellings)):
            for facet, names, _ in self._names():
                for id in names.get(line, "").split():
                    if alone or not id.endswith(ALONE):
                        concepts.add((facet, id.removesuffix(ALONE)))
        if not concepts:
            for short in dict.fromkeys(map(telling, spellings)):
                if len(short) > 1:
                    line = " ".join(short)
                    for facet, _, told in self._names():
                        concepts |= {(facet, id) for id in told.get(line, "").split()}
        return frozenset(concepts)

    def spoken(self) -> Mapping[str, str]:
        """Name of a language of the library, folded, in any of them → its code."""
        if self.files is not self:  # staff change no names of languages
            return self.files.spoken()
        if not self._spoken:
            self._spoken = {
                fold_line(name): code
                for code in self.languages
                if (concept := self.concept("language", code))
                for _, name in concept.labels()
                if " " not in name
            }
        return self._spoken

    def lasting(self, minutes: float) -> str | None:
        """The id of the time that a session of so many minutes takes."""
        scheme = self.schemes.get(durations.FACET)
        return durations.lasting(minutes, scheme) if scheme else None

    def names(self, facet: str, id: str, text: str) -> frozenset[tuple[str, str]]:
        """(language, label) of what else a text may call the concept that `text` names.

        Groups and places have names that all mean the same. The other labels of a topic or a use
        are often of something narrower, so of those only what translates `text` is taken: where it
        is the preferred label, or stands at one end of it (*child care* of *Child care and
        maternity*), what stands there in the other languages. Never a hidden label, nor a weak one.
        """
        concept = self.concept(facet, id)
        names = FACET[facet].names if facet in FACET else ""
        if concept is None or not names:
            return frozenset()
        typed = {language: key(text, language) for language in concept.preferred}
        whole = {to: key(preferred, to) for to, preferred in concept.preferred.items()}
        parts = {part for to in whole for part in _parts(typed[to], whole[to])}
        labels = [(to, key(label, to)) for to, label in concept.labels()]
        own = {to for to, words in labels if words == typed.get(to)}
        spellings = {typed[to] for to in own}
        return frozenset(
            (language, label)
            for language, label, words in self._shown(concept)
            if words != typed.get(language, key(text, language))
            and (
                names == "same"
                or parts & _parts(words, whole.get(language, ()))
                or (language not in own and _akin(spellings, words))
            )
        )

    def _shown(self, concept: Concept) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """(language, label, its key) of the labels that may stand for a concept."""
        shown = self._keys.get((concept.scheme, concept.id))
        if shown is None:
            shown = self._keys[concept.scheme, concept.id] = tuple(
                (language, label, key(label, language))
                for language, label in concept.shown()
                if label not in concept.weak.get(language, ())
            )
        return shown

    def beginning(self, text: str, language: str) -> list[tuple[str, str, str]]:
        """(facet, id, label to show) of each concept with a name, or a word of one, that begins so.

        Of several the name in `language` is shown, and of those the one that begins so itself, the
        preferred one first. A hidden label offers nothing, but for people: by its own beginning,
        under the preferred one, so that whoever types it learns what they are called.
        """
        typed = fold_line(text)
        tells = bool(telling(token.word for token in tokens(typed)))
        best: dict[tuple[str, str], tuple[tuple[bool, bool, bool, int], str]] = {}
        for folded, labels in self._spelt().items() if typed else ():
            begins = folded.startswith(typed)
            if not begins and f" {typed}" not in folded:
                continue
            for spelling in labels:
                if not spelling.shown and not (spelling.facet in PEOPLE and begins and tells):
                    continue
                preferred = self.label(spelling.facet, spelling.id, language)
                shown = spelling.label if spelling.shown else preferred
                other = spelling.language != language
                order = (other, not begins, shown != preferred, len(folded))
                known = best.get((spelling.facet, spelling.id))
                if known is None or order < known[0]:
                    best[spelling.facet, spelling.id] = order, shown
        return [(facet, id, label) for (facet, id), (_, label) in best.items()]

    def nearest(self, text: str) -> list[tuple[str, str]]:
        """(facet, id) of the concepts with a name most like the words of a question, best first:
        one that stands in it or holds it, else one with few letters of difference.
        """
        typed = fold_line(text)
        words = frozenset(typed.split())
        ranked: dict[tuple[str, str], float] = {}
        for folded, labels in self._spelt().items() if len(typed) > 2 else ():
            its_words = frozenset(folded.split())
            common = sum(len(word) for word in words & its_words)
            likeness = common / max(len(typed), len(folded))
            if not common and (apart := distance(typed, folded, tolerance(typed))) is not None:
                likeness = 1 - apart / len(typed)
            if likeness >= ALIKE:
                for label in labels:
                    concept = label.facet, label.id
                    ranked[concept] = max(ranked.get(concept, 0.0), likeness)
        return sorted(ranked, key=lambda pair: (-ranked[pair], pair))

    def _spelt(self) -> Mapping[str, tuple[_Label, ...]]:
        """Every label that a question can name a concept by, under its folded spelling."""
        if not self._spellings:
            spellings: dict[str, list[_Label]] = {}
            for facet in EDITABLE:
                for folded, labels in self._owner(facet)._spelt_in(facet).items():
                    spellings.setdefault(folded, []).extend(labels)
            self._spellings = {folded: tuple(labels) for folded, labels in spellings.items()}
        return self._spellings

    def _spelt_in(self, facet: str) -> Mapping[str, list[_Label]]:
        if facet not in self._spelt_of:
            spellings: dict[str, list[_Label]] = {}
            for concept in self.schemes[facet].concepts.values():
                shown = set(concept.shown())
                for language, label in concept.labels():
                    spelling = _Label(
                        facet, concept.id, language, label, (language, label) in shown
                    )
                    spellings.setdefault(fold_line(label), []).append(spelling)
            self._spelt_of[facet] = spellings
        return self._spelt_of[facet]

    def _owner(self, facet: str) -> Vocabularies:
        """Whose tables of a facet count: those of the files, where staff changed nothing of it."""
        return self.files if self.schemes[facet] is self.files.schemes[facet] else self

    def unsaid(self, text: str) -> bool:
        """Whether a text holds a label that is never shown: a hidden one of people."""
        if not self._unsaid:
            groups = [
                concept for facet in PEOPLE for concept in self.schemes[facet].concepts.values()
            ]
            shown = {key(label, to) for concept in groups for to, label in concept.shown()}
            hidden = {
                key(label, to)
                for concept in groups
                for to, hidden in concept.hidden.items()
                for label in hidden
            }
            self._unsaid = frozenset(hidden - shown)
        for language in ("", *self.languages):
            words = key(text, language)
            for start in range(len(words)):
                if any(words[start:end] in self._unsaid for end in range(start + 1, start + 5)):
                    return True
        return False

    def mentions(
        self, text: str, language: str, facets: Sequence[str] = ABOUT
    ) -> Iterator[Mention]:
        """What a work may be about that a text in `language` names (`""`: not known), with
        where and how surely: whole words, the longest label first, facet by facet.
        """
        spoken = primary(language)
        matchers = [self._owner(facet)._matcher(facet, spoken) for facet in facets]
        return find_mentions(text, matchers)

    def _matcher(self, facet: str, language: str) -> Matcher:
        if (facet, language) not in self._matchers:
            made = Matcher(facet, language, self._phrases(facet, language))
            self._matchers[facet, language] = made
        return self._matchers[facet, language]

    def _names(self) -> Sequence[tuple[str, Names, Told]]:
        """By facet, what labels name, and the telling words of labels."""
        if not self._named:
            owners = [(facet, self._owner(facet)) for facet in EDITABLE]
            self._named = tuple(
                (facet, owner._names_in(facet), owner._told_in(facet)) for facet, owner in owners
            )
        return self._named

    def _told_in(self, facet: str) -> Told:
        """The concepts by the telling words of their labels, where these are several."""
        if facet not in self._told_of:
            told: dict[str, list[str]] = {}
            for line, concepts in self._names_in(facet).items():
                strong = [id for id in concepts.split() if not id.endswith(ALONE)]
                short = telling(line.split(" ")) if strong and " " in line else ()
                if len(short) > 1:
                    told.setdefault(" ".join(short), []).extend(strong)
            self._told_of[facet] = {line: " ".join(ids) for line, ids in told.items()}
        return self._told_of[facet]

    def _names_in(self, facet: str) -> Names:
        if facet not in self._names_of:
            named: dict[str, list[str]] = {}
            for concept in self.schemes[facet].concepts.values():
                for language, label in concept.labels():
                    weak = label in concept.weak.get(language, ())
                    naming = f"{concept.id}{ALONE}" if weak else concept.id
                    words = key(label)
                    plain = " ".join(singular(word, language) for word in words)
                    for line in {" ".join(words), plain} - {""}:
                        names = named.setdefault(line, [])
                        if naming not in names:
                            names.append(naming)
            self._names_of[facet] = {line: " ".join(ids) for line, ids in named.items()}
        return self._names_of[facet]

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
        name = facet == PLACE
        for spoken, ignored in scheme.ignored.items():
            if language in ("", spoken):
                yield from (Phrase(words, spoken) for words in ignored)
        for concept in scheme.concepts.values():
            if concept.id in scheme.silent or concept.id in scheme.retired:
                continue
            for spoken, label in concept.labels():
                if language in ("", spoken):
                    weight = WEAK if label in concept.weak.get(spoken, ()) else STRONG
                    yield Phrase(label, spoken, concept.id, weight, name)
        if name and language not in self.languages:
            for id, names in cldr.territories(language).items():
                yield from (Phrase(label, language, id, STRONG, name) for label in names)


_LOADED: dict[tuple[tuple[str, ...], Path | None], Vocabularies] = {}


def _load(languages: tuple[str, ...], folder: Path | None, kept: Path | None) -> Vocabularies:
    paths = {name: path_of(name, folder) for name in (*FILES, PLACES)}
    digest = hashlib.sha256(" ".join((*languages, cldr.version())).encode())
    for path in paths.values():
        digest.update(path.read_bytes() if path.is_file() else b"")
    version = digest.hexdigest()[:16]
    named_in = tuple(dict.fromkeys((*languages, "en")))
    before = prepared.read(kept, version)
    schemes = dict(before.schemes) if before else _schemes(paths, named_in)
    schemes[LANGUAGE] = cldr.languages(named_in, before.languages if before else None)
    return Vocabularies(schemes, named_in, version, kept=before)


def _schemes(paths: Mapping[str, Path], named_in: tuple[str, ...]) -> dict[str, Scheme]:
    schemes = {name: read_scheme(name, paths[name]) for name in FILES}
    schemes[PLACE] = cldr.places(paths[PLACES], named_in)
    return schemes


def _narrower(scheme: Scheme) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    if scheme.name != LANGUAGE:  # flat, and its concepts are made when asked for
        for concept in scheme.concepts.values():
            if concept.broader:
                below.setdefault(concept.broader, []).append(concept.id)
    return below


def _parts(label: tuple[str, ...], preferred: tuple[str, ...]) -> frozenset[str]:
    """What of a preferred label a label is: its beginning, its end, or both."""
    ends = {"beginning": preferred[: len(label)], "end": preferred[-len(label) :]}
    return frozenset(name for name, end in ends.items() if label and end == label)


BEGINNING = 4
"""So many letters that words of two languages begin with, and they are akin: sexual, sexuel."""


def _akin(typed: Iterable[tuple[str, ...]], label: tuple[str, ...]) -> bool:
    """Whether a label of another language has as many telling words as was typed, one of them
    akin: "acoso sexual" is "assédio sexual", both being labels of one concept."""
    there = telling(label)
    for words in typed:
        here = telling(words)
        if 1 < len(here) == len(there) and any(
            one[:BEGINNING] == other[:BEGINNING]
            for one in here
            for other in there
            if len(one) > BEGINNING < len(other)
        ):
            return True
    return False


def _codes(facet: str, text: str) -> tuple[str | None, ...]:
    if facet == PLACE:
        return (cldr.territory_id(text),)
    return (cldr.language_id(text),) if facet == LANGUAGE else ()
