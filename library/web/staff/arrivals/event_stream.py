"""Changes of arrivals to an open page, as server-sent events (WHATWG HTML, section 9.2).

`row`: a row of the list, as HTML. `waiting`: how many wait. `over`: nobody is signed in any more.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from library.accounts import digest_of
from library.catalogue import Catalogue
from library.catalogue.accounts import users
from library.catalogue.queue import tasks
from library.catalogue.queue.tasks import Seen
from library.web.staff.access import COOKIE, at_desk
from library.web.staff.arrivals.live import Live
from library.web.staff.arrivals.rows import mark, rows
from library.web.staff.arrivals.viewmodels import ArrivalFragment
from library.web.staff.desk import Desk
from library.web.staff.links import STREAM

SIZE = 50  # arrivals of a page

_HAVE = re.compile(r"arrival-(\d{1,12})\.([0-9a-f]{10})")


def look(catalogue: Catalogue) -> Mapping[int, Seen]:
    """The newest arrivals, by number."""
    return {seen.arrival.id: seen for seen in catalogue.ask(tasks.seen, SIZE)}


def stream(desk: Desk) -> Response:
    """What changes from now on, beginning with what the page does not have yet."""
    live: Live[Seen] = desk.request.app.state.live
    if live.full:
        raise HTTPException(503, headers={"Retry-After": "60"})
    have = dict(_HAVE.findall(desk.request.query_params.get("have", "")[:4000]))
    headers = {"X-Accel-Buffering": "no"}  # for a web server before us: pass each line on at once
    return StreamingResponse(
        _lines(desk, live, {int(number): was for number, was in have.items()}),
        headers=headers,
        media_type="text/event-stream",
    )


async def _lines(desk: Desk, live: Live[Seen], have: dict[int, str]) -> AsyncIterator[str]:
    yield "retry: 5000\n\n"
    async with aclosing(live.watch()) as found_one_by_one:
        async for batch in found_one_by_one:
            if not await run_in_threadpool(_signed_in, desk):
                yield event("over", "")
                return
            if batch is None:
                yield ": here\n\n"
                continue
            changed = [seen for seen in batch.values() if have.get(seen.arrival.id) != mark(seen)]
            have = {number: mark(seen) for number, seen in batch.items()}
            if changed:
                yield await run_in_threadpool(_told, desk, changed[::-1])


def event(name: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def _told(desk: Desk, changed: list[Seen]) -> str:
    """The rows that changed, the oldest first, and how many wait."""
    render = desk.site.pages.render
    count = desk.site.catalogue.ask(tasks.waiting_arrivals)
    made = [
        event(
            "row",
            render("staff/arrival-row.html", ArrivalFragment(row, desk.token), desk.interface),
        )
        for row in rows(desk, changed)
    ]
    return "".join((*made, event("waiting", waits(desk, count))))


def waits(desk: Desk, count: int) -> str:
    """How many files wait, in words; "" for none."""
    if not count:
        return ""
    return desk.interface.plural(
        "%(number)s file waits to be read.", "%(number)s files wait to be read.", count
    )


def _signed_in(desk: Desk) -> bool:
    """Whether the session is not over; to watch does not keep it alive."""
    token = desk.request.cookies.get(COOKIE, "")
    return desk.site.catalogue.ask(users.session, digest_of(token)) is not None


ROUTES = [
    at_desk(STREAM, get=stream),
]
