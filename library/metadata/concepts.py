"""Concepts that a document's words suggest, each with the places that suggest it.

Long because the evidence for a concept is weighed together: where, how often, and beside what.
"""

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
from library.metadata import places, work
from library.metadata.cues import Measures
from library.metadata.nature import Facet
from library.metadata.text_lines import SMALL, clean, letters
from library.vocabularies import Vocabularies
from library.vocabularies.folding import MIXED, fold, singular
from library.vocabularies.mentions import STRONG, WEAK, Matcher, Mention, Phrase
from library.vocabularies.mentions import mentions as find_mentions

PAGES = 16  # of a longer document that many are read, spread over it
CHARACTERS = 16_000  # of them all: topics are clear from a part of each page
AROUND = 70  # characters of evidence on either side of a mention
NAMED_IN = 0.3  # what a topic counts in the name of a body, a law or a programme
RUNNING = 6  # words of a line from which small letters tell that it is running text
NOUNS_CAPITAL = frozenset(("de",))  # languages in which every noun has a capital


OPENING = 1_500  # characters in which a document says what it is about
LONG = 900  # words from which what is named neither there nor in a heading is named in passing

_NAME_SIGNS = re.compile(r"[-_.+]")
_WORD = re.compile(r"[^\W\d_]+")
# A word with a capital that a name goes on from, or goes on with; not the first of a sentence.
_NAME_BEFORE = re.compile(
    r"[^\s.!?:;•] [A-ZÀ-Þ][\w’'-]{1,20} (?:(?:de|del|la|las|los|el|of|the|for|and|on|des|du"
    r"|et|e|y|da|do|das|dos|para|pour|in|en) ){0,3}$"
)
_NAME_AFTER = re.compile(
    r"(?:[’']s?)? (?:(?:de|del|la|las|los|of|the|for|and|on|des|du|et|e|y|da|do|das|dos|in) ){0,2}"
    r"[A-ZÀ-Þ][a-zà-þ]"
)


ASIDE = 0.25  # of the signs of the first place, below which another is named in passing
EQUALS, ALIKE = 3, 0.5  # groups, and of what the first has the share that makes them equals
MANY = 0.5  # of `others`: four groups and more
LOOSE = frozenset(
    ("tags", "tag", "categories", "category", "keywords", "keyword")
)  # of what is filed
MOST = 4
"""How many concepts of a facet are shown of one document."""
LIKE = "topic"  # what a facet that was not learned is weighed as

# Topics that are about work: in a text that hardly speaks of work, their words mean something else.
# Evictions of tenants are no evictions of vendors, and unpaid rent is no unpaid wage.
OF_WORK = frozenset(
    ("public-space", "wages", "working-conditions", "collective-bargaining", "informal-economy",
     "safety-health", "supply-chains")
)  # fmt: skip
# And these too, unless the title names them, by words of so much weight: clubs have members and
# bylaws, programs have data.
AT_WORK = {
    "organising": STRONG, "leadership": STRONG, "statistics": STRONG, "migration": STRONG,
    "social-protection": STRONG, "child-forced-labour": STRONG, "cooperatives": STRONG,
    "law": WEAK,
}  # fmt: skip
SEVERAL = 3  # words that say enough alone: one in a short text is one
LEGAL = 2.0  # words in 1,000 that say enough alone, from which a text is about law, not by it
VARIED = 1.9  # of `variety`: six different words, which say together what none says alone
_READ = tuple(facet for facet in ABOUT if facet != "place")  # places are looked for everywhere

ARTICLE = 4  # characters of `Une ` before the kind that a subtitle begins with
ABOUT_THEM = "members"  # the readers that papers are also about

SUGGESTED = 0.25  # of certainty, below which a concept is not worth a look of staff


@dataclass(slots=True)
class Tally:
    """Where a concept is named; counts are weighed, a word that says little alone counting less."""

    body: float = 0.0
    strong: float = 0.0  # of `body`: by labels that say enough alone
    opening: float = 0.0
    headings: float = 0.0
    title: float = 0.0
    named: float = 0.0  # in the file's name
    pages: dict[int, float] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    best: list[tuple[float, Evidence]] = field(default_factory=list)


