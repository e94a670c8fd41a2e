"""The page of figures: each table, drawn, with what can be chosen of it."""

from __future__ import annotations

from starlette.responses import Response

from library.catalogue.statistics import holdings, usage
from library.catalogue.statistics.usage import KINDS
from library.web import labels, links
from library.web.staff.desk import Desk
from library.web.staff.frame import desk_frame, framed, shown
from library.web.staff.links import FIGURES
from library.web.staff.statistics import charts, tables
from library.web.staff.statistics.facet_counts import Table
from library.web.staff.statistics.filters import FACETS, PAIRS, PERIODS, Shown, shown_of
from library.web.staff.statistics.tables import Numbers, Row, facet_name, kind_name, value_link
from library.web.staff.statistics.viewmodels import (
    BarRow,
    Bars,
    Cell,
    Choosing,
    FiguresPage,
    Heat,
    HeatRow,
    Plot,
)
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link

FIRST = 15  # rows of a table; the rest is folded away
DRAWN = 60  # months of arrivals in the drawing; the table has all


def page(desk: Desk) -> Response:
    site, say = desk.site, desk.interface.say
    site.tally.flush(site.catalogue)  # what was read a moment ago is in the figures
    chosen = shown_of(desk.request.query_params)
    heading = say("Figures")
    came = tables.arrivals(desk, chosen)
    read = tables.reading(desk, chosen)
    table = tables.covered(desk, chosen)
    made = FiguresPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        facts=facts(desk),
        held=_choosing(
            desk, chosen, "held", by=_facets(desk, chosen), status=_statuses(desk, chosen)
        ),
        bars=bars(desk, tables.held(desk, chosen), say("What is held")),
        held_sheet=_sheet(desk, chosen, "held"),
        coverage=_choosing(desk, chosen, "coverage", pair=_pairs(desk, chosen)),
        gaps=gaps(desk, table),
        heat=heat(desk, chosen, table),
        coverage_sheet=_sheet(desk, chosen, "coverage"),
        arrivals=_plot(
            desk,
            Numbers(came.heads, came.rows[-DRAWN:]),
            say("Files that came in, by month"),
        ),
        arrivals_table=bars(desk, _newest_first(came), say("Files that came in, by month")),
        arrivals_sheet=_sheet(desk, chosen, "arrivals"),
        reading=_choosing(
            desk, chosen, "reading", period=_periods(desk, chosen), what=_kinds(desk, chosen)
        ),
        read=_plot(desk, read, kind_name(chosen.kind, desk.interface)),
        read_table=bars(desk, _newest_first(read), kind_name(chosen.kind, desk.interface)),
        read_sheet=_sheet(desk, chosen, "reading"),
        most=bars(desk, tables.most(desk, chosen), say("Read most")),
        most_sheet=_sheet(desk, chosen, "most-read"),
        languages=bars(desk, tables.languages(desk, chosen), say("Read, by language")),
        languages_sheet=_sheet(desk, chosen, "languages"),
        unread=unread(desk, chosen),
        missed=bars(desk, tables.missed(desk, chosen), say("Words that found nothing")),
        missed_sheet=_sheet(desk, chosen, "missed"),
        asked=bars(desk, tables.asked(desk, chosen), say("What readers asked for")),
        asked_sheet=_sheet(desk, chosen, "asked"),
    )
    return shown(desk, "staff/figures.html", made)


def facts(desk: Desk) -> tuple[str, ...]:
    """The whole in two sentences."""
    interface = desk.interface
    totals = desk.site.catalogue.totals()
    with desk.site.catalogue.snapshot() as snapshot:
        published = snapshot.ask(holdings.of_status)
        spoken = {
            language
            for resource, language in snapshot.ask(holdings.pairs, "language")
            if resource in published
        }
        done = snapshot.ask(usage.totals, Shown(period="365").since)
    held = (
        labels.resources(totals.resources, interface),
        interface.plural("%(number)s edition", "%(number)s editions", totals.editions),
        labels.pages(totals.pages, interface),
        interface.plural("%(number)s language", "%(number)s languages", len(spoken)),
    )
    year = interface.say(
        "In the last 365 days: pages read %(read)s, files downloaded %(downloaded)s, "
        "searches %(searched)s.",
        **{kind: interface.number(done.get(kind, 0)) for kind in KINDS if kind != "opened"},
    )
    return (" · ".join(held), year)


def gaps(desk: Desk, table: Table) -> str:
    """How much of the heat table is empty."""
    empty = sum(not table.both[row, column] for row in table.rows for column in table.columns)
    return desk.interface.say(
        "Nothing is held under %(empty)s of these %(all)s pairs.",
        empty=desk.interface.number(empty),
        all=desk.interface.number(len(table.rows) * len(table.columns)),
    )


def unread(desk: Desk, chosen: Shown) -> str:
    """How many works nobody came for."""
    with desk.site.catalogue.snapshot() as snapshot:
        published = snapshot.ask(holdings.of_status)
        seen = snapshot.ask(holdings.opened, chosen.since)
    return desk.interface.say(
        "Opened, read or downloaded by nobody in this time: %(unread)s of %(all)s published "
        "resources.",
        unread=desk.interface.number(len(published - seen)),
        all=desk.interface.number(len(published)),
    )


