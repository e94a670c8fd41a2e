"""Letters set apart for show: "O U R   R I G H T S" is two words, and only the gaps say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

FEW = 4  # letters in a row that stand apart: fewer are initials, or a formula
LOOSE = 0.7  # of the words are single letters: they were set apart
WIDER = 1.45  # times the usual gap between the letters: a gap that wide parts words
PLAINLY = 0.12  # of the size: so much wider it is, too

Sign = tuple[str, float, float]  # a letter, and where it begins and ends along the line


def is_loose(text: str) -> bool:
    """Whether a text is little else than single letters with spaces between."""
    words = text.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return single >= FEW and single > LOOSE * len(words)


def respaced(signs: Sequence[Sign], size: float, few: int = FEW) -> str:
    """The text of signs in their order, spaces among them, with letters set apart made words.

    `size` is that of the type, in the units of the places; `few` letters in a row are that.
    """
    return " ".join(
        "".join(sign for sign, _, _ in run[0]) if len(run) == 1 else _words(run, size)
        for run in _runs(signs, few)
    )


def _runs(signs: Sequence[Sign], few: int) -> Iterator[list[list[Sign]]]:
    """Tokens between spaces: each alone, but single letters that follow each other together."""
    tokens: list[list[Sign]] = [[]]
    for sign in signs:
        if sign[0].isspace():
            tokens.append([])
        else:
            tokens[-1].append(sign)
    waiting: list[list[Sign]] = []
    for token in [*filter(None, tokens), None]:
        if token is not None and len(token) == 1 and token[0][0].isalpha():
            waiting.append(token)
            continue
        if len(waiting) >= few:
            yield waiting
        else:
            yield from ([span] for span in waiting)
        waiting = []
        if token is not None:
            yield [token]


def _words(letters: Sequence[Sequence[Sign]], size: float) -> str:
    """Single letters as words: between two of these the gap is plainly wider."""
    signs = [letter[0] for letter in letters]
    gaps = [after[1] - before[2] for before, after in pairwise(signs)]
    usual = median(sorted(gaps)[: max(1, (2 * len(gaps) + 2) // 3)])
    text = signs[0][0]
    for gap, (sign, _, _) in zip(gaps, signs[1:], strict=True):
        apart = gap > WIDER * usual and gap > usual + PLAINLY * size
        text += f" {sign}" if apart else sign
    return text
