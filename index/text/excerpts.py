"""The stretch of a text that best answers a question, and the words in it that do.

Long because what is marked decides what is cut, and where a cut may fall decides what is marked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.query import Field, Node, Phrase, Prefix, Word
from index.results import Span
from index.text import analysis, deferred, matching, scripts, sources
from index.text.query_plan import planned
from index.text.spans import spans
from index.text.stretches import FAR, forms_of, numbers_in, placed, remembered, said_in
from index.text.syntax import words

WIDTH = 200
"""Characters of an excerpt."""

AHEAD = 64  # matches that are looked at from one on
CHARACTER = 32  # code points that one character is looked for in
CLOSING = 16  # characters that end a sentence, at most, for one to be found

_STOPS = rf"\u2026\u055E{scripts.ENDS}"
_SENTENCE = deferred.compile(
    rf"(?<![{_STOPS}])[{_STOPS}]++[\"'”’»)\]]*+\s++|(?:(?![\x00-\u06FF\u2026\u203C-\u2049\uFF0E])[{_STOPS}])++"
)
_PARTED = deferred.compile(rf"\s|{scripts.SEPARATOR}|[{scripts.SYLLABLE}]")
_ELLIPSIS = "…"
_CHARACTER = deferred.compile(r"\X")


class _Found(NamedTuple):
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


class Cut(NamedTuple):
    """Words of a text, the spans of them that are marked, and how many characters of the text,
    white space made single, stand before the first of these; None without one."""

    text: str
    marks: tuple[Span, ...]
    before: int | None


def excerpt(
    text: str, tree: Node, languages: Sequence[str], width: int = WIDTH
) -> tuple[str, tuple[Span, ...]]:
    """About `width` characters of `text` holding the most different words asked for, and marks.

    White space is made single; an ellipsis stands where the text was cut within a sentence.
    """
    return excerpt_of(text, tree, languages, width)[:2]


def excerpt_of(text: str, tree: Node, languages: Sequence[str], width: int = WIDTH) -> Cut:
    """The same, and where it stands."""
    text = " ".join(text.split())
    return _cut(text, _find(text, tree, languages, ""), width)


def excerpt_at(
    text: str,
    standing: Iterable[Standing],
    languages: Sequence[str],
    width: int = WIDTH,
    *,
    numbers: bool = False,
) -> Cut:
    """The same, of a text of which an index knows where in it stands what `looked_for` names.

    numbers: whether any of it may be a reading that runs over white space, as 1 250 does.
    """
    text = " ".join(text.split())
    words_at = spans(text)
    matches: list[_Found] = []
    for one in standing:
        if one.last < len(words_at):
            start, last = int(words_at[one.first, 0]), words_at[one.last].tolist()
            wide = numbers and numbers_in(one.forms)
            end = _widened(text, (last[0], last[1]), one.forms, languages, wide)
            matches.append(_found(text, start, end, one.leaf))
    matches.sort(key=lambda match: (match.start, -match.end))
    return _cut(text, matches, width)


def _widened(
    text: str, word: Span, forms: matching.Slot, languages: Sequence[str], numbers: bool
) -> int:
    """Where what ends with a word ends: other readings of it may be of several."""
    if not numbers and text[word[1] : word[1] + 1] in ("", " "):
        return word[1]  # no reading runs over white space
    first = text.rfind(" ", 0, word[0]) + 1
    last = text.find(" ", word[1])
    if numbers:
        first = text.rfind(" ", 0, max(first - 1, 0)) + 1
        for _ in range(FAR + 1):
            last = text.find(" ", last + 1) if last >= 0 else last
        read: Iterable[tuple[int, analysis.Token]] = placed(text[first : last % (len(text) + 1)])
    else:
        stretch = remembered(text[first : last % (len(text) + 1)])
        read = (*enumerate(stretch.tokens), *stretch.beside)
    own = -1
    end = word[1]
    for place, token in read:
        if own < 0 and first + token.start == word[0]:
            own = place
        elif place == own and not forms_of(token.text, languages).isdisjoint(forms):
            end = max(end, first + token.end)
    return end


def _cut(text: str, matches: Sequence[_Found], width: int) -> Cut:
    start, end = _window(text, _beside_addresses(text, matches), width)
    before = _ELLIPSIS if start and not _begins_sentence(text, start) else ""
    after = _ELLIPSIS if end < len(text) and not _SENTENCE.match(text[end - 1] + " ") else ""
    moved = len(before) - start
    inside = [match for match in matches if start <= match.start and match.end <= end]
    marked = tuple((first + moved, last + moved) for first, last in _merged(inside))
    return Cut(before + text[start:end] + after, marked, inside[0].start if inside else None)


def _beside_addresses(text: str, matches: Sequence[_Found]) -> Sequence[_Found]:
    """The matches that are not within an address on the web, where there are any."""
    web = sources.may_cite_web(text)
    addresses = [match.span() for match in sources.ADDRESS.finditer(text)] if web else []
    if not addresses:
        return matches
    starts = [start for start, _ in addresses]
    outside = [
        match
        for match in matches
        if (at := bisect_right(starts, match.start)) == 0 or addresses[at - 1][1] <= match.start
    ]
    return outside or matches


def _found(text: str, start: int, end: int, leaf: int) -> _Found:
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    return _Found(start, end, leaf)


class Standing(NamedTuple):
    """What is known to stand in a text: which of the words asked for, the numbers of its first and
    last word there, counted from 0, and the terms that can stand last."""

    leaf: int
    first: int
    last: int
    forms: matching.Slot


def looked_for(
    tree: Node, languages: Sequence[str]
) -> tuple[tuple[tuple[int, tuple[matching.Way, ...]], ...], bool] | None:
    """The number of each word that is marked in texts of these languages, and the ways in which
    texts have it; and whether any of it is of numbers. None where only the text itself tells: of
    beginnings."""
    asked, forms, _ = _asked(tree, tuple(languages), "")
    if any(one.beginning for one in asked):
        return None
    return tuple((one.leaf, one.ways) for one in asked), numbers_in(forms)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A leaf ready to be looked for: how its words begin, or the ways in which texts have it."""

    leaf: int
    beginning: str
    ways: tuple[matching.Way, ...]


