"""A pack as a folder of plain pages: opened from a file on a phone or a stick, with a search box
that needs no server, and whole without scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from library.core.formats import PICTURED
from library.core.resource import Edition
from library.web import labels
from library.web.i18n import Interface
from library.web.packs.contents import Gathering, PackedPage, Shelf, Work, contents
from library.web.packs.offline_index import OfflineIndex, script
from library.web.templates import Pages
from library.web.viewmodels import Link

PART = 48_000  # characters of the pages of one file, about: what an old phone opens at once
NEWEST = 20  # works that the first page lists
CHOICES = ("topic", "audience", "kind")  # facets that the search can be narrowed by
CHOSEN_FROM = 40  # values of one of them

Draw = Callable[[Edition, int], Path | None]
"""The picture of a page, drawn where it was not; None where there is none."""

Typeset = Callable[[str, str, str], bytes]
"""A page of HTML, its style sheet and what identifies it, to a PDF. Raises InputError."""


class Target(Protocol):
    """Where the files of a pack go."""

    def write(self, name: str, content: str | bytes) -> None: ...

    def copy(self, name: str, path: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class PackFrame:
    """What stands around every page of a pack. Addresses are from the top of the pack, until they
    are turned to those of a page (`at`)."""

    name: str
    language: str
    direction: str
    ways: tuple[Link, ...]
    made: str  # when, and of what
    site: str  # where newer ones are
    home: str = "index.html"
    style: str = "style.css"

    def at(self, up: str) -> PackFrame:
        """Around a page from which `up` leads to the top: `../`."""
        ways = tuple(replace(link, url=up + link.url) for link in self.ways)
        return replace(self, ways=ways, home=up + self.home, style=up + self.style)


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: str


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ShortShelf:
    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: PackFrame
    title: str
    about: str
    said: str  # what the search says, as JSON
    choices: tuple[Choice, ...]
    shelves: tuple[ShortShelf, ...]
    heading: str
    works: tuple[Link, ...]
    all: Link | None
    script: str  # of the search; "" where there is none


@dataclass(frozen=True, slots=True)
class Part:
    place: str
    heading: str
    works: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    frame: PackFrame
    title: str
    links: tuple[Link, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class LinkedFact:
    label: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    frame: PackFrame
    title: str
    work: Work
    facts: tuple[LinkedFact, ...]
    contents: tuple[Line, ...]
    original: Link | None
    read: str  # its first pages; "" where it has none


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a contents list."""

    title: str
    page: str
    url: str
    level: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class PartPage:
    frame: PackFrame
    title: str
    work: Work
    pages: tuple[PackedPage, ...]
    turn: tuple[Link, ...]
    cited: str
    top: str = "index.html"  # of the work


