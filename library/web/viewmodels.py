"""What each template may use: one frozen value per page, links made, numbers counted and said.

A template only loops over these and asks whether something is there. Long because it is a list:
whoever writes a template finds every value here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from library.web.parts.blocks import Block, Note, Piece


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
    script: str
    feed: str
    opensearch: str
    languages: tuple[Link, ...]
    ways: tuple[Link, ...]
    description: str = ""
    canonical: str = ""
    words: str = ""
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields of the search form
    robots: str = ""
    tips: tuple[tuple[Link, str], ...] = ()  # how to search, by examples


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
    why: str = ""  # where a work does not say the words it was found by
    picture: str = ""  # the page that staff chose to stand for it


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a checkbox."""

    value: str
    label: str
    count: str
    said: str = ""  # the count with what is counted, for who hears the page
    chosen: bool = False
    disabled: bool = False
    left_out: bool = False
    left_out_value: str = ""
    left_out_label: str = ""
    left_out_disabled: bool = False
    level: int = 0  # how deep it stands under others
    also: str = ""  # another name of it, by which it was found
    also_language: str = ""
    also_direction: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A value with those within it behind a fold."""

    choice: Choice
    within: tuple[Choice, ...] = ()
    label: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet of the form: its first values, and the rest behind a fold; or branches."""

    name: str
    anchor: str
    url: str  # of the anchor
    title: str
    operator: str
    choices: tuple[Choice, ...] = ()
    more: tuple[Choice, ...] = ()
    more_label: str = ""
    open: bool = False
    branches: tuple[Branch, ...] = ()
    rest: Choice | None = None  # works of which nothing is stated
    find: Link | None = None
    answer: str = ""  # where the script asks what is found by other names


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of years: place and height in the drawing's units, and whether it is chosen."""

    x: int
    y: int
    height: int
    url: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class YearBox:
    """The years of the form. first, last: as chosen; lowest, highest: as there are."""

    first: str
    last: str
    choices: tuple[Choice, ...] = ()
    lowest: str = ""
    highest: str = ""
    bars: tuple[Bar, ...] = ()
    width: int = 0
    height: int = 0
    lowest_shown: str = ""
    highest_shown: str = ""
    label: str = ""
    rows: tuple[Link, ...] = ()  # the drawing as a table
    every: Link | None = None


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
class AskForm:
    """The form that passes words on to staff."""

    action: str
    words: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """What to try when nothing was found; each link says how much it gives."""

    fewer: tuple[Link, ...] = ()  # without one of the words
    removals: tuple[Link, ...] = ()  # without one of the choices
    concepts: tuple[Link, ...] = ()
    clear: Link | None = None
    last: Link | None = None
    begin: Link | None = None  # words and titles that begin so
    ask: AskForm | None = None


@dataclass(frozen=True, slots=True)
class AskPage:
    frame: Frame
    heading: str
    thanks: str
    ask: AskForm
    back: Link


@dataclass(frozen=True, slots=True)
class SuggestPage:
    frame: Frame
    heading: str
    words: tuple[Link, ...]
    concepts: tuple[Link, ...]
    titles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Also:
    """What was looked for beside the words typed, and the way to leave that out or back in."""

    label: str
    names: tuple[Link, ...] = ()  # without addresses
    filed: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Works beside the results, why they are there, and the way to leave them out."""

    title: str
    note: str
    cards: tuple[Card, ...]
    off: Link


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame
    heading: str
    range: str
    problems: tuple[str, ...]
    also: Also | None
    offers: tuple[Link, ...]  # the concepts that the words are a name of
    fewer: tuple[Link, ...]  # without a word, where no resource holds them all
    chips: tuple[Link, ...]
    clear: Link | None
    sorts: tuple[Link, ...]
    hits: tuple[Card, ...]
    beyond: tuple[Beyond, ...]
    facets: tuple[FacetBox, ...]
    years: YearBox
    narrow: str
    leaving: bool  # whether values can be left out without opening the fold that says so
    script: str
    suggestion: Link | None
    nothing: Nothing | None
    paging: Paging | None
    feed: str


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """All values of one facet, as a form that leads back to the results."""

    frame: Frame
    name: str
    heading: str
    operator: str
    label: str  # of the field that finds a value
    action: str
    answer: str
    typed: str
    count: str
    kept: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    branches: tuple[Branch, ...]
    back: Link
    script: str


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
    within: Within | None = None  # where it has words to search


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a resource: in its series, or in a collection."""

    title: str
    cards: tuple[Card, ...]
    all: Link | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before reading, and where to go instead, if anywhere."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class SeriesWalk:
    """Where a resource stands in its series, and the ways to those beside it."""

    place: str
    previous: Link | None
    next: Link | None


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
    series: SeriesWalk | None
    beside: tuple[Beside, ...]  # what else is in its series and collections
    related: tuple[Card, ...]
    collections: tuple[Link, ...]
    record: str
    picture: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """The form that searches inside one edition."""

    action: str
    words: str = ""
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields


@dataclass(frozen=True, slots=True)
class Stroke:
    """Some pages of a document: place and height in the drawing's units, and whether it is here."""

    x: int
    y: int
    height: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class MatchBar:
    """A whole document as a row of bars, one for each page or few that answer."""

    bars: tuple[Stroke, ...]
    width: int
    label: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a reader is among the matches of a document, and the ways on."""

    label: str
    previous: Link | None
    next: Link | None
    bar: MatchBar
    all: Link


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a document that answers."""

    url: str
    page: str
    pieces: tuple[Piece, ...]
    count: str


@dataclass(frozen=True, slots=True)
class InsidePage:
    frame: Frame
    title: str
    resource: str
    language: str
    direction: str
    heading: str
    summary: str
    within: Within
    bar: MatchBar
    hits: tuple[PageHit, ...]
    paging: Paging | None
    whole: Link
    editions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Jump:
    """The form that goes to a page by its number."""

    action: str
    value: int
    kept: tuple[tuple[str, str], ...] = ()  # hidden fields


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
    footnotes: tuple[Note, ...]
    before: Link | None  # where the first paragraph begins
    after: Link | None  # where the last one goes on
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
    walk: Walk | None = None  # among the matches of the words asked for
    within: Within | None = None


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
    counted: bool  # whether what is read is counted
    missed: bool  # whether words that find nothing are


@dataclass(frozen=True, slots=True)
class ErrorPage:
    frame: Frame
    status: int
    heading: str
    explanation: str
    reason: str = ""  # in the words of staff
    noted: str = ""  # the identifier under which it stands in the log
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
    suggestions: str
    home: str
    icon: str
    language: str


@dataclass(frozen=True, slots=True)
class Robots:
    sitemap: str