Tallies = dict[tuple[str, str], Tally]


class Found(NamedTuple):
    """Every concept named, in how many words and pages; what stands for places, and how often."""

    tallies: Tallies
    words: int
    pages: int
    places: Mapping[str, places.Signs]
    looked: int  # characters that were looked at for places
    language: str
    working: float = 0.0  # words of work in 1,000


def tallied(
    pages: Sequence[Page], title: str, filename: str, language: str, vocabularies: Vocabularies
) -> Found:
    """Where the topics, groups and places stand that a document names."""
    tallies: Tallies = {}
    chosen = _spread(pages)
    most = CHARACTERS // max(6, len(chosen))
    words = working = 0
    for mention in vocabularies.mentions(title, language):
        tally = tallies.setdefault((mention.facet, mention.id), Tally())
        tally.title += mention.weight
        tally.best.append((5 * mention.weight, Evidence(0, clean(title)[:200])))
    name = _NAME_SIGNS.sub(" ", filename.rsplit(".", 1)[0])
    for mention in vocabularies.mentions(name, language):
        tally = tallies.setdefault((mention.facet, mention.id), Tally())
        tally.named += mention.weight
        tally.best.append((mention.weight, Evidence(0, filename[:200])))
    opening = OPENING
    for page in chosen:
        text = page.text[:most]
        words += len(text.split())
        working += work.counted(text)
        for mention in vocabularies.mentions(text, language, _READ):
            if mention.facet == LIKE and language not in NOUNS_CAPITAL and in_name(text, mention):
                mention = mention._replace(weight=NAMED_IN * mention.weight)
            if mention.words.casefold() not in SMALL:
                _count(tallies, mention, text, page.number, opening)
        opening = max(0, opening - len(text))
        for block in page.blocks:
            if block.kind == "heading" and block.text and len(block.text) < 300:
                for mention in vocabularies.mentions(block.text, language):
                    tally = tallies.setdefault((mention.facet, mention.id), Tally())
                    tally.headings += mention.weight
                    evidence = Evidence(page.number, clean(block.text)[:200])
                    tally.best.append((3 * mention.weight, evidence))
    signed, looked = places.signed(pages, OPENING, vocabularies)
    for place, signs in signed.items():
        tally = tallies.setdefault(("place", place), Tally())
        tally.body = signs.weight()
        tally.pages = dict.fromkeys(signs.pages, 1.0)
        tally.best += signs.best
    spoken = work.density(working, words)
    return Found(tallies, max(words, 1), len(chosen), signed, looked, language, spoken)


def read(
    counts: Found, weighed: Mapping[str, Facet], vocabularies: Vocabularies
) -> Iterator[Statement]:
    """Topics, groups and places, the surest first; few, for a wrong one misleads.

    Those less sure are statements one by one, below what is believed.
    """
    for facet in ABOUT:
        of = weighed.get(facet) or weighed[LIKE]
        weights = of.weights["*"]
        found = measured(facet, counts, vocabularies)
        certain = {id: certainty(weights, measures) for id, measures in found.items()}
        ranked = sorted(certain, key=lambda id: (-certain[id], id))
        kept = [id for id in ranked if certain[id] >= of.threshold and allowed(facet, found[id])]
        # With a narrower concept, the one above it says nothing more.
        above = {b for id in kept for b in vocabularies.expand(facet, [id]) if b != id}
        kept = [id for id in kept if id not in above][:MOST]
        if kept:
            least = (certain[kept[-1]] - of.threshold) / (1.001 - of.threshold)
            evidence = _evidence(facet, kept, counts, 3 if len(kept) == 1 else 1)
            sure = round(0.5 + 0.35 * max(0.0, least), 3)
            yield Statement(facet, tuple(kept), "guess", evidence, sure)
        rest = [id for id in ranked if id not in kept and id not in above]
        for id in [id for id in rest if certain[id] >= SUGGESTED][:3]:
            sure = round(0.29 * min(1.0, certain[id] / of.threshold), 3)
            yield Statement(facet, (id,), "guess", _evidence(facet, [id], counts, 2), sure)


