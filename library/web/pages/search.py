"""Search results: what was found, the pages that answer, and how to narrow further."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.query import Everything
from index.results import Hit, Results
from library.core.resource import Resource
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.links import Asked
from library.web.pages import query_notes
from library.web.pages.ask import missed
from library.web.pages.query_notes import Also
from library.web.pages.zero_results import Nothing, fewer, last_page, nothing
from library.web.parts.cards import Card, card, shortened
from library.web.parts.filters import chips, cleared, facet_links
from library.web.redirects import moved
from library.web.site import Visit, visit_of
from library.web.usage import count_search, searched
from library.web.viewmodels import Frame, Link, Paging

SHOWN = 10  # works on a page, with those that hold only some of the words
LEAST = 3  # of the latter, where the page is full without them
BESIDE = 2  # page numbers shown on each side of the present one


@dataclass(frozen=True, slots=True)
class Beyond:
    """Works beside the results, why they are there, and the way to leave them out."""

    title: str
    note: str
    cards: tuple[Card, ...]
    off: Link


class Found(NamedTuple):
    """What the catalogue says of works that were found: by id, and numbers printed on pages."""

    resources: Mapping[str, Resource]
    printed: Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame
    heading: str
    range: str
    problems: tuple[str, ...]
    unfiled: tuple[
        str, ...
    ]  # of values that words were read as, which nothing found is filed under
    also: Also | None
    offers: tuple[Link, ...]  # the concepts that the words are a name of
    fewer: tuple[Link, ...]  # without a word, where no resource holds them all
    chips: tuple[Link, ...]
    clear: Link | None
    sorts: tuple[Link, ...]
    hits: tuple[Card, ...]
    beyond: tuple[Beyond, ...]
    facets: tuple[Link, ...]  # to the form that narrows, each with its facet unfolded
    narrow: Link
    tips: Link
    sheet: str  # what the form is dressed in, for the script that fetches it
    script: str
    suggestion: Link | None
    nothing: Nothing | None
    paging: Paging | None
    feed: str
    letters: str  # where one asks to be told by e-mail; "" where the library writes no letters
    take: str  # where these works are taken along; "" where there are none


def asked_of(visit: Visit) -> Asked:
    return links.query_of(visit.request.query_params.multi_items(), visit.site.vocabularies)


def search(request: Request) -> Response:
    visit = visit_of(request)
    if there := moved(visit):
        return there
    asked = asked_of(visit)
    results = searched(visit, asked.query)
    narrowed, whole = chips(visit, asked, results.granted), visit.site.whole()
    made = frame(
        visit,
        title(visit, asked, narrowed),
        asked=asked,
        canonical=links.url_of(asked),
        robots="noindex",  # a list of addresses is no page to be found; those it leads to are
    )
    kept = tuple(
        parameter for parameter in links.parameters_of(asked) if parameter[0] not in ("q", "page")
    )
    suggestion = said(visit, results)
    found = found_of(visit, results)
    page = SearchPage(
        frame=replace(made, kept=kept),
        heading=labels.resources(results.total, visit.interface),
        range=shown_range(visit, asked, results),
        problems=problems(visit, asked, results),
        unfiled=unfiled(visit, asked, results),
        also=query_notes.also(visit, asked, results),
        offers=query_notes.offers(visit, asked),
        chips=narrowed,
        clear=Link(visit.interface.say("Clear all"), cleared(asked)) if asked.chosen > 1 else None,
        sorts=sorts(visit, asked),
        hits=cards(visit, asked, results.hits, found),
        beyond=tuple(beyond(visit, asked, results, found)),
        facets=facet_links(visit, asked, whole),
        narrow=Link(narrow_label(visit, asked), links.narrowing(asked)),
        tips=Link(visit.interface.say("Search tips"), links.TIPS),
        sheet=visit.site.pages.address("narrow.css"),
        script=visit.site.pages.address("narrow.js"),
        suggestion=Link(
            suggestion, links.url_of(asked.with_words(suggestion, visit.site.vocabularies))
        )
        if suggestion
        else None,
        fewer=fewer(visit, asked) if results.partial else (),
        nothing=nowhere(visit, asked, results, narrowed),
        paging=paging(visit, asked, results),
        feed=links.url_of(asked.with_query(replace(asked.query, page=1)), "/feed.atom"),
        letters=links.new_alert(asked) if visit.site.settings.smtp else "",
        take=links.take(asked) if results.total else "",
    )
    response = answer(visit, "search.html", page)
    response.background = missed(visit, asked, results)
    visit.noted.alone = not results.total  # what is missed is noted each time
    if asked.query.page == 1 and (asked.words or asked.chosen):
        count_search(visit)
    return response


def nowhere(
    visit: Visit, asked: Asked, results: Results, narrowed: Sequence[Link]
) -> Nothing | None:
    """What to show where there are no hits: on a page past the end, or when there are none."""
    if results.hits:
        return None
    return last_page(visit, asked, results) if results.total else nothing(visit, asked, narrowed)


def said(visit: Visit, results: Results) -> str | None:
    """What was meant instead, unless that is a name nobody is called by here."""
    if results.suggestion and visit.site.vocabularies.unsaid(results.suggestion):
        return None
    return results.suggestion


def problems(visit: Visit, asked: Asked, results: Results) -> tuple[str, ...]:
    """What was not understood, and whether the answer is less than was asked for."""
    lines = [labels.problem(problem, visit.interface) for problem in asked.problems]
    if results.left_out:
        lines.append(labels.left_out(results.left_out, visit.interface))
    if results.partial:
        lines.append(
            visit.interface.say("No resource holds all of these words; these hold some of them.")
        )
    return tuple(lines)


def unfiled(visit: Visit, asked: Asked, results: Results) -> tuple[str, ...]:
    """The values that words were read as, and that nothing found is filed under."""
    return tuple(
        visit.interface.say(
            "Nothing that was found is filed under “%(value)s”.",
            value=visit.label(facet, value),
        )
        for facet, value in asked.named
        if results.total and not results.counts.get(facet, {}).get(value)
    )


def beyond(visit: Visit, asked: Asked, results: Results, found: Found) -> Iterator[Beyond]:
    """Works that do not hold all that was asked, each kind under a heading of its own."""
    say = visit.interface.say
    off = Link(
        say("Only what holds the words"),
        links.url_of(asked.with_exact(True, visit.site.vocabularies)),
    )
    if results.elsewhere:
        yield Beyond(
            say("In other languages"),
            say("Found by what they are about."),
            cards(visit, asked, results.elsewhere, found, 1),
            off,
        )
    if results.more:
        yield Beyond(
            say("More that may help"),
            say("These hold some of the words, or are about something close to them."),
            cards(visit, asked, more_of(results), found, 1),
            off,
        )


def more_of(results: Results) -> Sequence[Hit]:
    """The works that hold only some of the words, as many as are shown."""
    return results.more[: max(LEAST, SHOWN - len(results.hits))]


def found_of(visit: Visit, results: Results) -> Found:
    """What the catalogue holds of all works that a page may show, asked for once."""
    hits = (*results.hits, *results.elsewhere, *more_of(results))
    return Found(
        {found.id: found for found in visit.site.catalogue.resources([hit.id for hit in hits])},
        visit.site.catalogue.labels(
            [(excerpt.edition, excerpt.page) for hit in hits for excerpt in hit.excerpts]
        ),
    )


def cards(
    visit: Visit, asked: Asked, hits: Sequence[Hit], found: Found, most: int | None = None
) -> tuple[Card, ...]:
    """A card for each hit; none for one that readers may not see any more. most: pages on each."""
    wanted = sorted(asked.query.chosen.get("language", ()))
    return tuple(
        card(
            visit,
            found.resources[hit.id],
            found=hit.excerpts[:most],
            asked=asked,
            why=query_notes.why(visit, hit),
            printed=found.printed,
            wanted=wanted if len(wanted) == 1 else (),
        )
        for hit in hits
        if hit.id in found.resources
    )


def title(visit: Visit, asked: Asked, narrowed: Sequence[Link]) -> str:
    """The search in words, as a tab or a bookmark shows it."""
    parts = [shortened(asked.words, 60), *(chip.label for chip in narrowed[:5])]
    if not any(parts):
        parts = [visit.interface.say("All resources")]
    if asked.query.page > 1:
        page = visit.interface.number(asked.query.page)
        parts.append(visit.interface.say("page %(page)s", page=page))
    return " · ".join(filter(None, parts))


def narrow_label(visit: Visit, asked: Asked) -> str:
    if not asked.chosen:
        return visit.interface.say("Filter")
    return visit.interface.say("Filter (%(number)s)", number=visit.interface.number(asked.chosen))


def sorts(visit: Visit, asked: Asked) -> tuple[Link, ...]:
    """The orders to choose from; without words nothing is more relevant than the rest."""
    everything = asked.query.tree == Everything()
    return tuple(
        Link(
            labels.sort_name(sort, visit.interface),
            links.url_of(asked.with_query(replace(asked.query, sort=sort, page=1))),
            current=sort == asked.query.sort,
        )
        for sort in links.SORTS
        if not (everything and sort == "relevance")
    )


def shown_range(visit: Visit, asked: Asked, results: Results) -> str:
    """Which of the results stand on this page; "" when all of them."""
    if not results.hits or results.total <= asked.query.size:
        return ""
    first = (asked.query.page - 1) * asked.query.size + 1
    return visit.interface.say(
        "%(first)s to %(last)s, page %(page)s of %(pages)s",
        first=visit.interface.number(first),
        last=visit.interface.number(first + len(results.hits) - 1),
        page=visit.interface.number(asked.query.page),
        pages=visit.interface.number(pages_of(asked, results)),
    )


def pages_of(asked: Asked, results: Results) -> int:
    return max(1, -(-results.total // asked.query.size))


def paging(visit: Visit, asked: Asked, results: Results) -> Paging | None:
    """Links to the other pages: the first, the last, and those around this one."""
    last, here = pages_of(asked, results), asked.query.page
    if last == 1 or not results.hits:
        return None

    def link(number: int, label: str = "") -> Link:
        url = links.url_of(asked.with_query(replace(asked.query, page=number)))
        text = visit.interface.number(number)
        hint = "" if label else visit.interface.say("page %(page)s", page=text)
        return Link(label or text, url, current=number == here, hint=hint)

    near = {1, last, *range(max(1, here - BESIDE), min(last, here + BESIDE) + 1)}
    numbers: list[Link | None] = []
    for number in sorted(near):
        if numbers and number - 1 not in near:
            numbers.append(link(number - 1) if number - 2 in near else None)
        numbers.append(link(number))
    return Paging(
        label=visit.interface.say("Pages of results"),
        previous=link(here - 1, visit.interface.say("Previous")) if here > 1 else None,
        next=link(here + 1, visit.interface.say("Next")) if here < last else None,
        numbers=tuple(numbers),
    )


ROUTES = [
    Route("/search", fresh(search)),
]
