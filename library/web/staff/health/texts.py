"""What is said of each part of the library: how it is, what that means, what to do, and with which
command."""

from __future__ import annotations

from library.operations.health import Health, State
from library.web.staff.desk import Desk
from library.web.staff.health import safekeeping, service
from library.web.staff.health.sentences import Words
from library.web.staff.health.viewmodels import HealthLine

Told = tuple[State, HealthLine]


def lines(health: Health, desk: Desk) -> tuple[Told, ...]:
    """A line for each part, with its state."""
    return (
        _told(health.fixity.state, desk, safekeeping.fixity(health.fixity, health.copies, desk)),
        _told(health.rows.state, desk, safekeeping.rows(health.rows, desk.interface)),
        _told(health.copies.state, desk, safekeeping.copies(health.copies, desk)),
        _told(health.disk.state, desk, safekeeping.disk(health.disk, desk.interface)),
        _told(health.index.state, desk, service.index(health.index, desk.interface)),
        _told(health.queue.state, desk, service.queue(health.queue, desk.interface)),
        _told(health.chain.state, desk, safekeeping.chain(health.chain, desk.interface)),
        _told(health.whole.state, desk, safekeeping.whole(health.whole, desk.interface)),
        _told(health.speed.state, desk, service.speed(health.speed, desk.interface)),
        _told(health.packages.state, desk, service.packages(health.packages, desk.interface)),
        _told(
            health.confinement.state, desk, service.confinement(health.confinement, desk.interface)
        ),
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
