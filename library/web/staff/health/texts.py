"""What is said of each part of the library: how it is, what that means, what to do, and with which
command."""

from __future__ import annotations

from library.operations.health import Health, State
from library.web.staff.desk import Desk
from library.web.staff.health import safekeeping, service
from library.web.staff.health.sentences import Words
from library.web.staff.health.viewmodels import HealthLine

Told = tuple[State, HealthLine]


def lines(found: Health, desk: Desk) -> tuple[Told, ...]:
    """A line for each part, with its state."""
    return (
        _told(found.fixity.state, desk, safekeeping.fixity(found.fixity, found.copies, desk)),
        _told(found.copies.state, desk, safekeeping.copies(found.copies, desk)),
        _told(found.disk.state, desk, safekeeping.disk(found.disk, desk.interface)),
        _told(found.index.state, desk, service.index(found.index, desk.interface)),
        _told(found.queue.state, desk, service.queue(found.queue, desk.interface)),
        _told(found.chain.state, desk, safekeeping.chain(found.chain, desk.interface)),
        _told(found.whole.state, desk, safekeeping.whole(found.whole, desk.interface)),
        _told(found.speed.state, desk, service.speed(found.speed, desk.interface)),
        _told(found.packages.state, desk, service.packages(found.packages, desk.interface)),
    )


def _told(state: State, desk: Desk, words: Words) -> Told:
    say = desk.interface.say
    verdict = {"well": say("well"), "look": say("look at this"), "act": say("act now")}[state]
    return state, HealthLine(
        words.anchor,
        words.title,
        state,
        verdict,
        words.means,
        tuple(words.facts),
        words.sheet,
        tuple(words.steps),
    )
