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
# A second gender in brackets: `Prezado(a) gestor(a)`, `estimada/o`.
_SECOND_GENDER = re.compile(r"(?<=[^\W\d_]) ?(?:\((?:a|o|as|os|e|es)\)|/(?:a|o|as|os)\b)")
# `This guide aims to support` says whom it is for; `We met to support` does not.
_ITSELF = re.compile(
    r"(?:\b(?:this|these|the present|est[ea]s?|el presente|la presente|ce|cet|cette|le présent"
    r"|o presente|a presente)|هذا|هذه|यह|इस)\b[^.;!?।؟]{0,90}$",
    re.IGNORECASE,
)
_YOU = ("you", "your")
# `A guide for the inclusion and training of waste pickers` is not for them: what stands after
# these words says more of the word before, up to a comma, or to `and` after readers.
_OF = frozenset(("of", "de", "del", "des", "du", "da", "do", "das", "dos", "d"))
_MANY = frozenset(
    ("range", "variety", "number", "group", "groups", "kinds", "use", "uso", "usage", "grupo",
     "grupos", "gama", "conjunto", "ensemble", "parte", "part", "tipo", "tipos")
)  # fmt: skip
_AND = frozenset(("and", "or", "y", "o", "et", "ou", "e", "as", "como", "including", "incluidas"))


class Named(NamedTuple):
    """Readers that a text names, where in it. plainly: the document is said to be for them."""

    audience: str
    start: int
    end: int
    plainly: bool = False


class _Words(NamedTuple):
    """Phrases before readers, and of them those that say it plainly, or where the document is
    spoken of; phrases after readers; and the readers."""

    before: frozenset[str]
    plain: frozenset[str]
    purpose: frozenset[str]
    after: frozenset[str]
    readers: Mapping[str, str]


def addressed(text: str) -> Iterator[Named]:
    """Each audience that a text says it is for, in the order of the text."""
    known = _known()
    text = _SECOND_GENDER.sub(lambda match: " " * len(match[0]), text)
    matches = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in matches]
    for at in range(len(words)):
        for length in (3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if phrase in known.before and at + length < len(words):
                until = _end(text, matches[at + length - 1].end())
                start = matches[at].start()
                plainly = (
                    phrase in known.plain
                    or (
                        phrase in known.purpose and _ITSELF.search(text, max(0, start - 120), start)
                    )
                    is not None
                )
                for named in _among(text, words, matches, at + length, until, known.readers):
                    yield named._replace(plainly=plainly)
                break
            if phrase in known.after and at:
                for number in range(max(0, at - 3), at):
                    if (audience := known.readers.get(words[number])) is not None:
                        yield Named(audience, matches[number].start(), matches[at].end())
                break
        if words[at] == "as":
            yield from _spoken_to(words, matches, at, known.readers)


def _spoken_to(
    words: list[str], matches: list[re.Match[str]], at: int, readers: Mapping[str, str]
) -> Iterator[Named]:
    """`As health and safety reps, you can`: who is spoken to in English without an article."""
    for number in range(at + 2, min(at + 7, len(words))):
        if words[number] in _YOU and (audience := readers.get(words[number - 1])) is not None:
            yield Named(audience, matches[at].start(), matches[number].end(), True)
            return


def _among(
    text: str,
    words: list[str],
    matches: list[re.Match[str]],
    first: int,
    until: int,
    readers: Mapping[str, str],
) -> Iterator[Named]:
    of_another = found = False
    for number in range(first, min(first + WITHIN, len(words))):
        if matches[number].start() >= until:
            return
        if words[number] in _OF and number > first:
            of_another = words[number - 1] not in _MANY
        elif (words[number] in _AND and found) or "," in text[
            matches[number - 1].end() : matches[number].start()
        ]:
            of_another = False
        if of_another:
            continue
        for length in (3, 2, 1):
            audience = readers.get(" ".join(words[number : number + length]))
            if audience is not None:
                end = matches[min(number + length, len(words)) - 1].end()
                yield Named(audience, matches[first].start(), end)
                found = True
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
    phrases = {
        name: frozenset(_spelt(phrase) for phrase in content[name])
        for name in ("before", "plain", "purpose", "after")
    }
    before = phrases["before"] | phrases["plain"] | phrases["purpose"]
    return _Words(before, phrases["plain"], phrases["purpose"], phrases["after"], readers)


def _spelt(phrase: str) -> str:
    return " ".join(match[0].casefold() for match in _WORD.finditer(phrase))
