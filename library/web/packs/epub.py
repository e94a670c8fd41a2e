"""A pack as a book: EPUB 3.3 (https://www.w3.org/TR/epub-33/), read by what phones and readers
have for books."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path

from library.core.formats import PICTURED
from library.web.packs.about import About
from library.web.packs.archive import Archive
from library.web.packs.contents import PackedPage, Work, clean, contents
from library.web.packs.offline_site import OfflineSite, divided
from library.web.viewmodels import Link

MIMETYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>\
</rootfiles>
</container>
"""
CREATORS = 20  # names that a book of many works gives

_BETWEEN = re.compile(r">\s+<(?=/?(?:ol|li|html|head|body|section|nav)\b)")


@dataclass(frozen=True, slots=True)
class File:
    id: str
    name: str
    media_type: str = XHTML
    read: bool = True  # one of those that are read one after another
    properties: str = ""  # of EPUB 3.3, section 5.4


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    language: str
    direction: str
    spoken: str  # the language of the pack's own words
    facing: str
    work: Work | None
    facts: tuple[str, ...]
    pages: tuple[PackedPage, ...]
    style: str = "../style.css"


@dataclass(slots=True)
class Line:
    """A line of the contents, with those below it."""

    title: str
    url: str
    level: int = 0
    below: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contents:
    title: str
    about: str
    made: str
    site: str
    language: str
    direction: str
    lines: tuple[Line, ...]
    breaks: tuple[Link, ...]
    style: str = "style.css"


@dataclass(frozen=True, slots=True)
class Package:
    identifier: str
    title: str
    language: str
    spoken: str
    progression: str  # which way pages are turned, where it is not from left to right
    creators: tuple[str, ...]
    publisher: str
    description: str
    rights: tuple[str, ...]
    modified: str
    files: tuple[File, ...]


def write(site: OfflineSite, works: Sequence[Work], about: About, path: Path) -> None:
    """One book of all works, each with a chapter of its own. Raises OSError."""
    interface = site.interface
    files = [
        File("nav", "nav.xhtml", properties="nav"),
        File("style", "style.css", "text/css", read=False),
    ]
    lines: list[Line] = []
    breaks: list[Link] = []
    alone = works[0] if len(works) == 1 else None
    with Archive(path, about.moment) as archive:
        archive.write("mimetype", MIMETYPE, stored=True)
        archive.write("META-INF/container.xml", CONTAINER)
        archive.write("book/style.css", site.pages.static[site.pages.names["book.css"]].content)
        for number, work in enumerate(works, 1):
            made = list(_chapters(site, work, number, archive, files))
            lines.append(_lines(work, number, made))
            if alone:
                breaks += [
                    Link(page.name, f"w{number}/{place}.xhtml#{page.place}-break")
                    for place, part in enumerate(made, 1)
                    for page in part
                ]
        title = alone.title if alone else about.title
        shown = Contents(
            title,
            about.about,
            about.made,
            about.question,
            interface.language,
            interface.direction,
            tuple(lines[0].below if alone and lines[0].below else lines),
            tuple(breaks),
        )
        archive.write("book/nav.xhtml", _xhtml(site, "pack/nav.xhtml", shown))
        package = Package(
            about.identifier,
            title,
            about.language,
            interface.language,
            "rtl" if works[0].direction == "rtl" else "",
            tuple(dict.fromkeys(work.by for work in works if work.by))[:CREATORS],
            about.name,
            f"{about.about}. {about.made}",
            tuple(dict.fromkeys(work.rights for work in works if work.rights)),
            about.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            tuple(files),
        )
        archive.write("book/package.opf", _xhtml(site, "pack/package.opf", package))


def _chapters(
    site: OfflineSite, work: Work, number: int, archive: Archive, files: list[File]
) -> Iterator[list[PackedPage]]:
    """Write a work in parts; the pages of each."""
    interface = site.interface
    read = [
        _pictured(site, work, page, number, archive, files) for page in site.gathering.pages(work)
    ]
    facts = tuple(
        interface.pair(
            fact.label, fact.text or interface.listed([label for _, _, label in fact.values])
        )
        for fact in work.facts
    ) + ((work.address,) if work.address else ())
    for place, part in enumerate(list(divided(read)) or [[]], 1):
        name = f"w{number}/{place}.xhtml"
        chapter = Chapter(
            work.title,
            work.language,
            work.direction,
            interface.language,
            interface.direction,
            work if place == 1 else None,
            (*facts, *work.notes) if place == 1 else (),
            tuple(part),
        )
        archive.write(f"book/{name}", _xhtml(site, "pack/chapter.xhtml", chapter))
        files.append(File(f"w{number}-{place}", name))
        yield part


def _pictured(
    site: OfflineSite,
    work: Work,
    page: PackedPage,
    number: int,
    archive: Archive,
    files: list[File],
) -> PackedPage:
    if site.draw is None or work.edition.media_type not in PICTURED:
        return page
    drawn = site.draw(work.edition, page.number)
    if drawn is None:
        return page
    name = f"{page.place}{drawn.suffix}"
    archive.copy(f"book/w{number}/{name}", drawn)
    files.append(
        File(
            f"w{number}-{page.place}", f"w{number}/{name}", f"image/{drawn.suffix[1:]}", read=False
        )
    )
    return replace(page, picture=name)


def _lines(work: Work, number: int, parts: Sequence[Sequence[PackedPage]]) -> Line:
    """A work in the contents of the book, with its own contents below it, in their order."""
    leads = {
        page.number: f"w{number}/{place}.xhtml#{page.place}"
        for place, part in enumerate(parts, 1)
        for page in part
    }
    top = Line(work.title, f"w{number}/1.xhtml")
    above = [top]
    found = contents(work, leads)
    for link in sorted(found, key=lambda link: int(link.count)):
        if not link.label.strip():
            continue
        line = Line(link.label, link.url, int(link.hint))
        while len(above) > 1 and above[-1].level >= line.level:
            above.pop()
        above[-1].below.append(line)
        above.append(line)
    return top


def _xhtml(site: OfflineSite, template: str, page: object) -> str:
    """Rendered, without what XML cannot hold."""
    return clean(site.pages.render(template, page, site.interface)).lstrip()