@lru_cache(256)
def _asked(
    tree: Node, languages: tuple[str, ...], field: Field
) -> tuple[tuple[_Asked, ...], frozenset[str], bool]:
    """What a tree asks for, the forms that any of it has, and whether a stretch of a text cannot
    tell alone: where a beginning is asked for, or a number, whose parts may stand apart."""
    everything = words(planned(tree, languages))
    asked: list[_Asked] = []
    for leaf in everything:
        if leaf.field not in ("", field) or not matching.is_telling(leaf, everything, languages):
            continue
        if isinstance(leaf, Prefix):
            asked.append(_Asked(len(asked), analysis.fold(leaf.text), ()))
            continue
        ways = matching.ways_together(leaf, languages)
        if isinstance(leaf, Word):
            ways += tuple(_slots_of_name(name, languages) for _, name in sorted(leaf.names))
        asked.append(_Asked(len(asked), "", ways))
    forms = frozenset(form for one in asked for way in one.ways for slot in way for form in slot)
    return tuple(asked), forms, any(one.beginning for one in asked) or numbers_in(forms)


class _Words:
    """The words of a text that may be asked for: where, in which forms, and where they end."""

    __slots__ = ("ends", "forms", "wide", "words")

    def __init__(self) -> None:
        self.words: dict[str, list[int]] = defaultdict(list)  # folded
        self.forms: dict[str, list[int]] = defaultdict(list)  # that they have in the languages
        self.ends: dict[int, Span] = {}  # place → the token that stands there
        self.wide: dict[tuple[str, int], int] = {}  # of readings, which may be of several words

    def take(self, placed: Iterable[tuple[int, analysis.Token]], languages: Sequence[str]) -> None:
        beside: dict[tuple[str, int], int] = {}
        places: dict[str, list[int]] = defaultdict(list)
        for place, token in placed:
            if place in self.ends:
                beside[token.text, place] = token.end
            else:
                self.ends[place] = token.start, token.end
            places[token.text].append(place)
        for word, where in places.items():
            self.words[word] += where
            for form in forms_of(word, languages):
                self.forms[form] += where
                for place in where if beside else ():
                    if end := beside.get((word, place)):
                        self.wide[form, place] = max(end, self.wide.get((form, place), 0))