def _evidence(facet: str, ids: Sequence[str], counts: Found, each: int) -> tuple[Evidence, ...]:
    evidence: list[Evidence] = []
    for id in ids:
        ranked = sorted(counts.tallies[facet, id].best, key=lambda pair: -pair[0])
        evidence += [place for _, place in ranked[:each]]
    return tuple(evidence)


def measured(facet: str, counts: Found, vocabularies: Vocabularies) -> dict[str, dict[str, float]]:
    """Concept → what speaks for it, each measure from 0 to about 3."""
    if facet == "place":
        return _placed(counts, vocabularies)
    of = {id: tally for (kind, id), tally in counts.tallies.items() if kind == facet}
    scores = {id: _score(tally, max(counts.words, 150), counts.pages) for id, tally in of.items()}
    best = max(scores.values(), default=0.0) or 1.0
    second = sorted(scores.values())[-2] if len(scores) > 1 else 0.0
    below: dict[str, float] = {}
    for id in of:
        for above in vocabularies.expand(facet, [id])[1:]:
            below[above] = max(below.get(above, 0.0), scores[id])
    measures = {}
    for id, tally in of.items():
        times = tally.body
        measures[id] = {
            "title": min(1.5, tally.title),
            "named": min(1.0, tally.named),
            "opening": math.log1p(tally.opening),
            "headings": min(2.0, math.log1p(tally.headings)),
            "count": min(3.0, math.log1p(times) / 1.5),
            "density": min(3.0, math.log1p(1000 * times / max(counts.words, 100)) / 1.3),
            "share": scores[id] / best,
            "first": float(scores[id] == best),
            "ahead": float(scores[id] == best) * (1 - second / best),
            "spread": min(1.0, len(tally.pages) / max(1, counts.pages)),
            "strong": tally.strong / times if times else float(tally.title >= 1),
            "variety": min(2.0, math.log1p(len(tally.words))),
            "below": below.get(id, 0.0) / best,
            "short": float(counts.words < 300),
            "others": min(2.0, len(of) / 8),
            "aside": float(counts.words >= LONG and not _leads(tally)),
            "equals": float(sum(score > ALIKE * best for score in scores.values())),
            "several": float(times >= 2),
            "elsewhere": float(facet == LIKE and _elsewhere(id, tally, counts)),
        }
    return measures


def _elsewhere(topic: str, tally: Tally, counts: Found) -> bool:
    """Whether its words mean something else here, since the text hardly speaks of work."""
    if counts.working >= work.ENOUGH:
        return False
    if topic == "law" and tally.strong >= max(SEVERAL, LEGAL * counts.words / 1000):
        return False  # a court's
    return topic in OF_WORK or (topic in AT_WORK and tally.title < AT_WORK[topic])


def _leads(tally: Tally) -> bool:
    """Whether a title, a heading, the file's name or the first words name it."""
    return bool(tally.title or tally.named or tally.headings) or tally.opening >= STRONG


