"""Texts that a bad pattern takes long over: a beginning, a part said again and again, an end.

Some are for every pattern; some are read off the pattern itself: what leads to each of its repeats,
what the repeat takes, and an end that it does not want.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as ops
from re import _parser as parser
from typing import Any

Attack = tuple[str, str, str]

PIECES = (
    *("a", "A", "1", "é", "И", "ا", "क", "你", " ", "\t", "\n", "\r\n", "\xa0", "-", "–", "_", "."),
    *(
        ",",
        ";",
        ":",
        "!",
        "?",
        "'",
        '"',
        "’",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "&",
        "@",
        "#",
    ),
    *("*", "+", "=", "/", "\\", "|", "~", "%", "$", "^", "`", "•", "…", "\u0300", "\u00ad", "\x80"),
    *("aA", "Aa ", "a ", "A ", "1 ", "1-", "1.", "1/", "a.", "A.", "a-", "a@", "a, ", "a;", ". "),
    *(" \n", "\n ", "\n\n", "a\n", "1\n", "- ", "<a ", "<!--", "-->", "<!-- -->\n", "<!-- a -->"),
    *("http://", "www.", "![", "](", "[^", "[a](", "{%", "{{", "\\(", "\\{", "|a", "a:", "x=1 "),
    *(
        "of ",
        "de ",
        "by ",
        "and ",
        "the ",
        "I",
        "No. ",
        "© ",
        "2020 ",
        "20",
        "a1",
        "A1 ",
        "“",
        "(a",
    ),
)
ENDS = ("", "\x00")
UNWANTED = ("", "\x00", "\n", "!", "a", " ")
PICKS = 6  # characters of a set that are tried
MOST = 260  # texts read off one pattern
LONG = 8  # a repeat of at least so many may be made to work


def common() -> list[Attack]:
    """The texts that every pattern is held against."""
    return [("", piece, end) for piece in PIECES for end in ENDS]


def of(pattern: Any) -> list[Attack]:
    """The texts read off one pattern; none where it cannot be read, as few of `regex` cannot."""
    source = pattern.pattern
    if isinstance(source, bytes):
        source = source.decode("latin-1")
    if not isinstance(pattern, re.Pattern):
        source = re.sub(r"\\[pP]\{\^?[^}]*\}", r"\\w", source).replace("\\X", ".")
    flags = pattern.flags & (re.I | re.M | re.S | re.X)
    try:
        tree = parser.parse(source, flags)
    except re.error:
        return []
    found = list(dict.fromkeys(attack for attack in _all(tree) if attack[1]))
    if len(found) <= MOST:
        return found
    step = len(found) / MOST
    return [found[int(n * step)] for n in range(MOST)]


def _all(tree: Sequence[Any]) -> Iterator[Attack]:
    for pick in range(PICKS):
        for end in range(1, len(tree) + 1):
            for unwanted in UNWANTED[:3]:
                yield "", _example(tree[:end], pick), unwanted
    yield from _of_repeats(list(tree), "")


def _of_repeats(items: Sequence[Any], before: str) -> Iterator[Attack]:
    for at, (op, value) in enumerate(items):
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _, most, body = value
            if most >= LONG:
                for pick in range(PICKS):
                    part = _example(body, pick)
                    after = _example(items[at + 1 : at + 2], pick)
                    for unwanted in UNWANTED:
                        yield before, part, unwanted
                    yield "", before + part, "\x00"
                    yield before, part + after, "\x00"
                    yield before + part, after, "\x00"
        for body in _bodies(op, value):
            yield from _of_repeats(list(body), before)
        before += _example([(op, value)], 0)


def _bodies(op: Any, value: Any) -> list[Any]:
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.BRANCH:
        return list(value[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    return []


def _example(items: Sequence[Any], pick: int) -> str:
    """A short text that these items match, or nearly."""
    return "".join(_one(op, value, pick) for op, value in items)


def _one(op: Any, value: Any, pick: int) -> str:
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return next(char for char in "a1 -" if ord(char) != value)
    if op is ops.ANY:
        return "a1 -.<"[pick % 6]
    if op is ops.IN:
        members = [char for char in PROBES if _holds(value, char)] or _own(value)
        return members[pick % len(members)] if members else ""
    if op is ops.BRANCH:
        return _example(value[1][pick % len(value[1])], pick)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _example(value[2], pick) * max(min(value[0], 64), min(1, value[1]))
    if op is ops.GROUPREF:
        return "="
    bodies = _bodies(op, value)
    return _example(bodies[0], pick) if bodies and op not in (ops.ASSERT, ops.ASSERT_NOT) else ""


PROBES = "a1 -.(\n_A<@\t,/*=«é\u0301ا"


def _own(value: Sequence[Any]) -> list[str]:
    chars = [chr(v) for op, v in value if op is ops.LITERAL]
    return chars + [chr(v[0]) for op, v in value if op is ops.RANGE]


def _holds(value: Sequence[Any], char: str) -> bool:
    held, negated = False, False
    for op, part in value:
        if op is ops.NEGATE:
            negated = True
        elif op is ops.LITERAL:
            held = held or ord(char) == part
        elif op is ops.RANGE:
            held = held or part[0] <= ord(char) <= part[1]
        elif op is ops.CATEGORY:
            held = held or re.match(CATEGORIES[str(part)], char) is not None
    return held is not negated


CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
