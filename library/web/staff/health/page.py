"""Whether the library is well, for people who are no engineers: each part of it in a few words."""

from __future__ import annotations

from starlette.responses import Response

from library.operations import health
from library.operations.health import Health, State
from library.web.i18n import Interface
from library.web.staff.access import at_desk
from library.web.staff.desk import Desk
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.health import texts
from library.web.staff.health.viewmodels import HealthPage
from library.web.staff.links import HEALTH
from library.web.viewmodels import Link

GRAVEST: tuple[State, ...] = ("act", "look", "well")


def page(desk: Desk) -> Response:
    now = looked_at(desk)
    lines = sorted(texts.lines(now, desk), key=lambda line: GRAVEST.index(line[0]))
    heading = desk.interface.say("Health")
    made = HealthPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        at=desk.interface.say("As of %(moment)s", moment=moment(now.at, desk.interface)),
        summary=summary(now, desk.interface),
        lines=tuple(line for _, line in lines),
    )
    return shown(desk, "staff/health.html", made)


def looked_at(desk: Desk) -> Health:
    site = desk.site
    site.tally.flush(site.catalogue)
    return health.look_at(site.settings, site.catalogue, site.engine, site.beside())


def alarms(desk: Desk) -> tuple[Link, ...]:
    """What somebody is to do something about now, for the first page of the desk."""
    lines = texts.lines(looked_at(desk), desk)
    return tuple(
        Link(line.title, f"{HEALTH}#{line.anchor}", hint=line.facts[0])
        for state, line in lines
        if state == "act"
    )


def summary(report: Health, interface: Interface) -> str:
    say = interface.say
    return {
        "well": say("The library is well: nothing needs doing."),
        "look": say("The library works. Look at what is marked below, one of these days."),
        "act": say("Something needs doing now: see below what, and how."),
    }[report.state]


ROUTES = [
    at_desk(HEALTH, get=page),
]
