"""Why a resource needs a person, and its place among those that do: in the list and on its form."""

from __future__ import annotations

from collections.abc import Sequence

from library.catalogue.statistics.reader_reports import Report
from library.catalogue.statistics.review_queue import Pair, Reason, Work
from library.core.resource import Resource
from library.web.error_text import sentences
from library.web.staff import labels
from library.web.staff.desk import Desk
from library.web.staff.frame import day_of
from library.web.staff.links import sheet
from library.web.staff.review_queue.viewmodels import ReasonRow, ReportRow
from library.web.viewmodels import Link


def works(entries: Sequence[Work | Pair]) -> list[Work]:
    """The resources among what needs a person, in its order."""
    return [entry for entry in entries if isinstance(entry, Work)]


def beside(order: Sequence[Work], resource: str, step: int) -> str:
    """The resource that comes so many steps after another one, round in a ring; "" for none.

    One that does not stand there comes before the first.
    """
    ids = [entry.resource for entry in order]
    at = ids.index(resource) + step if resource in ids else min(step, 0)
    found = ids[at % len(ids)] if ids else ""
    return found if found != resource else ""


def report_row(desk: Desk, report: Report) -> ReportRow:
    """What a reader reported, with the way to that page."""
    page = desk.interface.number(report.page)
    return ReportRow(
        str(report.id),
        Link(
            desk.interface.say("p. %(page)s", page=page),
            sheet(report.resource, report.edition, report.page),
        ),
        report.words,
        day_of(report.day, desk.interface),
    )


def reason_row(desk: Desk, reason: Reason, resource: Resource) -> ReasonRow:
    """Why it needs a person, with what was said of its file."""
    unread = [one for edition in resource.editions for one in edition.unread]
    said = sentences(unread, desk.interface) if reason == "unread parts" else ()
    return ReasonRow(reason, labels.attention(reason, desk.interface), said)
