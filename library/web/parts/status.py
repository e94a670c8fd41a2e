"""What readers are told of where a resource stands: what took its place, and how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from library.catalogue.queue import undescribed
from library.core.resource import PartialDate, Resource, Status
from library.web import links
from library.web.site import Visit
from library.web.viewmodels import Link


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before reading, and where to go instead, if anywhere."""

    text: str
    link: Link | None = None


def notices(visit: Visit, resource: Resource) -> tuple[Notice, ...]:
    """What to know before reading this."""
    say, standing = visit.interface.say, resource.standing
    lines = []
    if visit.site.catalogue.ask(undescribed.among, [edition.id for edition in resource.editions]):
        text = say("This is new here. Its words can be found; what it is about is told soon.")
        lines.append(Notice(text))
    if standing.status is Status.SUPERSEDED:
        newer = visit.site.catalogue.resource(standing.successor)
        text = say("A newer one has taken the place of this.")
        lines.append(Notice(text, _link(visit, newer) if newer else None))
    if standing.review_by and standing.review_by <= datetime.now(UTC).date().isoformat():
        day = date.fromisoformat(standing.review_by)
        due = visit.interface.date(PartialDate(day.year, day.month, day.day))
        text = say(
            "This may be out of date: it should have been looked at again by %(day)s.", day=due
        )
        lines.append(Notice(text))
    return tuple(lines)


def _link(visit: Visit, resource: Resource) -> Link:
    shown = resource.edition(visit.interface.language)
    return Link(shown.title, links.resource(resource.slug), language=shown.language)
