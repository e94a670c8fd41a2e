"""What is said of each part of the library: how it is, what that means, what to do, and with which
command."""

from __future__ import annotations

from library.health import Health, State
from library.web.staff.contexts.health import HealthLine
from library.web.staff.desk import Desk
from library.web.staff.wellness import keeping, serving
from library.web.staff.wellness.words import Words

Told = tuple[State, HealthLine]


def lines(found: Health, desk: Desk) -> tuple[Told, ...]:
    """A line for each part, with its state."""
    return (
        _told(found.fixity.state, desk, keeping.fixity(found.fixity, found.copies, desk)),
        _told(found.copies.state, desk, keeping.copies(found.copies, desk)),
        _told(found.disk.state, desk, keeping.disk(found.disk, desk.interface)),
        _told(found.index.state, desk, serving.index(found.index, desk.interface)),
        _told(found.queue.state, desk, serving.queue(found.queue, desk.interface)),
        _told(found.chain.state, desk, keeping.chain(found.chain, desk.interface)),
        _told(found.whole.state, desk, keeping.whole(found.whole, desk.interface)),
        _told(found.speed.state, desk, serving.speed(found.speed, desk.interface)),
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
