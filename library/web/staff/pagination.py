"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Callable

from library.web.staff.desk import Desk
from library.web.viewmodels import Link, Paging


def number_of(desk: Desk) -> int:
    """The page that an address asks for, from 1."""
    written = desk.request.query_params.get("page", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 7 else 1


def paging(
    desk: Desk, number: int, total: int, size: int, address: Callable[[int], str]
) -> Paging | None:
    """The way to the pages beside this one; None where all stands on one."""
    last = max(1, -(-total // size))
    if last == 1:
        return None

    def link(to: int, label: str) -> Link | None:
        return Link(label, address(to)) if 1 <= to <= last else None

    say = desk.interface.say
    here = say(
        "page %(page)s of %(pages)s",
        page=desk.interface.number(number),
        pages=desk.interface.number(last),
    )
    return Paging(
        label=say("Pages of results"),
        previous=link(number - 1, say("Previous")),
        next=link(number + 1, say("Next")),
        numbers=(Link(here, "", current=True),),
    )
