"""The order of a form's fields, and what stands beside them: the queue, and the document itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from library.catalogue.statistics.reader_reports import Report
from library.catalogue.statistics.review_queue import Reason, Work
from library.core.formats import PICTURED
from library.core.resource import Resource
from library.web.i18n import direction, own_name
from library.web.staff.desk import Desk
from library.web.staff.links import QUEUE, picture_of, sheet
from library.web.staff.resources.edit_fields import Rows
from library.web.staff.resources.edit_form import Field
from library.web.staff.resources.edit_viewmodels import FieldRow, Group, InQueue, Sight
from library.web.staff.review_queue.entries import reason_row, report_row
from library.web.viewmodels import Link

FIRST_WORDS = 700  # characters shown of a page that cannot be drawn


def arranged(
    desk: Desk,
    resource: Resource,
    maker: Rows,
    work: Sequence[Field],
    editions: Mapping[str, Sequence[Field]],
    reasons: Sequence[Reason],
) -> tuple[tuple[Group, ...], tuple[FieldRow, ...]]:
    """What needs a person first, unfolded; then what holds something; and apart, what is empty."""
    say, several = desk.interface.say, len(resource.editions) > 1
    named = {
        edition.id: (own_name(edition.language) if edition.language else edition.filename)
        for edition in resource.editions
    }
    every = [
        *((named[id_] if several else "", field) for id_ in named for field in editions[id_]),
        *(("", field) for field in work),
    ]
    first: list[FieldRow] = []
    held: dict[str, list[FieldRow]] = {of: [] for of, _ in every}
    empty: list[FieldRow] = []
    for of, field in every:
        if field.needs_look(reasons):
            first.append(maker.row(field, of=of, unfolded=True))
            continue
        row = maker.row(field, of=of)
        (held[of] if row.now or row.unfolded else empty).append(row)
    languages = {named[edition.id]: edition.language for edition in resource.editions}
    groups = [Group(say("Look at these first"), tuple(first))]
    for of, rows in held.items():
        heading = of or (say("The work") if several else "")
        groups.append(Group(heading, tuple(rows), languages.get(of, "")))
    return tuple(group for group in groups if group.fields), tuple(empty)


def in_queue(
    desk: Desk,
    resource: Resource,
    order: Sequence[Work],
    reasons: Sequence[Reason],
    reports: Sequence[Report],
) -> InQueue | None:
    """None where nothing of it needs a person."""
    ids = [entry.resource for entry in order]
    if resource.id not in ids:
        return None
    number = desk.interface.number
    return InQueue(
        place=desk.interface.say(
            "document %(page)s of %(pages)s",
            page=number(ids.index(resource.id) + 1),
            pages=number(len(ids)),
        ),
        reasons=tuple(reason_row(desk, reason, resource) for reason in reasons),
        reports=tuple(report_row(desk, report) for report in reports),
        close=f"{QUEUE}/close",
        resource=resource.id,
        others=len(ids) > 1,
    )


def sight(desk: Desk, resource: Resource, fields: Sequence[FieldRow]) -> Sight:
    """The page that the first of these fields rests on, or the first of the document."""
    main = resource.edition(desk.interface.language, *desk.site.settings.languages)
    drawn = main.media_type in PICTURED
    read = "" if drawn else (page.text if (page := desk.site.catalogue.page(main.id, 1)) else "")
    first = Link(
        desk.interface.say("p. %(page)s", page=desk.interface.number(1)),
        sheet(resource.id, main.id, 1),
        hint=picture_of(resource.id, main.id, 1, whole=True) if drawn else "",
    )
    return Sight(
        page=next((row.sight for row in fields if row.unfolded and row.sight), first),
        words=read[:FIRST_WORDS],
        language=main.language,
        direction=direction(main.language),
    )
