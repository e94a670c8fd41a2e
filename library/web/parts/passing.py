"""What can be passed on of an edition, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass

from babel.core import get_global

from library.core import extras
from library.core.resource import Edition, Resource
from library.web import links, passing_links
from library.web.parts.card_picture import (
    CardPicture,
    card_picture,
    made_by,
    spoken_of,
)
from library.web.parts.cards import shortened
from library.web.site import Visit
from library.web.viewmodels import Link

SHOWN = 300_000  # bytes of text on one page, about: what an old phone still scrolls


def edition_ways(visit: Visit, resource: Resource, edition: Edition) -> tuple[Link, ...]:
    """An edition as one page and as plain text, where it has any."""
    if not edition.text_bytes:
        return ()
    say = visit.interface.say
    return (
        Link(say("All on one page"), passing_links.whole(resource, edition)),
        Link(say("Plain text"), passing_links.text(resource, edition)),
    )


def reader_ways(
    visit: Visit, resource: Resource, edition: Edition, number: int
) -> tuple[Link, ...]:
    """What can be passed on from a page of an edition."""
    if not edition.text_bytes:
        return ()
    divided = edition.text_bytes > SHOWN
    whole = f"{passing_links.whole(resource, edition, number if divided else 0)}#p{number}"
    say = visit.interface.say
    return (
        Link(say("All on one page"), whole),
        Link(say("Quote from this page"), passing_links.quote_from(resource, edition, number)),
        Link(say("Pass on"), passing_links.pass_on(resource, edition)),
    )


def by_and_year(visit: Visit, resource: Resource, edition: Edition) -> str:
    """Who made it, and when."""
    return made_by(resource, edition, visit.interface)


def source(visit: Visit, resource: Resource, edition: Edition) -> str:
    """Who made it, when, under which licence, and its short address: what a copy must say."""
    parts = (
        by_and_year(visit, resource, edition),
        edition.rights,
        f"{visit.base}{passing_links.short(resource)}",
    )
    return " · ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a message shows of a link to a resource (https://ogp.me/)."""

    title: str
    description: str
    url: str
    locale: str
    image: str
    large: bool  # a card of its own, and not a page of the document
    pass_on: str  # where more can be done to pass it on


def card_of(visit: Visit, resource: Resource, edition: Edition) -> CardPicture:
    """What stands on the picture of a card; it does not depend on who looks."""
    spoken = spoken_of(edition, visit.site.interfaces)
    return card_picture(resource, edition, spoken, visit.site.vocabularies, visit.site.settings)


def preview(visit: Visit, resource: Resource, edition: Edition) -> Preview:
    likely = str(get_global("likely_subtags").get(edition.language, ""))
    image = links.cover(resource)
    large = extras.print_installed()
    if large:
        image = passing_links.card_picture(
            resource, edition, card_of(visit, resource, edition).digest
        )
    return Preview(
        title=edition.title,
        description=shortened(edition.summary, 200) or by_and_year(visit, resource, edition),
        url=f"{visit.base}{links.resource(resource.slug)}",
        locale=f"{edition.language}_{likely.split('_')[-1]}" if "_" in likely else "",
        image=f"{visit.base}{image}" if image else "",
        large=large,
        pass_on=passing_links.pass_on(resource, edition),
    )
