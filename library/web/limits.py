"""How often one address may ask for what is worked out anew: searches, lists, answers to programs.

A polite robot reads robots.txt and never comes here. One that follows every facet of every search
would keep the site busy for readers' cost; it is told to wait. What an address may ask is meant for
a workshop: thirty people behind one address who each open a page every six seconds never meet it.
What a reader writes to staff counts as many answers, and has a number for a day: what is kept in a
day is bounded, and one who fills it would silence the others. Works, pages and files are not
counted, and neither is who asks from this computer: a server before the site that does not pass
addresses on would be taken for one reader.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from library.web import errors, links

BURST = 600  # answers at once: thirty phones, twenty pages each
RATE = 5.0  # more of them a second
WAIT = 60  # seconds that who comes too often is told to wait
ADDRESSES = 4096  # that are remembered; who was not heard of longest is forgotten first
COUNTED = (
    *("/search", "/suggest", "/feed.atom", "/api/", links.OAI, "/export.", "/opds"),
    *("/vocabularies/", "/packs/new", "/kept/", "/list"),
)
# For people to read, or long to make.
WRITING = ("/ask", "/report/", "/packs", links.NEW_ALERT)
MANY = ("/kept/now",)  # works are looked up by the hundred
COST_OF_MANY = 10.0
COST = 30.0  # answers that one such writing counts as: twenty at once, ten more a minute
DAILY = 100  # such writings of an address in a day; all that staff are asked in one is 1,000
DAY = 86_400.0  # seconds


@dataclass(slots=True)
class Allowance:
    """What an address may still ask for, as it was at a moment (seconds)."""

    left: float
    at: float


class Limits:
    """Answers 429 to an address that asks for more than it is allowed.

    clock: seconds that never go back.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._allowed: OrderedDict[str, Allowance] = OrderedDict()
        self._writing: OrderedDict[str, Allowance] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (cost := _cost(scope)) and self._too_many(scope, cost):
            mishap = HTTPException(429, headers={"Retry-After": str(WAIT)})
            response = await run_in_threadpool(errors.on_http, Request(scope, receive), mishap)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _too_many(self, scope: Scope, cost: float = 1.0) -> bool:
        address = network(scope["client"][0] if scope.get("client") else "")
        if not address:
            return False
        now = self._clock()
        if not _has(self._allowed, address, now, cost, BURST, RATE):
            return True
        return cost == COST and not _has(self._writing, address, now, 1.0, DAILY, DAILY / DAY)


def _has(
    kept: OrderedDict[str, Allowance], address: str, now: float, cost: float, most: int, rate: float
) -> bool:
    """Whether an address has so much left, of which it is then taken."""
    allowed = kept.pop(address, None) or Allowance(most, now)
    allowed.left = min(most, allowed.left + (now - allowed.at) * rate)
    allowed.at = now
    kept[address] = allowed
    if len(kept) > ADDRESSES:
        kept.popitem(last=False)
    if allowed.left < cost:
        return False
    allowed.left -= cost
    return True


def _cost(scope: Scope) -> float:
    """What is taken of an allowance for a request; 0 for what is not counted."""
    if scope["method"] == "POST" and scope["path"].startswith(WRITING):
        return COST
    if scope["path"].startswith(MANY):
        return COST_OF_MANY
    return 1.0 if scope["path"].startswith(COUNTED) else 0.0


def network(address: str) -> str:
    """The address whose asking is counted together: of version 6 the network of one connection (its
    first 64 bits); "" of this computer, and of what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            known = known.ipv4_mapped
        elif not known.is_loopback:
            return known.exploded[:19]
    return "" if known.is_loopback else str(known)
