"""Each table of the page as names and numbers: drawn on the page, and sent as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.fields import FACET, NOT_STATED
from library.catalogue.statistics import holdings, usage
from library.catalogue.statistics.failed_searches import Kind as Wish
from library.catalogue.statistics.usage import KINDS, Kind
from library.core.resource import Status
from library.web import labels as words_of_the_site
from library.web import links
from library.web.i18n import Interface, direction, own_name
from library.web.staff import labels
from library.web.staff.desk import Desk
from library.web.staff.links import SHELF, work
from library.web.staff.statistics import facet_counts, periods
from library.web.staff.statistics.filters import Shown, today
from library.web.viewmodels import Link

MOST = 25  # works that are read most
WISHES = 200  # lines of words that found nothing


@dataclass(frozen=True, slots=True)
class Row:
    link: Link
    values: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def held(desk: Desk, shown: Shown) -> Numbers:
    """What is held under each value of a facet."""
    site, facet = desk.site, shown.by
    counts = facet_counts.held(
        site.catalogue, site.vocabularies, facet, published=shown.status == "published"
    )
    public = shown.status == "published"
    return Numbers(
        (facet_name(facet, desk.interface), desk.interface.say("Resources")),
        tuple(
            Row(value_link(desk, facet, value, public), (number,))
            for value, number in facet_counts.listed(counts, site.vocabularies, facet)
        ),
    )


def coverage(desk: Desk, shown: Shown) -> Numbers:
    """Two facets against each other, the whole of each row first."""
    one, other = shown.pair.split("-")
    table = covered(desk, shown)
    return Numbers(
        (
            facet_name(one, desk.interface),
            desk.interface.say("All"),
            *(value_link(desk, other, column).label for column in table.columns),
        ),
        tuple(
            Row(
                value_link(desk, one, row),
                (table.whole[row], *(table.both[row, column] for column in table.columns)),
            )
            for row in table.rows
        ),
    )


def covered(desk: Desk, shown: Shown) -> facet_counts.Table:
    site = desk.site
    return facet_counts.table(
        site.catalogue, site.vocabularies, shown.pair, site.settings.languages
    )


def arrivals(desk: Desk, shown: Shown) -> Numbers:
    """Files and resources by the month they came in."""
    say = desk.interface.say
    numbers = {
        month: (files, works) for month, files, works in desk.site.catalogue.ask(holdings.months)
    }
    every = periods.months(min(numbers), today()) if numbers else []
    return Numbers(
        (say("Month"), say("Files"), say("Resources")),
        tuple(
            Row(Link(periods.called(period, desk.interface), ""), numbers.get(period, (0, 0)))
            for period in every
        ),
    )


def reading(desk: Desk, shown: Shown) -> Numbers:
    """What was done on each day or in each month of the period, what was chosen first."""
    by_day = desk.site.catalogue.ask(usage.by_day, shown.since)
    kinds = in_order(shown.kind)
    daily = bool(shown.since) and int(shown.period) <= periods.BY_DAY
    counts: Mapping[str, Mapping[str, int]] = by_day if daily else periods.summed(by_day)
    first = shown.since or min(by_day, default="")
    every = (
        periods.days(first, today()) if daily else periods.months(first, today()) if first else []
    )
    none: Mapping[str, int] = {}
    return Numbers(
        (
            desk.interface.say("Day") if daily else desk.interface.say("Month"),
            *(kind_name(kind, desk.interface) for kind in kinds),
        ),
        tuple(
            Row(
                Link(periods.called(period, desk.interface), ""),
                tuple(counts.get(period, none).get(kind, 0) for kind in kinds),
            )
            for period in every
        ),
    )


def most(desk: Desk, shown: Shown) -> Numbers:
    """The works that are read and downloaded most."""
    say = desk.interface.say
    ranking = desk.site.catalogue.ask(usage.most_read, shown.since, MOST)
    known = {
        resource.id: resource
        for resource in desk.site.catalogue.resources(
            [rank.resource for rank in ranking], public=False
        )
    }
    rows = []
    for rank in ranking:
        resource = known.get(rank.resource)
        if resource is None:
            link = Link(say("no longer in the library"), "")
        else:
            main = resource.edition(desk.interface.language, *desk.site.settings.languages)
            link = Link(
                main.title or main.filename,
                work(resource.id),
                language=main.language,
                direction=direction(main.language),
            )
        rows.append(Row(link, (rank.read, rank.downloaded, rank.opened)))
    kinds: tuple[Kind, ...] = ("read", "downloaded", "opened")
    names = tuple(kind_name(kind, desk.interface) for kind in kinds)
    return Numbers((say("Resource"), *names), tuple(rows))


def languages(desk: Desk, shown: Shown) -> Numbers:
    """What was read by language, of the edition; and searched, of the site."""
    kinds = in_order(shown.kind)
    by_language = desk.site.catalogue.ask(usage.by_language, shown.since)
    ordered = sorted(by_language, key=lambda code: (-by_language[code].get(kinds[0], 0), code))
    names = tuple(kind_name(kind, desk.interface) for kind in kinds)
    return Numbers(
        (facet_name("language", desk.interface), *names),
        tuple(
            Row(
                value_link(desk, "language", code or NOT_STATED),
                tuple(by_language[code].get(kind, 0) for kind in kinds),
            )
            for code in ordered
        ),
    )


def missed(desk: Desk, shown: Shown) -> Numbers:
    """Words that found nothing."""
    return _wishes(desk, "missed")


def asked(desk: Desk, shown: Shown) -> Numbers:
    """Words that readers passed on to staff."""
    return _wishes(desk, "asked")


TABLES: Mapping[str, Callable[[Desk, Shown], Numbers]] = {
    "held": held,
    "coverage": coverage,
    "arrivals": arrivals,
    "reading": reading,
    "most-read": most,
    "languages": languages,
    "missed": missed,
    "asked": asked,
}
"""Every table by the name of its file."""


def _wishes(desk: Desk, kind: Wish) -> Numbers:
    say = desk.interface.say
    return Numbers(
        (say("Words"), say("times"), say("Language of the site"), say("Last")),
        tuple(
            Row(
                Link(wish.words, links.searched(wish.words)),
                (wish.times, own_name(wish.language), wish.last.isoformat()),
            )
            for wish in desk.site.catalogue.unanswered(kind, WISHES)
        ),
    )


def in_order(kind: Kind) -> tuple[Kind, ...]:
    """The kind chosen, and the others after it."""
    return (kind, *(other for other in KINDS if other != kind))


def value_link(desk: Desk, facet: str, value: str, public: bool = True) -> Link:
    """A value by its name, with the search for what has it."""
    if facet == "status":
        status = Status(value)
        return Link(labels.status(status, desk.interface), f"{SHELF}?status={status}")
    if facet == "year":
        label = desk.interface.say("Not stated") if value == NOT_STATED else value
        return Link(label, f"{links.SEARCH}?year={value}" if public else "")
    return Link(desk.visit.label(facet, value), links.narrowed(facet, value) if public else "")


def facet_name(facet: str, interface: Interface) -> str:
    if facet in FACET:
        return words_of_the_site.facet_name(facet, interface)
    return interface.say("Year") if facet == "year" else interface.say("Status")


def kind_name(kind: Kind, interface: Interface) -> str:
    say = interface.say
    return {
        "opened": say("Opened"),
        "read": say("Pages read"),
        "downloaded": say("Downloaded"),
        "searched": say("Searches"),
    }[kind]
