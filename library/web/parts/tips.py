"""How to search, by examples that are links."""

from __future__ import annotations

from library.web import links
from library.web.site import Visit
from library.web.viewmodels import Link

Tips = tuple[tuple[Link, str], ...]


def tips(visit: Visit) -> Tips:
    """What may be typed, in words of the reader's language, and what it means."""
    say = visit.interface.say
    fund, beginning, bargaining = say("strike fund"), say("organi"), say("bargaining")
    strike, lockout, contract, wages = (
        say("strike"),
        say("lockout"),
        say("contract"),
        say("wages"),
    )
    made = (
        (say("street vendors"), say("both words, in any form, and other names of the same")),
        (f'"{fund}"', say("these words together, in this order")),
        (f"{beginning}*", say("every word that begins so")),
        (f"{strike} OR {lockout}", say("either of the two")),
        (f"{contract} -{wages}", say("the first, without the second")),
        (f"title:{bargaining}", say("only in titles; author: looks at who wrote it")),
        (
            f"({strike} OR {lockout}) {wages}",
            say("parentheses keep together what belongs together"),
        ),
    )
    return tuple((Link(words, links.searched(words)), meaning) for words, meaning in made)
