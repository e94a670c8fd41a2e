"""What a session with a work takes: its time, how many people, and what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from babel.units import format_unit

from library.core.resource import Resource
from library.vocabularies.durations import DAY, HOUR, minutes_of
from library.web.i18n import Interface
from library.web.site import Visit

SIZES = 2  # of them that are named in a list
NEEDS = 3


def minutes(visit: Visit, resource: Resource) -> float | None:
    """How long the session of a work takes, where that is known and staff do not say otherwise.

    They do where the work is filed under other times than that of its length.
    """
    length = minutes_of(resource.duration) if resource.duration else None
    if not length:
        return None
    filed = resource.filed("time")
    return length if not filed or visit.site.vocabularies.lasting(length) in filed else None


def length(minutes: float, interface: Interface) -> str:
    """A length of time as people write it: 45 min, 1 hr 30 min, 2 days."""
    whole = round(minutes)
    if whole >= DAY and whole % DAY == 0:
        return str(format_unit(whole // DAY, "day", "long", locale=interface.locale))
    hours, rest = divmod(whole, HOUR)
    parts = ((hours, "hour"), (rest, "minute"))
    shown = [
        str(format_unit(number, unit, "short", locale=interface.locale))
        for number, unit in parts
        if number
    ]
    return " ".join(shown)


def length_of(visit: Visit, resource: Resource) -> str:
    """How long the session of a work takes, as people write it; "" where that is not known."""
    known = minutes(visit, resource)
    return length(known, visit.interface) if known else ""


def time_of(visit: Visit, resource: Resource) -> str:
    """The time of a work: its length where that is known, else what it is filed under."""
    if known := length_of(visit, resource):
        return known
    filed = resource.filed("time")
    return visit.label("time", filed[0]) if filed else ""


def session_facts(visit: Visit, resource: Resource) -> tuple[str, ...]:
    """For a list: time, group size and needs, as far as they are known."""
    return tuple(
        filter(
            None,
            (
                time_of(visit, resource),
                *_named(visit, resource, "size", SIZES),
                *_named(visit, resource, "needs", NEEDS),
            ),
        )
    )


def _named(visit: Visit, resource: Resource, facet: str, most: int) -> Sequence[str]:
    """The first values of a facet in the order of its scheme; of one that stands below another only
    the narrower is named."""
    filed = set(resource.filed(facet))
    vocabularies = visit.site.vocabularies
    above = {b for id in filed for b in vocabularies.expand(facet, [id]) if b != id}
    order = [id for id in vocabularies.order(facet) if id in filed - above]
    return [visit.label(facet, id) for id in order[:most]]