def _find(text: str, tree: Node, languages: Sequence[str], field: Field) -> list[_Found]:
    languages = tuple(languages)
    asked, forms, alone = _asked(tree, languages, field)
    if not asked:
        return []
    standing = _Words()
    if alone:
        standing.take(placed(text), languages)
    else:
        _take_stretches(standing, text, forms, languages)
    matches: list[_Found] = []
    for one in asked:
        for first, last, ends in _places(one, standing):
            wide = (standing.wide.get((form, last), 0) for form in ends)
            end = max(standing.ends[last][1], *wide, 0)
            matches.append(_found(text, standing.ends[first][0], end, one.leaf))
    return sorted(matches, key=lambda match: (match.start, -match.end))


def _take_stretches(
    standing: _Words, text: str, forms: frozenset[str], languages: tuple[str, ...]
) -> None:
    """Take what stands in those stretches of a text that hold any of these forms."""
    stretches = text.split()
    found: list[tuple[int, int]] = []
    place = 0
    for at, said in enumerate(map(said_in(languages).__getitem__, stretches)):
        if said.__class__ is str:
            if said in forms:
                found.append((at, place))
            place += 1
        else:
            if not forms.isdisjoint(said[1]):
                found.append((at, place))
            place += int(said[0])
    behind = before = 0
    for at, place in found:
        for one in stretches[before : at + 1]:
            start = text.index(one, behind)
            behind = start + len(one)
        before = at + 1
        one_ = remembered(stretches[at])
        moved = [
            (place + own, analysis.Token(token.text, token.start + start, token.end + start))
            for own, token in (*enumerate(one_.tokens), *one_.beside)
        ]
        standing.take(moved, languages)


def _places(one: _Asked, standing: _Words) -> Iterator[tuple[int, int, matching.Slot]]:
    """The first and last place of each stretch of tokens that is what a leaf asks for, and the
    forms that can stand last."""
    if one.beginning:
        for word in standing.words:
            if word.startswith(one.beginning):
                yield from ((place, place, (word,)) for place in standing.words[word])
        return
    for way in one.ways:
        yield from _together(way, standing.forms)


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
    near = spare * 2 // 3
    sentence = _sentence_start(text, first, near)
    start = sentence if first - sentence <= near else _cut_after(text, first - spare // 3)
    start = min(start, _cut_after(text, max(0, len(text) - width)), first)
    return start, max(_cut_before(text, start + width, start), min(last, len(text)))


def _densest(matches: Sequence[_Found], width: int) -> Span:
    whole = matches[0].start, max(match.end for match in matches)
    if len(matches) <= AHEAD and whole[1] - whole[0] <= width:
        return whole
    best, score = (matches[0].start, matches[0].end), (0, 0)
    for number, match in enumerate(matches):
        inside = [
            other for other in matches[number : number + AHEAD] if other.end - match.start <= width
        ]
        worth = (len({other.leaf for other in inside}), len(inside))
        if worth > score and inside:
            best, score = (match.start, max(other.end for other in inside)), worth
    return best


def _sentence_start(text: str, at: int, near: int) -> int:
    """Where the sentence that holds `at` begins, if that is so near; else further than that."""
    start = earliest = max(0, at - near - CLOSING)
    for match in _SENTENCE.finditer(text, earliest, at):
        start = match.end()
    return start


def _begins_sentence(text: str, start: int) -> bool:
    return any(m.end() == start for m in _SENTENCE.finditer(text, max(0, start - 8), start))


def _cut_after(text: str, at: int) -> int:
    """The first place at or after `at` where a word begins, or `at` where there are no spaces."""
    if at <= 0 or _PARTED.match(text[at - 1]):
        return max(at, 0)
    space = _PARTED.search(text, at, at + 40)
    return space.end() if space else _character(text, at)


def _cut_before(text: str, at: int, start: int) -> int:
    """The last place at or before `at` where a word ends, or `at` where there are no spaces."""
    if at >= len(text) or text[at] == " ":
        return min(at, len(text))
    parted = [match.span() for match in _PARTED.finditer(text, max(start, at - 40), at)]
    if not parted:
        return _character(text, at)
    first, last = parted[-1]
    return first if text[first] == " " else last


def _character(text: str, at: int) -> int:
    """`at`, moved to where the character ends that it stands in, so that no letter is parted from
    its vowel signs or from those stacked under it."""
    first = max(0, at - CHARACTER)
    for match in _CHARACTER.finditer(text, first, at + CHARACTER):
        if match.end() >= at:
            return match.end()
    return at
