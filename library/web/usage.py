"""Counting what is read without counting people: days and works, never who.

Nothing of a request is kept: whether it came from a person, from a program or from staff is looked
at while it is answered, and forgotten.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.requests import Request

from index.query import And, Node, Not, Or, Phrase, Prefix, Query, Word
from index.results import Results
from library.catalogue import Original
from library.catalogue.statistics import latency
from library.catalogue.statistics.latency import MOST_TERMS, Timed
from library.catalogue.statistics.usage import Counted, Kind
from library.core.resource import Edition, Resource
from library.web.site import Visit
from library.web.usage_buffer import Tally

UNCOUNTED = "uncounted"  # the cookie of browsers in which staff signed in; it holds "1"

# What programs call themselves that fetch pages without anybody reading them at that moment.
# Cubot makes telephones.
_PROGRAM = re.compile(
    r"(?<!cu)bot(?:\b|[/_-])|crawl|spider|slurp|archiver|scrap|preview|fetcher|monitor|uptime|lighthouse"
    r"|headless|facebookexternalhit|whatsapp|feed|\brss|validator|linkcheck|curl/|wget/|python-"
    r"|aiohttp|httpx|okhttp|go-http|java/|libwww|axios|node-fetch|mediapartners|^$",
    re.IGNORECASE,
)
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_FIRST = re.compile(r"bytes=0-(\d*)")
_PROBE = 1024  # bytes; who asks for fewer only looks whether a file can be had in parts


def count(visit: Visit, kind: Kind, resource: Resource, edition: Edition) -> None:
    """Count a work once more, if a person asked for it."""
    _count(visit, Counted(today(), kind, resource.id, edition.id, edition.language))


def count_download(visit: Visit, file: Original) -> None:
    """Count a file once, however many parts of it are asked for."""
    if (
        visit.site.settings.count_reading
        and is_beginning(visit.request.headers.get("range"))
        and is_reader(visit.request)
    ):
        line = Counted(today(), "downloaded", file.resource, file.edition, file.language)
        visit.site.tally.count(line)


def count_search(visit: Visit) -> None:
    """Count that somebody searched; never for what."""
    _count(visit, Counted(today(), "searched", language=visit.interface.language))


def _count(visit: Visit, line: Counted) -> None:
    """Count it now if a reader asked, and note it: the answer may be given to another."""
    if visit.site.settings.count_reading:
        visit.noted.counted.append(line)
        count_again(visit.site.tally, visit.request, [line])


def count_again(tally: Tally, request: Request, lines: Sequence[Counted]) -> None:
    """Count what an answer counts, which is given to this request, if a person asked for it."""
    if lines and is_reader(request):
        for line in lines:
            tally.count(line)


def searched(visit: Visit, query: Query) -> Results:
    """The engine's answer, the time it took noted if it had to be made. Raises SearchError."""
    began = time.perf_counter()
    results, made = visit.site.engine.searched(query)
    if not made:
        return results
    took = (time.perf_counter() - began) * 1000
    terms, phrase = shape(query.tree)
    narrowed = bool(query.chosen or query.without or query.years)
    engine = visit.site.settings.engine_name
    visit.site.tally.time(
        Timed(today(), engine, min(terms, MOST_TERMS), phrase, narrowed, latency.bucket(took))
    )
    return results


def shape(node: Node) -> tuple[int, bool]:
    """How many words a question has, and whether some must stand together."""
    if isinstance(node, (And, Or)):
        parts = [shape(child) for child in node.nodes]
        return sum(terms for terms, _ in parts), any(phrase for _, phrase in parts)
    if isinstance(node, Not):
        return shape(node.node)
    if isinstance(node, Phrase):
        return len(node.text.split()), True
    return int(isinstance(node, (Word, Prefix))), False


def is_reader(request: Request) -> bool:
    """Whether a person who is not staff asked, and for this page now."""
    headers = request.headers
    if request.method != "GET" or UNCOUNTED in request.cookies:
        return False
    if any("pre" in headers.get(name, "").lower() for name in _AHEAD):
        return False  # prefetch, prerender, preview: nobody looks at it yet
    return not _PROGRAM.search(headers.get("user-agent", "")[:400])


def is_beginning(range_: str | None) -> bool:
    """Whether a request for a file, or a part of it, is the first of those that fetch it.

    Viewers of PDF ask for the whole and then for parts from the middle; programs that go on after
    a break ask for the end. Who asks for the first few bytes only looks what there is.
    """
    if range_ is None:
        return True
    match = _FIRST.match(range_.replace(" ", ""))
    return match is not None and (not match[1] or int(match[1][:18]) >= _PROBE)


def today() -> str:
    return datetime.now(UTC).date().isoformat()
