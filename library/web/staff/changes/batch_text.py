"""A change that was asked of many, as it is kept and as people read it."""

from __future__ import annotations

from library.batch import Change, Part
from library.core.resource import JSON, Standing, Status
from library.metadata.staff_statements import CONCEPTS
from library.web.site import Visit
from library.web.staff import labels


def change_of(content: JSON) -> Change:
    """A change as it was kept."""
    stands = content["standing"]
    return Change(
        tuple(Part(part["field"], part["how"], tuple(part["values"])) for part in content["parts"]),
        Standing(**{**stands, "status": Status(stands["status"])}) if stands else None,
        content["collection"],
        content["take_out"],
    )


def lines_of(content: JSON, visit: Visit) -> tuple[str, ...]:
    """What a change asks, line by line."""
    change, interface = change_of(content), visit.interface
    say = interface.say
    hows = {"add": say("add"), "take": say("take away"), "set": say("set")}
    lines = []
    for part in change.parts:
        values = "; ".join(
            visit.label(part.field, value) if part.field in CONCEPTS else value
            for value in part.values
        )
        lines.append(
            interface.pair(labels.field(part.field, interface), f"{hows[part.how]} {values or '–'}")
        )
    if change.standing:
        lines.append(
            interface.pair(say("Status"), labels.status(change.standing.status, interface))
        )
    if change.collection:
        how = say("take out") if change.take_out else say("put in")
        lines.append(interface.pair(say("Collection"), f"{how} {change.collection}"))
    return tuple(lines)
