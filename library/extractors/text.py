"""Plain text: paragraphs, and the few headings that can be told for sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from library.core.errors import Empty
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import BULLET, NUMBER, clean, joined
from library.extractors.encodings import decode
from library.extractors.pages import fitted, outline_of, page_of, pages_of

READER = "text"
RULE = re.compile(r"^\s*([=~*_-])\1{2,}\s*$")
# Colours and places of a terminal (ECMA-48, 5.4), and the titles of its window.
ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|[@-Z\\^_])"
)
OVERSTRUCK = re.compile(r"[^\x08\n]\x08([^\x08\n])")
DRAWN = re.compile("[\u2500-\u259f]+")  # boxes around what is written
CUT = re.compile(r"[^\W\d_][-\u2010\u00ad]$")  # a word at the end of its line
SHORT = 60  # characters: lines of a paragraph are longer where they were wrapped
NARROW, FULL, MOST = 25, 0.7, 0.7  # characters of a narrow column; how far its lines fill it
UNBROKEN = 180  # characters of a line in text whose lines are not broken to fit a width
HEADING = 100  # characters of a heading at most


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """The pages that form feeds mark, or pages of our own cutting. Raises Empty."""
    text = printed(decode(file.read()).replace("\r\n", "\n").replace("\r", "\n"))
    if "\f" in text.strip("\f\n "):
        parts = text.strip("\f").split("\f")
        total = len(parts)
        groups = [
            group for part in parts[: limits.pages] for group in fitted(_blocks(part), limits)
        ]
        total += len(groups) - min(total, limits.pages)
        pages: list[Page] = [
            page_of(number, group, READER, limits)
            for number, group in enumerate(groups[: limits.pages], 1)
        ]
    else:
        cut = pages_of(_blocks(text), READER, limits)
        pages, total = cut, cut.total
    if not any(page.text for page in pages):
        raise Empty("no text")
    yield Said({}, outline_of(pages)[: limits.outline], total)
    yield from pages


def blocks_in(text: str) -> list[Block]:
    """The blocks of text that came with something else."""
    return list(_blocks(printed(text.replace("\r\n", "\n").replace("\r", "\n"))))


def printed(text: str) -> str:
    """Text as a terminal shows it: without its colours, and with letters struck over each other
    once.
    """
    if "\x1b" in text:
        text = ESCAPES.sub("", text)
    if "\x08" in text:
        text = OVERSTRUCK.sub(r"\1", text).replace("\x08", "")
    return DRAWN.sub(" ", text)


def _blocks(text: str) -> Iterator[Block]:
    """Lines between empty lines, as a heading, items, a paragraph, or lines that stand alone."""
    group: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield from _group(group)
            group = []


def _group(lines: Sequence[str]) -> Iterator[Block]:
    if len(lines) > 1 and RULE.match(lines[1]) and len(lines[0]) <= HEADING:
        level = 1 if "=" in lines[1] else 2
        yield Block("heading", clean(lines[0].strip()), level=level)
        lines = lines[2:]
    lines = [line for line in lines if not RULE.match(line)]
    if len(lines) == 1 and _is_heading(lines[0]):
        yield Block("heading", clean(lines[0].strip()), level=2)
        return
    widest = max(map(len, lines), default=0)
    wrapped = SHORT <= widest <= UNBROKEN or _is_narrow(lines, widest)
    paragraph: list[str] = []
    for line in map(str.strip, lines):
        begins = BULLET.match(line) or NUMBER.match(line)
        goes_on = paragraph and CUT.search(paragraph[-1]) and line[:1].islower()
        ended = begins or not wrapped or (paragraph and _stands_alone(paragraph[-1], line, widest))
        if paragraph and ended and not goes_on:
            yield _block(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _block(paragraph)


def _is_narrow(lines: Sequence[str], widest: int) -> bool:
    """Whether lines were broken to fit a narrow column: nearly all fill it, and go on small."""
    if len(lines) < 3 or not NARROW <= widest < SHORT:
        return False
    full = sum(len(line) >= FULL * widest for line in lines[:-1])
    small = sum(line.lstrip()[:1].islower() for line in lines[1:])
    return full >= MOST * (len(lines) - 1) and small >= MOST * (len(lines) - 1)


def _stands_alone(line: str, following: str, widest: int) -> bool:
    """Whether a line was ended by who wrote it, and not for want of room: a title, an address."""
    return len(line) < 0.5 * widest and not line.endswith((",", "-")) and following[:1].isupper()


def _block(lines: Sequence[str]) -> Block:
    text = clean(joined(lines))
    if match := BULLET.match(text):
        return Block("item", text[match.end() :], level=1)
    if match := NUMBER.match(text):
        return Block("item", text[match.end() :], level=1, marker=match[1])
    return Block("paragraph", text)


def _is_heading(line: str) -> bool:
    letters = [sign for sign in line if sign.isalpha()]
    if len(letters) < 3 or len(line) > HEADING or line.rstrip().endswith((".", ",", ";")):
        return False
    return all(sign.isupper() for sign in letters) and 2 * len(letters) > len(line.strip())
