"""The years of a search: a drawing whose bars can be pressed, the same as a table, and two fields.

The bars are years, decades or more, as many as a thumb can tell apart. Once years are chosen the
drawing shows those alone, so that a decade opens into its years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.fields import NOT_STATED, YEAR
from index.query import Years
from library.web import labels, links
from library.web.links import Asked
from library.web.parts.filters import Choice, choice, listed, narrowed_by
from library.web.site import Counts, Visit
from library.web.viewmodels import Link

HEIGHT = 40
PITCH = 10  # from one bar to the next, in units of the drawing
GAP = 1
MOST_BARS = 11  # 24 CSS pixels for each (WCAG 2.2, 2.5.8) in a column of 272
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
FEWEST = 2  # years; fewer are no drawing


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
    span: str = ""  # from the first to the last year there is
    shown: bool = False  # whether it is unfolded


def year_box(visit: Visit, asked: Asked, counts: Counts, whole: Counts) -> YearBox:
    numbers = counts.get(YEAR.name, {})
    span = asked.query.years
    box = YearBox(
        first=str(span.first) if span.first is not None else "",
        last=str(span.last) if span.last is not None else "",
        choices=tuple(
            choice(visit, asked, YEAR.name, value, numbers)
            for value in sorted(listed(asked, YEAR.name, whole.get(YEAR.name, {})))
            if value == NOT_STATED or value in narrowed_by(asked, YEAR.name)
        ),
    )
    left_out = asked.query.without.get(YEAR.name, ())
    per_year = {
        int(year): n
        for year, n in numbers.items()
        if n and year.isdecimal() and year not in left_out
    }
    if not per_year:
        return box
    low, high = str(min(per_year)), str(max(per_year))
    box = replace(
        box,
        lowest=low,
        highest=high,
        span=low if low == high else f"{low}–{high}",
        shown=bool(span),
    )
    shown = {year: n for year, n in per_year.items() if year in span}
    window = span if len(shown) >= FEWEST else Years()
    if not window:
        shown = per_year
    if len(shown) < FEWEST:
        return box
    bars = drawn(visit, asked, shown, window)
    return replace(
        box,
        bars=bars,
        width=len_of(shown) * PITCH - GAP,
        height=HEIGHT,
        lowest_shown=str(min(shown)),
        highest_shown=str(max(shown)),
        label=visit.interface.say(
            "Resources per year, %(first)s to %(last)s", first=min(shown), last=max(shown)
        ),
        rows=tuple(
            Link(
                str(year),
                narrowed(asked, Years(year, year)),
                count=visit.interface.number(n),
                current=bool(span) and year in span,
            )
            for year, n in sorted(shown.items(), reverse=True)
        ),
        every=Link(visit.interface.say("All years"), narrowed(asked, Years())) if window else None,
    )


def drawn(visit: Visit, asked: Asked, shown: Mapping[int, int], window: Years) -> tuple[Bar, ...]:
    """A bar for each stretch of years that has anything; never beyond the years chosen."""
    step, start = step_of(shown), first_of(shown)
    sums: dict[int, int] = {}
    for year, n in shown.items():
        place = (year - start) // step
        sums[place] = sums.get(place, 0) + n
    most = max(sums.values())
    made = []
    for place, n in sorted(sums.items()):
        first = max(start + place * step, window.first or 1)
        last = min(start + (place + 1) * step - 1, window.last or 9999)
        height = max(2, round(HEIGHT * n / most))
        made.append(
            Bar(
                x=place * PITCH,
                y=HEIGHT - height,
                height=height,
                url=narrowed(asked, Years(first, last)),
                label=visit.interface.pair(
                    said(visit, first, last), labels.resources(n, visit.interface)
                ),
                chosen=bool(asked.query.years)
                and first in asked.query.years
                and last in asked.query.years,
            )
        )
    return tuple(made)


def step_of(shown: Mapping[int, int]) -> int:
    """How many years one bar stands for: the fewest that leave no more bars than there is room."""
    low, high = min(shown), max(shown)
    return next((step for step in STEPS if high // step - low // step < MOST_BARS), STEPS[-1])


def first_of(shown: Mapping[int, int]) -> int:
    """The first year of the first bar: a decade begins with its round year."""
    step = step_of(shown)
    return min(shown) // step * step


def len_of(shown: Mapping[int, int]) -> int:
    """How many bars there is room for between the first and the last."""
    return (max(shown) - first_of(shown)) // step_of(shown) + 1


def said(visit: Visit, first: int, last: int) -> str:
    if first == last:
        return str(first)
    return visit.interface.say("%(first)s to %(last)s", first=first, last=last)


def narrowed(asked: Asked, years: Years) -> str:
    return links.url_of(asked.with_query(replace(asked.query, years=years, page=1)))