def _placed(counts: Found, vocabularies: Vocabularies) -> dict[str, dict[str, float]]:
    """Place → what speaks for it. Many signs of one country, and few of others, say most."""
    of = {id: tally for (kind, id), tally in counts.tallies.items() if kind == "place"}
    scores = {
        id: t.body + 4.0 * min(1.0, t.title) + min(2.0, t.headings) + t.named
        for id, t in of.items()
    }
    best = max(scores.values(), default=0.0) or 1.0
    second = sorted(scores.values())[-2] if len(scores) > 1 else 0.0
    whole = sum(scores.values()) or 1.0
    below: dict[str, list[float]] = {}
    above: dict[str, float] = {}
    for id in of:
        for region in vocabularies.expand("place", [id])[1:]:
            below.setdefault(region, []).append(scores[id])
            above[id] = max(above.get(id, 0.0), scores.get(region, 0.0))
    related = {id: {id, *vocabularies.expand("place", [id])} for id in of}
    spoken = counts.language.split("-")[0]
    measures = {}
    for id, tally in of.items():
        if scores[id] < ASIDE * best and not tally.title:
            continue  # named in passing
        signs = counts.places.get(id, places.Signs())
        # "Guatemala, El Salvador and Honduras" are no rivals, if each is named as often.
        company = {
            other
            for other in signs.company
            if other in scores and 0.5 * scores[id] <= scores[other] <= 2 * scores[id]
        }
        beside = whole - sum(scores[other] for other in company)
        rivals = sum(
            score >= 0.5 * scores[id]
            and id not in related[other]
            and other not in related[id]
            and other not in company
            for other, score in scores.items()
        )
        kinds = {kind: signs.kinds.get(kind, 0.0) for kind in places.WEIGHTS}
        parts = below.get(id, [])
        measures[id] = {
            "title": min(1.0, tally.title),
            "named": min(1.0, tally.named),
            "headings": min(2.0, math.log1p(tally.headings)),
            "opening": min(2.0, math.log1p(signs.opening)),
            **{kind: min(2.5, math.log1p(times) / 1.3) for kind, times in kinds.items()},
            "density": min(3.0, math.log1p(4000 * tally.body / max(counts.looked, 1500))),
            "portion": scores[id] / beside,
            "share": scores[id] / best,
            "first": float(scores[id] == best),
            "ahead": float(scores[id] == best) * (1 - second / best),
            "spread": min(1.0, 3 * len(signs.pages) / max(3, counts.pages)),
            "variety": float(sum(times > 0 for times in kinds.values()) > 1),
            "words": min(2.0, math.log1p(len(signs.words)) / 1.1),
            "once": float(tally.body <= 1.0 and not tally.title),
            "majority": max(0.0, 2 * scores[id] / beside - 1.0),
            "rivals": min(2.0, float(rivals)),
            # A region speaks where its title names it; else it is mostly the home of others.
            "official": places.speaks(id, spoken, vocabularies if tally.title >= 1 else None),
            "parts": math.log1p(sum(score > 0.4 for score in parts)),
            "below": max(parts, default=0.0) / best,
            "above": min(1.0, above.get(id, 0.0) / best),
        }
    return measures


def allowed(facet: str, measures: Mapping[str, float]) -> bool:
    """Whether readers may be told of it: one of many groups in a list is an example of them all;
    a topic has a word that says enough alone, or many that say it together, and its text speaks of
    work if it is about work."""
    if facet == LIKE:
        told = measures["strong"] > 0 or measures["title"] >= 1 or measures["variety"] >= VARIED
        return told and not measures["elsewhere"]
    if facet != "group" or measures["first"] or measures["others"] < MANY:
        return True
    if measures["equals"] <= EQUALS and measures["share"] > ALIKE and measures["several"]:
        return True  # one of a few that the text is about alike
    return bool(measures["title"] or measures["named"] or measures["headings"])


def certainty(weights: Mapping[str, float], measures: Mapping[str, float]) -> float:
    x = weights.get("", 0.0) + sum(w * measures[name] for name, w in weights.items() if name)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def _count(tallies: Tallies, mention: Mention, text: str, page: int, opening: int) -> None:
    tally = tallies.setdefault((mention.facet, mention.id), Tally())
    weight = mention.weight
    tally.body += weight
    if weight >= STRONG:
        tally.strong += weight
    if mention.start < opening:
        tally.opening += weight
    tally.pages[page] = tally.pages.get(page, 0.0) + weight
    words = mention.words.casefold()
    tally.words[words] = tally.words.get(words, 0) + 1
    if len(tally.best) < 12:
        around = text[max(0, mention.start - AROUND) : mention.end + AROUND]
        first = 0.5 if tally.words[words] == 1 else 0.0
        tally.best.append((weight + first, Evidence(page, clean(around))))


def in_name(text: str, mention: Mention) -> bool:
    """Whether it is a part of a name in running text: `the Workers’ Education Association`."""
    if not all(word[0].isupper() for word in _WORD.findall(mention.words) if len(word) > 3):
        return False
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - 300)
    end = text.find("\n", mention.end, mention.end + 300)
    line = text[start : end if end >= 0 else mention.end + 300]
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    if len(words) < RUNNING or sum(word[0].islower() for word in words) < 0.4 * len(words):
        return False  # a title or heading
    before = _NAME_BEFORE.search(text, start, mention.start)
    return before is not None or _NAME_AFTER.match(text, mention.end) is not None


