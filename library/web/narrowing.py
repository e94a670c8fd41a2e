"""The ways to narrow a search: checkboxes with counts, chips to remove, years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.fields import FACETS, Facet
from index.query import Years
from library.web import links, wording
from library.web.contexts import Bar, Choice, FacetBox, Link, YearBox
from library.web.links import Asked
from library.web.site import Counts, Visit

BAR_HEIGHT = 24
MOST_BARS = 60
FEWEST_BARS = 5  # fewer years are no drawing, and the form says them


def facet_boxes(visit: Visit, asked: Asked, counts: Counts, whole: Counts) -> tuple[FacetBox, ...]:
    """A box for each facet the library uses.

    Its choices are all values the library holds anything under, so that the form looks alike from
    search to search; those that would give nothing now are disabled.
    """
    boxes = (
        facet_box(visit, asked, facet, counts.get(facet.name, {}), whole.get(facet.name, {}))
        for facet in FACETS
    )
    return tuple(box for box in boxes if box.choices)


def facet_box(
    visit: Visit, asked: Asked, facet: Facet, counts: Mapping[str, int], whole: Mapping[str, int]
) -> FacetBox:
    chosen = asked.query.chosen.get(facet.name, frozenset())
    choices = [
        Choice(
            value=value,
            label=visit.label(facet.name, value),
            count=visit.interface.number(counts.get(value, 0)),
            chosen=value in chosen,
            disabled=not counts.get(value) and value not in chosen,
        )
        for value in ordered(visit, facet, {*whole, *chosen}, counts, whole, chosen)
    ]
    more = choices[facet.shown :] if len(choices) > facet.shown + 1 else []
    return FacetBox(
        name=facet.name,
        title=wording.facet_name(facet.name, visit.interface),
        operator=wording.operator(facet.operator, visit.interface),
        choices=tuple(choices[: len(choices) - len(more)]),
        more=tuple(more),
        more_label=visit.interface.plural("%(number)s more", "%(number)s more", len(more)),
        open=any(choice.chosen for choice in more),
    )


def ordered(
    visit: Visit,
    facet: Facet,
    values: set[str],
    counts: Mapping[str, int],
    whole: Mapping[str, int],
    chosen: frozenset[str] = frozenset(),
) -> list[str]:
    """Values in the facet's order; by count, the chosen come first so that they are in sight."""
    if facet.order == "scheme":
        place = {id_: n for n, id_ in enumerate(visit.site.vocabularies.order(facet.name))}
        return sorted(values, key=lambda value: (place.get(value, len(place)), value))
    by_label = sorted(values, key=lambda value: visit.label(facet.name, value).casefold())
    if facet.order == "label":
        return by_label
    return sorted(
        by_label,
        key=lambda value: (value not in chosen, -counts.get(value, 0), -whole.get(value, 0)),
    )


def chips(visit: Visit, asked: Asked) -> tuple[Link, ...]:
    """What narrows the search now, each a link to the search without it."""
    made = [
        Link(
            label=visit.label(facet.name, value),
            url=links.url_of(asked.with_query(asked.query.toggle(facet.name, value))),
            hint=visit.interface.say("Remove"),
        )
        for facet in FACETS
        for value in sorted(asked.query.chosen.get(facet.name, ()))
    ]
    span = asked.query.years
    if span:
        without = replace(asked.query, years=Years(), page=1)
        made.append(
            Link(
                label=wording.years(span.first, span.last, visit.interface),
                url=links.url_of(asked.with_query(without)),
                hint=visit.interface.say("Remove"),
            )
        )
    return tuple(made)


def cleared(asked: Asked) -> str:
    """The same words with nothing narrowing them."""
    return links.url_of(asked.with_query(replace(asked.query, chosen={}, years=Years(), page=1)))


def year_box(visit: Visit, asked: Asked, counts: Counts) -> YearBox:
    """The two years of the form, and a drawing of how many resources each year has."""
    span = asked.query.years
    found = {int(year): n for year, n in counts.get("year", {}).items() if year.isdecimal() and n}
    first, last = (str(year) if year is not None else "" for year in (span.first, span.last))
    if not found:
        return YearBox(first, last)
    low, high = min(found), max(found)
    low = max(low, high - MOST_BARS + 1)
    most = max(found.values())
    bars = tuple(
        Bar(
            x=(year - low) * 5,
            y=BAR_HEIGHT - height,
            height=height,
            chosen=bool(span) and year in span,
        )
        for year in range(low, high + 1)
        if (height := round(BAR_HEIGHT * found.get(year, 0) / most) or (year in found))
    )
    return YearBox(
        first=first,
        last=last,
        lowest=str(low),
        highest=str(high),
        bars=bars if high - low >= FEWEST_BARS else (),
        width=(high - low + 1) * 5 - 1,
        label=visit.interface.say(
            "Resources per year, %(first)s to %(last)s", first=low, last=high
        ),
    )
