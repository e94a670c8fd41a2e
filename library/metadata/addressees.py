"""Whom a document says it speaks to: after `a guide for` or `dirigido a`, before `के लिए`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

WITHIN = 14  # words after "aimed at" in which readers are named, to the end of the sentence
_WORD = re.compile(r"[\w\u0900-\u097f\u064b-\u0652]+(?:[’'-][\w\u0900-\u097f]+)*")
_STOP = re.compile(r"[.;!?।؟]|\n\s*\n|:\s*\n")


class Named(NamedTuple):
    """Readers that a text names, where in it. strongly: said as such, and not by `for` alone."""

    audience: str
    start: int
    end: int


class _Words(NamedTuple):
    before: Mapping[str, int]  # phrase → its words
    after: Mapping[str, int]
    readers: Mapping[str, str]


def addressed(text: str) -> Iterator[Named]:
    """Each audience that a text says it is for, in the order of the text."""
    known = _known()
    matches = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in matches]
    for at in range(len(words)):
        for length in (3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if phrase in known.before and at + length < len(words):
                until = _end(text, matches[at + length - 1].end())
                yield from _among(words, matches, at + length, until, known.readers)
                break
            if phrase in known.after and at:
                for number in range(max(0, at - 3), at):
                    if (audience := known.readers.get(words[number])) is not None:
                        yield Named(audience, matches[number].start(), matches[at].end())
                break


def _among(
    words: list[str],
    matches: list[re.Match[str]],
    first: int,
    until: int,
    readers: Mapping[str, str],
) -> Iterator[Named]:
    for number in range(first, min(first + WITHIN, len(words))):
        if matches[number].start() >= until:
            return
        for length in (3, 2, 1):
            audience = readers.get(" ".join(words[number : number + length]))
            if audience is not None:
                end = matches[min(number + length, len(words)) - 1].end()
                yield Named(audience, matches[first].start(), end)
                break


def _end(text: str, start: int) -> int:
    stop = _STOP.search(text, start, start + 200)
    return stop.start() if stop else start + 200


@cache
def _known() -> _Words:
    content = tomllib.loads((Path(__file__).parent / "addressees.toml").read_text("utf-8"))
    readers = {
        _spelt(word): audience
        for audience, written in content["readers"].items()
        for word in written
    }
    return _Words(
        {_spelt(phrase): phrase.count(" ") + 1 for phrase in content["before"]},
        {_spelt(phrase): phrase.count(" ") + 1 for phrase in content["after"]},
        readers,
    )


def _spelt(phrase: str) -> str:
    return " ".join(match[0].casefold() for match in _WORD.finditer(phrase))
