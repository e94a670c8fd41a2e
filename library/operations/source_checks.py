"""Whether the addresses that documents came from still answer: asked seldom, a few bytes each.

Only what a server says of itself counts at once (404, 410). A server that does not answer may be
away for a day, or our own line may be: it counts when it was silent on several days on which
others answered.

A source is an address that a stranger's file may have named, so nothing inside this network is
asked: each name is looked up first, and only an address of the open internet is connected to.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from library.catalogue import Catalogue
from library.catalogue.upkeep import source_checks as kept
from library.core.errors import InputError
from library.core.resource import SourceState
from library.fetching import Deadline, leads_to
from library.fetching.addresses import Lookup, is_open, look_up

TIMEOUT = 15.0  # seconds for one answer, with all that it leads to: other work waits meanwhile
MOST_STEPS = 6  # addresses one leads to
AGENT = "worker-education-library (asks whether a source still answers)"
GONE = (404, 410)
NOT_ASKED_SO = (400, 403, 405, 501)  # some servers answer HEAD so, and GET well


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: in which state the source is, and the word for it (`404`, `no name`)."""

    state: SourceState
    word: str


def ask(
    url: str,
    *,
    lookup: Lookup = look_up,
    may: Callable[[str], bool] = is_open,
    timeout: float = TIMEOUT,
) -> Answer:
    """Ask once whether an address still answers, following where it leads. Never raises.

    may: whether an IP address may be connected to.
    """
    end = time.monotonic() + timeout
    for _ in range(MOST_STEPS):
        try:
            status, to = _status(url, lookup, may, end)
        except _NotAsked as error:
            return Answer(SourceState.UNASKED, str(error))
        except ssl.SSLError:
            return Answer(SourceState.SILENT, "certificate")
        except TimeoutError:
            return Answer(SourceState.SILENT, "too slow")
        except socket.gaierror:
            return Answer(SourceState.SILENT, "no name")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(SourceState.SILENT, "no answer")
        if to and 300 <= status < 400:
            try:
                url = leads_to(url, to)
            except InputError:
                return Answer(SourceState.SILENT, "no address")
            continue
        if status in GONE:
            return Answer(SourceState.GONE, str(status))
        if status >= 500:
            return Answer(SourceState.SILENT, str(status))
        return Answer(SourceState.WELL, str(status))
    return Answer(SourceState.SILENT, "leads in circles")


class _NotAsked(Exception):
    """An address that is not asked at all."""


def _status(url: str, lookup: Lookup, may: Callable[[str], bool], end: float) -> tuple[int, str]:
    """The status a server answers with, and where it leads. end: on the monotonic clock."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        raise _NotAsked("no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise _NotAsked("no address")
    addresses = [address for address in lookup(host, port) if may(address)]
    if not addresses:
        raise _NotAsked("not public")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    path += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
    status, to = _once("HEAD", parts.scheme, host, port, path, addresses[0], end)
    if status in NOT_ASKED_SO:
        status, to = _once("GET", parts.scheme, host, port, path, addresses[0], end)
    return status, to


def _once(
    method: str, scheme: str, host: str, port: int, path: str, address: str, end: float
) -> tuple[int, str]:
    """One request, to the IP address that was looked at and to no other; the body is not read."""
    timeout = end - time.monotonic()
    if timeout <= 0:
        raise TimeoutError
    plain = socket.create_connection((address, port), timeout)
    try:
        with Deadline(end - time.monotonic()) as deadline:
            deadline.of(plain)
            if scheme == "https":
                plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
                deadline.of(plain)
            line = http.client.HTTPConnection(host, port, timeout=timeout)
            line.sock = plain
            line.request(method, path, headers={"User-Agent": AGENT, "Connection": "close"})
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location", "")
    finally:
        plain.close()


def ask_next(catalogue: Catalogue) -> str:
    """Ask the source that is due first, and keep the answer; its address, "" when none is due."""
    with catalogue.read() as conn:
        due = kept.due(conn, 1)
    if due:
        ask_one(catalogue, due[0])
    return due[0] if due else ""


def ask_one(catalogue: Catalogue, url: str) -> Answer:
    """Ask a source and keep the answer. Where it is silent, one that answered before is asked too,
    to tell its silence from ours.
    """
    answer, heard, other = ask(url), True, ""
    if answer.state is SourceState.SILENT:
        with catalogue.read() as conn:
            other = kept.answering(conn, url)
        heard = bool(other) and ask(other).state is SourceState.WELL
    with catalogue.write() as writer:
        if heard and other:
            kept.note(writer.conn, other, SourceState.WELL, "again")
        kept.note(writer.conn, url, answer.state, answer.word, heard=heard)
        kept.forget_unused(writer.conn)
    return answer
