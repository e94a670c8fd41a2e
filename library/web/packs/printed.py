"""A pack to be printed: one PDF, tagged for screen readers, made of a page of ours.

What sets it on paper is handed in: the words are strangers', and are set in a confined process.
Nothing is fetched: what it shows stands in the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import segno

from library.core.errors import InputError, TooHungry, TooLarge, TooSlow, UsageError
from library.web.packs.about import About
from library.web.packs.contents import PackedPage, Work
from library.web.packs.offline_site import OfflineSite
from library.web.packs.order import Order
from library.web.viewmodels import Link

MOST = 1_500_000  # bytes of text: about 600 sheets, and half a gigabyte of memory to set them


@dataclass(frozen=True, slots=True)
class PrintedWork:
    work: Work
    place: str
    pages: tuple[PackedPage, ...]
    code: str  # what leads a phone to it, as a picture in an address


@dataclass(frozen=True, slots=True)
class PrintedPack:
    title: str
    language: str
    facing: str
    spoken: str
    about: str
    made: str
    contents: tuple[Link, ...]  # where there are several works
    works: tuple[PrintedWork, ...]


def write(site: OfflineSite, works: Sequence[Work], about: About, path: Path) -> None:
    """Raises UsageError where it cannot be made or would be too much, OSError."""
    missing = UsageError("print missing", command="pip install 'worker-education-library[print]'")
    if site.typeset is None:
        raise missing
    order = about.order
    size = sum(_weight(work, order) for work in works)
    too_much = UsageError(
        "too much to print", size=site.interface.size(size), most=site.interface.size(MOST)
    )
    if size > MOST:
        raise too_much
    alone = works[0] if len(works) == 1 else None
    static = site.pages.static
    sheet = static[site.pages.names["print.css"]].content.decode()
    made = tuple(
        PrintedWork(work, f"w{number}", tuple(_pages(site, work, number, about)), _code(work))
        for number, work in enumerate(works, 1)
    )
    shown = PrintedPack(
        title=alone.title if alone else about.title,
        language=works[0].language,
        facing=works[0].direction,
        spoken=site.interface.language,
        about=about.about,
        made=about.made,
        contents=()
        if alone
        else tuple(Link(one.work.title, f"#{one.place}", hint=one.work.by) for one in made),
        works=made,
    )
    text = site.pages.render("pack/print.html", shown, site.interface)
    try:
        path.write_bytes(
            site.typeset(text, f"@page {{ size: {order.sheet} }}\n{sheet}", about.identifier)
        )
    except (TooSlow, TooHungry, TooLarge) as error:
        raise too_much from error
    except InputError as error:
        raise missing from error


def _weight(work: Work, order: Order) -> int:
    """Bytes of text of the pages that are asked for, about."""
    edition = work.edition
    last = min(order.last or edition.pages, edition.pages)
    asked = max(0, last - max(order.first, 1) + 1)
    return edition.text_bytes * asked // max(1, edition.pages)


def _pages(site: OfflineSite, work: Work, number: int, about: About) -> Iterator[PackedPage]:
    """Those that are asked for, each place named after its work."""
    order = about.order
    for page in site.gathering.pages(work, prefix=f"w{number}-"):
        if page.number >= order.first and (not order.last or page.number <= order.last):
            yield page


def _code(work: Work) -> str:
    if not work.address:
        return ""
    return str(segno.make(work.address, error="m", micro=False).svg_data_uri(border=2, scale=3))
