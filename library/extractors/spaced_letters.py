"""Lines of letters set apart, as blocks: `S O L I D A R I T Y` is one word to who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from library.core.resource import Block
from library.core.spaced_letters import SINGLES, joined_letters

_WORD = re.compile(r"[^\W\d_]{2,24}")
_FEW = 4  # letters; fewer may be what they are: answers, vitamins, initials
_SHOWN = ("heading", "paragraph", "quote")  # blocks that may be nothing but such a line


def rejoined(blocks: Sequence[Block | None]) -> Iterator[Block | None]:
    """The blocks of a whole document, one for one; those that are nothing but letters set apart say
    their words.

    Where words divide, the others tell. Letters in the order of the alphabet are a list.
    """
    spaced = [block for block in blocks if block and _is_spaced(block)]
    known: set[str] = set()
    if spaced:
        letters = {letter for block in spaced for letter in block.text.casefold()}
        for other in filter(None, blocks):
            words = _WORD.findall(other.text.casefold())
            known.update(word for word in words if letters.issuperset(word))
    for block in blocks:
        if block and spaced and _is_spaced(block):
            yield replace(block, text=joined_letters(block.text, known))
        else:
            yield block


def _is_spaced(block: Block) -> bool:
    text = block.text
    if block.kind not in _SHOWN or text[1:2] != " " or not SINGLES.fullmatch(text.rstrip(".!?:")):
        return False
    letters = text.rstrip(".!?:").casefold().split(" ")
    listed = all(ord(after) == ord(one) + 1 for one, after in pairwise(letters))
    return len(letters) >= _FEW and not listed
