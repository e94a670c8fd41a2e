"""The ways to narrow a search: checkboxes with counts, values left out, chips to take off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.fields import FACETS, NARROWING, NOT_STATED, YEAR, Facet
from index.query import Years
from library.web import labels, links
from library.web.facet_params import LEFT_OUT
from library.web.links import Asked
from library.web.parts.concept_tree import Branches, branches_of
from library.web.site import Counts, Visit
from library.web.viewmodels import Link

MOST_LISTED = 60  # values of a facet that a page of results holds; its own page has them all
LONG = 12  # values of a facet from which typing is quicker than looking

Held = Mapping[str, int]  # value → works
Granted = Mapping[str, frozenset[str]]  # facet → values


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
    size: str = ""  # how many values there are
    said: str = ""  # the same with what is counted, for who hears the page
    shown: bool = False  # whether it is unfolded


def facet_boxes(visit: Visit, asked: Asked, counts: Counts, whole: Counts) -> tuple[FacetBox, ...]:
    """A box for each facet the library uses.

    Its choices are all values the library holds anything under, so that the form looks alike from
    search to search; those that would give nothing now are disabled.
    """
    return tuple(
        facet_box(visit, asked, facet, counts.get(facet.name, {}), whole.get(facet.name, {}))
        for facet in shortest_first(asked, whole)
    )


def shortest_first(asked: Asked, whole: Counts) -> list[Facet]:
    """The facets that the library uses, those with the fewest values first: what can be taken in at
    a glance stands before what must be looked through."""
    used = [
        facet
        for facet in FACETS
        if stated(whole.get(facet.name, {})) or narrowed_by(asked, facet.name)
    ]
    return sorted(used, key=lambda facet: len(stated(whole.get(facet.name, {}))))


def facet_links(visit: Visit, asked: Asked, whole: Counts) -> tuple[Link, ...]:
    """The facets that the library uses by name, each a link to the form with it unfolded."""
    made = [
        Link(
            labels.facet_name(facet.name, visit.interface),
            links.narrowing(asked, facet.name),
            count=visit.interface.number(len(stated(whole.get(facet.name, {})))),
        )
        for facet in shortest_first(asked, whole)
    ]
    years = [int(year) for year in stated(whole.get(YEAR.name, {})) if year.isdecimal()]
    if years:
        span = str(min(years)) if len(years) < 2 else f"{min(years)}–{max(years)}"
        name = labels.facet_name(YEAR.name, visit.interface)
        made.append(Link(name, links.narrowing(asked, YEAR.name), count=span))
    return tuple(made)


def facet_box(visit: Visit, asked: Asked, facet: Facet, counts: Held, whole: Held) -> FacetBox:
    values = ordered(visit, facet, listed(asked, facet.name, whole), counts, whole, asked)
    rows = [choice(visit, asked, facet.name, value, counts) for value in values]
    plain, rest = rows, None
    if NOT_STATED in values:
        rest = rows[values.index(NOT_STATED)]
        plain = [row for row in rows if row is not rest]
    title = labels.facet_name(facet.name, visit.interface)
    box = FacetBox(
        name=facet.name,
        anchor=f"narrow-{facet.name}",
        url=f"#narrow-{facet.name}",
        title=title,
        operator=labels.operator(facet.operator, visit.interface),
        rest=rest,
        find=find(visit, facet.name, title, len(plain)) if len(plain) > LONG else None,
        answer=links.choices_answer(facet.name) if len(plain) <= MOST_LISTED else "",
        size=visit.interface.number(len(plain)),
        said=labels.values(len(plain), visit.interface),
        shown=bool(narrowed_by(asked, facet.name)),
    )
    if facet.nested:
        tree = branches_of(visit.site.vocabularies, facet.name, [row.value for row in plain])
        answer = links.choices_answer(facet.name)
        return replace(box, branches=nested(visit, tree, plain), answer=answer)
    kept = [row for n, row in enumerate(plain) if n < MOST_LISTED or row.chosen or row.left_out]
    more = kept[facet.shown :] if len(kept) > facet.shown + 1 else []
    return replace(
        box,
        choices=tuple(kept[: len(kept) - len(more)]),
        more=tuple(more),
        more_label=visit.interface.plural("%(number)s more", "%(number)s more", len(more)),
        open=any(row.chosen or row.left_out for row in more),
    )


def nested(visit: Visit, tree: Branches, rows: Sequence[Choice]) -> tuple[Branch, ...]:
    """Each value at the top with what is within it, folded unless something there is chosen."""
    by_value = {row.value: row for row in rows}
    made = []
    for top, below in tree:
        within = tuple(replace(by_value[value], level=level) for value, level in below)
        label = visit.interface.say(
            "Within %(value)s (%(number)s)",
            value=by_value[top].label,
            number=visit.interface.number(len(within)),
        )
        opened = any(row.chosen or row.left_out for row in within)
        made.append(Branch(by_value[top], within, label, opened))
    return tuple(made)


def choice(visit: Visit, asked: Asked, facet: str, value: str, counts: Held) -> Choice:
    """One value as a row of the form: to be asked for, or left out."""
    count = counts.get(value, 0)
    chosen = asked.query.has(facet, value)
    left_out = value in asked.query.without.get(facet, ())
    label = visit.label(facet, value)
    return Choice(
        value=value,
        label=label,
        count=visit.interface.number(count),
        said=labels.resources(count, visit.interface),
        chosen=chosen,
        disabled=not count and not chosen,
        left_out=left_out,
        left_out_value=f"{LEFT_OUT}{value}",
        left_out_label=labels.narrowing(facet, value, label, True, visit.interface),
        left_out_disabled=not count and not left_out,
    )


def find(visit: Visit, facet: str, title: str, number: int) -> Link:
    """The button to the page that has all values of a facet, and finds them by any name."""
    label = visit.interface.say("Find in “%(facet)s”", facet=title)
    return Link(label, links.choices(facet), count=visit.interface.number(number))


def listed(asked: Asked, facet: str, whole: Held) -> set[str]:
    """What the library has under a facet, and whatever narrows the search there."""
    return {*whole, *narrowed_by(asked, facet)}


def narrowed_by(asked: Asked, facet: str) -> frozenset[str]:
    query = asked.query
    return query.chosen.get(facet, frozenset()) | query.without.get(facet, frozenset())


def stated(counts: Held) -> dict[str, int]:
    """The values of a facet without those works of which none is stated."""
    return {value: count for value, count in counts.items() if value != NOT_STATED}


def ordered(
    visit: Visit,
    facet: Facet,
    values: Iterable[str],
    counts: Held,
    whole: Held,
    asked: Asked | None = None,
) -> list[str]:
    """Values in the facet's order; by count, those that narrow come first so that they are in
    sight, and "not stated" last.
    """
    narrowing = narrowed_by(asked, facet.name) if asked else frozenset()
    if facet.order == "scheme":
        place = {id_: n for n, id_ in enumerate(visit.site.vocabularies.order(facet.name))}
        return sorted(
            values, key=lambda value: (value == NOT_STATED, place.get(value, len(place)), value)
        )
    by_label = sorted(
        values,
        key=lambda value: (value == NOT_STATED, visit.label(facet.name, value).casefold()),
    )
    if facet.order == "label" or facet.nested:
        return by_label
    return sorted(
        by_label,
        key=lambda value: (
            value == NOT_STATED,
            value not in narrowing,
            -counts.get(value, 0),
            -whole.get(value, 0),
        ),
    )


def chips(visit: Visit, asked: Asked, granted: Granted) -> tuple[Link, ...]:
    """What narrows a search, and what its words were read as, each a link to the search without it.

    granted: what the words were read as that narrows.
    """
    query = asked.query
    made = [
        Link(
            labels.narrowing(facet, value, visit.label(facet, value), out, visit.interface),
            links.url_of(asked.with_query((query.exclude if out else query.toggle)(facet, value))),
            hint=visit.interface.say("Remove"),
        )
        for facet in NARROWING
        for out, values in ((False, query.chosen), (True, query.without))
        for value in sorted(values.get(facet, ()))
    ]
    made += [
        Link(
            read_as(visit, facet, value, granted),
            links.url_of(asked.with_unread((facet, value))),
            hint=visit.interface.say("Remove"),
        )
        for facet, value in asked.named
        if not query.has(facet, value)
    ]
    span = query.years
    if span:
        without = replace(query, years=Years(), page=1)
        made.append(
            Link(
                label=labels.years(span.first, span.last, visit.interface),
                url=links.url_of(asked.with_query(without)),
                hint=visit.interface.say("Remove"),
            )
        )
    return tuple(made)


def read_as(visit: Visit, facet: str, value: str, granted: Granted) -> str:
    """What words were read as, and whether it narrows."""
    label = visit.label(facet, value)
    if value in granted.get(facet, ()):
        return visit.interface.say("only: %(value)s", value=label)
    return visit.interface.say("first: %(value)s", value=label)


def cleared(asked: Asked) -> str:
    """The same words with nothing narrowing them."""
    bare = replace(asked.query, chosen={}, without={}, years=Years(), page=1)
    return links.url_of(asked.with_query(bare))