def _score(tally: Tally, words: int, pages: int) -> float:
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


def titled(
    measures: Measures,
    facet: str,
    title: str,
    head: Sequence[str],
    language: str,
    vocabularies: Vocabularies,
) -> None:
    """Measures the kinds, uses or audiences that the title names, or that a line is or begins with.

    In running text the same words only speak of other documents, and a title that has `workers`
    in it is about them: that it is for them is said otherwise (addressees.py).
    """
    matcher = (_made(facet, language.split("-")[0], vocabularies),)
    for text in (title, *head):
        for mention in find_mentions(text, matcher):
            whole = letters(mention.words) >= 0.6 * letters(text)
            begins = facet == "kind" and mention.start <= ARTICLE and text[-1:] not in ".;,"
            if mention.weight < STRONG or not (text is title or whole or begins):
                continue
            if mention.id == ABOUT_THEM and text is title and not whole:
                continue
            name = f"{facet}:{mention.id}.{'title' if text is title else 'line'}"
            measures.values[name] = 1.0
            page = 0 if text is title else 1
            measures.shown_by.setdefault(name, Evidence(page, clean(text)[:200]))


def called(
    facet: str, title: str, language: str, vocabularies: Vocabularies
) -> Iterator[Statement]:
    """What the title names of a facet that running text cannot tell and nobody has labelled."""
    matcher = (_made(facet, language.split("-")[0], vocabularies),)
    mentions = [m for m in find_mentions(title, matcher) if m.weight >= STRONG]
    if mentions:
        best = max(mentions, key=lambda mention: (len(mention.words.split()), -mention.start))
        several = tuple(dict.fromkeys(mention.id for mention in mentions))[:2]
        value = best.id if FACET[facet].single else several
        yield Statement(facet, value, "guess", (Evidence(0, clean(title)[:200]),), 0.5)


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


def _is_weak(facet: str, id: str, words: str, vocabularies: Vocabularies) -> bool:
    """Whether it is one of the concept's labels that say little alone, in any language."""
    concept = vocabularies.schemes[facet].concepts[id]
    strong = {fold(label) for _, label in concept.labels()}
    weak = {fold(label) for labels in concept.weak.values() for label in labels}
    # What is found by a plural or another spelling is as weak as most of what the concept is.
    return fold(words) in weak or (
        fold(words) not in strong
        and any(singular(fold(words), MIXED) == singular(word, MIXED) for word in weak)
    )


def stated(said: Said, vocabularies: Vocabularies) -> Iterator[Statement]:
    """Concepts that the file's own fields name by an id or a label.

    A tag that says little alone is a suggestion: the text tells whether it is about that.
    """
    program = fields.by_program(said)
    loose: dict[str, dict[str, str]] = {}
    weak: dict[str, dict[str, str]] = {}
    for facet in FILED:
        for word in fields.words(said, facet):
            values = [word.value] if FACET[facet].single else list(fields.several(word.value))
            for value in values:
                readable = value.replace("_", " ").replace("-", " ")
                # A tag may belong to any facet: `domestic workers` is a group.
                facets = ABOUT if facet == "topic" else (facet,)
                for name in facets:
                    id = vocabularies.find(name, value) or vocabularies.find(name, readable)
                    if id is not None and not (name == "place" and len(value) < 4):
                        vague = word.name.casefold() in LOOSE and _is_weak(
                            name, id, readable, vocabularies
                        )
                        kept = weak if vague and value != id else loose
                        kept.setdefault(name, {}).setdefault(id, f"{word.name}: {value}")
    for facet, ids in weak.items():  # `tags: heat` of a lesson on thermometers
        for id in [id for id in ids if id not in loose.get(facet, ())][:3]:
            yield Statement(facet, (id,), "file", (Evidence(0, ids[id]),), 0.25)
    for facet, ids in loose.items():
        limit = MOST if facet in ABOUT else 3
        evidence = tuple(Evidence(0, words) for words in list(ids.values())[:3])
        chosen = next(iter(ids)) if FACET[facet].single else tuple(ids)[:limit]
        yield Statement(facet, chosen, "file", evidence, 0.6 if program else 0.88)
