"""A file that came in, as one row of the page and of the stream that keeps it up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from library.catalogue.arrivals import actions, rescans
from library.catalogue.changes import history
from library.catalogue.queue.tasks import Arrival, Seen
from library.catalogue.resources import queries
from library.core.formats import PICTURED
from library.core.resource import Edition, Outcome
from library.web.error_text import Sentence, sentences
from library.web.i18n import Interface, own_name
from library.web.staff import labels
from library.web.staff.arrivals.viewmodels import ArrivalRow, ScanForm
from library.web.staff.desk import Desk
from library.web.staff.frame import moment
from library.web.staff.links import ARRIVALS, work
from library.web.staff.viewmodels import Option
from library.web.viewmodels import Link


def mark(seen: Seen) -> str:
    """Another word when anything of it changes."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:10]


def rows(desk: Desk, arrivals: Sequence[Seen]) -> tuple[ArrivalRow, ...]:
    """Arrivals as they are shown, with what can be done about each."""
    ids = [seen.arrival.edition for seen in arrivals if seen.arrival.edition and seen.resource]
    aims = [seen.arrival.replaces for seen in arrivals if seen.arrival.replaces]
    with desk.site.catalogue.snapshot() as snapshot:
        editions = {id_: snapshot.ask(queries.edition, id_) for id_ in dict.fromkeys((*ids, *aims))}
        doubtful = [id_ for id_ in ids if (edition := editions[id_]) and may_be_scan(edition)]
        scans = snapshot.ask(rescans.with_scans, doubtful)
        learnt = snapshot.ask(rescans.languages) if scans else ()
    return tuple(_row(desk, seen, editions, scans, learnt) for seen in arrivals)


def said(arrival: Arrival, interface: Interface) -> tuple[Sentence, ...]:
    """What was said of an arrival when it was read; in English where no more than that was kept."""
    kept = (Sentence(arrival.message, english=True),) if arrival.message else ()
    return sentences(arrival.messages, interface) or kept


def may_be_scan(edition: Edition) -> bool:
    """Whether it is worth looking at its pages for pictures of words."""
    return edition.media_type in PICTURED and bool(edition.scanned or edition.text_quality < 1)


def scan_form(action: str, learnt: Sequence[str], chosen: str) -> ScanForm:
    """chosen: the language it is said to be in."""
    return ScanForm(
        action,
        tuple(Option(language, own_name(language), language == chosen) for language in learnt),
    )


def _row(
    desk: Desk,
    seen: Seen,
    editions: dict[str, Edition | None],
    scans: frozenset[str],
    learnt: Sequence[str],
) -> ArrivalRow:
    arrival, interface = seen.arrival, desk.interface
    by = actions.who(arrival.path)
    open_ = arrival.outcome in (None, Outcome.FAILED, Outcome.PARTIAL)
    given_up = arrival.reason == actions.GIVEN_UP
    address = f"{ARRIVALS}/{arrival.id}"
    came = moment(datetime.fromisoformat(seen.arrived), interface)
    state = labels.arrival(arrival.outcome, seen.reading, seen.stuck, interface)
    if seen.describing and seen.resource:
        state = interface.say("can be found, and is being described")
    elif seen.scanning and seen.resource:
        state = interface.say("in the library; its pictures are still to be read")
    old = editions.get(arrival.replaces)
    edition = editions.get(arrival.edition or "")
    if seen.scan_given_up and seen.resource:
        state = interface.say("in the library; reading its pictures was given up")
    return ArrivalRow(
        id=f"arrival-{arrival.id}",
        mark=mark(seen),
        name=Path(arrival.path).name,
        facts=(came, interface.say("from a folder") if by == history.COMMAND_LINE else by),
        state=state,
        aim=interface.say("It will replace “%(name)s”.", name=old.filename)
        if old and arrival.outcome in (None, Outcome.FAILED)
        else "",
        why=labels.reason(arrival.reason, interface),
        said=() if given_up else said(arrival, interface),
        work=Link(Path(arrival.path).name, work(seen.resource)) if seen.resource else None,
        again=f"{address}/again" if open_ and (arrival.outcome or seen.stuck) else "",
        give_up=f"{address}/give-up" if open_ and not given_up and not seen.reading else "",
        scan=scan_form(f"{address}/languages", learnt, edition.language)
        if edition and edition.id in scans and not seen.scanning
        else None,
    )
