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
from library.web.site import Visit
from library.web.viewmodels import Link

SUMMARY = 220  # characters of a summary in a list


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
    return Card(
        url=links.resource(resource.slug, language),
        title=shown.title,
        language=shown.language,
        direction=direction(shown.language),
        kind=kind,
        year=labels.year(resource),
        summary=shortened(shown.summary, SUMMARY),
        excerpts=tuple(
            excerpt(visit, resource, editions[passage.edition], passage, asked, shown, printed)
            for passage in found
            if passage.edition in editions
        ),
        editions=edition_links(visit, resource, shown),
        facts=labels.facts(shown, visit.interface),
        note=labels.note(shown, visit.interface),
        why=why,
        picture=links.cover(resource),
    )


def excerpt(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    passage: Found,
    asked: Asked | None,
    shown: Edition,
    printed: Mapping[tuple[str, int], str],
) -> Excerpt:
    return Excerpt(
        url=links.page(resource, edition, passage.page, asked.sought if asked else links.NOTHING),
        page=labels.page(
            passage.page, printed.get((passage.edition, passage.page), ""), visit.interface
        ),
        pieces=pieces(passage.text, passage.marks),
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
