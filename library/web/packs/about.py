"""What a pack says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from library.core.resource import PartialDate
from library.core.settings import Settings
from library.web import labels, links
from library.web.i18n import Interface, own_name
from library.web.packs.contents import Work, clean
from library.web.packs.order import Chosen, Order


@dataclass(frozen=True, slots=True)
class About:
    """What a pack says of itself."""

    name: str  # of the library
    title: str
    about: str  # how much is in it
    made: str
    moment: datetime  # of the library that it shows, by the last change
    language: str
    question: str  # the address of the same question on the site
    identifier: str  # the same for the same order
    order: Order

    @classmethod
    def of(
        cls,
        order: Order,
        picked: Chosen,
        works: Sequence[Work],
        moment: datetime,
        interface: Interface,
        settings: Settings,
    ) -> About:
        title = clean(picked.title or picked.words or settings.name)
        day = moment.astimezone(UTC)
        date = interface.date(PartialDate(day.year, day.month, day.day))
        pages = sum(work.edition.pages for work in works)
        parts = (
            labels.resources(len(works), interface),
            labels.pages(pages, interface),
            own_name(order.language),
        )
        made = interface.say("From %(name)s, as it was on %(date)s.", name=settings.name, date=date)
        if picked.words:
            made += " " + interface.say("Searched for: %(words)s", words=clean(picked.words))
        question = ""
        if settings.base_url:
            path = links.collection(order.collection) if order.collection else links.SEARCH
            question = f"{settings.base_url}{path}"
        return cls(
            name=settings.name,
            title=title,
            about=" · ".join(parts),
            made=made,
            moment=moment,
            language=order.language,
            question=question,
            identifier=uuid5(NAMESPACE_URL, f"{settings.base_url or settings.name}/{order.id}").urn,
            order=order,
        )
