"""The card of a resource as a picture, for messages that show a link: what stands on it, what it is
called by, and where it is kept. A worker sets and draws it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from library.core.resource import Edition, Resource
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from library.web import labels, passing_links
from library.web.i18n import Interface, direction, own_name
from library.web.parts.cards import shortened
from library.web.templates import Pages

WIDE, HIGH = 1200, 630  # pixels: what messengers show whole
TITLE = 140  # characters of a title that fit
LONG = 60  # from so many a title is set smaller
SUMMARY = 170
DESIGN = 1  # another number has every card drawn anew


@dataclass(frozen=True, slots=True)
class CardPicture:
    """What stands on the picture of a card."""

    library: str
    title: str
    long: bool
    by: str
    summary: str
    facts: tuple[str, ...]
    address: str
    language: str
    direction: str
    spoken: str  # the language of the facts
    facing: str

    @property
    def digest(self) -> str:
        """Another where anything of it changes: a browser may keep it for good."""
        return hashlib.sha256(f"{DESIGN} {self!r}".encode()).hexdigest()[:20]


def card_picture(
    resource: Resource,
    edition: Edition,
    interface: Interface,
    vocabularies: Vocabularies,
    settings: Settings,
) -> CardPicture:
    """interface: that of `spoken_of`."""
    facts = (
        labels.value("kind", resource.kind, vocabularies, interface) if resource.kind else "",
        own_name(edition.language) if edition.language else "",
        interface.say("text only %(size)s", size=interface.size(edition.text_bytes))
        if edition.text_bytes
        else "",
    )
    where = urlsplit(settings.base_url)
    return CardPicture(
        library=settings.called(interface.language),
        title=shortened(edition.title, TITLE),
        long=len(edition.title) > LONG,
        by=shortened(made_by(resource, edition, interface), TITLE),
        summary=shortened(" ".join(edition.summary.split()), SUMMARY),
        facts=tuple(filter(None, facts)),
        address=f"{where.netloc}{where.path}{passing_links.short(resource)}"
        if where.netloc
        else "",
        language=edition.language,
        direction=direction(edition.language),
        spoken=interface.language,
        facing=interface.direction,
    )


def spoken_of(edition: Edition, interfaces: Mapping[str, Interface]) -> Interface:
    """The site in the language of an edition, or in its first one."""
    return interfaces.get(edition.language) or next(iter(interfaces.values()))


def made_by(resource: Resource, edition: Edition, interface: Interface) -> str:
    """Who made it, and when."""
    parts = (
        interface.listed(edition.authors) or resource.publisher,
        str(edition.date.year) if edition.date else labels.year(resource),
    )
    return " · ".join(filter(None, parts))


def path_of(settings: Settings, digest: str) -> Path:
    """Where the picture is kept once it is drawn."""
    return settings.images / "cards" / digest[:2] / f"{digest}.png"


def page_of(card: CardPicture, pages: Pages, interface: Interface) -> tuple[str, str]:
    """The card as a page of HTML, and its style sheet."""
    sheet = pages.static[pages.names["card.css"]].content.decode()
    return pages.render("pack/card.html", card, interface), sheet
