"""Slides as pages: one each, its heading first and the speaker's notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from library.core.errors import InputError
from library.core.messages import Message, distinct
from library.core.resource import Block, Heading, Page, Said
from library.extractors import Limits
from library.extractors.enclosed import Enclosure, Further
from library.extractors.flow import EMPTY, ITS_PROGRAM, in_own_language, main_language, stated
from library.extractors.pages import fitted, page_of
from library.extractors.spaced_letters import rejoined

TITLE = 120  # characters of a line in the contents list


@dataclass(slots=True)
class Rest:
    """What a presentation holds besides its slides: files in it, and what was not read."""

    enclosed: list[Enclosure] = field(default_factory=list)
    unread: list[Message] = field(default_factory=list)
    hidden: int = 0  # slides that are not shown


def delivered(
    fields: Mapping[str, str],
    slides: Iterable[Sequence[Block]],
    reader: str,
    limits: Limits,
    rest: Rest | None = None,
) -> Iterator[Said | Page]:
    """What a presentation says of itself, then a page for each slide, without words or with. One
    that is too long for a page goes on over several. `rest` is filled while the slides are read.

    Where the file breaks off, what came before is kept and the problem is raised after it.
    Raises Empty.
    """
    kept: list[Sequence[Block]] = []
    rest = rest or Rest()
    total = 0
    problem: InputError | None = None
    try:
        for slide in slides:
            total += 1
            if total <= limits.pages:
                kept.append(slide)
    except InputError as error:
        problem = error
    if not any(kept) and not rest.enclosed:
        raise problem or EMPTY
    known = {name: value for name, value in fields.items() if value}
    language = known.get("language") or main_language(block for slide in kept for block in slide)
    pages: list[Page] = []
    outline: list[Heading] = []
    every = rejoined([block for slide in kept for block in slide])
    for written in kept:
        slide = list(filter(None, islice(every, len(written))))
        if slide and slide[0].kind == "heading":
            outline.append(Heading(slide[0].text[:TITLE], len(pages) + 1))
        blocks = list(filter(None, in_own_language(slide, language)))
        for part in fitted(blocks, limits):
            pages.append(page_of(len(pages) + 1, part, reader, limits))
    total += len(pages) - len(kept)
    further = Further(limits, len(pages))
    enclosed = list(further.pages(rest.enclosed))
    pages += enclosed
    total += len(enclosed)
    hidden = [Message("unread hidden slides", {"number": rest.hidden})] if rest.hidden else []
    unread = (*distinct(rest.unread), *hidden, *further.said(ITS_PROGRAM))
    lines = tuple((*outline, *further.outline)[: limits.outline])
    yield Said(stated({**known, "language": language}), lines, total, unread)
    yield from pages[: limits.pages]
    if problem:
        raise problem


def arranged(blocks: Iterable[Block], notes: Iterable[Block]) -> list[Block]:
    """The blocks of one slide: its first heading at the top, the speaker's notes at the end."""
    kept = list(blocks)
    place = next((place for place, block in enumerate(kept) if block.kind == "heading"), 0)
    return [*kept[place : place + 1], *kept[:place], *kept[place + 1 :], *notes]