def heat(desk: Desk, chosen: Shown, table: Table) -> Heat:
    """Two facets against each other; a number leads to the works behind it."""
    one, other = chosen.pair.split("-")
    shades = charts.shades(table.both)
    columns = tuple(value_link(desk, other, column) for column in table.columns)
    pair, listed = desk.interface.pair, desk.interface.listed
    rows = []
    for row in table.rows:
        name = value_link(desk, one, row)
        rows.append(
            HeatRow(
                name,
                desk.interface.number(table.whole[row]),
                tuple(
                    Cell(
                        number=(number := desk.interface.number(table.both[row, column])),
                        shade=shades[row, column],
                        url=links.narrowed_twice(one, row, other, column),
                        label=pair(listed((name.label, link.label)), number),
                    )
                    for column, link in zip(table.columns, columns, strict=True)
                ),
            )
        )
    return Heat(
        caption=_pair_name(desk, chosen.pair),
        corner=facet_name(one, desk.interface),
        whole=desk.interface.say("All"),
        columns=columns,
        rows=tuple(rows),
    )


def bars(desk: Desk, table: Numbers, caption: str) -> Bars:
    """A table with a bar for the first number of each row."""
    drawn = [row.values[0] for row in table.rows]
    largest = max((value for value in drawn if isinstance(value, int)), default=0)

    def made(row: Row) -> BarRow:
        first = row.values[0]
        start, length = charts.bar(first if isinstance(first, int) else 0, largest, desk.interface)
        cells = tuple(
            desk.interface.number(value) if isinstance(value, int) else value
            for value in row.values
        )
        return BarRow(row.link, start, length, cells)

    rows = tuple(map(made, table.rows))
    first = FIRST if len(rows) > FIRST + 2 else len(rows)
    return Bars(
        caption,
        table.heads,
        rows[:first],
        rows[first:],
        desk.interface.plural("%(number)s more", "%(number)s more", len(rows) - first),
    )


def _plot(desk: Desk, table: Numbers, title: str) -> Plot | None:
    points = [(row.link.label, int(row.values[0])) for row in table.rows]
    if not points:
        return None
    most = max(points, key=lambda point: point[1])
    about = desk.interface.say(
        "From %(first)s to %(last)s; most in %(most)s: %(number)s. The numbers are in the table.",
        first=points[0][0],
        last=points[-1][0],
        most=most[0],
        number=desk.interface.number(most[1]),
    )
    return charts.plot(points, title, about, desk.interface)


def _newest_first(table: Numbers) -> Numbers:
    return Numbers(table.heads, table.rows[::-1])


def _sheet(desk: Desk, chosen: Shown, name: str) -> Link:
    return Link(desk.interface.say("As a spreadsheet (CSV)"), chosen.sheet(name))


def _choosing(
    desk: Desk, chosen: Shown, anchor: str, **fields: tuple[str, tuple[Option, ...]]
) -> Choosing:
    return Choosing(
        anchor=anchor,
        action=f"{FIGURES}#{anchor}",
        label=desk.interface.say("Show"),
        fields=tuple((name, label, options) for name, (label, options) in fields.items()),
        kept=tuple(parameter for parameter in chosen.parameters() if parameter[0] not in fields),
    )


def _facets(desk: Desk, chosen: Shown) -> tuple[str, tuple[Option, ...]]:
    return desk.interface.say("By"), tuple(
        Option(facet, facet_name(facet, desk.interface), facet == chosen.by) for facet in FACETS
    )


def _statuses(desk: Desk, chosen: Shown) -> tuple[str, tuple[Option, ...]]:
    say = desk.interface.say
    names = {"published": say("published"), "every": say("every status")}
    return say("Status"), tuple(
        Option(status, name, status == chosen.status) for status, name in names.items()
    )


def _pairs(desk: Desk, chosen: Shown) -> tuple[str, tuple[Option, ...]]:
    return desk.interface.say("Against each other"), tuple(
        Option(pair, _pair_name(desk, pair), pair == chosen.pair) for pair in PAIRS
    )


def _pair_name(desk: Desk, pair: str) -> str:
    return " × ".join(facet_name(facet, desk.interface) for facet in pair.split("-"))


def _periods(desk: Desk, chosen: Shown) -> tuple[str, tuple[Option, ...]]:
    interface = desk.interface

    def called(period: str) -> str:
        if period == "all":
            return interface.say("all there is")
        return interface.plural("last %(number)s day", "last %(number)s days", int(period))

    return interface.say("Time"), tuple(
        Option(period, called(period), period == chosen.period) for period in PERIODS
    )


def _kinds(desk: Desk, chosen: Shown) -> tuple[str, tuple[Option, ...]]:
    return desk.interface.say("What"), tuple(
        Option(kind, kind_name(kind, desk.interface), kind == chosen.what) for kind in KINDS
    )
