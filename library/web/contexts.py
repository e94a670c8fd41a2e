"""What each template may use: one frozen value per page, links made, numbers counted and said.

A template only loops over these and asks whether something is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from library.web.blocks import Block, Piece


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. `language` is that of the label where it is not the page's own."""

    label: str
    url: str
    current: bool = False
    language: str = ""
    direction: str = ""
    count: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    title: str
    name: str
    language: str
    direction: str
    home: str
    search: str
    style: str
    icon: str
    feed: str
    opensearch: str
    languages: tuple[Link, ...]
    ways: tuple[Link, ...]
    description: str = ""
    canonical: str = ""
    words: str = ""
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields of the search form
    robots: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    url: str
    page: str  # "p. 12"
    pieces: tuple[Piece, ...]
    language: str
    direction: str
    language_name: str = ""  # where it is not the edition the card shows


@dataclass(frozen=True, slots=True)
class Card:
    """A resource in a list."""

    url: str
    title: str
    language: str
    direction: str
    kind: str = ""
    year: str = ""
    summary: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    editions: tuple[Link, ...] = ()
    facts: tuple[str, ...] = ()  # pages, size, text size
    note: str = ""  # an honest word on what could not be read


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a checkbox."""

    value: str
    label: str
    count: str
    chosen: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet of the form: its first values, and the rest behind a fold."""

    name: str
    title: str
    operator: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    more_label: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the drawing: place and height in its units, and whether it is chosen."""

    x: int
    y: int
    height: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class YearBox:
    first: str
    last: str
    lowest: str = ""
    highest: str = ""
    bars: tuple[Bar, ...] = ()
    width: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to other pages of results."""

    label: str
    previous: Link | None = None
    next: Link | None = None
    numbers: tuple[Link | None, ...] = ()  # None stands for pages left out


@dataclass(frozen=True, slots=True)
class Shelf:
    """A titled list of ways in, with how many resources each leads to."""

    title: str
    links: tuple[Link, ...]
    more: Link | None = None
    heading: Link | None = None  # where the title itself leads


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: Frame
    totals: str
    examples: tuple[Link, ...]
    shelves: tuple[Shelf, ...]
    newest: tuple[Card, ...]
    all_newest: Link
    collections: tuple[Link, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What to try when nothing was found."""

    removals: tuple[Link, ...] = ()
    clear: Link | None = None
    last: Link | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame
    heading: str
    range: str
    problems: tuple[str, ...]
    chips: tuple[Link, ...]
    clear: Link | None
    sorts: tuple[Link, ...]
    hits: tuple[Card, ...]
    facets: tuple[FacetBox, ...]
    years: YearBox
    narrow: str
    suggestion: Link | None
    nothing: Nothing | None
    paging: Paging | None
    feed: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is known of a resource; what is not known has no line."""

    label: str
    values: tuple[Link, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    title: str
    url: str
    page: str
    level: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class EditionBox:
    """One edition: read it, or take the file."""

    anchor: str
    name: str
    title: str
    language: str
    direction: str
    read: str
    download: str
    download_label: str
    facts: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before reading, and where to go instead, if anywhere."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class ResourcePage:
    frame: Frame
    title: str
    language: str
    direction: str
    kind: str
    year: str
    by: str
    summary: str
    editions: tuple[EditionBox, ...]
    facts: tuple[Fact, ...]
    contents: tuple[ContentsLine, ...]
    more_contents: tuple[ContentsLine, ...]
    related: tuple[Card, ...]
    collections: tuple[Link, ...]
    record: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """The form that goes to a page by its number."""

    action: str
    last: int
    value: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReaderPage:
    frame: Frame
    title: str
    resource: str
    line: str  # kind and language
    language: str
    direction: str
    spoken: str  # on this page: now and then not the edition's language
    facing: str
    position: str
    printed: str
    blocks: tuple[Block, ...]
    previous: Link | None
    next: Link | None
    jump: Jump
    contents: tuple[ContentsLine, ...]
    editions: tuple[Link, ...]
    original: Link | None
    picture: str
    picture_label: str
    picture_link: Link | None
    without: Link | None  # back from words marked to the plain page
    notes: tuple[str, ...] = ()
    found: str = ""
    next_found: Link | None = None  # the next page that holds the words


@dataclass(frozen=True, slots=True)
class BrowsePage:
    frame: Frame
    heading: str
    tabs: tuple[Link, ...]
    shelves: tuple[Shelf, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class CollectionPage:
    frame: Frame
    heading: str
    summary: str
    count: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    frame: Frame
    totals: str
    examples: tuple[tuple[Link, str], ...]
    facets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    frame: Frame
    status: int
    heading: str
    explanation: str
    reason: str = ""  # in the words of staff
    links: tuple[Link, ...] = ()
    links_title: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    url: str
    title: str
    updated: str
    language: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    language: str
    url: str
    page: str
    updated: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    pages: tuple[tuple[str, str], ...] = field(default=())  # (address, date of last change)


@dataclass(frozen=True, slots=True)
class Described:
    """The library as a search engine that a browser can add."""

    name: str
    description: str
    template: str
    home: str
    icon: str
    language: str


@dataclass(frozen=True, slots=True)
class Robots:
    sitemap: str
