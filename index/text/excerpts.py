"""The stretch of a text that best answers a question, and the words in it that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from index.query import Field, Node, Phrase, Prefix, Word
from index.results import Span
from index.text import analysis, matching
from index.text.query_plan import planned
from index.text.syntax import words

WIDTH = 200
"""Characters of an excerpt."""

_STOPS = ".!?…。！？।؟։"
_SENTENCE = regex.compile(rf"(?<![{_STOPS}])[{_STOPS}]++[\"'”’»)\]]*+\s++|[。！？।]++")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    leaf: int  # which of the words asked for


def marks(text: str, tree: Node, languages: Sequence[str], field: Field = "") -> tuple[Span, ...]:
    """The spans of `text` that answer `tree`, in order, none overlapping; a phrase is one span.

    `languages` are the text's, the likeliest first; words of a field are marked only in that field.
    """
    return _merged(_find(text, tree, languages, field))


def leaves(text: str, tree: Node, languages: Sequence[str]) -> frozenset[int]:
    """Which of the words that `tree` asks for stand in `text`, by their number in it."""
    return frozenset(found.leaf for found in _find(text, tree, languages, ""))


def excerpt(
    text: str, tree: Node, languages: Sequence[str], width: int = WIDTH
) -> tuple[str, tuple[Span, ...]]:
    """About `width` characters of `text` holding the most different words asked for, and marks.

    White space is made single; an ellipsis stands where the text was cut within a sentence.
    """
    text = " ".join(text.split())
    matches = _find(text, tree, languages, "")
    start, end = _window(text, matches, width)
    before = _ELLIPSIS if start and not _begins_sentence(text, start) else ""
    after = _ELLIPSIS if end < len(text) and not _SENTENCE.match(text[end - 1] + " ") else ""
    moved = len(before) - start
    inside = [match for match in matches if start <= match.start and match.end <= end]
    spans = tuple((first + moved, last + moved) for first, last in _merged(inside))
    return before + text[start:end] + after, spans


def _find(text: str, tree: Node, languages: Sequence[str], field: Field) -> list[_Found]:
    everything = words(planned(tree, languages))
    asked = [
        leaf
        for leaf in everything
        if leaf.field in ("", field) and matching.is_telling(leaf, everything, languages)
    ]
    if not asked:
        return []
    tokens: list[analysis.Token] = []
    places: dict[str, list[int]] = defaultdict(list)
    ends: dict[tuple[str, int], int] = {}  # of readings, which may be of several words
    for place, token in analysis.placed(text):
        if place == len(tokens):
            tokens.append(token)
        else:
            ends[token.text, place] = token.end
        places[token.text].append(place)
    standing: dict[str, list[int]] = defaultdict(list)  # by the forms that words of a text have
    wide: dict[tuple[str, int], int] = {}
    for word, where in places.items():
        for form in _forms(word, languages):
            standing[form] += where
            for place in where if ends else ():
                if end := ends.get((word, place)):
                    wide[form, place] = max(end, wide.get((form, place), 0))
    matches: list[_Found] = []
    for number, leaf in enumerate(asked):
        for first, last, forms in _places(leaf, places, standing, tuple(languages)):
            end = max(tokens[last].end, *(wide.get((form, last), 0) for form in forms), 0)
            if text[end : end + 1] == ")" and "(" in text[tokens[first].start : end]:
                end += 1
            matches.append(_Found(tokens[first].start, end, number))
    return sorted(matches, key=lambda match: (match.start, -match.end))


def _places(
    leaf: Word | Prefix | Phrase,
    places: Mapping[str, Sequence[int]],
    standing: Mapping[str, Sequence[int]],
    languages: tuple[str, ...],
) -> Iterator[tuple[int, int, matching.Slot]]:
    """The first and last place of each stretch of tokens that is what a leaf asks for, and the
    forms that can stand last."""
    if isinstance(leaf, Prefix):
        beginning = analysis.fold(leaf.text)
        for word in places if beginning else ():
            if word.startswith(beginning):
                yield from ((place, place, (word,)) for place in places[word])
        return
    for way in matching.ways_together(leaf, languages):
        yield from _together(way, standing)
    if isinstance(leaf, Word):
        for _, name in sorted(leaf.names):
            yield from _together(_slots_of_name(name, languages), standing)


def _together(
    slots: Sequence[matching.Slot], standing: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, int, matching.Slot]]:
    """The first and last place of each stretch where the slots stand one after the other."""
    starts: set[int] | None = None
    for step, slot in enumerate(slots):
        here = {place - step for form in slot for place in standing.get(form, ())}
        starts = here if starts is None else starts & here
        if not starts:
            return
    yield from ((start, start + len(slots) - 1, slots[-1]) for start in starts or ())


@lru_cache(4096)
def _slots_of_name(name: str, languages: tuple[str, ...]) -> tuple[matching.Slot, ...]:
    return matching.slots(Phrase(name), languages)


def _forms(word: str, languages: Sequence[str]) -> frozenset[str]:
    if not languages:
        return frozenset((word,))
    return frozenset(analysis.stem(word, language) for language in languages)


def _merged(matches: Sequence[_Found]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for match in matches:
        if spans and match.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return tuple(spans)


def _window(text: str, matches: Sequence[_Found], width: int) -> Span:
    """Where to cut: around the densest stretch, at a sentence's beginning where one is near."""
    if len(text) <= width:
        return 0, len(text)
    if not matches:
        return 0, _cut_before(text, width, 0)
    first, last = _densest(matches, width)
    spare = max(0, width - (last - first))
    sentence = _sentence_start(text, first)
    start = sentence if first - sentence <= spare * 2 // 3 else _cut_after(text, first - spare // 3)
    start = min(start, _cut_after(text, max(0, len(text) - width)), first)
    return start, max(_cut_before(text, start + width, start), min(last, len(text)))


def _densest(matches: Sequence[_Found], width: int) -> Span:
    best, score = (matches[0].start, matches[0].end), (0, 0)
    for number, match in enumerate(matches):
        inside = [
            other for other in matches[number : number + 64] if other.end - match.start <= width
        ]
        worth = (len({other.leaf for other in inside}), len(inside))
        if worth > score and inside:
            best, score = (match.start, max(other.end for other in inside)), worth
    return best


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds `at` begins, looking back no further than it could matter."""
    earliest = max(0, at - 2 * WIDTH)
    start = earliest
    for match in _SENTENCE.finditer(text, earliest, at):
        start = match.end()
    return start


def _begins_sentence(text: str, start: int) -> bool:
    return any(m.end() == start for m in _SENTENCE.finditer(text, max(0, start - 8), start))


def _cut_after(text: str, at: int) -> int:
    """The first place at or after `at` where a word begins, or `at` where there are no spaces."""
    if at <= 0 or text[at - 1] == " ":
        return max(at, 0)
    space = text.find(" ", at, at + 40)
    return _character(text, at) if space < 0 else space + 1


def _cut_before(text: str, at: int, start: int) -> int:
    """The last place at or before `at` where a word ends, or `at` where there are no spaces."""
    if at >= len(text) or text[at] == " ":
        return min(at, len(text))
    space = text.rfind(" ", max(start, at - 40), at)
    return _character(text, at) if space < 0 else space


def _character(text: str, at: int) -> int:
    """`at`, moved so that no letter is parted from its vowel signs."""
    while at < len(text) and regex.match(r"[\p{M}\u200D\uFE0F]", text[at]):
        at += 1
    return at
