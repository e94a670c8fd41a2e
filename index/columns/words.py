"""Texts to numbered words: a stretch of a text is analysed once, and a number from then on."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.columns.arrays import Column, distinct, spread, starts_of
from index.inversion import printed_form, surfaces
from index.text import analysis
from index.text.stretches import Stretch, analysed, joined, plain, runs_on

MOST = 400_000  # stretches that are remembered


class Forms:
    """Words in the writing they are printed in, numbered as they are first met."""

    def __init__(self) -> None:
        self.folded: list[str] = []
        self.printed: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, folded: str, written: str) -> int:
        """The number of a word that is written so."""
        return self._number(folded, printed_form(folded, written))

    def plain(self, lower: str) -> int:
        """The number of a word in small letters of ASCII, which is folded already."""
        return self._number(lower, f"{surfaces(lower)}{lower}")

    def _number(self, folded: str, printed: str) -> int:
        number = self._numbers.get(printed)
        if number is None:
            number = self._numbers[printed] = len(self.folded)
            self.folded.append(folded)
            self.printed.append(printed)
        return number


class Stretches(dict[str, int]):
    """The number of each stretch, and what it says, in columns by number."""

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        """Forget all."""
        self.clear()
        self.forms = Forms()
        self._words, self._word_counts = array("i"), array("i")
        self._beside, self._places, self._beside_counts = array("i"), array("i"), array("i")
        self._reach, self._flags = array("b"), array("b")

    def __missing__(self, written: str) -> int:
        if lower := plain(written):
            reach, numeric, goes_on = runs_on(written, lower)
            self._words.append(self.forms.plain(lower))
            self._word_counts.append(1)
            self._beside_counts.append(0)
            self._reach.append(reach)
            self._flags.append(numeric | goes_on << 2)
            number = self[written] = len(self)
            return number
        one = analysed(written)
        for token in one.tokens:
            self._words.append(self.forms.number(token.text, written[token.start : token.end]))
        for place, token in one.beside:
            self._beside.append(self.forms.number(token.text, written[token.start : token.end]))
            self._places.append(place)
        self._word_counts.append(len(one.tokens))
        self._beside_counts.append(len(one.beside))
        self._reach.append(one.reach)
        self._flags.append(one.numeric | one.ends_in_digit << 1 | one.goes_on << 2)
        number = self[written] = len(self)
        return number

    def read(self, texts: Sequence[str]) -> Read:
        """The words of texts, and where each stands in its text."""
        codes = array("i")
        counts = array("i")
        for text in texts:
            before = len(codes)
            codes.extend(map(self.__getitem__, text.split()))
            counts.append(len(codes) - before)
        return self._expanded(texts, _ints(codes), _ints(counts))

    def _expanded(self, texts: Sequence[str], codes: Column, counts: Column) -> Read:
        text_of = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
        word_counts, words = _ints(self._word_counts), _ints(self._words)
        beside_counts, beside = _ints(self._beside_counts), _ints(self._beside)
        places = _ints(self._places)
        held = word_counts[codes]
        words_before = starts_of(held)
        forms = words[spread(starts_of(word_counts)[codes], held)]
        token_text = np.repeat(text_of, held)
        starts = starts_of(counts)
        first_word = words_before[starts]  # of each text, and behind the last
        place = np.arange(len(forms)) - first_word[token_text]

        whole, more = self._joined(texts, codes, counts, starts, text_of, words_before, first_word)
        other_counts = np.where(whole, 0, beside_counts[codes])
        others = spread(starts_of(beside_counts)[codes], other_counts)
        other_text = np.repeat(text_of, other_counts)
        base = words_before[:-1] - first_word[text_of]
        other_place = np.repeat(base, other_counts) + places[others]
        return Read(
            np.diff(first_word),
            np.concatenate((token_text, other_text, more[0])),
            np.concatenate((place, other_place, more[1])),
            np.concatenate((forms, beside[others], more[2])),
        )

    def _joined(
        self,
        texts: Sequence[str],
        codes: Column,
        counts: Column,
        starts: Column,
        text_of: Column,
        words_before: Column,
        first_word: Column,
    ) -> tuple[Column, tuple[Column, Column, Column]]:
        """Which stretches are read as a whole with others, and what is read there besides."""
        whole = np.zeros(len(codes), bool)
        found_text, found_place, found_form = array("i"), array("i"), array("i")
        flags = np.frombuffer(self._flags, np.int8)[codes]
        reach = np.frombuffer(self._reach, np.int8)[codes]
        seeds = np.zeros(len(codes), bool)
        for step in range(1, max(int(reach.max(initial=0)), 1) + 1):
            if len(codes) <= step:
                break
            same = text_of[step:] == text_of[:-step]
            seeds[:-step] |= same & (reach[:-step] >= step) & (flags[step:] & 1 > 0)
            if step == 1:
                seeds[:-1] |= same & (flags[:-1] & 2 > 0) & (flags[1:] & 4 > 0)
        for text in distinct(text_of[seeds]).tolist():
            first = int(starts[text])
            written = texts[text]
            stretches = written.split()
            spans = _spans(written, stretches)
            own = codes[first : first + len(stretches)]
            for one, last in joined([self._flagged(code) for code in own.tolist()]):
                whole[first + one : first + last + 1] = True
                run = written[spans[one][0] : spans[last][1]]
                tokens = int(words_before[first + last + 1] - words_before[first + one])
                base = int(words_before[first + one] - first_word[text])
                for number, (place, token) in enumerate(analysis.placed(run)):
                    if number >= tokens:
                        form = self.forms.number(token.text, run[token.start : token.end])
                        found_text.append(text)
                        found_place.append(base + place)
                        found_form.append(form)
        return whole, (_ints(found_text), _ints(found_place), _ints(found_form))

    def _flagged(self, code: int) -> Stretch:
        flags = self._flags[code]
        return Stretch((), (), self._reach[code], bool(flags & 1), bool(flags & 2), bool(flags & 4))


class Read:
    """The words of some texts: of each its text, its place there and its form; words that stand
    beside others, because they can be written so, come last."""

    __slots__ = ("form", "lengths", "place", "text")

    def __init__(self, lengths: Column, text: Column, place: Column, form: Column) -> None:
        self.lengths = lengths  # of each text, in words
        self.text = text
        self.place = place
        self.form = form


def _ints(numbers: array[int]) -> Column:
    return np.array(numbers, np.int32) if numbers else np.zeros(0, np.int32)


def _spans(text: str, stretches: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for one in stretches:
        at = text.index(one, at)
        spans.append((at, at + len(one)))
        at += len(one)
    return spans
