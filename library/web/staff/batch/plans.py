"""Plans as pages: what would change of each resource, and what a change of many did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response

from library.batch import Difference, Plan, Row
from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.curation import batch
from library.web.i18n import own_name
from library.web.staff import labels
from library.web.staff import viewmodels as shared
from library.web.staff.access import at_desk
from library.web.staff.batch.viewmodels import Fault, PlannedRow, PlanPage, WholePage
from library.web.staff.changes import page, subjects
from library.web.staff.changes.batch_text import lines_of
from library.web.staff.desk import Desk
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import HISTORY, MANY
from library.web.staff.pagination import number_of, paging
from library.web.staff.resources.page import called
from library.web.viewmodels import Link

SIZE = 50
MOST_REFUSED = 100  # shown


def shown_plan(
    desk: Desk,
    made: Plan,
    *,
    heading: str,
    here: str,
    back: Link,
    lines: Sequence[str] = (),
    faults: Sequence[Fault] = (),
    more_faults: str = "",
    unknown: Sequence[str] = (),
    more_unknown: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    """A preview. here: its address; faults: what keeps all of it from being done."""
    plural = desk.interface.plural
    number = number_of(desk)
    start = (number - 1) * SIZE
    texts = [
        plural(
            "%(number)s resource would change.", "%(number)s resources would change.",
            len(made.rows),
        )
    ]  # fmt: skip
    if made.same:
        texts.append(plural("%(number)s is so already.", "%(number)s are so already.", made.same))
    if made.refused:
        texts.append(
            plural(
                "%(number)s cannot be changed so, and stays as it is.",
                "%(number)s cannot be changed so, and stay as they are.",
                len(made.refused),
            )
        )
    page = PlanPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        lines=(*lines, *texts),
        faults=tuple(faults),
        more_faults=more_faults,
        unknown=tuple(unknown),
        more_unknown=more_unknown,
        rows=tuple(_row(desk, row) for row in made.rows[start : start + SIZE]),
        refused=tuple(_row(desk, row) for row in made.refused[:MOST_REFUSED]),
        more_refused=_more(desk, len(made.refused) - MOST_REFUSED),
        paging=paging(desk, number, len(made.rows), SIZE, lambda to: f"{here}?page={to}"),
        action=here if made.rows and not faults else "",
        seal=made.seal,
        confirm=plural("Change %(number)s resource", "Change %(number)s resources", len(made.rows)),
        drop=f"{here}/drop",
        back=back,
    )
    return shown(desk, "staff/plan.html", page, status)


def whole(desk: Desk) -> Response:
    """What a change of many did, and the way back."""
    number = desk.request.path_params["number"]
    here = number_of(desk)
    with desk.site.catalogue.snapshot() as snapshot:
        change = snapshot.ask(history.entry, number)
        if change is None or change.action != batch.ACTION:
            raise HTTPException(404)
        first, last = change.after["first"], change.after["last"]
        start = first + (here - 1) * SIZE
        parts = (
            snapshot.ask(history.between, start, min(last, start + SIZE - 1))
            if start <= last
            else []
        )
        gone = snapshot.ask(history.undone, [number, *(part.id for part in parts)])
        undoing = snapshot.ask(history.undoing, number)
    say, plural = desk.interface.say, desk.interface.plural
    about = undoing or change
    left = [str(id_) for id_ in about.after.get("left", ())]
    named = subjects.links(desk, [*(part.subject for part in parts), *left[:MOST_REFUSED]])
    heading = say("Many changed at once")
    lines = [
        f"{labels.who(change.by, desk.interface)}, {moment(change.at, desk.interface)}",
        *(lines_of(change.after["asked"], desk.visit) if "asked" in change.after else ()),
        *((str(change.after["name"]),) if "name" in change.after else ()),
        plural(
            "%(number)s resource was changed.", "%(number)s resources were changed.",
            change.after["resources"],
        ),
    ]  # fmt: skip
    if undoing:
        lines.append(
            say(
                "Undone by %(name)s, %(when)s.",
                name=labels.who(undoing.by, desk.interface),
                when=moment(undoing.at, desk.interface),
            )
        )
    page = WholePage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        lines=tuple(lines),
        undo="" if number in gone else f"{HISTORY}/{number}/undo",
        left=tuple(named[id_] for id_ in left[:MOST_REFUSED]),
        left_line=plural(
            "%(number)s was changed again since, and was left as it is:",
            "%(number)s were changed again since, and were left as they are:",
            len(left),
        )
        if left
        else "",
        rows=tuple(_part(desk, part, named[part.subject], gone) for part in parts),
        paging=paging(
            desk, here, last - first + 1, SIZE, lambda to: f"{desk.request.url.path}?page={to}"
        ),
        back=Link(say("History"), HISTORY),
    )
    return shown(desk, "staff/whole.html", page)


def _part(desk: Desk, part: Change, link: Link, gone: Iterable[int]) -> PlannedRow:
    notes = (desk.interface.say("undone since"),) if part.id in gone else ()
    return PlannedRow(
        link, labels.action(part.action, desk.interface), page.differences(desk, part), notes
    )


def _row(desk: Desk, row: Row) -> PlannedRow:
    languages = {edition.id: edition.language for edition in row.resource.editions}
    several = len(languages) > 1
    notes = (labels.refused(row.why, desk.interface),) if row.why else ()
    if row.late:
        notes = (
            desk.interface.say("It was changed after this table was made: look twice."),
            *notes,
        )
    return PlannedRow(
        called(desk, row.resource),
        labels.status(row.resource.status, desk.interface),
        tuple(
            _difference(desk, difference, languages.get(difference.edition, "") if several else "")
            for difference in row.differences
        ),
        notes,
    )


def _difference(desk: Desk, difference: Difference, language: str) -> shared.Difference:
    name = labels.field(difference.field, desk.interface)
    if language:
        name = f"{name} ({own_name(language)})"
    say = desk.interface.say
    after = _said(desk, difference.field, difference.after)
    if difference.confirmed:
        after = say("%(value)s, confirmed by you", value=after)
    if difference.lifted:
        after = say("what was guessed is used again")
    return shared.Difference(name, _said(desk, difference.field, difference.before), after)


def _said(desk: Desk, name: str, values: Sequence[str]) -> str:
    return "; ".join(labels.value(name, value, desk.visit) for value in values) or "–"


def _more(desk: Desk, number: int) -> str:
    if number <= 0:
        return ""
    return desk.interface.plural("and %(number)s more", "and %(number)s more", number)


ROUTES = [
    at_desk(f"{MANY}/done/{{number:int}}", get=whole),
]
