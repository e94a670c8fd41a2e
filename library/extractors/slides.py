"""Slides as pages: one each, its heading first and the speaker's notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from library.core.errors import InputError
from library.core.resource import Block, Heading, Page, Said
from library.extractors import Limits
from library.extractors.flow import EMPTY, in_own_language, main_language, stated
from library.extractors.pages import page_of

TITLE = 120  # characters of a line in the contents list


def delivered(
    fields: Mapping[str, str], slides: Iterable[Sequence[Block]], reader: str, limits: Limits
) -> Iterator[Said | Page]:
    """What a presentation says of itself, then a page for each slide, without words or with.

    Where the file breaks off, what came before is kept and the problem is raised after it.
    Raises Empty.
    """
    kept: list[Sequence[Block]] = []
    total = 0
    problem: InputError | None = None
    try:
        for slide in slides:
            total += 1
            if total <= limits.pages:
                kept.append(slide)
    except InputError as error:
        problem = error
    if not any(kept):
        raise problem or EMPTY
    known = {name: value for name, value in fields.items() if value}
    language = known.get("language") or main_language(block for slide in kept for block in slide)
    pages = [
        page_of(number, list(filter(None, in_own_language(slide, language))), reader, limits)
        for number, slide in enumerate(kept, 1)
    ]
    outline = [
        Heading(slide[0].text[:TITLE], number)
        for number, slide in enumerate(kept, 1)
        if slide and slide[0].kind == "heading"
    ]
    yield Said(stated({**known, "language": language}), tuple(outline[: limits.outline]), total)
    yield from pages
    if problem:
        raise problem


def arranged(blocks: Iterable[Block], notes: Iterable[Block]) -> list[Block]:
    """The blocks of one slide: its first heading at the top, the speaker's notes at the end."""
    kept = list(blocks)
    place = next((place for place, block in enumerate(kept) if block.kind == "heading"), 0)
    return [*kept[place : place + 1], *kept[:place], *kept[place + 1 :], *notes]
