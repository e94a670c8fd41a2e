"""Where on a page a question is answered: its matches, and the place that a result showed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from index.inversion import cut
from index.query import Node
from index.results import Place
from index.text import analysis, together
from index.text.excerpts import excerpt, leaves
from library.web.parts.blocks import Block, Item, Note, Piece

FAR = 400  # characters between two marks from which no match can hold both
AROUND = 60  # characters beside a match by which its place in an excerpt is known

Text = tuple[Piece, ...]


class Landing(NamedTuple):
    """matches: for each match of a page, which of its marks begins it, counted from 1. led: the
    mark that the excerpt of a result shows first, 0 without marks."""

    matches: tuple[int, ...] = ()
    led: int = 0

    def at(self) -> int:
        """The match that a reader is at who was led to the page by a result, counted from 1."""
        return max(1, sum(mark <= self.led for mark in self.matches))

    def mark(self, at: int) -> int:
        """The mark where match `at` begins; that of the excerpt where a page has none."""
        return self.matches[min(at, len(self.matches)) - 1] if self.matches else self.led


def landing(
    blocks: Iterable[Block],
    notes: Iterable[Note],
    page: str,
    tree: Node,
    asked: Node,
    languages: Sequence[str],
    place: Place | None = None,
) -> Landing:
    """The matches of a page that is marked, and where in it its excerpt stands.

    page: its plain text, of which a result shows an excerpt. tree: what is marked. asked: what was
    searched for, of which some may have been read as values of facets. place: where the excerpt
    stands, for an address that says so; without, it is taken to be what answers best of the page.
    """
    texts = list(shown(blocks, notes))
    known: dict[str, frozenset[int]] = {}

    def of(text: str) -> frozenset[int]:
        if text not in known:
            known[text] = leaves(text, tree, languages)
        return known[text]

    stretches, ordinals = standing(texts, of)
    found = together.matches(stretches, together.most(stretches))
    starts = tuple(ordinals[first] for first, _ in found)
    pieces = cut(page)
    piece, led = page, 0
    if place and place.piece <= len(pieces):
        piece = pieces[place.piece - 1]
        led = mark_at(texts, ordinals, " ".join(piece.split()), place.before)
    if not led:
        words, spans = excerpt(piece, asked, languages)
        if spans:
            # What the excerpt shows may be less than a match; then any of its marks will do.
            led = place_of(texts, [(ordinals[a], ordinals[b]) for a, b in found], words)
            led = led or place_of(texts, [(mark, mark) for mark in ordinals], words)
    return Landing(starts, led or (starts[0] if starts else 0))


def shown(blocks: Iterable[Block], notes: Iterable[Note]) -> Iterator[Text]:
    """The texts of a page in the order in which it shows them."""
    for block in blocks:
        if not block.below:
            yield block.caption
        yield block.pieces
        yield from _listed(block.items)
        yield from block.head
        for row in block.rows:
            yield from row
        if block.below:
            yield block.caption
    for note in notes:
        yield note.pieces


def _listed(items: Iterable[Item]) -> Iterator[Text]:
    for item in items:
        yield item.pieces
        yield from _listed(item.items)


def standing(
    texts: Iterable[Text], leaves: Callable[[str], frozenset[int]]
) -> tuple[list[together.Stretch], list[int]]:
    """Where marks stand, in words from the top of the page; and for each, which mark it is."""
    stretches: list[together.Stretch] = []
    ordinals: list[int] = []
    place = mark = 0
    for text in texts:
        for piece in text:
            mark += piece.marked
            if piece.note:  # the number of a note is no word of the text
                continue
            words = sum(1 for _ in islice(analysis.tokens(piece.text[:FAR]), together.REACH))
            if piece.marked:
                end = place + max(words, 1) - 1
                # A part of a phrase that goes on on another page is none of its words alone.
                answers = leaves(piece.text) or frozenset((0,))
                stretches.append(together.Stretch(place, end, answers))
                ordinals.append(mark)
            place += words
    return stretches, ordinals


def place_of(texts: Iterable[Text], matches: Iterable[tuple[int, int]], excerpt: str) -> int:
    """The mark that begins the match which an excerpt of the page shows; 0 where it shows none.

    matches: the first and last mark of each, counted from 1.
    """
    read, places = _read(texts)
    shown = " ".join(excerpt.strip("…").split())
    led, best = 0, -1
    for first, last in matches:
        start, end = places[first][0], places[last][1]
        if (at := shown.find(read[start:end])) < 0:
            continue
        # The same words may stand on the page twice: what stands around them tells them apart.
        before = _alike(read[max(0, start - AROUND) : start][::-1], shown[:at][::-1])
        after = _alike(read[end : end + AROUND], shown[at + end - start :])
        if before + after > best:
            led, best = first, before + after
    return led


def mark_at(texts: Iterable[Text], marks: Iterable[int], words: str, at: int) -> int:
    """The mark, of these, that stands where `at` in some words of the page is; 0 where none does.

    A mark may begin before, where what is marked together is longer than was shown.
    """
    read, places = _read(texts)
    ahead, behind = words[at : at + AROUND], words[:at][::-1]
    led, best = 0, 0
    for mark in marks:
        start, end = places[mark]
        for moved in range(max(0, min(end - start, at + 1, AROUND))):
            here = start + moved
            after = _alike(read[here : here + AROUND], ahead)
            if after < min(end - here, len(words) - at, AROUND):
                continue
            alike = after + _alike(read[max(0, here - AROUND) : here][::-1], behind)
            if alike > best:
                led, best = mark, alike
    return led


def _read(texts: Iterable[Text]) -> tuple[str, list[tuple[int, int]]]:
    """A page as one text, and where in it each mark begins and ends, counted from 1."""
    whole: list[str] = []
    places: list[tuple[int, int]] = [(0, 0)]
    length = 0
    for text in texts:
        for piece in (*text, Piece(" ")):
            words = "" if piece.note else piece.text
            if piece.marked:
                places.append((length, length + len(words)))
            whole.append(words)
            length += len(words)
    return "".join(whole), places


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