@dataclass(frozen=True, slots=True)
class OfflineSite:
    """Writes a pack of works as pages."""

    pages: Pages
    interface: Interface
    gathering: Gathering
    frame: PackFrame
    title: str
    about: str
    original: Callable[[Edition], AbstractContextManager[Path | None]] | None = None
    """Where the file is for a moment, if files go along."""
    draw: Draw | None = None
    searched: bool = True  # whether it has a search of its own
    typeset: Typeset | None = None  # without it nothing is printed

    def write(self, works: Sequence[Work], target: Target) -> None:
        """All of it; each work's pages are in memory only while they are written."""
        index = OfflineIndex()
        table = []
        for work in works:
            table.append(self._work(work, index, target))
        if self.searched:
            for name, content in index.files():
                target.write(f"s/{name}", content)
            target.write("s/works.js", script("works", 0, table))
            search = self.pages.static[self.pages.names["search.js"]]
            target.write("search.js", search.content)
        shelves = self.gathering.shelves(works)
        for shelf in shelves:
            self._render(f"by/{shelf.facet}.html", "pack/shelf.html", self._shelf(shelf), target)
        every = ShelfPage(
            self.frame,
            self.interface.say("All documents"),
            (),
            (Part("all", "", lines(sorted(works, key=lambda work: work.title.casefold()))),),
        )
        self._render("all.html", "pack/shelf.html", every, target)
        self._render("index.html", "pack/home.html", self._home(works, shelves), target)
        static = self.pages.static
        target.write("style.css", b"".join(
            static[self.pages.names[name]].content for name in ("site.css", "read.css", "pack.css")
        ))  # fmt: skip

    def _render(self, name: str, template: str, page: object, target: Target) -> None:
        target.write(name, self.pages.render(template, page, self.interface))

    def _work(self, work: Work, index: OfflineIndex, target: Target) -> object:
        """Write a work's pages; what the search knows of it."""
        folder = f"r/{work.slug}/"
        first = index.entries
        read = [self._pictured(work, page, folder, target) for page in self.gathering.pages(work)]
        parts = list(divided(read))
        said = (work.summary, *(label for fact in work.facts for _, _, label in fact.values))
        if self.searched:
            texts = index.add(
                work.language,
                work.title,
                filter(None, (*said, work.by)),
                ((page.language, page.text) for page in read),
            )
            for name, content in texts:
                target.write(f"s/{name}", content)
        leads = {
            page.number: f"{number}.html#{page.place}"
            for number, part in enumerate(parts, 1)
            for page in part
        }
        listed = contents(work, leads)
        top = min((int(line.hint) for line in listed), default=1)
        page = WorkPage(
            self.frame.at("../../"),
            work.title,
            work,
            tuple(
                LinkedFact(
                    fact.label,
                    fact.text,
                    tuple(
                        Link(label, f"../../by/{facet}.html#{value}")
                        for facet, value, label in fact.values
                    ),
                )
                for fact in work.facts
            ),
            tuple(
                Line(line.label, line.count, line.url, min(3, int(line.hint) - top + 1))
                for line in listed
            ),
            self._original(work, folder, target),
            "1.html" if parts else "",
        )
        self._render(f"{folder}index.html", "pack/work.html", page, target)
        for number, part in enumerate(parts, 1):
            turn = tuple(
                Link(self._span(other), f"{place}.html", current=place == number)
                for place, other in enumerate(parts, 1)
            )
            shown = PartPage(
                self.frame.at("../../"),
                f"{work.title} · {self._span(part)}" if len(parts) > 1 else work.title,
                work,
                tuple(part),
                turn if len(parts) > 1 else (),
                work.cited,
            )
            self._render(f"{folder}{number}.html", "pack/part.html", shown, target)
        return {
            "at": first,
            "title": work.title,
            "to": folder,
            "kind": work.kind,
            "year": work.year,
            "parts": [part[0].number for part in parts],
            "filed": [
                f"{facet}:{value}"
                for fact in work.facts
                for facet, value, _ in fact.values
                if facet in CHOICES
            ],
        }

    def _pictured(self, work: Work, page: PackedPage, folder: str, target: Target) -> PackedPage:
        if self.draw is None or work.edition.media_type not in PICTURED:
            return page
        drawn = self.draw(work.edition, page.number)
        if drawn is None:
            return page
        name = f"{page.place}{drawn.suffix}"
        target.copy(f"{folder}{name}", drawn)
        return replace(page, picture=name)

    def _original(self, work: Work, folder: str, target: Target) -> Link | None:
        if self.original is None:
            return None
        suffix = PurePosixPath(work.edition.filename).suffix.lower()
        name = f"original{suffix}" if suffix[1:].isalnum() and len(suffix) < 8 else "original"
        with self.original(work.edition) as path:
            if path is None or not path.is_file():
                return None
            target.copy(f"{folder}{name}", path)
        size = self.interface.size(work.edition.bytes)
        return Link(self.interface.say("Open the original, %(size)s", size=size), name)

    def _span(self, part: Sequence[PackedPage]) -> str:
        number = self.interface.number
        first, last = part[0].number, part[-1].number
        if first == last:
            return self.interface.say("p. %(page)s", page=number(first))
        return self.interface.say("p. %(page)s", page=f"{number(first)}–{number(last)}")

    def _shelf(self, shelf: Shelf) -> ShelfPage:
        number = self.interface.number
        return ShelfPage(
            self.frame.at("../"),
            shelf.heading,
            tuple(
                Link(label, f"#{value}", count=number(len(works)))
                for value, label, works in shelf.values
            ),
            tuple(Part(value, label, lines(works, "../")) for value, label, works in shelf.values),
        )

    def _home(self, works: Sequence[Work], shelves: Sequence[Shelf]) -> HomePage:
        say, number = self.interface.say, self.interface.number
        more = len(works) > NEWEST
        return HomePage(
            self.frame,
            self.title,
            self.about,
            json.dumps(said(self.interface), ensure_ascii=False, sort_keys=True),
            tuple(
                Choice(
                    labels.facet_name(shelf.facet, self.interface),
                    tuple(
                        Value(f"{shelf.facet}:{value}", label, number(len(held)))
                        for value, label, held in shelf.values[:CHOSEN_FROM]
                    ),
                )
                for shelf in shelves
                if shelf.facet in CHOICES
            ),
            tuple(
                ShortShelf(
                    shelf.heading,
                    tuple(
                        Link(label, f"by/{shelf.facet}.html#{value}", count=number(len(held)))
                        for value, label, held in shelf.values[:6]
                    ),
                )
                for shelf in shelves
            ),
            say("Documents"),
            lines(works[:NEWEST]),
            Link(say("All documents"), "all.html", count=number(len(works))) if more else None,
            "search.js" if self.searched else "",
        )


def lines(works: Sequence[Work], up: str = "") -> tuple[Link, ...]:
    """Works as lines of a list, from a page from which `up` leads to the top of the pack."""
    return tuple(
        Link(
            work.title,
            f"{up}r/{work.slug}/index.html",
            language=work.language,
            direction=work.direction,
            hint=" · ".join(filter(None, (work.kind, work.year))),
        )
        for work in works
    )


def said(interface: Interface) -> Mapping[str, str]:
    """What the search of a pack says; the script fills in `{n}` and `{words}`."""
    say = interface.say
    return {
        "looking": say("Searching …"),
        "nothing": say("Nothing in this pack has these words."),
        "found": say("Documents found: %(number)s", number="{n}"),
        "missing": say("Not in this pack: %(words)s", words="{words}"),
        "instead": say("Searched instead for: %(words)s", words="{words}"),
        "page": say("p. %(page)s", page="{n}"),
        "broken": say("A file of this pack is missing. Unpack the whole of it, and open it again."),
    }


def divided(pages: Sequence[PackedPage]) -> Iterator[list[PackedPage]]:
    """Pages in as few files as are not too long for an old phone."""
    part: list[PackedPage] = []
    size = 0
    for page in pages:
        if part and size + len(page.text) > PART:
            yield part
            part, size = [], 0
        part.append(page)
        size += len(page.text)
    if part:
        yield part


def ways(shelves: Sequence[Shelf], interface: Interface) -> tuple[Link, ...]:
    """The lists of a pack."""
    made = [
        Link(labels.facet_name(shelf.facet, interface), f"by/{shelf.facet}.html")
        for shelf in shelves
    ]
    return (*made, Link(interface.say("All documents"), "all.html"))
