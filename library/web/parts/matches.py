"""Where words stand in one edition: how often on each page, and the way from match to match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.engine import SearchError
from index.results import PageMatches
from library.core.resource import Edition, Resource
from library.web import labels, links
from library.web.links import Sought
from library.web.site import Visit
from library.web.viewmodels import Link

BAR_HEIGHT = 24
MOST_BARS = 100  # of a longer document several pages are one bar


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


def last_page(edition: Edition) -> int:
    """Pages that could not be read are counted too: their picture may be all there is."""
    return max(edition.pages, edition.pages_expected or 0, 1)


def matches(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    sought: Sought,
    first: int = 0,
    limit: int = 0,
) -> Sequence[PageMatches]:
    """The pages that answer; none while the index is out of use, for reading goes on."""
    if not sought:
        return ()
    tree = links.tree_of(sought.words, visit.site.vocabularies, exact=sought.exact)
    try:
        return visit.site.engine.inside(resource.id, edition.id, tree, first, limit)
    except SearchError:
        visit.noted.passing = True
        return ()


def within(visit: Visit, resource: Resource, edition: Edition, sought: Sought) -> Within:
    """The form that searches inside an edition."""
    kept = (("exact", "1"),) if sought.exact else ()
    return Within(links.edition(resource, edition), sought.words, kept)


def bar(visit: Visit, edition: Edition, pages: Sequence[PageMatches], here: int = 0) -> MatchBar:
    """A drawing of the whole document: how much each page answers."""
    last = last_page(edition)
    together = -(-last // MOST_BARS)  # pages in one bar
    counts: dict[int, int] = {}
    for page in pages:
        place = (page.page - 1) // together
        counts[place] = counts.get(place, 0) + page.count
    most = max(counts.values(), default=1)
    bars = tuple(
        Stroke(
            x=place * 5,
            y=BAR_HEIGHT - height,
            height=height,
            chosen=bool(here) and place == (here - 1) // together,
        )
        for place, count in sorted(counts.items())
        if (height := max(3, round(BAR_HEIGHT * count / most)))
    )
    listed = visit.interface.listed(visit.interface.number(page.page) for page in pages[:MOST_BARS])
    return MatchBar(
        bars if last > 1 else (),
        -(-last // together) * 5,
        visit.interface.say("Pages with matches: %(pages)s", pages=listed),
    )


def walk(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    sought: Sought,
    number: int,
    at: int,
    marked: int,
    pages: Sequence[PageMatches],
) -> Walk | None:
    """Where a reader is among the matches of a document, and the ways on.

    at: the match of this page, counted from 1, that the reader is at; marked: how many matches the
    page shows. What the page shows is believed before what the index counted there.
    """
    if not pages:
        return None
    before = [page for page in pages if page.page < number]
    after = [page for page in pages if page.page > number]
    here = marked if len(before) + len(after) < len(pages) else 0
    total = sum(page.count for page in (*before, *after)) + here
    interface = visit.interface
    if here:
        position = sum(page.count for page in before) + min(at, here)
        label = interface.say(
            "Match %(number)s of %(total)s",
            number=interface.number(position),
            total=interface.number(total),
        )
    else:
        label = interface.plural("%(number)s match", "%(number)s matches", total)

    def link(text: str, page: int, to: int) -> Link:
        hint = "" if page == number else labels.page(page, "", interface)
        url = links.at_match(links.page(resource, edition, page, sought, at=str(to)))
        return Link(text, url, hint=hint)

    previous = following = None
    if here and at > 1:
        previous = link(interface.say("Previous match"), number, min(at, here) - 1)
    elif before:
        previous = link(interface.say("Previous match"), before[-1].page, before[-1].count)
    if at < here:
        following = link(interface.say("Next match"), number, at + 1)
    elif after:
        following = link(interface.say("Next match"), after[0].page, 1)
    return Walk(
        label,
        previous,
        following,
        bar(visit, edition, pages, number),
        Link(interface.say("All matches"), links.inside(resource, edition, sought)),
    )
