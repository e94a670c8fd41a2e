"""A resource as it stands in a list: what it is, the pages that answer, languages and weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.results import Excerpt as Found
from library.core.resource import Edition, Resource
from library.web import labels, links
from library.web.i18n import direction, own_name
from library.web.links import Asked
from library.web.parts.blocks import Piece, pieces
from library.web.parts.passages import around, listed_last, without_leaders
from library.web.parts.session_facts import session_facts
from library.web.site import Visit
from library.web.viewmodels import Link

SUMMARY = 220  # characters of a summary in a list
FOLDED = 64  # characters of an excerpt behind a fold
FOUND_BY = 40  # characters of a passage by which a browser finds it, where nothing is marked


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
    best: Excerpt | None = None  # from the page that answers best
    rest: tuple[Excerpt, ...] = ()  # from others, behind a fold
    rest_label: str = ""
    editions: tuple[Link, ...] = ()  # where there are several
    covered: tuple[Link, ...] = ()  # the languages it is in, as a cover names them
    facts: tuple[str, ...] = ()  # pages, size, text size
    session: tuple[str, ...] = ()  # the time, the people and the things that a session takes
    note: str = ""  # an honest word on what could not be read
    why: str = ""  # where a work does not say the words it was found by
    picture: str = ""  # the page that staff chose to stand for it
    id: str = ""  # of the resource


def card(
    visit: Visit,
    resource: Resource,
    *,
    found: Sequence[Found] = (),
    asked: Asked | None = None,
    why: str = "",
    printed: Mapping[tuple[str, int], str] = {},
    wanted: Iterable[str] = (),
) -> Card:
    """wanted: languages the reader asked for, which come before that of the words found.

    printed: (edition, page) → the number printed on it, where that is known.
    """
    editions = {edition.id: edition for edition in resource.editions}
    best = [editions[passage.edition].language for passage in found if passage.edition in editions]
    spoken = visit.interface.language
    shown = resource.edition(*wanted, *best[:1], spoken)
    language = shown.language if shown != resource.edition(spoken) else ""
    kind = visit.label("kind", resource.kind) if resource.kind else ""
    year = labels.year(resource)
    foreign = shown.language if shown.language != spoken else ""
    listed = [passage for passage in listed_last(found) if passage.edition in editions]
    # Behind the fold stand pages that hold words of the question; others are no answers.
    passages = [*listed[:1], *(passage for passage in listed[1:] if passage.marks)]
    excerpts = [
        excerpt(visit, resource, editions[passage.edition], passage, asked, shown, printed, place)
        for place, passage in enumerate(passages)
    ]
    first, rest = (excerpts[0] if excerpts else None), tuple(excerpts[1:])
    chips = edition_links(visit, resource, shown)
    facts = labels.facts(shown, visit.interface)
    return Card(
        url=links.resource(resource.slug, language),
        title=shown.title,
        language=shown.language,
        direction=direction(shown.language),
        kind=kind,
        year=year,
        summary="" if first else shortened(shown.summary, SUMMARY),
        best=first,
        rest=rest,
        rest_label=visit.interface.plural(
            "%(number)s more page", "%(number)s more pages", len(rest)
        ),
        editions=chips if len(chips) > 1 else (),
        covered=chips,
        facts=(
            *([own_name(foreign)] if foreign and len(chips) == 1 else ()),
            *([year] if year and not kind else ()),
            *facts,
        ),
        session=session_facts(visit, resource),
        note=labels.note(shown, visit.interface),
        why=why,
        picture=links.cover(resource, shown),
        id=resource.id,
    )


def excerpt(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    passage: Found,
    asked: Asked | None,
    shown: Edition,
    printed: Mapping[tuple[str, int], str],
    place: int = 0,
) -> Excerpt:
    """place: how many stand before it; those behind the fold are shorter."""
    text, marks = without_leaders(passage.text, passage.marks)
    if place:
        text, marks = around(text, marks, FOLDED)
    sought = asked.sought if asked else links.NOTHING
    return Excerpt(
        url=links.to_sentence(resource, edition, passage.page, sought, passage.place)
        if asked and passage.marks
        else links.at_words(
            links.page(resource, edition, passage.page, sought), passage.text.strip("…"), FOUND_BY
        ),
        page=labels.page(
            passage.page, printed.get((passage.edition, passage.page), ""), visit.interface
        ),
        pieces=pieces(text, marks),
        language=edition.language,
        direction=direction(edition.language),
        language_name="" if edition == shown else own_name(edition.language),
    )


def edition_links(
    visit: Visit, resource: Resource, shown: Edition | None = None
) -> tuple[Link, ...]:
    """A chip for each language, to its first page."""
    return tuple(
        Link(
            label=own_name(edition.language),
            url=links.page(resource, edition, 1),
            current=edition == shown,
            language=edition.language,
            direction=direction(edition.language),
            hint=edition.title,
        )
        for edition in in_order(visit, resource)
        if edition.language
    )


def in_order(visit: Visit, resource: Resource) -> list[Edition]:
    """Editions with the reader's language first, then as the library lists its languages."""
    order = (visit.interface.language, *visit.site.settings.languages)
    place = {language: n for n, language in reversed(list(enumerate(order)))}
    return sorted(resource.editions, key=lambda edition: place.get(edition.language, len(order)))


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
