"""A change that was asked of many, as it is kept and as people read it."""

from __future__ import annotations

from library.batch import Change, Part
from library.core.resource import JSON, Standing, Status
from library.metadata.staff_statements import CONCEPTS
from library.web.site import Visit
from library.web.staff import labels
from library.web.staff.viewmodels import NOTHING


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
    lines = []
    for part in change.parts:
        values = interface.listed(
            visit.label(part.field, value) if part.field in CONCEPTS else value
            for value in part.values
        )
        asked = {
            "add": say("add %(values)s", values=values),
            "take": say("take away %(values)s", values=values),
            "set": say("set to %(values)s", values=values or NOTHING),
        }[part.how]
        lines.append(interface.pair(labels.field(part.field, interface), asked))
    if change.standing:
        lines.append(
            interface.pair(say("Status"), labels.status(change.standing.status, interface))
        )
    if change.collection:
        name = change.collection
        asked = (
            say("take out of %(name)s", name=name)
            if change.take_out
            else say("put into %(name)s", name=name)
        )
        lines.append(interface.pair(say("Collection"), asked))
    return tuple(lines)
