"""Concepts that a document's words suggest, each with the places that suggest it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from index.fields import ABOUT, FACET, FILED
from library.core.resource import Evidence, Page, Said, Statement
from library.metadata import file_properties as fields
from library.metadata.text_lines import SMALL, clean, letters
from library.vocabularies import Vocabularies
from library.vocabularies.mentions import STRONG, Matcher, Mention, Phrase
from library.vocabularies.mentions import mentions as find_mentions

PAGES = 16  # of a longer document that many are read, spread over it
CHARACTERS = 24_000  # of them all: topics are clear from a part of each page
AROUND = 70  # characters of evidence on either side of a mention


_NAME_BEFORE = re.compile(r"\b([^\W\d_a-z][a-zà-ÿ]{2,}) $")


class Rule(NamedTuple):
    """When a concept of a facet is believed. Scores are mentions, weighed, per 1,000 words."""

    most: int  # concepts of this facet on one document
    enough: float  # score
    share: float  # of the score of the facet's best concept
    mentions: float  # weighed, at least, for one that the title does not name


USUAL = Rule(most=4, enough=4.0, share=0.35, mentions=4)
TUNED: Mapping[str, Rule] = {
    "group": Rule(most=3, enough=2.5, share=0.3, mentions=4),
    "place": Rule(most=4, enough=3.0, share=0.35, mentions=3),
}
RULES: Mapping[str, Rule] = {facet: TUNED.get(facet, USUAL) for facet in ABOUT}


@dataclass(slots=True)
class _Tally:
    body: float = 0.0
    headings: float = 0.0
    title: float = 0.0
    pages: dict[int, float] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    best: list[tuple[float, Evidence]] = field(default_factory=list)


def read(
    pages: Sequence[Page], title: str, language: str, vocabularies: Vocabularies
) -> Iterator[Statement]:
    """What a document is about, the surest first; few, for a wrong one misleads."""
    tallies: dict[tuple[str, str], _Tally] = {}
    chosen = _spread(pages)
    most = CHARACTERS // max(6, len(chosen))
    words = 0
    for mention in vocabularies.mentions(title, language):
        tally = tallies.setdefault((mention.facet, mention.id), _Tally())
        tally.title += mention.weight
        tally.best.append((5 * mention.weight, Evidence(0, clean(title)[:200])))
    for page in chosen:
        text = page.text[:most]
        words += len(text.split())
        for mention in vocabularies.mentions(text, language):
            if mention.words.casefold() not in SMALL:  # LA in capitals is no country
                _count(tallies, mention, text, page.number)
        for block in page.blocks:
            if block.kind == "heading" and block.text:
                for mention in vocabularies.mentions(block.text, language):
                    tally = tallies.setdefault((mention.facet, mention.id), _Tally())
                    tally.headings += mention.weight
                    evidence = Evidence(page.number, clean(block.text)[:200])
                    tally.best.append((3 * mention.weight, evidence))
    for facet, rule in RULES.items():
        yield from _chosen(facet, rule, tallies, max(words, 150), len(chosen), vocabularies)


def _count(tallies: dict[tuple[str, str], _Tally], mention: Mention, text: str, page: int) -> None:
    tally = tallies.setdefault((mention.facet, mention.id), _Tally())
    weight = mention.weight
    if mention.facet == "place":
        before = _NAME_BEFORE.search(text[max(0, mention.start - 24) : mention.start])
        if before and before[1].casefold() not in SMALL:
            weight *= 0.2  # "María Laos" is a person
    tally.body += weight
    tally.pages[page] = tally.pages.get(page, 0.0) + weight
    said = mention.words.casefold()
    tally.words[said] = tally.words.get(said, 0) + 1
    if len(tally.best) < 12:
        around = text[max(0, mention.start - AROUND) : mention.end + AROUND]
        first = 0.5 if tally.words[said] == 1 else 0.0
        tally.best.append((weight + first, Evidence(page, clean(around))))


def _chosen(
    facet: str,
    rule: Rule,
    tallies: Mapping[tuple[str, str], _Tally],
    words: int,
    pages: int,
    vocabularies: Vocabularies,
) -> Iterator[Statement]:
    scores = {
        id: _score(tally, words, pages)
        for (of, id), tally in tallies.items()
        if of == facet and (tally.title or tally.body + 2 * tally.headings >= rule.mentions)
    }
    if not scores:
        return
    best = max(scores.values())
    kept = [
        id
        for id in sorted(scores, key=lambda id: (-scores[id], id))
        if scores[id] >= rule.enough and scores[id] >= rule.share * best
    ]
    # With a narrower concept, the one above it says nothing more.
    above = {b for id in kept for b in vocabularies.expand(facet, [id]) if b != id}
    kept = [
        id
        for id in kept
        if id not in above or scores[id] > 3 * _below(id, kept, scores, vocabularies, facet)
    ]
    if not kept:
        return
    kept = kept[: rule.most]
    evidence: list[Evidence] = []
    for id in kept:
        places = sorted(tallies[facet, id].best, key=lambda pair: -pair[0])
        evidence += [place for _, place in places[: 3 if len(kept) == 1 else 1]]
    sure = min(0.85, 0.4 + 0.1 * math.log1p(min(scores[id] for id in kept)))
    yield Statement(facet, tuple(kept), "guess", tuple(evidence), round(sure, 3))


def _below(
    id: str,
    kept: Sequence[str],
    scores: Mapping[str, float],
    vocabularies: Vocabularies,
    facet: str,
) -> float:
    return max(
        (scores[k] for k in kept if k != id and id in vocabularies.expand(facet, [k])), default=0.0
    )


def _score(tally: _Tally, words: int, pages: int) -> float:
    """Weighed mentions per 1,000 words; those on one page only count for less."""
    damped = sum(math.sqrt(count) if count > 1 else count for count in tally.pages.values())
    spread = min(1.0, 0.4 + len(tally.pages) / max(1.0, min(pages, 8)))
    frequency = 1000 * damped / words * spread
    return frequency + 3.0 * tally.title + min(2.0, 0.7 * tally.headings)


def _spread(pages: Sequence[Page]) -> Sequence[Page]:
    if len(pages) <= PAGES:
        return pages
    step = len(pages) / PAGES
    return [pages[int(number * step)] for number in range(PAGES)]


# What a document is, and is for, it says in its title; in running text the same words only
# speak of other documents.
SURENESS: Mapping[str, float] = {"kind": 0.75, "use": 0.55}
TITLED: Mapping[str, float] = {
    facet: SURENESS.get(facet, 0.5) for facet in FILED if facet not in ABOUT
}


def titled(
    facet: str, title: str, head: Sequence[str], language: str, vocabularies: Vocabularies
) -> Iterator[Statement]:
    """What the title names of a facet that running text cannot tell, such as a kind or a use; a
    kind also where a short line of the first page does."""
    matcher = (_made(facet, language.split("-")[0], vocabularies),)
    # Below the title only a kind is looked for, and only where it is all that a line says.
    lines = head if facet == "kind" else ()
    for text, sure in ((title, TITLED[facet]), *((line, 0.6 * TITLED[facet]) for line in lines)):
        found = [m for m in find_mentions(text, matcher) if m.weight >= STRONG]
        if text is not title:
            found = [m for m in found if letters(m.words) >= 0.6 * letters(text)]
        if not found:
            continue
        best = max(found, key=lambda m: (len(m.words.split()), -m.start))
        evidence = (Evidence(0 if text == title else 1, clean(text)[:200]),)
        value: str | tuple[str, ...] = best.id
        if not FACET[facet].single:
            value = tuple(dict.fromkeys(mention.id for mention in found))[:2]
        yield Statement(facet, value, "guess", evidence, round(sure, 3))
        return


@lru_cache(maxsize=64)
def _made(facet: str, language: str, vocabularies: Vocabularies) -> Matcher:
    scheme = vocabularies.schemes[facet]
    phrases = [
        Phrase(label, spoken, concept.id, 0.3 if label in concept.weak.get(spoken, ()) else STRONG)
        for concept in scheme.concepts.values()
        if concept.id not in scheme.retired
        for spoken, label in concept.labels()
        if language in ("", spoken)
    ]
    return Matcher(facet, language, phrases)


def stated(said: Said, vocabularies: Vocabularies) -> Iterator[Statement]:
    """Concepts that the file's own fields name by an id or a label."""
    program = fields.by_program(said)
    loose: dict[str, dict[str, str]] = {}
    for facet in FILED:
        for word in fields.words(said, facet):
            values = [word.value] if FACET[facet].single else list(fields.several(word.value))
            for value in values:
                readable = value.replace("_", " ").replace("-", " ")
                # A tag may belong to any facet: `domestic workers` is a group.
                facets = ABOUT if facet == "topic" else (facet,)
                for one in facets:
                    id = vocabularies.find(one, value) or vocabularies.find(one, readable)
                    if id is not None and not (one == "place" and len(value) < 4):
                        loose.setdefault(one, {}).setdefault(id, f"{word.name}: {value}")
    for facet, ids in loose.items():
        limit = RULES[facet].most if facet in RULES else 3
        evidence = tuple(Evidence(0, words) for words in list(ids.values())[:3])
        chosen = next(iter(ids)) if FACET[facet].single else tuple(ids)[:limit]
        yield Statement(facet, chosen, "file", evidence, 0.6 if program else 0.88)
